package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench events} found; medians as in {@link TrafficReport}.
 *
 * @param ofProducer events a second by the bare producer's records a second
 * @param millis processor time of the gateway for an event, null where the system does not tell
 */
public record EventsReport(
        int processors,
        int rounds,
        double secondsEach,
        double events,
        double records,
        @Nullable Double ofProducer,
        @Nullable Double millis,
        double p50Millis,
        double p99Millis,
        long failed,
        String example,
        List<Goal> goals) {

    public EventsReport {
        goals = List.copyOf(goals);
    }

    public boolean reached() {
        return failed == 0 && goals.stream().allMatch(Goal::reached);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d processors, %d rounds of %s s each, acks=all, real tokens"
                .formatted(processors, rounds, Goal.number(secondsEach)));
        lines.add("  bare producer, %d records in flight: %,.0f a second".formatted(EventsBench.AT_ONCE, records));
        lines.add(
                "  event intake, %d connections: %,.0f a second, p50 %s ms, p99 %s ms, %s ms of the gateway's processor time each"
                        .formatted(
                                EventsBench.AT_ONCE,
                                events,
                                Goal.number(p50Millis),
                                Goal.number(p99Millis),
                                millis == null ? "–" : Goal.number(millis)));
        if (failed > 0) {
            lines.add("  %d failed: %s".formatted(failed, example));
        }
        goals.forEach(goal -> lines.add(goal.line()));
        return lines;
    }
}
