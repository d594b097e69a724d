package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.GuideFileView.GuideAdoption;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import dev.slipway.web.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say of how a release goes by its guide. The answer is the guide and where the release is in it, afterwards. */
@RestController
@RequestMapping("/api/v1/releases/{id}/guide")
class GuideWordController {
    private static final String KEY = "Idempotency-Key";

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    GuideWordController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    /** It goes by the file at its revision; the answer says whose approvals fell. */
    @PostMapping
    GuideView adopt(
            @PathVariable String id,
            @RequestBody GuideAdoption said,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token,
            Authentication authentication) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever adopts a guide");
        return GuideStates.of(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.AdoptGuide(
                        email,
                        said.sha256(),
                        reason(
                                said.reason(),
                                "Adopting a guide takes a reason: send {\"sha256\": \"...\", \"reason\": \"...\"}."),
                        ReleaseController.has(authentication, Role.OPERATOR),
                        RequestKey.of(caller, "adopt the guide", key))));
    }

    /** Whether a line applies to it. */
    @PostMapping("/lines/{line}")
    GuideView line(
            @PathVariable String id,
            @PathVariable String line,
            @RequestBody LineRequest said,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token,
            Authentication authentication) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever says whether a line applies");
        return GuideStates.of(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.SayOfLine(
                        email,
                        line,
                        said.applies(),
                        reason(
                                said.reason(),
                                "Saying whether a line applies takes a reason: send {\"applies\": false, \"reason\":"
                                        + " \"...\"}."),
                        ReleaseController.has(authentication, Role.OPERATOR),
                        RequestKey.of(caller, "line " + line, key))));
    }

    private String reason(String said, String otherwise) {
        if (!Texts.says(said)) {
            throw Problems.refused(HttpStatus.BAD_REQUEST, "no-reason", otherwise);
        }
        return Texts.oneLine(said, settings.reasonCharactersMax());
    }
}
