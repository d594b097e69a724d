package dev.slipway.release.api;

import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.VoteView.ObjectionRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * A no to a release. It has an address of its own, so that a service from before there was one answers that it knows none, instead
 * of counting a no as a yes.
 */
@RestController
class ObjectionsController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    ObjectionsController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    @PostMapping("/api/v1/releases/{id}/objections")
    ReleaseView object(
            @PathVariable String id,
            @RequestBody ObjectionRequest no,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever objects");
        String reason = Said.reason(
                no.reason(),
                settings.reasonCharactersMax(),
                "A no takes a reason: send {\"reason\": \"...\"} beside what it is said of.");
        return ReleaseViews.view(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.SayNo(
                        email,
                        reason,
                        new ReleaseInput.Triple(no.sha(), no.digests(), no.policyHash()),
                        RequestKey.of(caller, "object", key))));
    }
}
