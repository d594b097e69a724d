package dev.slipway.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what the connections of one order see; one thread's. */
final class Score {
    private static final long LATENCY_MAX_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;
    private static final int EXAMPLE_MAX = 300;

    private final Histogram latencies = new Histogram(LATENCY_MAX_NANOS, DIGITS);
    private final long timedFrom;
    private long timedTo;
    private long all;
    private long refused;
    private long wrong;
    private long failed;
    private int open;
    private String example = "";
    private String refusal = "";

    /** Times what ends between two instants of {@link System#nanoTime()}. */
    Score(long timedFrom, long timedTo) {
        this.timedFrom = timedFrom;
        this.timedTo = timedTo;
    }

    boolean over(long now) {
        return now - timedTo >= 0;
    }

    void done(long since, long now) {
        all++;
        if (now - timedFrom >= 0 && now - timedTo < 0) {
            latencies.recordValue(Math.min(LATENCY_MAX_NANOS, now - since));
        }
    }

    void refused(String why) {
        all++;
        refused++;
        refusal = refusal.isEmpty() ? why : refusal;
    }

    void wrong(String what) {
        all++;
        wrong++;
        example("wrong: " + what);
    }

    void failed(String what) {
        all++;
        failed++;
        example(what);
    }

    private void example(String what) {
        if (example.isEmpty()) {
            example = what.length() > EXAMPLE_MAX ? what.substring(0, EXAMPLE_MAX) : what;
        }
    }

    void opened() {
        open++;
    }

    void closed() {
        open--;
    }

    /** What was seen; nothing counts any more. */
    Tally end() {
        long now = System.nanoTime();
        timedTo = over(now) ? timedTo : now;
        return new Tally(
                latencies.getTotalCount(),
                all,
                refused,
                wrong,
                failed,
                open,
                (timedTo - timedFrom) / 1e9,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                example.isEmpty() ? refusal : example);
    }
}
