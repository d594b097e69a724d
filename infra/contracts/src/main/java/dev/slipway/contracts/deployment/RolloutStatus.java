package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.validation.JudgementStatus;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Status: the present state of one rollout.
 *
 * @param question the rollout's question key
 * @param trafficPercent the new version's share, percent
 * @param step 0 before the first share, then the number of the step that it is at; from the bake on the last one
 * @param steps how many steps this rollout takes, the bake not counted
 * @param paused whether it waits for a person
 * @param address where the new version runs; null before it does and after it is gone
 * @param cause why it goes back, is displaced or waits; null while all is well
 * @param running the digest that has the environment's traffic for good, after a final phase; null if nothing serves
 * @param runningVersion its version
 * @param judgement the latest judgement, or null
 * @param notes what was decided on the way, for the record, for example skipped steps of a first release
 * @param metrics where the new version tells its own metrics; null where it does not run, or says none
 * @param leaving how the environment leaves the version again that it had verified; null while nobody has asked for that
 * @param placeholders what stands for those that {@link StartRollout#placeholders} names, by their names, while the new version
 *     runs; one that it does not have is left out
 */
public record RolloutStatus(
        QuestionKey question,
        EnvironmentId environment,
        Phase phase,
        int trafficPercent,
        int step,
        int steps,
        boolean paused,
        @Nullable URI address,
        @Nullable RolloutCause cause,
        @Nullable Digest running,
        @Nullable String runningVersion,
        @Nullable JudgementStatus judgement,
        List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI metrics,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Leaving leaving,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> placeholders) {
    /** Begins the note that says what the version before answered while it was being restored. */
    public static final String NOT_RESTORED = "not restored";

    /** Begins the note of a rollout that waits: which one holds the slot, and what that one is at. */
    public static final String HELD_BY = "the slot is held by ";

    /** Kind of the cause of a rollout whose turn it is, and which waits to be told that it is still to begin. */
    public static final String TURN = "turn";

    public RolloutStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("phase", phase);
        Texts.requirePresent("notes", notes);
        Ranges.require("trafficPercent", trafficPercent, 0, 100);
        notes = List.copyOf(notes);
        placeholders = Collections.unmodifiableMap(new TreeMap<>(placeholders));
    }

    /** A status of a version whose own metrics nobody asks for, and of which nobody has asked that it be left. */
    public RolloutStatus(
            QuestionKey question,
            EnvironmentId environment,
            Phase phase,
            int trafficPercent,
            int step,
            int steps,
            boolean paused,
            @Nullable URI address,
            @Nullable RolloutCause cause,
            @Nullable Digest running,
            @Nullable String runningVersion,
            @Nullable JudgementStatus judgement,
            List<String> notes) {
        this(
                question,
                environment,
                phase,
                trafficPercent,
                step,
                steps,
                paused,
                address,
                cause,
                running,
                runningVersion,
                judgement,
                notes,
                null,
                null,
                Map.of());
    }

    /** Whether its slot is free, and it waits to be told that it is still to begin ({@link StartRollout#asksFirst}). */
    public boolean atTurn() {
        return phase == Phase.WAITING && cause != null && cause.kind().equals(TURN);
    }

    /** The same status with another judgement, or none. */
    public RolloutStatus withJudgement(@Nullable JudgementStatus other) {
        return new RolloutStatus(
                question,
                environment,
                phase,
                trafficPercent,
                step,
                steps,
                paused,
                address,
                cause,
                running,
                runningVersion,
                other,
                notes,
                metrics,
                leaving,
                placeholders);
    }

    /** The same answer of a version that was verified and is left again. */
    public RolloutStatus leaving(
            Leaving how,
            int trafficPercentNow,
            @Nullable URI addressNow,
            @Nullable Digest runningNow,
            @Nullable String runningVersionNow) {
        return new RolloutStatus(
                question,
                environment,
                phase,
                trafficPercentNow,
                step,
                steps,
                paused,
                addressNow,
                cause,
                runningNow,
                runningVersionNow,
                judgement,
                notes,
                null,
                how,
                Map.of());
    }

    /** Where a rollout is. VERIFIED, RESTORED, DISPLACED and NOT_ADMITTED are answers for good. */
    public enum Phase {
        /** Another rollout holds the slot. */
        WAITING,
        /** The version is being fetched and started. */
        STARTING,
        /** It runs and is warmed up; the baseline is being measured. */
        WARMING_UP,
        /** It has the share of a step. */
        STEPPING,
        /** Every step has passed, and it is watched at the share that it keeps; this too passes by what is seen. */
        BAKING,
        /** Every step and the bake have passed; what is held back moves when it is verified. */
        FULL,
        /** Snapshot and slot have moved to it. */
        VERIFIED,
        /** Traffic is back where it was, and what was there is being verified. */
        RESTORING,
        /** What was there before serves again; {@code running} is null if there was nothing. */
        RESTORED,
        /** A newer rollout took its place in the queue. */
        DISPLACED,
        /** Answer to Withdraw: it had not started and never will. */
        NOT_ADMITTED,
        /** The question is beyond this environment's memory, or this value beyond the reader's. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * Why a rollout does not go on.
     *
     * @param kind {@code worse}, {@code unhealthy}, {@code start-failed}, {@code aborted}, {@code rolled-back}, {@code
     *     held} (it waits for a person after a rollback), {@code turn} (it is asked whether it is still to begin), {@code
     *     no-snapshot} (there is none to go back to), {@code inconclusive}, {@code displaced}, {@code errored}
     * @param text one sentence for a person
     * @param observed observed value, or empty
     * @param limit its limit, or empty
     */
    public record RolloutCause(String kind, String text, String observed, String limit) {
        private static final String WORSE = "worse";
        private static final Pattern BY_THE_JUDGE = Pattern.compile("The new version is worse: [a-z]+ on [A-Za-z0-9]+");

        public RolloutCause {
            Texts.requirePresent("kind", kind);
            Texts.requirePresent("text", text);
            Texts.requirePresent("observed", observed);
            Texts.requirePresent("limit", limit);
        }

        /** The judge has found it. */
        public static RolloutCause judged(JudgementStatus.Worse worse) {
            return new RolloutCause(
                    WORSE,
                    "The new version is worse: " + worse.rule() + " on " + worse.metric(),
                    worse.observed(),
                    worse.limit());
        }

        /** Whether the judge has found it; what is unready, hangs or takes too much memory is worse without the judge. */
        public boolean saidByJudge() {
            return kind.equals(WORSE) && BY_THE_JUDGE.matcher(text).matches();
        }
    }
}
