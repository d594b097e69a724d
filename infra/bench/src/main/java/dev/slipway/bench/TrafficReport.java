package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench traffic} found. Every figure is the median of its rounds, every ratio the median of the ratios within
 * each round.
 *
 * @param nginx its program, null where there is none
 * @param canary with a canary, counted, beside open event streams, to all of it on one version: requests a second
 * @param idlePercent of a core that the gateway takes without a request, null where the system does not tell
 */
public record TrafficReport(
        int processors,
        int rounds,
        double secondsEach,
        @Nullable String nginx,
        List<Row> rows,
        @Nullable Double canary,
        @Nullable Double idlePercent,
        List<Goal> goals) {

    public TrafficReport {
        rows = List.copyOf(rows);
        goals = List.copyOf(goals);
    }

    /** One kind of work through everything that was measured. */
    public record Row(String work, int connections, List<Measured> measured) {
        public Row {
            measured = List.copyOf(measured);
        }

        @Nullable
        Measured of(String target) {
            return measured.stream()
                    .filter(each -> each.target().equals(target))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * One of them.
     *
     * @param micros processor time of the process between client and version for one piece of work; null for direct
     * @param wrong answers with other bytes than were due, of all rounds
     * @param failed no answer, or another status than was due, of all rounds
     * @param example the first of those, empty for none
     */
    public record Measured(
            String target,
            double perSecond,
            @Nullable Double ofNginx,
            @Nullable Double micros,
            double p50Millis,
            double p99Millis,
            @Nullable Double p99OfNginx,
            long wrong,
            long failed,
            String example) {}

    /** Whether every answer was right and every goal is reached. */
    public boolean reached() {
        return goals.stream().allMatch(Goal::reached) && allRight();
    }

    public boolean allRight() {
        return rows.stream()
                .flatMap(row -> row.measured().stream())
                .allMatch(each -> each.wrong() == 0 && each.failed() == 0);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d processors, %d rounds of %s s each; ratios are medians of those within a round"
                .formatted(processors, rounds, Goal.number(secondsEach)));
        if (nginx == null) {
            lines.add(
                    "nginx is missing, so nothing is compared: install Debian's package (apt-get install nginx-light)");
        }
        lines.add("%-34s %10s %9s %10s %9s %9s %12s"
                .formatted("", "a second", "of nginx", "µs of cpu", "p50 ms", "p99 ms", "p99 of nginx"));
        for (Row row : rows) {
            lines.add(
                    "%s, %d connection%s".formatted(row.work(), row.connections(), row.connections() == 1 ? "" : "s"));
            row.measured().forEach(each -> lines.add(line(each)));
        }
        if (canary != null) {
            lines.add("a canary at 10 %%, counted, beside %d open event streams, to one version without them: %s"
                    .formatted(TrafficBench.STREAMS, Goal.number(canary)));
        }
        if (idlePercent != null) {
            lines.add("an idle gateway takes %s %% of a core".formatted(Goal.number(idlePercent)));
        }
        goals.forEach(goal -> lines.add(goal.line()));
        return lines;
    }

    private static String line(Measured each) {
        String line = String.format(
                Locale.ROOT,
                "  %-32s %,10.0f %9s %10s %9.2f %9.2f %12s",
                each.target(),
                each.perSecond(),
                shown(each.ofNginx()),
                shown(each.micros()),
                each.p50Millis(),
                each.p99Millis(),
                shown(each.p99OfNginx()));
        return each.wrong() + each.failed() == 0
                ? line
                : line + "  %d wrong, %d failed: %s".formatted(each.wrong(), each.failed(), each.example());
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "–" : Goal.number(value);
    }
}
