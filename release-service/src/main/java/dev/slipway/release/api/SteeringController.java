package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReleaseView.ApprovalRequest;
import dev.slipway.contracts.release.ReleaseView.ReasonRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people ask of a release. Answers with the release as it is afterwards. */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class SteeringController {
    private static final String KEY = "Idempotency-Key";

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    SteeringController(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    @PostMapping("/approvals")
    ReleaseView approve(
            @PathVariable String id,
            @RequestBody ApprovalRequest approval,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = caller.email();
        if (email == null) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "no-verified-email",
                    "An approver is known by a verified email, and this token has none. Use one with email and email_verified.");
        }
        return submit(
                id,
                caller,
                new ReleaseInput.Approve(
                        email,
                        approval.sha(),
                        approval.digests(),
                        approval.policyHash(),
                        RequestKey.of(caller, "approve", key)));
    }

    @PostMapping("/abort")
    ReleaseView abort(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "abort", key);
        return submit(id, caller, new ReleaseInput.Abort(caller.actor(), text(reason), natural));
    }

    @PostMapping("/pause")
    ReleaseView pause(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "pause", key);
        return submit(id, caller, new ReleaseInput.Pause(caller.actor(), text(reason), natural));
    }

    @PostMapping("/resume")
    ReleaseView resume(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "resume", key);
        return submit(id, caller, new ReleaseInput.Resume(caller.actor(), text(reason), natural));
    }

    @PostMapping("/promote")
    ReleaseView promote(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean full,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "promote", key);
        return submit(id, caller, new ReleaseInput.Promote(caller.actor(), text(reason), full, natural));
    }

    @PostMapping("/retry")
    ReleaseView retry(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "retry", key);
        return submit(id, caller, new ReleaseInput.Retry(caller.actor(), text(reason), natural));
    }

    @PostMapping("/resolve")
    ReleaseView resolve(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ReasonRequest reason,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        String why = text(reason);
        if (why.isBlank()) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-reason", "Resolving takes a reason: send {\"reason\": \"...\"}.");
        }
        Caller caller = Caller.of(token);
        String natural = RequestKey.of(caller, "resolve", key);
        return submit(id, caller, new ReleaseInput.Resolve(caller.actor(), why, natural));
    }

    private ReleaseView submit(String id, Caller caller, ReleaseInput.Request request) {
        Known.release(releases, id);
        Outcome<Dossier> outcome = releases.submit(id, request, Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            HttpStatus status = refusal.code().equals("own-change") ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT;
            throw Problems.refused(status, refusal.code(), refusal.detail());
        }
        return ReleaseViews.view(outcome.state());
    }

    private String text(@Nullable ReasonRequest request) {
        String reason = request == null ? null : request.reason();
        return reason == null ? "" : Texts.requireLength("reason", reason, 0, settings.reasonCharactersMax());
    }
}
