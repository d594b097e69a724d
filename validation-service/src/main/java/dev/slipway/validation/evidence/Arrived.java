package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports and records of runs, in an order that counts, and when each came. What came in one push has one time.
 *
 * @param at in the same order; fewer where those at the end did not come but were made here, none where nobody wrote it down
 */
public record Arrived(List<Digest> digests, List<Instant> at) {
    public static final Arrived NOTHING = new Arrived(List.of(), List.of());

    /** @throws IllegalArgumentException if there are more times than reports */
    public Arrived {
        digests = List.copyOf(digests);
        at = List.copyOf(at);
        if (at.size() > digests.size()) {
            throw new IllegalArgumentException("%d reports have come at %d times".formatted(digests.size(), at.size()));
        }
    }

    /** As it was written down before times were. */
    public static Arrived somewhen(List<Digest> digests) {
        return new Arrived(digests, List.of());
    }

    /** The first of two, whose times were written down one after the other. */
    public static Arrived first(List<Digest> digests, List<Instant> both) {
        return new Arrived(digests, both.subList(0, Math.min(both.size(), digests.size())));
    }

    /**
     * The second of them.
     *
     * @param before how many the first are
     */
    public static Arrived second(int before, List<Digest> digests, List<Instant> both) {
        return new Arrived(digests, both.subList(Math.min(both.size(), before), both.size()));
    }

    /** When the one at this place came, or null. */
    public @Nullable Instant at(int place) {
        return place < at.size() ? at.get(place) : null;
    }

    /** These, then the others; whose times are lost where not all of these have one. */
    public Arrived and(Arrived others) {
        List<Digest> all = new ArrayList<>(digests);
        all.addAll(others.digests);
        List<Instant> times = new ArrayList<>(at);
        if (at.size() == digests.size()) {
            times.addAll(others.at);
        }
        return new Arrived(all, times);
    }
}
