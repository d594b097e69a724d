package dev.slipway.release.api;

import dev.slipway.chain.Proof;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.release.RetentionView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Ageing;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.wiring.ProofWiring.ProofKeyFolder;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long what proves a release is kept, what went, and who keeps it until further notice. */
@RestController
@RequestMapping("/api/v1/releases/{id}/retention")
class RetentionController {
    private static final String KEY = "Idempotency-Key";

    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ProofKeyFolder keys;
    private final ApiSettings settings;

    RetentionController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            ProofKeyFolder keys,
            ApiSettings settings) {
        this.applications = applications;
        this.releases = releases;
        this.keepings = keepings;
        this.keys = keys;
        this.settings = settings;
    }

    /** What is kept until when, and what went; also of a release whose record went. */
    @GetMapping
    RetentionView retention(@PathVariable String id) {
        Optional<Keeping> keeping = keeping(id);
        boolean gone = keeping.map(Keeping::records).isPresent();
        return view(id, keeping.orElse(null), gone ? null : Known.release(releases, id));
    }

    /** The record of holds and of what went, with what anybody needs to check it. */
    @GetMapping("/proof")
    Proof retentionProof(@PathVariable String id) {
        if (keeping(id).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "nothing-held-or-gone",
                    "Nobody ever held this release, and nothing of it went.");
        }
        Aggregates.Chained chained = keepings.chained(id);
        return new Proof(
                chained.chain(),
                Journal.links(chained.entries()),
                chained.head(),
                keys.folder().map(ProofController::known).orElse(List.of()),
                null);
    }

    /** Keeps all of it until further notice. */
    @PostMapping("/hold")
    RetentionView hold(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        return submit(
                id,
                caller,
                new KeepingInput.Hold(
                        caller.identity(), reason(body, contentType), RequestKey.of(caller, "hold", key)));
    }

    /** Nobody has to keep it any longer: it ages by policy again. */
    @PostMapping("/lift")
    RetentionView lift(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        return submit(
                id,
                caller,
                new KeepingInput.Lift(
                        caller.identity(), reason(body, contentType), RequestKey.of(caller, "lift", key)));
    }

    private String reason(byte @Nullable [] body, @Nullable String contentType) {
        String reason = Said.in(body, contentType, Said.Form.JSON, settings.reasonCharactersMax())
                .reason();
        if (!Texts.says(reason)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-reason",
                    "Holding, and lifting a hold, takes a reason: send {\"reason\": \"...\"}.");
        }
        return reason;
    }

    private RetentionView submit(String id, Caller caller, KeepingInput input) {
        if (keeping(id).map(Keeping::records).isEmpty()) {
            Known.release(releases, id);
        }
        Outcome<Keeping> outcome = keepings.submit(id, input, Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            throw Problems.refused(HttpStatus.CONFLICT, refusal.code(), refusal.detail());
        }
        return view(id, outcome.state(), Known.release(releases, id));
    }

    private Optional<Keeping> keeping(String id) {
        return keepings.find(id).map(Snapshot::state);
    }

    private RetentionView view(String id, @Nullable Keeping keeping, @Nullable Dossier d) {
        ReleaseId release = new ReleaseId(id);
        Application.PolicyInForce present = applications
                .find(release.application().value())
                .map(found -> found.state().policy())
                .orElse(null);
        Retention kept = d == null ? Retention.DEFAULT : Ageing.kept(d, present == null ? null : present.policy());
        Keeping.Held hold = keeping == null ? null : keeping.hold();
        Instant end = d == null || hold != null ? null : Ageing.ended(d).orElse(null);
        return new RetentionView(
                release,
                hold == null ? null : new RetentionView.Held(hold.by(), hold.reason(), hold.at()),
                part(kept.evidence(), end, keeping == null ? null : keeping.evidence()),
                part(kept.records(), end, keeping == null ? null : keeping.records()));
    }

    private static RetentionView.Part part(Duration kept, @Nullable Instant end, Keeping.@Nullable Going going) {
        return going == null
                ? new RetentionView.Part(kept, end == null ? null : end.plus(kept), null, null)
                : new RetentionView.Part(
                        kept, null, going.gone() == null ? going.decided() : going.gone(), going.rule());
    }
}
