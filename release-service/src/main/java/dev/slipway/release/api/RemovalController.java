package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.release.ApplicationView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Removes an application that nobody needs any more: what runs of it is stopped, its addresses are given up, its history is
 * kept. Refused while a release is on its way. To ask once more is to ask the same.
 */
@RestController
class RemovalController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final ApiSettings settings;

    RemovalController(Aggregates<Application, ApplicationInput> applications, ApiSettings settings) {
        this.applications = applications;
        this.settings = settings;
    }

    @PostMapping("/api/v1/applications/{application}/remove")
    ApplicationView remove(
            @PathVariable String application,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @AuthenticationPrincipal Jwt token) {
        String name = new ApplicationName(application).value();
        String reason = Said.in(body, contentType, Said.Form.JSON, settings.reasonCharactersMax())
                .reason();
        if (reason.isEmpty()) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-reason", "A removal takes a reason: send {\"reason\": \"...\"}.");
        }
        Caller caller = Caller.of(token);
        Outcome<Application> outcome = applications.submit(
                name, new ApplicationInput.Remove(reason, caller.identity()), Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            HttpStatus status =
                    refusal.code().equals("unknown-application") ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
            throw Problems.refused(status, refusal.code(), refusal.detail());
        }
        return ApplicationsController.view(outcome.state());
    }
}
