package dev.slipway.release.api;

import dev.slipway.contracts.release.HandOverRequest;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/releases/{id}/hand-over}: what somebody has to answer for is another's from now on. */
@RestController
class HandOverController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    HandOverController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    @PostMapping("/api/v1/releases/{id}/hand-over")
    ReleaseView handOver(
            @PathVariable String id,
            @RequestBody HandOverRequest asked,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token,
            Authentication authentication) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever hands something over");
        String reason = Said.reason(
                asked.reason(),
                settings.reasonCharactersMax(),
                "Handing over takes a reason: send {\"to\": \"EMAIL\", \"reason\": \"...\"}.");
        return ReleaseViews.view(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.HandOver(
                        email,
                        asked.to(),
                        asked.from(),
                        asked.duty(),
                        reason,
                        ReleaseController.has(authentication, Role.OPERATOR),
                        RequestKey.of(caller, "hand over", key))));
    }
}
