package dev.slipway.gateway.live;

import static dev.slipway.gateway.split.Tables.BASELINE;
import static dev.slipway.gateway.split.Tables.CANARY;
import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.samples.Answer;
import dev.slipway.gateway.samples.EnvironmentTraffic;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.samples.SampleOrigin;
import dev.slipway.gateway.split.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficCountsTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final int WAITING_MAX = 10_000;
    private static final Answer GOOD = Answer.of(List.of(), "/", 200, 1_000_000);
    private static final Answer BAD = Answer.of(List.of(), "/", 500, 1_000_000);
    private static final TrafficTable TABLE = Tables.split(7, START, 10);

    private final TrafficCounts counts = new TrafficCounts(
            new EnvironmentTraffic(
                    new SampleOrigin(HELLO, "gateway-1", "boot"),
                    new SampleLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 60),
                    TABLE,
                    Optional.empty(),
                    START),
            TABLE,
            WAITING_MAX);

    @Test
    void requests_of_many_threads_are_all_counted_once() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int request = 0; request < 2000; request++) {
                        request(request % 2 == 0 ? CANARY : BASELINE, request % 10 == 0 ? BAD : GOOD, START);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        TrafficSample sample = counts.due(START.plusSeconds(1)).getFirst();

        assertThat(all(sample, CANARY))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(4000L, 800L);
        assertThat(all(sample, BASELINE))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(4000L, 0L);
    }

    @Test
    void past_the_bound_of_what_waits_to_be_entered_requests_are_not_counted() {
        for (int request = 0; request < WAITING_MAX + 5; request++) {
            request(CANARY, GOOD, START);
        }
        assertThat(all(counts.due(START.plusSeconds(1)).getFirst(), CANARY).answers())
                .isEqualTo(WAITING_MAX);

        request(CANARY, GOOD, START.plusSeconds(1));
        assertThat(all(counts.due(START.plusSeconds(2)).getFirst(), CANARY).answers())
                .isEqualTo(1);
    }

    @Test
    void what_began_under_a_table_counts_under_it_though_another_came_before_it_was_entered() {
        request(CANARY, GOOD, START);
        counts.inForce(Tables.split(8, START, 25), START.plusMillis(1200));
        request(CANARY, BAD, START.plusSeconds(2));

        List<TrafficSample> due = counts.due(START.plusSeconds(3));

        assertThat(due).extracting(TrafficSample::counter).containsExactly(7L, 7L, 8L);
        assertThat(all(due.getFirst(), CANARY).errors()).isZero();
        assertThat(all(due.getLast(), CANARY).errors()).isEqualTo(1);
    }

    @Test
    void what_is_taken_back_or_comes_where_nothing_is_judged_is_not_counted() {
        counts.begin(CANARY, OptionalInt.empty(), true, START).drop();
        assertThat(all(counts.due(START.plusSeconds(1)).getFirst(), CANARY)).isEqualTo(Counts.NONE);

        counts.inForce(Tables.unsampled(8, START), START.plusSeconds(1));
        request(CANARY, BAD, START.plusSeconds(2));
        assertThat(counts.due(START.plusSeconds(9)))
                .allSatisfy(sample -> assertThat(sample.versions()).isEmpty());
    }

    private void request(String key, Answer answer, Instant at) {
        counts.begin(key, OptionalInt.empty(), true, at).end(answer, at);
    }

    private static Counts all(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(version -> version.key().equals(key))
                .findFirst()
                .orElseThrow()
                .all();
    }
}
