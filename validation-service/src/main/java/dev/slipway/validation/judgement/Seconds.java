package dev.slipway.validation.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The seconds that are not over for all gateways yet. A block is a second of all gateways together: by gateway, where there
 * are many, hardly any block would have answers of both sides, and what it has would be lost. A second is over when every
 * gateway that still reports has reported it or a later one, or when it has been waited for long enough. What comes for a
 * second that is over counts in the next one: nothing is lost, nothing counts twice.
 *
 * @param open by time, at most {@value #OPEN_MAX}
 * @param closedTo the latest second that is over, or null
 */
record Seconds(List<Open> open, @Nullable Instant closedTo) {
    static final Seconds NONE = new Seconds(List.of(), null);
    private static final int OPEN_MAX = 30;

    Seconds {
        open = List.copyOf(open);
    }

    /**
     * A second in which something was reported.
     *
     * @param inForce whether some gateway had the present step's table
     * @param all every answer
     * @param compared what the comparison counts of them
     */
    record Open(Instant second, boolean inForce, Sides all, Sides compared) {
        Open plus(Open more) {
            return new Open(second, inForce || more.inForce, all.plus(more.all), compared.plus(more.compared));
        }
    }

    /** With what one gateway reported. */
    Seconds plus(Open reported) {
        Instant next = closedTo == null ? reported.second() : later(reported.second(), closedTo.plusSeconds(1));
        Open more = new Open(next, reported.inForce(), reported.all(), reported.compared());
        List<Open> all = new ArrayList<>(open);
        Optional<Open> known =
                open.stream().filter(each -> each.second().equals(next)).findFirst();
        known.ifPresent(all::remove);
        all.add(known.map(each -> each.plus(more)).orElse(more));
        all.sort(Comparator.comparing(Open::second));
        return new Seconds(all, closedTo);
    }

    /** The oldest second that is over by now, if there is one. */
    Optional<Open> over(Cursors cursors, Instant now, Duration waitAtMost) {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Open oldest = open.getFirst();
        Instant waitedFor = oldest.second().plusSeconds(1).plus(waitAtMost);
        return open.size() > OPEN_MAX
                        || !now.isBefore(waitedFor)
                        || cursors.allReached(oldest.second(), now.minus(waitAtMost))
                ? Optional.of(oldest)
                : Optional.empty();
    }

    /** Without the oldest one. */
    Seconds closed() {
        return new Seconds(open.subList(1, open.size()), open.getFirst().second());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
