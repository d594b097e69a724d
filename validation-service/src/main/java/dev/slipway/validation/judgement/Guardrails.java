package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Limits that hold whatever the baseline does, crossed beyond doubt only. Each is tested as "the share of failures is at
 * most the limit", by the mean over several shares q above the limit p of (q/p)^k ((1-q)/(1-p))^(n-k): where the true share
 * is within the limit, the chance that this ever exceeds 1/α is at most α, however often one looks (Ville). Over the whole
 * rollout that depends on what was counted alone. Lately it is the process that may begin anew in every second, so that a
 * fault which comes an hour into a bake is found in seconds instead of being averaged away. A share that is observed above
 * its limit without being so beyond doubt is no reason to go back; it is one not to go on.
 */
final class Guardrails {
    private Guardrails() {}

    /** Where the processes of a policy's limits begin. */
    static List<List<Double>> start(Canary rules) {
        return Collections.nCopies(Limit.of(rules).size(), Effects.ABOVE_LIMIT.zeros());
    }

    /** After one more second of the canary's answers. */
    static List<List<Double>> after(Canary rules, List<List<Double>> lately, SideTally second) {
        List<Limit> limits = Limit.of(rules);
        List<List<Double>> next = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            List<Double> factors = logFactors(limit, second);
            List<Double> before = i < lately.size() ? lately.get(i) : Effects.ABOVE_LIMIT.zeros();
            next.add(IntStream.range(0, factors.size())
                    .mapToObj(effect -> LogSums.restarted(before.get(effect), factors.get(effect)))
                    .toList());
        }
        return next;
    }

    /** The first limit that the whole rollout breaks beyond doubt. */
    static Optional<Worse> broken(Canary rules, Levels levels, SideTally canary) {
        List<Limit> limits = Limit.of(rules);
        return limits.stream()
                .filter(limit -> LogSums.meanOfExp(logFactors(limit, canary)) >= levels.guardrail(limits.size()))
                .findFirst()
                .map(limit -> worse(limit, canary, ""));
    }

    /**
     * The first limit that is broken beyond doubt lately.
     *
     * @param recent what the canary answered in the last while, to be shown
     */
    static Optional<Worse> brokenLately(
            Canary rules, Levels levels, List<List<Double>> lately, Recent recent, Duration window) {
        List<Limit> limits = Limit.of(rules);
        return IntStream.range(0, Math.min(limits.size(), lately.size()))
                .filter(i -> LogSums.meanOfRestarted(lately.get(i)) >= levels.guardrailLately(limits.size()))
                .mapToObj(i -> worse(limits.get(i), recent.sum(), lately(window)))
                .findFirst();
    }

    /** What is above its limit, perhaps by chance: over the whole rollout, or lately where there are answers enough. */
    static Optional<String> inDoubt(Canary rules, SideTally canary, SideTally recent, Duration window) {
        return Limit.of(rules).stream()
                .flatMap(limit -> {
                    if (limit.reached(canary)) {
                        return Stream.of(inDoubt(limit, canary, ""));
                    }
                    return limit.answers(recent) >= rules.answersMin() && limit.reached(recent)
                            ? Stream.of(inDoubt(limit, recent, lately(window)))
                            : Stream.empty();
                })
                .findFirst();
    }

    private static String inDoubt(Limit limit, SideTally side, String when) {
        return "%s within its limit: %s%s, limit %s, which may be chance"
                .formatted(limit.metric(), limit.observed(side), when, limit.text());
    }

    private static List<Double> logFactors(Limit limit, SideTally side) {
        long answers = limit.answers(side);
        long failures = limit.failures(side);
        double share = limit.share();
        return IntStream.range(0, Effects.ABOVE_LIMIT.number())
                .mapToObj(effect -> share >= 1
                        ? 0.0
                        : Block.logRatio(answers, (double) failures, Effects.ABOVE_LIMIT.rate(effect, share), share))
                .toList();
    }

    private static Worse worse(Limit limit, SideTally side, String when) {
        String kinds = limit.latency() == null ? KindsText.ofErrors(side.kinds()) : "";
        return new Worse("guardrail", limit.metric(), limit.observed(side) + when + kinds, limit.text());
    }

    private static String lately(Duration window) {
        return " in the last %d s".formatted(window.toSeconds());
    }
}
