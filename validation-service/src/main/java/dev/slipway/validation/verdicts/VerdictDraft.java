package dev.slipway.validation.verdicts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.rule.Reading;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A complete verdict before it has a place in the chain. Its natural key is (question, gate).
 *
 * @param question text of the question that the gate was asked for
 * @param gate the whole rule, so that it can be applied again
 * @param inputs digests of the reports that it was applied to
 * @param observed the observed values, for people
 * @param baseline digests of the reports of the last verified release that they were compared with, and of what the runs
 *     before had measured
 * @param artifacts what is released, where the reports were held against it; none for other gates
 * @param isolation what both environments give their programs, where these were compared; null for other gates
 * @param readings what servers that collect metrics have answered, where these were asked; none for other gates
 * @param compared in which of the ways of {@link Comparing} it was compared with the baseline; {@link Comparing#BY_MESSAGE} for
 *     verdicts from before there were others, and those that were compared with nothing
 * @param drift what both environments are given otherwise than before, where that was compared; null for other gates
 * @param arrivals when what it rests on came, in the order of {@link #restsOn}, as in {@link Arrived}; none where nobody wrote
 *     that down yet: then times that reports claim count as they stand
 * @param reader {@link EvidenceReaders#VERSION} by which its reports were read; 0 for verdicts from before it was written down,
 *     and those over no reports
 */
public record VerdictDraft(
        ApplicationName application,
        Sha sha,
        String question,
        Gate gate,
        List<Digest> inputs,
        String observed,
        Verdict verdict,
        String cause,
        Instant at,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Digest> baseline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Artifact> artifacts,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Isolation isolation,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Reading> readings,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int compared,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Drift drift,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Instant> arrivals,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int reader) {
    public VerdictDraft {
        Texts.requireLength("question", question, 1, 300);
        inputs = List.copyOf(inputs);
        baseline = List.copyOf(baseline);
        artifacts = List.copyOf(artifacts);
        readings = List.copyOf(readings);
        arrivals = List.copyOf(arrivals);
        if (arrivals.size() > inputs.size() + baseline.size()) {
            throw new IllegalArgumentException("More has arrived than it rests on");
        }
    }

    /** Of a rule that compares with nothing, of evidence that speaks of no artifacts, and of no readings. */
    public VerdictDraft(
            ApplicationName application,
            Sha sha,
            String question,
            Gate gate,
            List<Digest> inputs,
            String observed,
            Verdict verdict,
            String cause,
            Instant at) {
        this(
                application,
                sha,
                question,
                gate,
                inputs,
                observed,
                verdict,
                cause,
                at,
                List.of(),
                List.of(),
                null,
                List.of(),
                Comparing.BY_MESSAGE,
                null,
                List.of(),
                0);
    }

    /** All that it rests on: what it was applied to, and what that was compared with. */
    public List<Digest> restsOn() {
        return Stream.concat(inputs.stream(), baseline.stream()).toList();
    }

    /** What it was applied to, and when that came. */
    public Arrived arrived() {
        return Arrived.first(inputs, arrivals);
    }

    /** What that was compared with, and when it came. */
    public Arrived arrivedBefore() {
        return Arrived.second(inputs.size(), baseline, arrivals);
    }

    /** Who needs what it rests on. */
    public EvidenceBytes.Use neededBy() {
        return new EvidenceBytes.Use(question.substring(0, Math.max(0, question.indexOf('/'))), gate.evidence());
    }
}
