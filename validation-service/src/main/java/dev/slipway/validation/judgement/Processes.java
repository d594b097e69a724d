package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import java.util.List;

/**
 * Everything that gathers evidence over the rollout and is never reset.
 *
 * @param errors comparison of error rates
 * @param refusals comparison of rates of refusals
 * @param slow comparison of shares of slow answers, nothing before it is known what is slow
 * @param lately the guardrails' processes that may begin anew, one list for each limit
 * @param seconds seconds that were looked at since the canary's first share
 * @param waiting answers of seconds in which one side had none: the block stays open until both have
 */
record Processes(
        Compared errors, Compared refusals, Compared slow, List<List<Double>> lately, long seconds, Sides waiting) {
    /** So many of the baseline's last answers are enough to say what it did at last. */
    private static final long LAST_ANSWERS = 6_000;

    Processes {
        lately = List.copyOf(lately);
    }

    static Processes starting(Canary rules) {
        Compared rates = Compared.starting(Effects.FAILURES, 1);
        return new Processes(rates, rates, Compared.NOTHING, Guardrails.start(rules), 0, Sides.NONE);
    }

    /** From now on it is known what is slow; the baseline measured so far counts. */
    Processes slowFrom(SlowLimits limits, SideTally baseline) {
        Compared known = Compared.starting(Effects.SLOWNESS, limits.ms().size())
                .measured(limits.blocks(SideTally.NONE, baseline));
        return new Processes(errors, refusals, known, lately, seconds, waiting);
    }

    /** A second of the baseline before the canary had a share. */
    Processes measured(SideTally baseline) {
        Sides sides = new Sides(SideTally.NONE, baseline);
        return new Processes(
                errors.measured(List.of(errors(sides))),
                refusals.measured(List.of(refusals(sides))),
                slow,
                lately,
                seconds,
                waiting);
    }

    /** One more second of the canary for its limits. */
    Processes limited(Canary rules, SideTally canary) {
        return new Processes(errors, refusals, slow, Guardrails.after(rules, lately, canary), seconds + 1, waiting);
    }

    /**
     * One more second of both sides.
     *
     * @param slowness how slow answers are weighed
     */
    Processes compared(Sides second, SlowLimits limits, Effects slowness) {
        Sides block = waiting.plus(second);
        if (!block.bothSeen()) {
            return new Processes(errors, refusals, slow, lately, seconds, block);
        }
        return new Processes(
                errors.after(List.of(errors(block)), Effects.FAILURES),
                refusals.after(List.of(refusals(block)), Effects.FAILURES),
                slow.after(limits.blocks(block.canary(), block.baseline()), slowness),
                lately,
                seconds,
                Sides.NONE);
    }

    /**
     * One more second of the canary where the baseline has no share.
     *
     * @param last what the baseline answered at last, every answer; used where it is enough, of latencies where so many
     *     answers told theirs
     * @param slowness how slow answers are weighed
     */
    Processes alone(SideTally canary, Recent last, SlowLimits limits, Effects slowness) {
        SideTally recent = errors.alone().isEmpty() ? last.sum() : SideTally.NONE; // asked for once
        boolean enough = recent.answers() >= LAST_ANSWERS;
        boolean enoughTimed = slowness == Effects.SLOWNESS ? recent.timed() >= LAST_ANSWERS : enough;
        Sides before = new Sides(SideTally.NONE, recent);
        Sides second = new Sides(canary, SideTally.NONE);
        return new Processes(
                errors.afterAlone(
                        List.of(errors(second)),
                        enough ? List.of(errors(before)) : errors.baselineTotals(),
                        Effects.FAILURES),
                refusals.afterAlone(
                        List.of(refusals(second)),
                        enough ? List.of(refusals(before)) : refusals.baselineTotals(),
                        Effects.FAILURES),
                slow.afterAlone(
                        limits.blocks(canary, SideTally.NONE),
                        enoughTimed ? limits.blocks(SideTally.NONE, recent) : slow.baselineTotals(),
                        slowness),
                lately,
                seconds,
                waiting);
    }

    private static Block errors(Sides sides) {
        return new Block(
                sides.canary().answers(),
                sides.canary().errors(),
                sides.baseline().answers(),
                sides.baseline().errors());
    }

    private static Block refusals(Sides sides) {
        return new Block(
                sides.canary().answers(),
                sides.canary().refusals(),
                sides.baseline().answers(),
                sides.baseline().refusals());
    }
}
