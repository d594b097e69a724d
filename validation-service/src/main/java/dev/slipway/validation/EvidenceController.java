package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.UnreadableArrived;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.revision.RunAttempt;
import dev.slipway.validation.revision.Unreadable;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Takes in what a test run left: one report, or several as a ZIP, and how the run ended. All of it is read first, so that
 * nothing is kept if one file cannot be; then stored under its digests; recorded last, at once. The same again gives the
 * same answer and changes nothing.
 */
@RestController
class EvidenceController {
    static final int SUITE_CHARACTERS_MAX = 100;

    private static final Duration RETRY_WHEN_FULL = Duration.ofMinutes(10);

    private final EvidenceReaders readers;
    private final EvidenceShelf shelf;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final InstantSource clock;

    EvidenceController(
            EvidenceReaders readers,
            EvidenceShelf shelf,
            Aggregates<RevisionState, RevisionInput> revisions,
            InstantSource clock) {
        this.readers = readers;
        this.shelf = shelf;
        this.revisions = revisions;
        this.clock = clock;
    }

    /**
     * What was taken in.
     *
     * @param digest of the first report, or of the record of a run without one
     * @param facts of all files, and {@code run.exit}
     * @param run which run it counts for; null where each push is a run of its own
     * @param passedOver what was in the archive and is not read
     */
    record Accepted(
            Digest digest,
            Map<String, BigDecimal> facts,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            List<TakenIn> files,
            List<Intake.PassedOver> passedOver) {}

    /** A report that was taken in, and what reading it remarked. */
    record TakenIn(String file, Digest digest, String dialect, Map<String, BigDecimal> facts, List<String> notes) {}

    /** What everything is about. */
    private record Push(
            RevisionId revision, String kind, @Nullable String suite, RunAttempt of, Caller by) {}

    @PostMapping("/api/v1/applications/{application}/evidence")
    @ResponseStatus(HttpStatus.CREATED)
    Accepted accept(
            @PathVariable String application,
            @RequestParam String sha,
            @RequestParam String kind,
            @RequestParam(required = false) @Nullable String suite,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable Long attempt,
            @RequestParam(required = false) @Nullable Long exit,
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Jwt token) {
        RevisionId revision = new RevisionId(new ApplicationName(application), new Sha(sha));
        EvidenceReader reader = readers.of(kind)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.BAD_REQUEST,
                        "unknown-kind",
                        "Nothing reads evidence of this kind. Legal kinds: " + String.join(", ", readers.kinds())));
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, SUITE_CHARACTERS_MAX);
        }
        Push push = new Push(revision, kind, suite, new RunAttempt(run, part, attempt), Caller.of(token));
        if (body == null || body.length == 0) {
            return exitAlone(push, exit);
        }
        return reports(push, reader, exit, body);
    }

    private Accepted exitAlone(Push push, @Nullable Long exit) {
        if (exit == null) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "empty-evidence",
                    "There is no report in the request, and no exit status of a run that wrote none."
                            + " Send the report as the body, or say exit=STATUS.");
        }
        return record(push, exit, new Intake.Result(List.of(), List.of()), List.of());
    }

    private Accepted reports(Push push, EvidenceReader reader, @Nullable Long exit, byte[] body) {
        Intake.Result result;
        try {
            result = shelf.read(reader, body);
        } catch (UnreadableEvidence unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            Unreadable noted = new Unreadable(
                    push.kind(),
                    push.suite(),
                    Digest.of(body),
                    why,
                    clock.instant(),
                    push.by().identity(),
                    push.of());
            revisions.submit(
                    push.revision().toString(),
                    new UnreadableArrived(noted),
                    Cause.of(push.by().actor()));
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "unreadable-evidence",
                    why + ". Nothing was kept, and gates that need it wait; send a " + push.kind() + " report.");
        }
        List<Digest> digests = result.read().stream().map(Intake.Read::digest).toList();
        keeping(() -> shelf.keep(reader, body, push.revision()));
        return record(push, exit, result, digests);
    }

    private Accepted record(Push push, @Nullable Long exit, Intake.Result result, List<Digest> digests) {
        Optional<RunRecord> run = Optional.ofNullable(exit)
                .map(status -> RunRecord.of(
                        push.revision().toString(),
                        push.kind(),
                        push.suite(),
                        push.of().run(),
                        push.of().part(),
                        push.of().attempt(),
                        status,
                        digests));
        @Nullable Digest record = run.map(known -> Digest.of(known.bytes())).orElse(null);
        run.ifPresent(known -> keeping(() -> shelf.keep(known, push.revision())));
        Digest digest = digests.isEmpty() && record != null ? record : digests.getFirst();
        Evidence evidence = new Evidence(
                push.kind(),
                push.suite(),
                digest,
                result.facts(),
                clock.instant(),
                push.by().identity(),
                push.of(),
                exit,
                record,
                digests,
                notes(result));
        submit(push, new EvidenceArrived(evidence, files(result)));
        Facts facts = exit == null ? result.facts() : result.facts().plus(RunRecord.facts(exit));
        return new Accepted(
                digest,
                asMap(facts),
                push.of().run(),
                push.of().part(),
                push.of().attempt(),
                takenIn(result),
                result.passedOver());
    }

    private void submit(Push push, RevisionInput input) {
        Outcome<RevisionState> outcome = revisions.submit(
                push.revision().toString(), input, Cause.of(push.by().actor()));
        if (outcome.refusal() != null) {
            throw Problems.refused(
                    HttpStatus.CONFLICT,
                    outcome.refusal().code(),
                    outcome.refusal().detail());
        }
    }

    private static void keeping(Runnable keep) {
        try {
            keep.run();
        } catch (EvidenceFull full) {
            throw Problems.unavailable(
                    "evidence-full",
                    full.getMessage() + " (slipway.validation.evidence.bytes-max). Ask an administrator for room.",
                    RETRY_WHEN_FULL);
        }
    }

    private static List<EvidenceArrived.File> files(Intake.Result result) {
        return result.read().stream()
                .map(one -> new EvidenceArrived.File(one.digest(), one.counts()))
                .toList();
    }

    private static List<String> notes(Intake.Result result) {
        return result.read().stream()
                .flatMap(one -> one.reading().notes().stream().map(note -> one.file() + ": " + note))
                .toList();
    }

    private static List<TakenIn> takenIn(Intake.Result result) {
        return result.read().stream()
                .map(one -> new TakenIn(
                        one.file(),
                        one.digest(),
                        one.reading().dialect(),
                        asMap(one.reading().facts()),
                        one.reading().notes()))
                .toList();
    }

    private static Map<String, BigDecimal> asMap(Facts facts) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Fact fact : facts.list()) {
            values.put(fact.name(), fact.value());
        }
        return values;
    }
}
