package dev.slipway.gateway.samples;

import static dev.slipway.gateway.split.Tables.BASELINE;
import static dev.slipway.gateway.split.Tables.CANARY;
import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.gateway.split.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EnvironmentTrafficTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final SampleLimits LIMITS = new SampleLimits(Duration.ofSeconds(5), 60, 2);
    private static final Answer GOOD = new Answer(false, Duration.ofMillis(2).toNanos());
    private static final Answer BAD = new Answer(true, Duration.ofMillis(1).toNanos());

    private final EnvironmentTraffic traffic = new EnvironmentTraffic(
            new SampleOrigin(HELLO, "gateway-1", "boot"), LIMITS, Tables.split(7, START, 10), START);

    @Test
    void an_answer_belongs_to_the_second_of_its_request() {
        EnvironmentTraffic.Count early = begin(BASELINE, 0.9);
        begin(BASELINE, 1.1).end(GOOD);
        early.end(GOOD);

        List<TrafficSample> due = traffic.due(at(2));

        assertThat(due).extracting(TrafficSample::second).containsExactly(at(0), at(1));
        assertThat(due)
                .allSatisfy(
                        sample -> assertThat(all(sample, BASELINE).answers()).isEqualTo(1));
    }

    @Test
    void a_second_waits_for_its_answers_and_the_later_ones_wait_for_it() {
        EnvironmentTraffic.Count slow = begin(CANARY, 0.5);
        begin(BASELINE, 1.5).end(GOOD);

        assertThat(traffic.due(at(3))).isEmpty();

        slow.end(BAD);
        assertThat(traffic.due(at(3))).extracting(TrafficSample::second).containsExactly(at(0), at(1), at(2));
    }

    @Test
    void unanswered_at_the_cut_off_it_has_failed_and_a_later_answer_changes_nothing() {
        EnvironmentTraffic.Count hanging = begin(CANARY, 0.5);

        assertThat(traffic.due(at(5.9))).isEmpty();
        TrafficSample sample = traffic.due(at(6)).getFirst();
        hanging.end(GOOD);

        assertThat(all(sample, CANARY))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(1L, 1L);
        assertThat(traffic.due(at(20)).stream()
                        .filter(later -> !later.versions().isEmpty()))
                .isEmpty();
    }

    @Test
    void every_second_is_told_once_also_one_without_a_request() {
        assertThat(traffic.due(at(3))).hasSize(3).allSatisfy(sample -> {
            assertThat(sample.versions()).isEmpty();
            assertThat(sample.counter()).isEqualTo(7);
        });
        assertThat(traffic.due(at(3.5))).isEmpty();
    }

    @Test
    void the_counter_is_the_one_in_force_at_the_seconds_start() {
        traffic.inForce(Tables.split(8, at(1.5), 25), at(1.5));

        assertThat(traffic.due(at(3))).extracting(TrafficSample::counter).containsExactly(7L, 7L, 8L);
    }

    @Test
    void errors_and_latencies_are_counted_per_version() {
        begin(BASELINE, 0.1).end(GOOD);
        begin(BASELINE, 0.2).end(BAD);
        begin(CANARY, 0.3).end(BAD);

        TrafficSample sample = traffic.due(at(1)).getFirst();

        assertThat(all(sample, BASELINE))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(2L, 1L);
        assertThat(all(sample, BASELINE).latency()).startsWith(1L).endsWith(1L).hasSizeLessThan(10);
        assertThat(all(sample, CANARY)).isEqualTo(new Counts(1, 1, List.of(1L)));
    }

    @Test
    void what_is_taken_back_was_never_there() {
        EnvironmentTraffic.Count refused = begin(CANARY, 0.5);
        refused.drop();
        refused.end(BAD);

        assertThat(all(traffic.due(at(1)).getFirst(), CANARY)).isEqualTo(Counts.NONE);
    }

    @Test
    void only_the_first_answer_of_a_sticky_client_on_each_side_is_a_first_one() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        traffic.begin(BASELINE, OptionalLong.of(1), at(0.1)).end(BAD);
        traffic.begin(BASELINE, OptionalLong.of(1), at(0.2)).end(BAD);
        traffic.begin(CANARY, OptionalLong.of(1), at(0.3)).end(GOOD);
        traffic.inForce(Tables.table(9, START, Canary.Assign.CLIENT, Tables.baseline(50), Tables.canary(50)), at(0.4));
        traffic.begin(BASELINE, OptionalLong.of(1), at(0.5)).end(BAD);

        TrafficSample sample = traffic.due(at(1)).getFirst();

        assertThat(all(sample, BASELINE).answers()).isEqualTo(3);
        assertThat(first(sample, BASELINE))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(1L, 1L);
        assertThat(first(sample, CANARY).answers()).isEqualTo(1);
    }

    @Test
    void clients_beyond_the_bound_have_no_first_answer() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        for (int client = 0; client < 5; client++) {
            traffic.begin(BASELINE, OptionalLong.of(client), at(0.1)).end(GOOD);
        }

        assertThat(first(traffic.due(at(1)).getFirst(), BASELINE).answers()).isEqualTo(2);
    }

    @Test
    void after_other_versions_came_clients_are_new_again() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(100)), at(0));
        traffic.begin(BASELINE, OptionalLong.of(1), at(0.1)).end(GOOD);
        traffic.inForce(Tables.table(9, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0.2));
        traffic.begin(BASELINE, OptionalLong.of(1), at(0.3)).end(GOOD);

        assertThat(first(traffic.due(at(1)).getFirst(), BASELINE).answers()).isEqualTo(2);
    }

    @Test
    void a_machine_that_slept_tells_a_bounded_number_of_seconds() {
        traffic.due(at(1));

        assertThat(traffic.due(at(36_000)))
                .hasSizeLessThanOrEqualTo(60)
                .extracting(TrafficSample::second)
                .isSorted();
    }

    @Test
    void where_the_clock_went_back_a_little_nothing_is_told_twice() {
        begin(BASELINE, 1.5).end(GOOD);
        traffic.due(at(3));
        begin(BASELINE, 1.7).end(GOOD);

        assertThat(traffic.due(at(4))).extracting(TrafficSample::second).containsExactly(at(3));
    }

    private EnvironmentTraffic.Count begin(String key, double second) {
        return traffic.begin(key, OptionalLong.empty(), at(second));
    }

    private static Counts all(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(v -> v.key().equals(key))
                .findFirst()
                .orElseThrow()
                .all();
    }

    private static Counts first(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(v -> v.key().equals(key))
                .findFirst()
                .orElseThrow()
                .first();
    }

    private static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }
}
