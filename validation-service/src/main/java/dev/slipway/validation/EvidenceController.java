package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.UnreadableArrived;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.revision.Unreadable;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes reports in: read first, so that nothing unreadable is kept; then stored under the digest; recorded last. The same
 * report again gives the same answer and changes nothing.
 */
@RestController
class EvidenceController {
    private static final Duration RETRY_WHEN_FULL = Duration.ofMinutes(10);

    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final InstantSource clock;

    EvidenceController(
            EvidenceReaders readers,
            EvidenceBytes bytes,
            Aggregates<RevisionState, RevisionInput> revisions,
            InstantSource clock) {
        this.readers = readers;
        this.bytes = bytes;
        this.revisions = revisions;
        this.clock = clock;
    }

    /** What was taken in. */
    record Accepted(Digest digest, Map<String, BigDecimal> facts) {}

    @PostMapping("/api/v1/applications/{application}/evidence")
    @ResponseStatus(HttpStatus.CREATED)
    Accepted accept(
            @PathVariable String application,
            @RequestParam String sha,
            @RequestParam String kind,
            @RequestParam(required = false) @Nullable String suite,
            @RequestBody byte[] report,
            @AuthenticationPrincipal Jwt token) {
        RevisionId revision = new RevisionId(new ApplicationName(application), new Sha(sha));
        EvidenceReader reader = readers.of(kind)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.BAD_REQUEST,
                        "unknown-kind",
                        "Nothing reads evidence of this kind. Legal kinds: " + String.join(", ", readers.kinds())));
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, 100);
        }
        Caller caller = Caller.of(token);
        Digest digest = Digest.of(report);
        Facts facts;
        try {
            facts = reader.read(report);
        } catch (UnreadableEvidence unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            Unreadable noted = new Unreadable(kind, suite, digest, why, clock.instant(), caller.identity());
            revisions.submit(revision.toString(), new UnreadableArrived(noted), Cause.of(caller.actor()));
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "unreadable-evidence",
                    why + ". Nothing was kept, and gates that need it wait; send a " + kind + " report.");
        }
        keep(digest, report, revision);
        Evidence evidence = new Evidence(kind, suite, digest, facts, clock.instant(), caller.identity());
        Outcome<RevisionState> outcome =
                revisions.submit(revision.toString(), new EvidenceArrived(evidence), Cause.of(caller.actor()));
        if (outcome.refusal() != null) {
            throw Problems.refused(
                    HttpStatus.CONFLICT,
                    outcome.refusal().code(),
                    outcome.refusal().detail());
        }
        return new Accepted(digest, asMap(facts));
    }

    private void keep(Digest digest, byte[] report, RevisionId revision) {
        try {
            bytes.keep(digest, report, revision.toString());
        } catch (EvidenceFull full) {
            throw Problems.unavailable(
                    "evidence-full",
                    full.getMessage() + " (slipway.validation.evidence.bytes-max). Ask an administrator for room.",
                    RETRY_WHEN_FULL);
        }
    }

    private static Map<String, BigDecimal> asMap(Facts facts) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Fact fact : facts.list()) {
            values.put(fact.name(), fact.value());
        }
        return values;
    }
}
