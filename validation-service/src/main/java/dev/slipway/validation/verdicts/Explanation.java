package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a gate says what it says.
 *
 * @param question text of the question that it was asked for
 * @param complete whether the verdict stands in the evidence chain
 * @param cause as it was told
 * @param observed as it was told
 * @param record hash of the verdict's record, or null while it is not complete
 * @param parts of its rule, in their order; none where it looks at no evidence
 * @param facts that all sources say together
 * @param sources reports and records of runs that were looked at
 * @param toPass what would have to change, a sentence each; empty where it passes
 */
public record Explanation(
        String release,
        String gate,
        Stage stage,
        String question,
        Verdict verdict,
        boolean complete,
        String cause,
        String observed,
        @Nullable String record,
        @Nullable String kind,
        @Nullable String suite,
        List<Part> parts,
        List<Said> facts,
        List<Source> sources,
        List<String> toPass) {
    public Explanation {
        parts = List.copyOf(parts);
        facts = List.copyOf(facts);
        sources = List.copyOf(sources);
        toPass = List.copyOf(toPass);
    }

    /**
     * One part of the rule.
     *
     * @param holds null where nobody can say
     * @param why where it holds what has to be known beside that, as the noise of a measurement; mostly empty
     */
    public record Part(String text, @Nullable Boolean holds, String why) {}

    /** One fact, and which sources say it. */
    public record Said(String name, BigDecimal value, Fact.Unit unit, List<Digest> from) {
        public Said {
            from = List.copyOf(from);
        }
    }

    /**
     * What was looked at.
     *
     * @param file as its sender called it, or null if nobody said
     * @param dialect which tool's way of writing, {@code run record} for how a run ended, empty if it cannot be read now
     * @param trouble why it cannot be read now, or null
     * @param places what in it may count against the gate, the worst first: findings with file and line, names of tests that
     *     failed or were flaky, vulnerabilities with id and package, components whose licence is not allowed; at most {@value Places#TOLD_MAX} and how many more there are; empty where the gate passes
     */
    public record Source(
            Digest digest,
            @Nullable String file,
            String dialect,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            @Nullable String by,
            @Nullable Instant at,
            Map<String, BigDecimal> facts,
            @Nullable String trouble,
            List<String> places) {
        public Source {
            places = List.copyOf(places);
        }
    }
}
