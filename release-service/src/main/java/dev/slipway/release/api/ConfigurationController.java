package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Releases the configuration alone: what production runs, as the present policy has it, by a release of kind CONFIGURATION. */
@RestController
class ConfigurationController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final Newborn newborn;

    ConfigurationController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            ApiSettings settings) {
        this.applications = applications;
        this.newborn = new Newborn(releases, settings.visibleWithin());
    }

    @PostMapping("/api/v1/applications/{application}/configuration")
    ResponseEntity<ReleaseView.Accepted> configure(
            @PathVariable String application,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token) {
        ApplicationName name = new ApplicationName(application);
        Caller caller = Caller.of(token);
        String key = RequestKey.of(caller, "configuration " + name, idempotencyKey);
        String natural = key == null ? UUID.randomUUID().toString() : key;
        newborn.endsAreHeard(applications, name);
        Outcome<Application> outcome = applications.submit(
                name.value(), new ApplicationInput.Configure(caller.identity(), natural), Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            throw Problems.refused(
                    refusal.code().equals("unknown-application") ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT,
                    refusal.code(),
                    refusal.detail());
        }
        return newborn.accepted(outcome.state().answerTo(natural).orElseThrow());
    }
}
