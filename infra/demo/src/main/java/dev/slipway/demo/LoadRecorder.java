package dev.slipway.demo;

import dev.slipway.demo.LoadStatistics.OfVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts answers. Times of answers go into cells that grow by 5 %, from 0.05 ms to over ten minutes. */
final class LoadRecorder {
    private static final int VERSIONS_MAX = 100;
    private static final int CELLS = 340;
    private static final double CELL_GROWTH = 1.05;
    private static final double SMALLEST_MILLIS = 0.05;

    private final Map<Integer, Long> byStatus = new HashMap<>();
    private final Map<String, OfVersion> byVersion = new HashMap<>();
    private final long[] cells = new long[CELLS];
    private long sent;
    private long skipped;
    private long unanswered;

    synchronized void sent() {
        sent++;
    }

    synchronized void skipped() {
        skipped++;
    }

    synchronized void unanswered() {
        unanswered++;
    }

    synchronized void answered(int status, @Nullable String version, Instant sentAt, Duration took) {
        byStatus.merge(status, 1L, Long::sum);
        cells[cellOf(took)]++;
        if (version != null && (byVersion.containsKey(version) || byVersion.size() < VERSIONS_MAX)) {
            Instant answeredAt = sentAt.plus(took);
            OfVersion none = new OfVersion(0, 0, sentAt, answeredAt, answeredAt);
            byVersion.put(version, byVersion.getOrDefault(version, none).plus(status >= 500, sentAt, answeredAt));
        }
    }

    synchronized LoadStatistics statistics() {
        return new LoadStatistics(sent, skipped, unanswered, byStatus, byVersion, quantile(0.5), quantile(0.95));
    }

    private @Nullable Double quantile(double share) {
        long answers = 0;
        for (long cell : cells) {
            answers += cell;
        }
        long rank = (long) Math.ceil(share * answers);
        long seen = 0;
        for (int i = 0; i < CELLS; i++) {
            seen += cells[i];
            if (rank > 0 && seen >= rank) {
                return Math.round(SMALLEST_MILLIS * Math.pow(CELL_GROWTH, i) * 100) / 100.0;
            }
        }
        return null;
    }

    private static int cellOf(Duration took) {
        double times = took.toNanos() / 1e6 / SMALLEST_MILLIS;
        int cell = times <= 1 ? 0 : (int) Math.ceil(Math.log(times) / Math.log(CELL_GROWTH));
        return Math.min(cell, CELLS - 1);
    }
}
