package dev.slipway.validation.judgement;

import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Why a canary is worse, if it is. */
final class Findings {
    private static final double PERCENT = 100;

    private Findings() {}

    static Optional<Worse> worse(Judging state, Duration window) {
        Tally tally = state.tally();
        Rollout rollout = state.rollout();
        Processes processes = tally.processes(rollout);
        Levels levels = rollout.levels(processes.seconds());
        return Guardrails.broken(rollout.rules(), levels, tally.canary())
                .or(() -> Guardrails.brokenLately(rollout.rules(), levels, processes.lately(), tally.recent(), window))
                .or(() -> rates(tally, processes, levels))
                .or(() -> slow(state, processes, levels));
    }

    private static Optional<Worse> rates(Tally tally, Processes processes, Levels levels) {
        return rate("errors", processes.errors(), levels, Levels.ERRORS, "failed", tally)
                .or(() -> rate("refusals", processes.refusals(), levels, Levels.REFUSALS, "were refused", tally));
    }

    private static Optional<Worse> rate(
            String metric, Compared compared, Levels levels, double weight, String failed, Tally tally) {
        if (together(compared, Effects.FAILURES, levels, weight)) {
            SequentialComparison seen = compared.chains().getFirst();
            return Optional.of(comparison(
                    metric,
                    "%d of %d %s%s, beside %d of %d%s"
                            .formatted(
                                    Math.round(seen.canaryFailures()),
                                    seen.canaryAnswers(),
                                    failed,
                                    kinds(metric, tally.canary()),
                                    Math.round(seen.baselineFailures()),
                                    seen.baselineAnswers(),
                                    kinds(metric, tally.baseline())),
                    levels.part(weight)));
        }
        if (alone(compared, levels, weight)) {
            SideTally lately = tally.recent().sum();
            return Optional.of(comparison(
                    metric,
                    String.format(
                            Locale.ROOT,
                            "%d of %d %s lately%s, where at most %.2f %% did before",
                            metric.equals("errors") ? lately.errors() : lately.refusals(),
                            lately.answers(),
                            failed,
                            kinds(metric, tally.canary()),
                            compared.alone().getFirst().bound() * PERCENT),
                    levels.part(weight)));
        }
        return Optional.empty();
    }

    /** A policy may call other statuses errors or refusals than the usual ones: then all that are not well are named. */
    private static String kinds(String metric, SideTally side) {
        if (metric.equals("refusals")) {
            return KindsText.ofRefusals(side.kinds());
        }
        return side.errors() == KindsText.errors(side.kinds())
                ? KindsText.ofErrors(side.kinds())
                : KindsText.ofBoth(side.kinds());
    }

    private static Optional<Worse> slow(Judging state, Processes processes, Levels levels) {
        Compared compared = processes.slow();
        SlowLimits limits = state.verdicts().slow();
        if (limits == null) {
            return Optional.empty();
        }
        if (together(compared, Effects.SLOWNESS, levels, Levels.SLOW)) {
            int limit = strongest(compared.chains().stream()
                    .map(chain -> Stream.concat(chain.sums().stream(), chain.late().stream())));
            SequentialComparison seen = compared.chains().get(limit);
            String observed = String.format(
                    Locale.ROOT,
                    "%d of %d took more than %.0f ms, beside %d of %d more than %.0f ms (its %s before)",
                    Math.round(seen.canaryFailures()),
                    seen.canaryAnswers(),
                    limits.ofCanary(limits.ms().get(limit)),
                    Math.round(seen.baselineFailures()),
                    seen.baselineAnswers(),
                    limits.ms().get(limit),
                    SlowLimits.name(limit));
            return Optional.of(comparison("slow", observed, levels.part(Levels.SLOW)));
        }
        if (alone(compared, levels, Levels.SLOW)) {
            int limit = strongest(compared.alone().stream().map(each -> each.late().stream()));
            SideTally lately = state.tally().recent().sum();
            String observed = String.format(
                    Locale.ROOT,
                    "%d of %d took more than %.0f ms lately, where at most %.1f %% did before",
                    Math.round(SlowLimits.slower(
                            lately.latency(), limits.ofCanary(limits.ms().get(limit)))),
                    lately.timed(),
                    limits.ofCanary(limits.ms().get(limit)),
                    compared.alone().get(limit).bound() * PERCENT);
            return Optional.of(comparison("slow", observed, levels.part(Levels.SLOW)));
        }
        return Optional.empty();
    }

    private static boolean together(Compared compared, Effects effects, Levels levels, double weight) {
        return compared.mixture(effects) >= levels.mixture(weight) || compared.detector() >= levels.detector(weight);
    }

    private static boolean alone(Compared compared, Levels levels, double weight) {
        return compared.detectorAlone() >= levels.alone(weight);
    }

    /** Which of several says most. */
    private static int strongest(Stream<Stream<Double>> processes) {
        double[] most = processes
                .mapToDouble(
                        each -> each.flatMapToDouble(DoubleStream::of).max().orElse(Double.NEGATIVE_INFINITY))
                .toArray();
        int found = 0;
        for (int i = 1; i < most.length; i++) {
            found = most[i] > most[found] ? i : found;
        }
        return found;
    }

    private static Worse comparison(String metric, String observed, double chance) {
        String shown = new BigDecimal(chance)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
        return new Worse("comparison", metric, observed, "a chance of " + shown + " where it is no worse");
    }
}
