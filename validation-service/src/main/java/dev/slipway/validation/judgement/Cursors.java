package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.traffic.TrafficSample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the samples of each gateway's boot have been counted. Samples come at least once, and in order of seconds from
 * each boot, so what is not newer was counted before. Only a boot that has been silent for a minute makes room for another
 * one; where there is no room a sample is left out, and that is known.
 *
 * @param known latest second of each boot, at most {@value #KNOWN_MAX}
 * @param forgottenTo latest second of the boots that made room for others; what boots that are not known say up to there is
 *     left out, as counting nothing is better than counting twice. Null if none was forgotten
 * @param leftOutAt when a sample was last left out; null if none was
 */
record Cursors(
        List<Cursor> known,
        @Nullable Instant forgottenTo,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant leftOutAt) {
    /** Boots of gateways that may report within a minute. */
    static final int KNOWN_MAX = 256;

    private static final Duration SILENT = Duration.ofMinutes(1);
    /** Longer than a second is waited for, so that what is left out is known before a step passes by its second. */
    private static final Duration HEARD_AGAIN = Duration.ofSeconds(10);

    static final Cursors NONE = new Cursors(List.of(), null, null);

    Cursors {
        known = List.copyOf(known);
    }

    /** How far one run of one gateway has been counted. */
    record Cursor(String gateway, String boot, Instant second) {
        boolean isOf(TrafficSample sample) {
            return gateway.equals(sample.gateway()) && boot.equals(sample.boot());
        }
    }

    boolean passed(TrafficSample sample) {
        return known.stream()
                .anyMatch(cursor -> cursor.isOf(sample) && !sample.second().isAfter(cursor.second()));
    }

    /** Whether every gateway that has reported anything since {@code alive} has reported this second or a later one. */
    boolean allReached(Instant second, Instant alive) {
        return known.stream()
                .filter(cursor ->
                        cursor.second().isAfter(alive) && cursor.second().isBefore(second))
                .allMatch(behind -> known.stream()
                        .anyMatch(other -> other.gateway().equals(behind.gateway())
                                && !other.second().isBefore(second))); // started again since
    }

    /** With one more sample; nothing where there is no room for it, so that it must be left out. */
    Optional<Cursors> passing(TrafficSample sample, Instant now) {
        List<Cursor> next = new ArrayList<>(known);
        Instant forgotten = forgottenTo;
        boolean isKnown = next.removeIf(cursor -> cursor.isOf(sample));
        if (!isKnown && forgotten != null && !sample.second().isAfter(forgotten)) {
            return Optional.empty();
        }
        if (next.size() == KNOWN_MAX) {
            Cursor oldest =
                    next.stream().min(Comparator.comparing(Cursor::second)).orElseThrow();
            if (!oldest.second().isBefore(now.minus(SILENT))) {
                return Optional.empty();
            }
            next.remove(oldest);
            forgotten = forgotten == null || oldest.second().isAfter(forgotten) ? oldest.second() : forgotten;
        }
        next.add(new Cursor(sample.gateway(), sample.boot(), sample.second()));
        return Optional.of(new Cursors(next, forgotten, leftOutAt));
    }

    Cursors leavingOut(Instant now) {
        return new Cursors(known, forgottenTo, now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether nothing had to be left out for a while up to then. */
    boolean allHeard(@Nullable Instant until) {
        return leftOutAt == null || (until != null && until.isAfter(leftOutAt.plus(HEARD_AGAIN)));
    }
}
