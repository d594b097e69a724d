package dev.slipway.release.report;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.ReportView;
import dev.slipway.contracts.release.ReportView.Insight;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.release.saga.Disruptions;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.DutyStates;
import dev.slipway.release.saga.Telling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known after a release (ADR 70), made when somebody asks, of what its record and the last judgement of it say.
 */
public final class ReleaseReport {
    private ReleaseReport() {}

    /**
     * @param journal oldest first
     * @param now when this is asked
     */
    public static ReportView of(Dossier d, List<JournalEntry> journal, Instant now) {
        Optional<Numbers> numbers = numbers(d);
        List<Stretch> course = Course.of(journal, now);
        return new ReportView(
                d.id(),
                d.id().application().value(),
                version(d),
                d.state().phase(),
                d.since(),
                Telling.previousVersion(d),
                numbers.map(Numbers::measured).orElse(null),
                numbers.map(Numbers::after).orElse(null),
                numbers.map(Numbers::where).orElse(null),
                numbers.map(known -> insights(d, known)).orElse(List.of()),
                numbers.isPresent() ? null : unmeasured(d),
                Disruptions.of(d).orElse(null),
                course,
                new Candidates(d.id().value(), course).of(Telling.gates(d), DutyStates.of(d)));
    }

    /** What users got before it and since, a sentence each; none where nothing was measured. */
    public static List<String> measured(Dossier d) {
        return numbers(d)
                .map(known -> MeasuredText.lines(
                        known.measured(), known.after(), known.where(), version(d), Telling.previousVersion(d)))
                .orElse(List.of());
    }

    /** What users had of it, where production went back from it, holds it or had it repaired, in a sentence. */
    public static @Nullable String disruption(Dossier d) {
        return Disruptions.of(d).map(Disruption::text).map(text -> text + ".").orElse(null);
    }

    private record Numbers(Measured measured, Answered after, String where) {}

    private static Optional<Numbers> numbers(Dossier d) {
        JudgementStatus judged = d.judgement();
        RolloutStatus rollout = d.rollout(PRODUCTION).orElse(null);
        Measured measured = judged == null ? null : judged.measured();
        if (measured == null || rollout == null || measured.canary().seconds() == 0) {
            return Optional.empty();
        }
        boolean last = measured.stepCanary().answers() > 0;
        String where = measured.step() > rollout.steps()
                ? "in the bake at %d %%".formatted(measured.trafficPercent())
                : "at step %d of %d, %d %%".formatted(measured.step(), rollout.steps(), measured.trafficPercent());
        return Optional.of(new Numbers(measured, last ? measured.stepCanary() : measured.canary(), where));
    }

    private static List<Insight> insights(Dossier d, Numbers known) {
        String before = Telling.previousVersion(d);
        return before == null ? List.of() : new Comparing(version(d), before).insights(known.measured(), known.after());
    }

    private static String unmeasured(Dossier d) {
        return d.rollout(PRODUCTION).isPresent()
                ? "Nothing is measured of it: nobody judged it, or too little of it was seen."
                : "Production has had no traffic of it, so nothing is measured.";
    }

    private static String version(Dossier d) {
        return d.release().proposal().version();
    }
}
