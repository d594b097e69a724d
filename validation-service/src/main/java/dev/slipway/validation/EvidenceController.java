package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.Recognition;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * nothing is kept if one file cannot be; then stored under its digests; recorded last, at once. The same again changes
 * nothing, and the answer says so where something newer counts.
 */
@RestController
class EvidenceController {
    static final int SUITE_CHARACTERS_MAX = 100;
    static final int FILE_CHARACTERS_MAX = 200;
    static final int BRANCH_CHARACTERS_MAX = 250;

    private static final Duration RETRY_WHEN_FULL = Duration.ofMinutes(10);

    private final EvidenceReaders readers;
    private final EvidenceShelf shelf;
    private final Stabilities stabilities;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final InstantSource clock;

    EvidenceController(
            EvidenceReaders readers,
            EvidenceShelf shelf,
            Stabilities stabilities,
            Aggregates<RevisionState, RevisionInput> revisions,
            InstantSource clock) {
        this.readers = readers;
        this.shelf = shelf;
        this.stabilities = stabilities;
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
     * @param kinds what of it is of which kind; one of them unless nobody said the kind. With several, {@code facts} holds
     *     what only one kind says, or all alike
     */
    record Accepted(
            Digest digest,
            Map<String, BigDecimal> facts,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            List<TakenIn> files,
            List<Intake.PassedOver> passedOver,
            List<OfKind> kinds) {}

    /**
     * What was taken in of one kind.
     *
     * @param outdone why it does not count for its suite; null where it does
     */
    record OfKind(
            String kind,
            Digest digest,
            Map<String, BigDecimal> facts,
            @Nullable String outdone) {}

    /** A report that was taken in, and what reading it remarked. */
    record TakenIn(
            String file,
            String kind,
            Digest digest,
            String dialect,
            Map<String, BigDecimal> facts,
            List<String> notes) {}

    /** Files of one kind that were read. */
    private record Part(EvidenceReader reader, EvidenceFiles files, Intake.Result result) {}

    /** What everything is about. */
    private record Push(
            RevisionId revision,
            String kind,
            @Nullable String suite,
            RunAttempt of,
            @Nullable String branch,
            Caller by,
            @Nullable String file,
            Instant at) {
        Push of(String its) {
            return new Push(revision, its, suite, of, branch, by, file, at);
        }
    }

    private record Read(List<Part> parts, List<Intake.PassedOver> passedOver) {}

    @PostMapping("/api/v1/applications/{application}/evidence")
    @ResponseStatus(HttpStatus.CREATED)
    Accepted accept(
            @PathVariable String application,
            @RequestParam String sha,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String suite,
            @RequestParam(required = false) @Nullable String run,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable Long attempt,
            @RequestParam(required = false) @Nullable String branch,
            @RequestParam(required = false) @Nullable Long exit,
            @RequestParam(required = false) @Nullable String file,
            @RequestBody(required = false) byte @Nullable [] body,
            @AuthenticationPrincipal Jwt token) {
        RevisionId revision = new RevisionId(new ApplicationName(application), new Sha(sha));
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, SUITE_CHARACTERS_MAX);
        }
        if (branch != null) {
            Texts.requireLength("branch", branch, 1, BRANCH_CHARACTERS_MAX);
        }
        Push push = new Push(
                revision,
                "",
                suite,
                new RunAttempt(run, part, attempt),
                branch,
                Caller.of(token),
                file,
                clock.instant());
        if (file != null) {
            Texts.requireLength("file", file, 1, FILE_CHARACTERS_MAX);
        }
        if (kind != null) {
            reader(kind);
        }
        return body == null || body.length == 0
                ? exitAlone(push, kind, exit)
                : accepted(push, exit, read(push, kind, body));
    }

    private EvidenceReader reader(String kind) {
        return readers.of(kind)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.BAD_REQUEST,
                        "unknown-kind",
                        "Nothing reads evidence of this kind. Legal kinds: " + String.join(", ", readers.kinds())));
    }

    private Accepted exitAlone(Push push, @Nullable String kind, @Nullable Long exit) {
        if (exit == null || kind == null) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "empty-evidence",
                    exit == null
                            ? "There is no report in the request, and no exit status of a run that wrote none."
                                    + " Send the report as the body, or say exit=STATUS."
                            : "There is no report in the request that would say its kind: say kind=KIND. Legal kinds: "
                                    + String.join(", ", readers.kinds()));
        }
        Intake.Result nothing = new Intake.Result(List.of(), List.of());
        OfKind alone = record(push.of(kind), exit, nothing, null);
        return new Accepted(
                alone.digest(),
                alone.facts(),
                push.of().run(),
                push.of().part(),
                push.of().attempt(),
                List.of(),
                List.of(),
                List.of(alone));
    }

    /** All of it before any of it is kept. */
    private Read read(Push push, @Nullable String kind, byte[] body) {
        Map<String, EvidenceFiles> byKind = new LinkedHashMap<>();
        List<Intake.PassedOver> passedOver = new ArrayList<>();
        if (kind != null) {
            byKind.put(kind, shelf.files(body, push.file()));
        } else {
            try {
                Recognition.Sorted sorted = new Recognition(readers).sort(shelf.files(body, push.file()));
                byKind.putAll(sorted.byKind());
                passedOver.addAll(sorted.passedOver());
            } catch (UnreadableEvidence unknown) {
                throw Problems.refused(
                        HttpStatus.BAD_REQUEST, "unknown-kind", unknown.getMessage() + ". Nothing was kept.");
            }
        }
        if (byKind.isEmpty()) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "unknown-kind",
                    "None of it is a report: %s. Nothing was kept."
                            .formatted(
                                    passedOver.isEmpty()
                                            ? "there is no file in it"
                                            : passedOver.getFirst().file() + " is "
                                                    + passedOver.getFirst().why()));
        }
        List<Part> parts = new ArrayList<>();
        byKind.forEach((its, files) -> parts.add(read(push.of(its), reader(its), files, body)));
        parts.forEach(part -> passedOver.addAll(part.result().passedOver()));
        return new Read(parts, passedOver);
    }

    private Part read(Push push, EvidenceReader reader, EvidenceFiles files, byte[] body) {
        try {
            return new Part(reader, files, new Intake(reader).read(files, push.at()));
        } catch (UnreadableEvidence unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            Unreadable noted = new Unreadable(
                    push.kind(),
                    push.suite(),
                    Digest.of(body),
                    why,
                    push.at(),
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
    }

    private Accepted accepted(Push push, @Nullable Long exit, Read read) {
        List<OfKind> kinds = new ArrayList<>();
        for (Part part : read.parts()) {
            keeping(() -> shelf.keep(part.reader(), part.files(), push.revision()));
            kinds.add(record(push.of(part.reader().kind()), exit, part.result(), part));
        }
        return new Accepted(
                kinds.getFirst().digest(),
                together(kinds),
                push.of().run(),
                push.of().part(),
                push.of().attempt(),
                read.parts().stream().flatMap(part -> takenIn(part).stream()).toList(),
                read.passedOver(),
                kinds);
    }

    /** What one kind says alone, or all that say it alike. */
    private static Map<String, BigDecimal> together(List<OfKind> kinds) {
        Map<String, BigDecimal> facts = new LinkedHashMap<>();
        for (OfKind kind : kinds) {
            kind.facts().forEach((name, value) -> {
                if (kinds.stream()
                        .allMatch(other -> value.compareTo(other.facts().getOrDefault(name, value)) == 0)) {
                    facts.put(name, value);
                }
            });
        }
        return facts;
    }

    /** @param part what was read, or null where nothing was sent */
    private OfKind record(Push push, @Nullable Long exit, Intake.Result result, @Nullable Part part) {
        List<Digest> digests = result.read().stream().map(Intake.Read::digest).toList();
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
                push.at(),
                push.by().identity(),
                push.of(),
                exit,
                record,
                digests,
                notes(result),
                EvidenceReaders.VERSION);
        if (part != null) {
            stabilities.heard(push.revision(), part.reader(), evidence, part.files(), push.branch());
        }
        RevisionState known = submit(push, new EvidenceArrived(evidence, files(result)));
        Facts facts = exit == null ? result.facts() : result.facts().plus(RunRecord.facts(exit));
        return new OfKind(
                push.kind(), digest, facts.values(), known.outdone(evidence).orElse(null));
    }

    private RevisionState submit(Push push, RevisionInput input) {
        Outcome<RevisionState> outcome = revisions.submit(
                push.revision().toString(), input, Cause.of(push.by().actor()));
        if (outcome.refusal() != null) {
            throw Problems.refused(
                    HttpStatus.CONFLICT,
                    outcome.refusal().code(),
                    outcome.refusal().detail());
        }
        return outcome.state();
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

    private static List<TakenIn> takenIn(Part part) {
        return part.result().read().stream()
                .map(one -> new TakenIn(
                        one.file(),
                        part.reader().kind(),
                        one.digest(),
                        one.reading().dialect(),
                        one.reading().facts().values(),
                        one.reading().notes()))
                .toList();
    }
}
