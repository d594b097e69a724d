package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import dev.slipway.validation.verdicts.Explanation.Part;
import dev.slipway.validation.verdicts.Explanation.Said;
import dev.slipway.validation.verdicts.Explanation.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads again what a gate looked at, and tells which fact comes from where and which part of the rule it meets. */
public final class Explaining {
    private final EvidenceBytes bytes;
    private final StoredFacts stored;
    private final BaselineReports baselines;
    private final CoveredArtifacts covered;
    private final ExplainingFiles files;
    private final ExplainingIssues issues;

    public Explaining(EvidenceReaders readers, EvidenceBytes bytes) {
        this.bytes = bytes;
        this.stored = new StoredFacts(readers, bytes);
        this.baselines = new BaselineReports(readers, bytes);
        this.covered = new CoveredArtifacts(readers, bytes);
        this.files = new ExplainingFiles(bytes);
        this.issues = new ExplainingIssues(new TrackedIssues(readers, bytes));
    }

    /**
     * What is asked.
     *
     * @param record hash in the chain, or null while the gate waits
     * @param inputs digests of what was looked at
     * @param arrived what the revision still knows of how they came
     * @param baseline digests of what they were compared with
     * @param compared in which way of {@link Comparing}
     * @param artifacts what is released
     * @param arrivals when those of the inputs came, then those of the baseline, as in {@link Arrived}
     */
    public record Asked(
            String release,
            String question,
            Sha sha,
            Gate gate,
            Verdict verdict,
            String cause,
            String observed,
            @Nullable String record,
            List<Digest> inputs,
            List<Evidence> arrived,
            List<Digest> baseline,
            int compared,
            List<Artifact> artifacts,
            List<Instant> arrivals) {
        public Asked {
            arrivals = List.copyOf(arrivals);
            inputs = List.copyOf(inputs);
            arrived = List.copyOf(arrived);
            baseline = List.copyOf(baseline);
            artifacts = List.copyOf(artifacts);
        }

        /** Of what is compared as it is now, and came nobody knows when. */
        public Asked(
                String release,
                String question,
                Sha sha,
                Gate gate,
                Verdict verdict,
                String cause,
                String observed,
                @Nullable String record,
                List<Digest> inputs,
                List<Evidence> arrived,
                List<Digest> baseline,
                List<Artifact> artifacts) {
            this(
                    release,
                    question,
                    sha,
                    gate,
                    verdict,
                    cause,
                    observed,
                    record,
                    inputs,
                    arrived,
                    baseline,
                    Comparing.LATEST,
                    artifacts,
                    List.of());
        }

        private Arrived now() {
            return Arrived.first(inputs, arrivals);
        }

        private Arrived before() {
            return Arrived.second(inputs.size(), baseline, arrivals);
        }

        /** @param toPass what would have to change, if it does not pass */
        Explanation explained(List<Part> parts, List<Said> facts, List<Source> sources, List<String> toPass) {
            return new Explanation(
                    release,
                    gate.id(),
                    gate.stage(),
                    question,
                    verdict,
                    record != null,
                    cause,
                    observed,
                    record,
                    gate.evidence(),
                    gate.suite(),
                    parts,
                    facts,
                    sources,
                    passes(this) ? List.of() : toPass);
        }
    }

    public Explanation of(Asked asked) {
        Gate gate = asked.gate();
        if (gate.files() != null) {
            return files.of(asked);
        }
        if (gate.tracker() != null && gate.evidence() == null) {
            return issues.of(asked);
        }
        if (gate.evidence() == null) {
            return asked.explained(List.of(), List.of(), List.of(), List.of(asked.cause()));
        }
        List<Looked> looked = IntStream.range(0, asked.inputs().size())
                .mapToObj(place -> looked(asked, place))
                .toList();
        List<StoredFacts.Input> said =
                looked.stream().flatMap(one -> one.input().stream()).toList();
        List<Source> sources =
                looked.stream().map(one -> source(asked, one, said)).toList();
        Facts sum = StoredFacts.together(said).and(compared(asked)).and(covered(asked));
        sum = gate.tracker() == null ? sum : sum.and(issues.facts(asked));
        List<Part> parts = Rules.parts(gate, sum).stream().map(Explaining::part).toList();
        List<Said> facts = sum.list().stream()
                .map(fact -> new Said(fact.name(), fact.value(), fact.unit(), from(fact, said)))
                .toList();
        return asked.explained(parts, facts, sources, toPass(asked, parts, sources));
    }

    private Facts compared(Asked asked) {
        try {
            return asked.inputs().isEmpty()
                    ? Facts.NONE
                    : baselines.again(asked.gate(), asked.compared(), asked.now(), asked.before());
        } catch (UnreadableEvidence gone) {
            return Facts.NONE; // what cannot be read now is told of its source
        }
    }

    private Facts covered(Asked asked) {
        try {
            return asked.inputs().isEmpty()
                    ? Facts.NONE
                    : covered.of(asked.gate(), new Released(asked.sha(), asked.artifacts()), asked.inputs())
                            .facts();
        } catch (UnreadableEvidence gone) {
            return Facts.NONE; // what cannot be read now is told of its source
        }
    }

    private static List<Digest> from(Fact fact, List<StoredFacts.Input> said) {
        return said.stream()
                .filter(source -> source.facts().named(fact.name()).isPresent())
                .map(StoredFacts.Input::digest)
                .toList();
    }

    /** @param trouble why it cannot be read now; empty where it can */
    private record Looked(Digest digest, Optional<StoredFacts.Input> input, String trouble) {}

    private Looked looked(Asked asked, int place) {
        Digest digest = asked.inputs().get(place);
        try {
            return new Looked(
                    digest,
                    Optional.of(stored.read(
                            String.valueOf(asked.gate().evidence()),
                            digest,
                            asked.now().at(place))),
                    "");
        } catch (UnreadableEvidence unreadable) {
            return new Looked(digest, Optional.empty(), String.valueOf(unreadable.getMessage()));
        }
    }

    private Source source(Asked asked, Looked looked, List<StoredFacts.Input> said) {
        Digest digest = looked.digest();
        Optional<Evidence> arrived = asked.arrived().stream()
                .filter(one -> one.files().contains(digest) || digest.equals(one.record()))
                .findFirst();
        String dialect = looked.input()
                .map(input ->
                        input.reading() == null ? "run record" : input.reading().dialect())
                .orElse("");
        @Nullable String trouble = looked.trouble().isEmpty() ? null : looked.trouble();
        List<String> places = List.of();
        try {
            places = looked.input().isPresent() && !passes(asked)
                    ? places(asked, looked.input().get(), said)
                    : List.of();
        } catch (UnreadableEvidence unreadable) {
            trouble = String.valueOf(unreadable.getMessage());
        }
        return new Source(
                digest,
                bytes.nameOf(digest).orElse(null),
                dialect,
                arrived.map(one -> one.of().run()).orElse(null),
                arrived.map(one -> one.of().part()).orElse(null),
                arrived.map(one -> one.of().attempt()).orElse(null),
                arrived.map(Evidence::by).orElse(null),
                arrived.map(Evidence::at).orElse(null),
                looked.input().map(StoredFacts.Input::facts).orElse(Facts.NONE).values(),
                trouble,
                places);
    }

    private List<String> places(Asked asked, StoredFacts.Input input, List<StoredFacts.Input> said)
            throws UnreadableEvidence {
        return asked.gate().tracker() == null || input.reading() == null
                ? stored.places(asked.gate(), input, said)
                : issues.places(asked, input.digest());
    }

    static boolean passes(Asked asked) {
        return asked.verdict() == Verdict.PASSED || asked.verdict() == Verdict.WAIVED;
    }

    static Part part(Rules.Part part) {
        return switch (part.ruling()) {
            case Ruling.Holds holds -> new Part(part.text(), true, holds.remark());
            case Ruling.Breaks broken -> new Part(part.text(), false, broken.why());
            case Ruling.Unknown unknown -> new Part(part.text(), null, unknown.why());
        };
    }

    private static List<String> toPass(Asked asked, List<Part> parts, List<Source> sources) {
        Gate gate = asked.gate();
        if (sources.isEmpty()) {
            return List.of(
                    "A %s report for %s has to come: slipway evidence push FILE --kind %s --sha %s%s --exit STATUS"
                            .formatted(
                                    gate.evidence(),
                                    asked.sha().brief(),
                                    gate.evidence(),
                                    asked.sha().brief(),
                                    gate.suite() == null ? " --suite ''" : " --suite " + gate.suite()));
        }
        List<String> changes = new ArrayList<>();
        sources.stream()
                .filter(source -> source.trouble() != null)
                .forEach(source -> changes.add("%s has to be readable: %s"
                        .formatted(source.file() == null ? source.digest().brief() : source.file(), source.trouble())));
        for (Part part : parts) {
            if (Boolean.FALSE.equals(part.holds())) {
                changes.add(part.why());
            } else if (part.holds() == null) {
                changes.add(part.why() + remedy(gate));
            }
        }
        if (changes.isEmpty()) {
            changes.add(asked.cause());
        }
        return changes;
    }

    private static String remedy(Gate gate) {
        return "; reports of the kind %s may say %s, see infra/docs/facts.md"
                .formatted(
                        gate.evidence(),
                        EvidenceKinds.shipped()
                                .of(String.valueOf(gate.evidence()))
                                .map(names -> String.join(", ", names.known()))
                                .orElse("nothing"));
    }
}
