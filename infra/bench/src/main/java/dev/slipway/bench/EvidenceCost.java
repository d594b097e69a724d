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
 * @param goals what is to be reached, of each reader: of a summary of a kilobyte as of a report of 20 MB
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
     * @param kind of evidence
     * @param report what it tells of, for people
     * @param allocated bytes that reading it allocates for each of its own, the least of the rounds
     * @param seconds of the thread's processor time by the service's reader, warm, the best of the rounds; of a small report
     *     the mean of so many readings that the clock can tell
     * @param bareSeconds by the bare pull parser over the same bytes, likewise
     * @param firstSeconds the first reading of a fresh process
     * @param megabytes by which that process grew at most, the report's own bytes among them; null where it is not told
     */
    public record Reading(
            String kind,
            String report,
            long bytes,
            double allocated,
            double seconds,
            double bareSeconds,
            double firstSeconds,
            @Nullable Double megabytes) {
        /** How fast it is by the bare parser's speed. */
        double ofBare() {
            return bareSeconds / seconds;
        }

        double megabytesPerSecond() {
            return bytes / seconds / 1e6;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "  %-36s %9.3f MB: %4.1f B allocated a byte, %6.1f MB/s (%3.0f %% of the bare parser's); first in a process %.2f s, %s MB more",
                    report,
                    bytes / 1e6,
                    allocated,
                    megabytesPerSecond(),
                    100 * ofBare(),
                    firstSeconds,
                    megabytes == null ? "–" : Goal.number(megabytes));
        }

        /** In the table of infra/docs/evidence.md: counts before times. */
        String row() {
            return String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %.1f | %s | %.0f | %.0f %% |",
                    kind,
                    report,
                    bytes < 10_000 ? "%.1f kB".formatted(bytes / 1e3) : "%.1f MB".formatted(bytes / 1e6),
                    allocated,
                    megabytes == null ? "–" : String.format(Locale.ROOT, "%.0f MB", megabytes),
                    megabytesPerSecond(),
                    100 * ofBare());
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
        if (whole) {
            readings.forEach(reading -> goals.add(grown(reading)));
        }
        goals.add(new Goal("gates judged a second on one core", gates, true, GATES_MIN));
        goals.add(new Goal(
                "verify of a release with %d records, s".formatted(verifying.records()),
                verifying.seconds(),
                false,
                VERIFY_SECONDS_MAX));
        return new EvidenceCost(readings, gates, verifying, goals);
    }

    /** JUnit with its own bytes, others beside theirs: a report may have 20 MB, and the service holds it while it is read. */
    private static Goal grown(Reading reading) {
        Double more = reading.megabytes();
        return reading.kind().equals("junit")
                ? new Goal(reading.report() + ", MB above idle", more, false, MEGABYTES_MAX)
                : new Goal(
                        reading.report() + ", MB above idle and its own bytes",
                        more == null ? null : Math.max(0, more - reading.bytes() / 1e6),
                        false,
                        MEGABYTES_MAX);
    }

    /** The table of infra/docs/evidence.md. */
    public List<String> table() {
        List<String> rows = new ArrayList<>();
        rows.add(
                "| kind | report | size | bytes allocated a byte | memory above idle | MB a second | of the bare parser |");
        rows.add("|---|---|--:|--:|--:|--:|--:|");
        readings.forEach(reading -> rows.add(reading.row()));
        return rows;
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
