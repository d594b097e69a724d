package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.TrafficSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the samples of each gateway's boot have been counted. Samples come at least once, and in order of seconds from
 * each boot, so what is not newer was counted before.
 *
 * @param known latest second of each boot, at most 32
 * @param forgottenTo latest second of the boots that made room for others; what else they say up to there is left out,
 *     as counting nothing is better than counting twice. Null if none was forgotten
 */
record Cursors(List<Cursor> known, @Nullable Instant forgottenTo) {
    private static final int KNOWN_MAX = 32;

    static final Cursors NONE = new Cursors(List.of(), null);

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
                .filter(cursor -> cursor.isOf(sample))
                .findFirst()
                .map(Cursor::second)
                .or(() -> Optional.ofNullable(forgottenTo))
                .map(second -> !sample.second().isAfter(second))
                .orElse(false);
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

    Cursors passing(TrafficSample sample) {
        List<Cursor> next = new ArrayList<>(known);
        next.removeIf(cursor -> cursor.isOf(sample));
        next.add(new Cursor(sample.gateway(), sample.boot(), sample.second()));
        if (next.size() <= KNOWN_MAX) {
            return new Cursors(next, forgottenTo);
        }
        Cursor oldest = next.stream().min(Comparator.comparing(Cursor::second)).orElseThrow();
        next.remove(oldest);
        boolean later = forgottenTo == null || oldest.second().isAfter(forgottenTo);
        return new Cursors(next, later ? oldest.second() : forgottenTo);
    }
}
