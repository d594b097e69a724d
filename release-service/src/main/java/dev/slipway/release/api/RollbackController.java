package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes production back to a version that it has verified before, by a release of kind ROLLBACK. */
@RestController
class RollbackController {
    static final int VERSION_CHARACTERS_MAX = 100;

    private final Aggregates<Application, ApplicationInput> applications;
    private final ApiSettings settings;
    private final Newborn newborn;

    RollbackController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            ApiSettings settings) {
        this.applications = applications;
        this.settings = settings;
        this.newborn = new Newborn(releases, settings.visibleWithin());
    }

    @PostMapping("/api/v1/applications/{application}/rollback")
    ResponseEntity<ReleaseView.Accepted> rollBack(
            @PathVariable String application,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token) {
        String name = new ApplicationName(application).value();
        Said said = Said.in(body, contentType, Said.Form.JSON, settings.reasonCharactersMax());
        String although = said.line(SteeringController.ALTHOUGH, settings.reasonCharactersMax());
        String reason = said.reason();
        if (!Texts.says(reason)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-reason", "A rollback takes a reason: send {\"reason\": \"...\"}.");
        }
        String version = said.text("version");
        if (version != null) {
            Texts.requireLength("version", version, 1, VERSION_CHARACTERS_MAX);
        }
        Caller caller = Caller.of(token);
        String key = RequestKey.of(caller, "rollback " + name, idempotencyKey);
        String natural = key == null ? UUID.randomUUID().toString() : key;
        Outcome<Application> outcome = applications.submit(
                name,
                new ApplicationInput.RollBack(version, reason, caller.identity(), natural).although(although),
                Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            throw Problems.refused(status(refusal), refusal.code(), refusal.detail());
        }
        return newborn.accepted(outcome.state().answerTo(natural).orElseThrow());
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal.code()) {
            case "unknown-application", "no-such-version" -> HttpStatus.NOT_FOUND;
            default -> HttpStatus.CONFLICT;
        };
    }
}
