package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench overload} found.
 *
 * @param flood ten times as many requests as may be under way
 * @param timesItCan requests that came for each that was carried
 * @param recoveredSeconds from the end of the overload to the first half second in which nothing was refused and as much
 *     was answered as before, give or take half
 * @param crowded a few users beside connections that do nothing or hardly read
 * @param memoryMaxMegabytes the most that the gateway held, 0 where the system does not tell
 * @param broken what should have held and did not
 */
public record OverloadReport(
        Step quiet,
        Step flood,
        double timesItCan,
        double recoveredSeconds,
        Step crowded,
        int idleOpen,
        int slowOpen,
        long memoryMaxMegabytes,
        List<String> broken) {

    public OverloadReport {
        broken = List.copyOf(broken);
    }

    /** The application's users, and people at the API, in one stretch of time. */
    public record Step(Tally users, Tally reads, Tally commands) {
        boolean answered() {
            return users.done() > 0 && reads.done() > 0 && commands.done() > 0;
        }
    }

    public boolean held() {
        return broken.isEmpty();
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%-34s %10s %9s %9s %9s %9s %9s"
                .formatted("", "a second", "p50 ms", "p99 ms", "refused", "wrong", "failed"));
        add(lines, "quiet", quiet);
        add(lines, "at %s times what it can".formatted(Goal.number(timesItCan)), flood);
        add(lines, "%,d idle, %,d slow readers".formatted(idleOpen, slowOpen), crowded);
        lines.add("recovered after %s s; the gateway held at most %d MB"
                .formatted(Goal.number(recoveredSeconds), memoryMaxMegabytes));
        lines.add(broken.isEmpty() ? "everything held" : "NOT held:");
        broken.forEach(each -> lines.add("  " + each));
        return lines;
    }

    private static void add(List<String> lines, String name, Step step) {
        lines.add(name);
        lines.add(line("users", step.users()));
        lines.add(line("API, reading", step.reads()));
        lines.add(line("API, commands of people", step.commands()));
    }

    private static String line(String who, Tally tally) {
        String line = "  %-32s %,10.0f %9s %9s %,9d %,9d %,9d"
                .formatted(
                        who,
                        tally.perSecond(),
                        Goal.number(tally.p50Micros() / 1_000),
                        Goal.number(tally.p99Micros() / 1_000),
                        tally.refused(),
                        tally.wrong(),
                        tally.failed());
        return tally.right() ? line : line + "  " + tally.example();
    }
}
