package dev.slipway.gateway.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.gateway.probe.ProbePace.Due;
import dev.slipway.gateway.split.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

    private final ProbePace pace = new ProbePace(100, Duration.ofMillis(200));

    @Test
    void as_many_a_second_as_asked_for_evenly_and_path_after_path() {
        List<TrafficTable> asked = List.of(asking("hello/production", 20, "/a", "/b"));

        for (int second = 0; second < 10; second++) {
            List<Due> due = second(asked);
            assertThat(due.size()).isBetween(19, 21);
            assertThat(due).extracting(Due::path).contains("/a", "/b");
        }
        assertThat(pace.due(asked, LOOK).size()).isLessThanOrEqualTo(2);
    }

    @Test
    void less_than_one_a_look_adds_up() {
        assertThat(second(List.of(asking("hello/production", 1, "/a"))).size()).isBetween(0, 1);
        assertThat(second(List.of(asking("hello/production", 1, "/a"))).size()).isEqualTo(1);
    }

    @Test
    void what_was_missed_is_not_made_up_for() {
        List<TrafficTable> asked = List.of(asking("hello/production", 20, "/a"));

        assertThat(pace.due(asked, Duration.ofHours(1))).hasSize(4);
    }

    @Test
    void nothing_is_due_any_more_at_once_when_no_table_asks() {
        List<TrafficTable> asked = List.of(asking("hello/production", 15, "/a"));
        pace.due(asked, LOOK);

        assertThat(pace.due(List.of(), LOOK)).isEmpty();
        assertThat(pace.due(asked, LOOK)).isEmpty(); // begun anew: three quarters of a probe, not three halves
    }

    @Test
    void beyond_the_bound_of_all_together_each_gets_its_part() {
        List<TrafficTable> asked = List.of(asking("one/production", 200, "/a"), asking("two/production", 50, "/a"));

        List<Due> due = new ArrayList<>(second(asked));
        due.addAll(second(asked));

        assertThat(due.size()).isBetween(196, 200);
        assertThat(due.stream().filter(one -> one.environment().equals(EnvironmentId.parse("two/production"))))
                .hasSizeBetween(38, 40);
    }

    private List<Due> second(List<TrafficTable> asked) {
        List<Due> due = new ArrayList<>();
        for (int look = 0; look < 20; look++) {
            due.addAll(pace.due(asked, LOOK));
        }
        return due;
    }

    private static TrafficTable asking(String environment, int perSecond, String... paths) {
        return new TrafficTable(
                EnvironmentId.parse(environment),
                1,
                AT,
                Canary.Assign.REQUEST,
                Tables.BASELINE,
                List.of(Tables.baseline(100)),
                new Probe(perSecond, List.of(paths)));
    }
}
