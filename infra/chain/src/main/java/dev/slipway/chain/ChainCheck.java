package dev.slipway.chain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a chain: each record says what its hash was made of and follows from the one before it, none is missing in
 * between or at the end, each checkpoint is signed by a key that is known. Pure; whoever has the records can do it.
 */
public final class ChainCheck {
    private final String chain;
    private final ProofKeys keys;
    private final Set<Long> present;
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable Seal last;
    private @Nullable Closed closed;
    private long before;

    private ChainCheck(String chain, List<Link> links, ProofKeys keys) {
        this.chain = chain;
        this.keys = keys;
        this.present = links.stream()
                .map(Link::seal)
                .filter(Objects::nonNull)
                .map(Seal::number)
                .collect(Collectors.toSet());
    }

    /** What does not agree, and at which record: its place in the chain, 1 for the first. */
    public record Fault(long record, String what) {
        @Override
        public String toString() {
            return "record %d: %s".formatted(record, what);
        }
    }

    /** A checkpoint that is believed. */
    public record Closed(long records, Instant at, String key) {}

    /**
     * What was found.
     *
     * @param records records that are chained
     * @param before records from before there was a chain, which nothing proves
     * @param closed the last checkpoint that is believed; null if there is none
     * @param faults in the order of the records; empty if all agrees
     */
    public record Result(
            long records, long before, @Nullable Closed closed, List<Fault> faults) {
        public Result {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Checks a chain.
     *
     * @param head the seal of the last record as it was kept beside the records; null where no chain has begun
     */
    public static Result of(String chain, List<Link> links, @Nullable Seal head, ProofKeys keys) {
        ChainCheck check = new ChainCheck(chain, links, keys);
        links.forEach(check::next);
        check.end(head);
        long records = links.size() - check.before;
        return new Result(records, check.before, check.closed, check.faults);
    }

    private void next(Link link) {
        Seal seal = link.seal();
        long expected = expected();
        if (seal == null) {
            if (last == null) {
                before++;
            } else {
                fault(expected, "it has no hash, though the chain has begun before it");
            }
            return;
        }
        if (seal.number() != expected) {
            place(seal, expected);
        } else if (!Objects.equals(seal.previous(), last == null ? null : last.hash())) {
            fault(expected, "it does not follow from the record before it");
        }
        if (!seal.isOf(chain, link.record())) {
            fault(seal.number(), "it does not say what its hash was made of");
        }
        signature(seal);
        last = seal;
    }

    private long expected() {
        return last == null ? 1 : last.number() + 1;
    }

    private void place(Seal seal, long expected) {
        if (seal.number() < expected || present.contains(expected)) {
            fault(expected, "record %d stands in its place".formatted(seal.number()));
        } else {
            fault(expected, missing(expected, seal.number() - 1));
        }
    }

    private static String missing(long from, long to) {
        return from == to ? "it is missing" : "it is missing, and all up to record %d".formatted(to);
    }

    private void signature(Seal seal) {
        Checkpoint said = seal.checkpoint();
        if (said == null) {
            return;
        }
        if (keys.believe(chain, seal, said)) {
            closed = new Closed(seal.number(), said.at(), said.key());
        } else {
            fault(
                    seal.number(),
                    keys.ids().contains(said.key())
                            ? "its checkpoint is not what key %s has signed".formatted(said.key())
                            : "its checkpoint is signed by key %s, which is not known".formatted(said.key()));
        }
    }

    private void end(@Nullable Seal head) {
        if (head == null) {
            if (last != null) {
                fault(last.number(), "what was kept of the chain's end is gone");
            }
            return;
        }
        long expected = expected();
        if (head.number() >= expected) {
            fault(expected, missing(expected, head.number()));
            signature(head);
        } else if (head.number() < expected - 1) {
            fault(head.number() + 1, "it came after the end of the chain");
        } else if (!head.equals(last)) {
            fault(head.number(), "it is not the record that the chain ended in");
            signature(head);
        }
    }

    private void fault(long record, String what) {
        faults.add(new Fault(record, what));
    }
}
