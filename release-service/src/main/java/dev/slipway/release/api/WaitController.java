package dev.slipway.release.api;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.DutyView.WaitRequest;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How others say what came of what a release waits on. */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class WaitController {
    private static final String KEY = "Idempotency-Key";
    private static final String NO_REASON = "no more was said";

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    WaitController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    /** Whoever calls need not know the release's digests: its id names one revision, one set of artifacts and one policy. */
    @PostMapping("/waits/{wait}")
    ReleaseView end(
            @PathVariable String id,
            @PathVariable String wait,
            @RequestBody WaitRequest said,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        if (said.outcome() != Result.PASSED && said.outcome() != Result.FAILED) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-outcome",
                    "A callback says what came of it: send {\"outcome\": \"PASSED\"} or {\"outcome\": \"FAILED\"}.");
        }
        Launch release = Known.release(releases, id).release();
        Policy policy = release.policy();
        if (policy == null || policy.duty(wait).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "no-wait",
                    "This release has no wait %s. GET /api/v1/releases/%s lists its duties, waits among them."
                            .formatted(Texts.shown(wait), id));
        }
        String reason = said.reason();
        return ReleaseViews.view(SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.AnswerDuty(
                        caller.identity(),
                        wait,
                        said.outcome(),
                        Texts.says(reason)
                                ? Texts.oneLine(Objects.requireNonNull(reason), settings.reasonCharactersMax())
                                : NO_REASON,
                        said.fields(),
                        said.links(),
                        List.of(),
                        triple(release, said.sha()),
                        RequestKey.of(caller, "end " + wait, key),
                        DutyView.Via.CALLBACK)));
    }

    private static ReleaseInput.Triple triple(Launch release, @Nullable Sha sha) {
        return new ReleaseInput.Triple(
                sha == null ? release.proposal().sha() : sha,
                release.proposal().artifacts().stream()
                        .map(Artifact::digest)
                        .map(Digest::value)
                        .toList(),
                release.policyHash());
    }
}
