package dev.slipway.validation.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One metric of the comparison: a single kind of failure, or answers slower than each of several limits. Three processes
 * look at it: the <b>mixture</b>, ln of the mean of all chains that have run from the start, for faults that are there at
 * once; the <b>detector</b>, ln of the mean of those that may begin anew in every block, for faults that begin late (Shin,
 * Ramdas, Rinaldo, "E-detectors", NEJSDS 2024), as quiet hours would else hide what is bad now; and, where the baseline has
 * no share any more, the canary <b>alone</b> against what the baseline did.
 *
 * @param chains one for each kind, none before the kinds are known
 * @param alone likewise, empty until the baseline first has no share
 */
public record Compared(List<SequentialComparison> chains, List<Alone> alone) {
    public static final Compared NOTHING = new Compared(List.of(), List.of());

    public Compared {
        chains = List.copyOf(chains);
        alone = List.copyOf(alone);
    }

    public static Compared starting(Effects effects, int kinds) {
        return new Compared(
                IntStream.range(0, kinds)
                        .mapToObj(_ -> SequentialComparison.start(effects))
                        .toList(),
                List.of());
    }

    /** The baseline answered alone; one block for each kind. */
    Compared measured(List<Block> blocks) {
        List<SequentialComparison> next = new ArrayList<>(chains.size());
        for (int kind = 0; kind < chains.size(); kind++) {
            Block block = blocks.get(kind);
            next.add(chains.get(kind).measured(block.baselineAnswers(), block.baselineFailures()));
        }
        return new Compared(next, alone);
    }

    /** Both answered. */
    public Compared after(List<Block> blocks, Effects effects) {
        List<SequentialComparison> next = new ArrayList<>(chains.size());
        for (int kind = 0; kind < chains.size(); kind++) {
            next.add(chains.get(kind).after(blocks.get(kind), effects));
        }
        return new Compared(next, alone);
    }

    /** The canary answered where the baseline has no share; {@code before} is what the baseline did at last. */
    Compared afterAlone(List<Block> blocks, List<Block> before, Effects effects) {
        List<Alone> next = new ArrayList<>(chains.size());
        for (int kind = 0; kind < chains.size(); kind++) {
            Block then = before.get(kind);
            Alone so =
                    alone.isEmpty() ? Alone.beside(then.baselineFailures(), then.baselineAnswers()) : alone.get(kind);
            Block block = blocks.get(kind);
            next.add(so.after(block.canaryAnswers(), block.canaryFailures(), effects));
        }
        return new Compared(chains, next);
    }

    /** What the baseline has answered in all, for each kind. */
    List<Block> baselineTotals() {
        return chains.stream()
                .map(chain -> new Block(0, 0, chain.baselineTotal(), chain.baselineFailuresTotal()))
                .toList();
    }

    public double mixture(Effects effects) {
        return LogSums.meanOfExp(
                chains.stream().flatMap(chain -> chain.chains(effects).stream()).toList());
    }

    public double detector() {
        return LogSums.meanOfRestarted(
                chains.stream().flatMap(chain -> chain.late().stream()).toList());
    }

    public double detectorAlone() {
        return LogSums.meanOfRestarted(alone.stream()
                .filter(Alone::possible)
                .flatMap(each -> each.late().stream())
                .toList());
    }
}
