package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rollout that holds the slot.
 *
 * @param instance where the new version runs, or null before it does
 * @param paused whether it waits for a person; bad news is acted upon all the same
 * @param cause why it goes back or waits
 * @param deadline of the present stage or step, or null if it has none
 * @param notes what was decided on the way, newest last
 * @param since when the present stage or step began; null where an older version of this service wrote it
 * @param metrics what is missing to say, at this step, that the version's own metrics are as its policy wants them: empty
 *     once nothing is, null before the first look
 * @param overruled what it went on in spite of, as a person said: what the judge says for good, and guardrails, hold it once
 */
public record Active(
        Plan plan,
        Stage stage,
        @Nullable Instance instance,
        boolean paused,
        @Nullable RolloutCause cause,
        @Nullable Deadline deadline,
        List<String> notes,
        @Nullable Instant since,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String metrics,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> overruled) {
    private static final int NOTES_MAX = 20;

    public Active {
        notes = List.copyOf(notes);
        overruled = List.copyOf(overruled);
    }

    /** Of which nobody has said that it goes on in spite of anything. */
    Active(
            Plan plan,
            Stage stage,
            @Nullable Instance instance,
            boolean paused,
            @Nullable RolloutCause cause,
            @Nullable Deadline deadline,
            List<String> notes,
            @Nullable Instant since,
            @Nullable String metrics) {
        this(plan, stage, instance, paused, cause, deadline, notes, since, metrics, List.of());
    }

    /**
     * When the present stage should be over.
     *
     * @param asked whether the deadline has passed once and the question was asked again
     * @param restarted whether it began again after the machine slept
     */
    record Deadline(Instant due, boolean asked, boolean restarted) {
        static Deadline at(Instant due) {
            return new Deadline(due, false, false);
        }
    }

    QuestionKey question() {
        return plan.question();
    }

    String key() {
        return plan.key();
    }

    /** Another stage or step begins. */
    Active enter(Stage next, Instant now) {
        return new Active(plan, next, instance, paused, cause, deadline, notes, now, null, overruled);
    }

    /** The same by another plan. */
    Active following(Plan next) {
        return new Active(next, stage, instance, paused, cause, deadline, notes, since, metrics, overruled);
    }

    /** The same stage with other details. */
    Active in(Stage next) {
        return new Active(plan, next, instance, paused, cause, deadline, notes, since, metrics, overruled);
    }

    Active at(Instance where) {
        return new Active(plan, stage, where, paused, cause, deadline, notes, since, metrics, overruled);
    }

    Active until(@Nullable Deadline next) {
        return new Active(plan, stage, instance, paused, cause, next, notes, since, metrics, overruled);
    }

    Active because(@Nullable RolloutCause why) {
        return new Active(plan, stage, instance, paused, why, deadline, notes, since, metrics, overruled);
    }

    Active pausedFor(RolloutCause why) {
        return new Active(plan, stage, instance, true, why, null, notes, since, metrics, overruled);
    }

    /** It waits for a person, and nothing but that person's word or bad news ends this. */
    Active pausedBy(String note, boolean keepDeadline) {
        Deadline kept = keepDeadline ? deadline : null;
        return new Active(plan, stage, instance, true, null, kept, notes, since, metrics, overruled).noting(note);
    }

    /** The same, waiting for a person while what it does goes on. */
    Active needingAPerson() {
        return new Active(plan, stage, instance, true, cause, deadline, notes, since, metrics, overruled);
    }

    /** A person has said that it goes on, in spite of what it was held for. */
    Active resumed() {
        return new Active(plan, stage, instance, false, null, deadline, notes, since, metrics, Holding.overruled(this));
    }

    /** What its own metrics lack at this step; empty if nothing. */
    Active metered(String missing) {
        return new Active(plan, stage, instance, paused, cause, deadline, notes, since, missing, overruled);
    }

    /** What is to be waited for because of its own metrics; null where nothing is. */
    @Nullable
    String waitsForMetrics() {
        boolean step = stage instanceof Stage.Stepping || stage instanceof Stage.Baking;
        if (!step || !plan.metered() || "".equals(metrics)) {
            return null;
        }
        return metrics == null ? "the first looks at its own metrics" : metrics;
    }

    Active noting(String note) {
        return noting(note, notes);
    }

    /** A note that takes the place of earlier ones that begin alike. */
    Active renoting(String beginning, String rest) {
        return noting(
                beginning + rest,
                notes.stream().filter(note -> !note.startsWith(beginning)).toList());
    }

    private Active noting(String note, List<String> before) {
        List<String> all = new ArrayList<>(before);
        all.add(note);
        return new Active(
                plan,
                stage,
                instance,
                paused,
                cause,
                deadline,
                all.size() > NOTES_MAX ? all.subList(all.size() - NOTES_MAX, all.size()) : all,
                since,
                metrics,
                overruled);
    }
}
