package dev.slipway.deployment.work;

import java.util.List;

/**
 * Whether a version is warm: a cold JVM is not a slow version, so its first answers are not counted. DESIGN section 10.
 */
final class Warmth {
    static final int WINDOWS = 3;
    static final int ANSWERS_MIN = 20;
    private static final double AGREE_WITHIN = 1.25;

    private Warmth() {}

    /**
     * What one second of warm-up showed.
     *
     * @param answers 0 or more
     * @param nanos their latencies together
     */
    record Window(int answers, long nanos) {
        double meanNanos() {
            return answers == 0 ? 0 : (double) nanos / answers;
        }
    }

    /** Whether the last three windows have 20 answers each and agree within a quarter in their mean latency. */
    static boolean reached(List<Window> windows) {
        if (windows.size() < WINDOWS) {
            return false;
        }
        List<Window> last = windows.subList(windows.size() - WINDOWS, windows.size());
        if (last.stream().anyMatch(window -> window.answers() < ANSWERS_MIN)) {
            return false;
        }
        double slowest = last.stream().mapToDouble(Window::meanNanos).max().orElseThrow();
        double fastest = last.stream().mapToDouble(Window::meanNanos).min().orElseThrow();
        return slowest <= fastest * AGREE_WITHIN;
    }
}
