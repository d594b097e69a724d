package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clients have been counted on which side, where clients stick to one: only the first answer of each is an independent
 * one, and a client that comes by several gateways has several that they think are the first.
 *
 * @param canary the clients' numbers as set bits, base 64; at most 8 KiB before encoding
 * @param baseline likewise
 */
record Clients(String canary, String baseline) {
    static final Clients NONE = new Clients("", "");

    /**
     * What a sample adds.
     *
     * @param counted first answers that were not counted before
     * @param newOnCanary clients that had been on neither side and fell on the canary's: the side of each of these was drawn
     *     by the share in force
     * @param newOnBaseline likewise
     */
    record Seen(Clients clients, Sides counted, long newOnCanary, long newOnBaseline) {}

    Seen seeing(@Nullable VersionCounts ofCanary, @Nullable VersionCounts ofBaseline) {
        BitSet onCanary = bits(canary);
        BitSet onBaseline = bits(baseline);
        BitSet before = (BitSet) onCanary.clone();
        before.or(onBaseline);
        Side left = new Side(onCanary, before);
        Side right = new Side(onBaseline, before);
        SideTally firstOnCanary = left.count(ofCanary);
        SideTally firstOnBaseline = right.count(ofBaseline);
        Clients next = left.changed || right.changed ? new Clients(text(onCanary), text(onBaseline)) : this;
        return new Seen(next, new Sides(firstOnCanary, firstOnBaseline), left.fresh, right.fresh);
    }

    private static final class Side {
        private final BitSet here;
        private final BitSet before;
        private long fresh;
        private boolean changed;

        private Side(BitSet here, BitSet before) {
            this.here = here;
            this.before = before;
        }

        /** A gateway that does not say who was first is taken at its word. */
        private SideTally count(@Nullable VersionCounts version) {
            if (version == null) {
                return SideTally.NONE;
            }
            List<FirstAnswer> firsts = version.firsts();
            if (firsts.isEmpty()) {
                return SideTally.of(version.first()).withoutKinds();
            }
            SideTally counted = SideTally.NONE;
            for (FirstAnswer first : firsts) {
                if (!here.get(first.client())) {
                    here.set(first.client());
                    changed = true;
                    fresh += before.get(first.client()) ? 0 : 1;
                    counted = counted.plus(SideTally.of(first));
                }
            }
            return counted;
        }
    }

    private static BitSet bits(String text) {
        return BitSet.valueOf(Base64.getDecoder().decode(text));
    }

    private static String text(BitSet bits) {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }
}
