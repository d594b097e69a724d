package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been found for good.
 *
 * @param baselineReady whether the first share may be given
 * @param slow from when on an answer is slow, fixed with the first share; null before
 * @param passedStep highest step that has passed, 0 for none
 * @param worse why the canary is worse; sticks and wins
 * @param notes what was decided on the way, each once
 * @param kept what is stored of what all this was found by; null until it is
 */
record Verdicts(
        boolean baselineReady,
        @Nullable SlowLimits slow,
        int passedStep,
        @Nullable Worse worse,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JudgedSeconds kept) {
    Verdicts {
        notes = List.copyOf(notes);
    }

    static Verdicts starting(boolean firstRelease) {
        return new Verdicts(firstRelease, null, 0, null, List.of(), null);
    }

    Verdicts baselineKnown() {
        return new Verdicts(true, slow, passedStep, worse, notes, kept);
    }

    /** A store has more of it, never less. */
    Verdicts keptAs(JudgedSeconds stored) {
        return kept != null && kept.lines() >= stored.lines()
                ? this
                : new Verdicts(baselineReady, slow, passedStep, worse, notes, stored);
    }

    Verdicts slowFrom(SlowLimits limits) {
        return new Verdicts(baselineReady, limits, passedStep, worse, notes, kept);
    }

    Verdicts passed(int step) {
        return new Verdicts(baselineReady, slow, Math.max(step, passedStep), worse, notes, kept);
    }

    Verdicts worse(Worse why) {
        return worse == null ? new Verdicts(baselineReady, slow, passedStep, why, notes, kept) : this;
    }

    /** The first ones stay where there are too many. */
    Verdicts noting(String note) {
        if (notes.contains(note) || notes.size() >= JudgementStatus.NOTES_MAX) {
            return this;
        }
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Verdicts(baselineReady, slow, passedStep, worse, more, kept);
    }
}
