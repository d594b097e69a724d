package dev.slipway.release.api;

import dev.slipway.contracts.release.ReleaseDayRequest;
import dev.slipway.contracts.release.ReleaseView.SteeringAnswer;
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

/** {@code POST /api/v1/releases/{id}/day}: the release day is set or moved; the answer says whose plans change. */
@RestController
class ReleaseDayController {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    ReleaseDayController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    @PostMapping("/api/v1/releases/{id}/day")
    SteeringAnswer day(
            @PathVariable String id,
            @RequestBody ReleaseDayRequest asked,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token,
            Authentication authentication) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever sets the release day");
        String reason = Said.reason(
                asked.reason(),
                settings.reasonCharactersMax(),
                "Setting the release day takes a reason: send {\"day\": \"2026-12-01\", \"reason\": \"...\"}.");
        String named = RequestKey.of(caller, "day", key);
        Dossier after = SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.SetDay(
                        email, asked.day(), reason, ReleaseController.has(authentication, Role.OPERATOR), named));
        return SteeringController.answer(after, named);
    }
}
