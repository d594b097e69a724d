package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench evidence} found.
 *
 * @param gates judged a second, on one thread
 * @param verifying what checking a release costs
 * @param goals what is to be reached, for reports of full size
 */
public record EvidenceCost(List<Reading> readings, double gates, Verifying verifying, List<Goal> goals) {
    private static final double OF_BARE = 0.5;
    private static final double MEGABYTES_MAX = 48;
    private static final double GATES_MIN = 20_000;
    private static final double VERIFY_SECONDS_MAX = 1;

    public EvidenceCost {
        readings = List.copyOf(readings);
        goals = List.copyOf(goals);
    }

    /**
     * One report.
     *
     * @param seconds of the thread's processor time by the service's reader, warm, the best of the rounds
     * @param bareSeconds by the bare pull parser over the same bytes, likewise
     * @param firstSeconds the first reading of a fresh process
     * @param megabytes by which that process grew at most, the report's own bytes among them; null where it is not told
     */
    public record Reading(
            String report,
            long bytes,
            double seconds,
            double bareSeconds,
            double firstSeconds,
            @Nullable Double megabytes) {
        /** How fast it is by the bare parser's speed. */
        double ofBare() {
            return bareSeconds / seconds;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "  %-28s %5.1f MB: %.3f s, bare parser %.3f s (%.0f %% of its speed); first in a process %.2f s, %s MB more",
                    report,
                    bytes / 1e6,
                    seconds,
                    bareSeconds,
                    100 * ofBare(),
                    firstSeconds,
                    megabytes == null ? "–" : Goal.number(megabytes));
        }
    }

    /**
     * A release that was checked, warm, the best of the rounds.
     *
     * @param records of its chain
     * @param verdicts whose rules were applied again to their reports
     * @param judged seconds that the judge went over again
     * @param seconds that passed
     * @param processorSeconds that it took
     */
    public record Verifying(int records, int verdicts, int judged, double seconds, double processorSeconds) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "  verify of a release with %d records, %d verdicts, %d seconds judged again: %.3f s, %.3f s of processor",
                    records,
                    verdicts,
                    judged,
                    seconds,
                    processorSeconds);
        }
    }

    static EvidenceCost of(List<Reading> readings, double gates, Verifying verifying, boolean whole) {
        List<Goal> goals = new ArrayList<>();
        for (Reading reading : readings) {
            goals.add(new Goal(reading.report() + ", speed by the bare parser's", reading.ofBare(), true, OF_BARE));
        }
        readings.stream()
                .filter(reading -> whole && reading.report().startsWith("JUnit"))
                .forEach(reading -> goals.add(
                        new Goal(reading.report() + ", MB above idle", reading.megabytes(), false, MEGABYTES_MAX)));
        goals.add(new Goal("gates judged a second on one core", gates, true, GATES_MIN));
        goals.add(new Goal(
                "verify of a release with %d records, s".formatted(verifying.records()),
                verifying.seconds(),
                false,
                VERIFY_SECONDS_MAX));
        return new EvidenceCost(readings, gates, verifying, goals);
    }

    public boolean reached() {
        return goals.stream().allMatch(Goal::reached);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        readings.forEach(reading -> lines.add(reading.line()));
        lines.add(String.format(Locale.ROOT, "  gates judged on one thread: %,.0f a second", gates));
        lines.add(verifying.line());
        goals.forEach(goal -> lines.add(goal.line()));
        return lines;
    }
}
