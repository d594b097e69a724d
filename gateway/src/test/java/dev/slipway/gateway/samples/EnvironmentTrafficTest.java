package dev.slipway.gateway.samples;

import static dev.slipway.gateway.split.Tables.BASELINE;
import static dev.slipway.gateway.split.Tables.CANARY;
import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.StatusRule.Meaning;
import dev.slipway.contracts.traffic.Kinds;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.gateway.split.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentTrafficTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final SampleLimits LIMITS = new SampleLimits(Duration.ofSeconds(5), Duration.ofSeconds(3), 60);
    private static final Answer GOOD =
            Answer.of(List.of(), "/", 200, Duration.ofMillis(2).toNanos());
    private static final Answer BAD =
            Answer.of(List.of(), "/", 500, Duration.ofMillis(1).toNanos());

    private final EnvironmentTraffic traffic = new EnvironmentTraffic(
            new SampleOrigin(HELLO, "gateway-1", "boot"), LIMITS, Tables.split(7, START, 10), Optional.empty(), START);

    @Test
    void an_answer_belongs_to_the_second_of_its_request() {
        Begun early = begin(BASELINE, 0.9);
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
        Begun slow = begin(CANARY, 0.5);
        begin(BASELINE, 1.5).end(GOOD);

        assertThat(traffic.due(at(3))).isEmpty();

        slow.end(BAD);
        assertThat(traffic.due(at(3))).extracting(TrafficSample::second).containsExactly(at(0), at(1), at(2));
    }

    @Test
    void open_at_the_cut_off_it_is_neither_good_nor_bad_but_has_waited_and_its_end_counts_when_it_comes() {
        Begun slow = begin(CANARY, 0.5);
        Begun hanging = begin(CANARY, 0.6);
        begin(CANARY, 0.7).end(GOOD);

        assertThat(traffic.due(at(5.9))).isEmpty();
        TrafficSample sample = traffic.due(at(6)).getFirst();
        slow.end(Answer.of(List.of(), "/", 200, Duration.ofSeconds(8).toNanos()), at(8.5));
        hanging.end(Answer.timeOut(Duration.ofSeconds(30).toNanos()), at(30.6));
        hanging.end(GOOD, at(30.7));

        assertThat(all(sample, CANARY))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(1L, 0L);
        assertThat(LatencyBuckets.slowerThan(all(sample, CANARY).latency(), 4000))
                .isEqualTo(2);
        Map<Instant, Counts> later = traffic.due(at(40)).stream()
                .filter(each -> !each.versions().isEmpty())
                .collect(Collectors.toMap(TrafficSample::second, each -> all(each, CANARY)));
        assertThat(later)
                .isEqualTo(Map.of(
                        at(8), new Counts(1, 0, 0, List.of(), Map.of("200", 1L)),
                        at(30), new Counts(1, 1, 0, List.of(), Map.of("time-out", 1L))));
    }

    @Test
    void the_late_first_answer_of_a_client_is_told_whole_when_it_comes() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        Begun slow = begin(CANARY, OptionalInt.of(7), 0.5);
        assertThat(first(traffic.due(at(6)).getFirst(), CANARY).answers()).isZero();

        slow.end(Answer.of(List.of(), "/", 500, Duration.ofSeconds(8).toNanos()), at(8.5));

        TrafficSample told = traffic.due(at(9)).getLast();
        assertThat(told.second()).isEqualTo(at(8));
        assertThat(told.versions().getFirst().firsts())
                .containsExactly(new FirstAnswer(
                        7,
                        true,
                        false,
                        LatencyBuckets.bucketOf(Duration.ofSeconds(8).toNanos())));
        assertThat(first(told, CANARY))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(1L, 1L);
    }

    @Test
    void the_late_outcome_of_a_request_that_began_under_another_table_is_left_out_and_only_that() {
        Begun before = begin(CANARY, 0.5);
        Begun here = begin(BASELINE, 0.6);
        traffic.due(at(7));
        here.end(BAD, at(7.5));
        traffic.inForce(Tables.split(8, START, 50), at(8.5));
        before.end(BAD, at(9.5));
        begin(CANARY, 9.6).end(BAD);

        Map<Instant, TrafficSample> told = traffic.due(at(40)).stream()
                .collect(java.util.stream.Collectors.toMap(TrafficSample::second, sample -> sample));
        assertThat(all(Objects.requireNonNull(told.get(at(7))), BASELINE).errors())
                .isEqualTo(1);
        assertThat(all(Objects.requireNonNull(told.get(at(9))), CANARY).errors())
                .as("of the new table alone")
                .isEqualTo(1);
    }

    @Test
    void a_long_poll_counts_by_its_status_alone() {
        EnvironmentTraffic.Count polled = traffic.begin(CANARY, OptionalInt.empty(), false, at(0.5));
        EnvironmentTraffic.Count open = traffic.begin(CANARY, OptionalInt.empty(), false, at(0.6));
        polled.end(Answer.of(List.of(), "/", 200, Duration.ofSeconds(3).toNanos()), at(3.5));

        TrafficSample sample = traffic.due(at(6)).getFirst();
        open.end(Answer.of(List.of(), "/", 204, Duration.ofSeconds(9).toNanos()), at(9.6));

        assertThat(all(sample, CANARY)).isEqualTo(new Counts(1, 0, 0, List.of(), Map.of("200", 1L)));
        assertThat(all(traffic.due(at(10)).getLast(), CANARY))
                .isEqualTo(new Counts(1, 0, 0, List.of(), Map.of("204", 1L)));
    }

    @Test
    void a_client_that_does_not_wait_makes_no_error_but_is_seen_to_have_waited() {
        begin(CANARY, 0.5).end(Answer.clientGone(Duration.ofSeconds(3).toNanos()), at(3.5));

        Counts counts = all(traffic.due(at(4)).getFirst(), CANARY);

        assertThat(counts)
                .extracting(Counts::answers, Counts::errors, Counts::refusals)
                .containsExactly(1L, 0L, 0L);
        assertThat(counts.kinds()).isEqualTo(Map.of(Kinds.CLIENT_GONE, 1L));
        assertThat(LatencyBuckets.slowerThan(counts.latency(), 2000)).isEqualTo(1);
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
        assertThat(all(sample, CANARY)).isEqualTo(new Counts(1, 1, 0, List.of(1L), Map.of("500", 1L)));
    }

    @Test
    void what_is_taken_back_was_never_there() {
        Begun refused = begin(CANARY, 0.5);
        refused.drop();
        refused.end(BAD);

        assertThat(all(traffic.due(at(1)).getFirst(), CANARY)).isEqualTo(Counts.NONE);
    }

    @Test
    void only_the_first_answer_of_a_sticky_client_on_each_side_is_a_first_one() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        begin(BASELINE, OptionalInt.of(1), 0.1).end(BAD);
        begin(BASELINE, OptionalInt.of(1), 0.2).end(BAD);
        begin(CANARY, OptionalInt.of(1), 0.3).end(GOOD);
        traffic.inForce(Tables.table(9, START, Canary.Assign.CLIENT, Tables.baseline(50), Tables.canary(50)), at(0.4));
        begin(BASELINE, OptionalInt.of(1), 0.5).end(BAD);

        TrafficSample sample = traffic.due(at(1)).getFirst();

        assertThat(all(sample, BASELINE).answers()).isEqualTo(3);
        assertThat(first(sample, BASELINE))
                .extracting(Counts::answers, Counts::errors)
                .containsExactly(1L, 1L);
        assertThat(first(sample, CANARY).answers()).isEqualTo(1);
    }

    @Test
    void first_answers_are_told_one_by_one_so_that_several_gateways_can_be_added_up() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        begin(BASELINE, OptionalInt.of(41), 0.1).end(BAD);
        begin(BASELINE, OptionalInt.of(42), 0.2).end(answer(404));
        begin(BASELINE, OptionalInt.of(41), 0.3).end(GOOD);
        begin(BASELINE, OptionalInt.of(43), 0.4).end(BAD);

        VersionCounts counts = traffic.due(at(6)).getFirst().versions().getFirst();

        assertThat(counts.firsts())
                .containsExactly(
                        new FirstAnswer(41, true, false, 0),
                        new FirstAnswer(42, false, true, 0),
                        new FirstAnswer(43, true, false, 0));
        assertThat(counts.first())
                .extracting(Counts::answers, Counts::errors, Counts::refusals)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void a_client_that_is_not_told_for_the_bound_is_told_with_its_next_answer() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        for (int client = 0; client <= VersionCounts.FIRSTS_MAX; client++) {
            begin(BASELINE, OptionalInt.of(client), 0.1).end(GOOD);
        }
        begin(BASELINE, OptionalInt.of(VersionCounts.FIRSTS_MAX), 1.1).end(GOOD);

        List<TrafficSample> due = traffic.due(at(2));

        assertThat(due.getFirst().versions().getFirst().firsts()).hasSize(VersionCounts.FIRSTS_MAX);
        assertThat(due.getLast().versions().getFirst().firsts())
                .extracting(FirstAnswer::client)
                .containsExactly(VersionCounts.FIRSTS_MAX);
    }

    @Test
    void a_client_whose_request_came_to_nothing_still_has_its_first_answer() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        begin(BASELINE, OptionalInt.of(7), 0.1).drop();
        begin(BASELINE, OptionalInt.of(7), 0.2).end(GOOD);

        assertThat(first(traffic.due(at(1)).getFirst(), BASELINE).answers()).isEqualTo(1);
    }

    @Test
    void refusals_are_counted_apart_and_every_answer_by_its_kind() {
        begin(CANARY, 0.1).end(GOOD);
        begin(CANARY, 0.2).end(answer(401));
        begin(CANARY, 0.3).end(answer(401));
        begin(CANARY, 0.4).end(BAD);
        begin(CANARY, 0.5).end(Answer.noConnection(1));
        begin(CANARY, 0.6).end(Answer.timeOut(1));
        begin(CANARY, 0.7).end(Answer.brokeOff(1));

        Counts counts = all(traffic.due(at(1)).getFirst(), CANARY);

        assertThat(counts)
                .extracting(Counts::answers, Counts::errors, Counts::refusals)
                .containsExactly(7L, 4L, 2L);
        assertThat(counts.kinds())
                .isEqualTo(
                        Map.of("200", 1L, "401", 2L, "500", 1L, "no-connection", 1L, "time-out", 1L, "broke-off", 1L));
    }

    @Test
    void a_policy_may_say_by_path_what_is_an_error_a_refusal_or_neither() {
        List<StatusRule> rules = List.of(
                new StatusRule("/login", List.of(), List.of(), List.of("401")),
                new StatusRule("/items/*", List.of("404"), List.of("5xx"), List.of("4xx")));

        assertThat(Answer.of(rules, "/login", 401, 1).meaning()).isEqualTo(Meaning.NEITHER);
        assertThat(Answer.of(rules, "/login", 403, 1).meaning()).isEqualTo(Meaning.REFUSAL);
        assertThat(Answer.of(rules, "/items/7", 404, 1).meaning()).isEqualTo(Meaning.ERROR);
        assertThat(Answer.of(rules, "/items/7", 409, 1).meaning()).isEqualTo(Meaning.NEITHER);
        assertThat(Answer.of(rules, "/items/7", 503, 1).meaning()).isEqualTo(Meaning.REFUSAL);
        assertThat(Answer.of(rules, "/other", 401, 1).meaning()).isEqualTo(Meaning.REFUSAL);
    }

    @Test
    void so_many_statuses_have_their_own_count_and_the_others_count_under_their_class() {
        for (int status = 400; status < 460; status++) {
            begin(CANARY, 0.1).end(answer(status));
        }
        begin(CANARY, 0.1).end(answer(299));
        begin(CANARY, 0.1).end(answer(999));
        begin(CANARY, 0.1).end(answer(400));

        Map<String, Long> kinds = all(traffic.due(at(1)).getFirst(), CANARY).kinds();

        assertThat(kinds)
                .hasSizeLessThanOrEqualTo(Kinds.MAX)
                .containsEntry("400", 2L)
                .containsEntry("4xx", 37L);
        assertThat(kinds).containsEntry("2xx", 1L).containsEntry("5xx", 1L);
        assertThat(kinds.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(63);
    }

    @Test
    void where_nothing_is_judged_nothing_is_counted_and_no_second_is_told() {
        Begun open = begin(CANARY, 0.5);
        traffic.inForce(Tables.unsampled(8, START), at(0.7));
        begin(CANARY, 0.8).end(BAD);
        begin(CANARY, 1.5).end(BAD);

        assertThat(traffic.due(at(3))).as("what is under way is awaited").isEmpty();
        open.end(GOOD);
        List<TrafficSample> last = traffic.due(at(4));
        assertThat(last).extracting(TrafficSample::second).containsExactly(at(0));
        assertThat(all(last.getFirst(), CANARY).answers()).isEqualTo(1);
        assertThat(traffic.due(at(90))).isEmpty();
    }

    @Test
    void counting_begins_with_the_second_in_which_it_is_asked_for_and_tells_none_twice() {
        traffic.due(at(2));
        traffic.inForce(Tables.unsampled(8, START), at(2.1));
        traffic.due(at(3));
        traffic.inForce(Tables.split(9, START, 10), at(40.2));
        begin(CANARY, 40.5).end(GOOD);

        List<TrafficSample> due = traffic.due(at(42));

        assertThat(due).extracting(TrafficSample::second).containsExactly(at(40), at(41));
        assertThat(due).extracting(TrafficSample::counter).containsOnly(9L);
        traffic.inForce(Tables.unsampled(10, START), at(42.1));
        traffic.inForce(Tables.split(11, START, 10), at(42.2));
        assertThat(traffic.due(at(43))).extracting(TrafficSample::second).containsExactly(at(42));
    }

    @Test
    void seconds_in_which_the_table_was_not_heard_stand_for_no_table() {
        traffic.staleAt(Optional.of(at(1.5)));
        begin(BASELINE, 2.5).end(GOOD);

        assertThat(traffic.due(at(3))).extracting(TrafficSample::counter).containsExactly(7L, 7L, 0L);

        traffic.staleAt(Optional.of(at(13)));
        assertThat(traffic.due(at(5))).extracting(TrafficSample::counter).containsExactly(0L, 7L);
        traffic.staleAt(Optional.empty());
        assertThat(traffic.due(at(20))).extracting(TrafficSample::counter).containsOnly(7L);
    }

    /** Who served alone has its connections; the other one has to open them. */
    @Test
    void after_a_stretch_that_no_table_stands_for_answers_count_but_for_some_seconds_not_how_long_they_took() {
        traffic.staleAt(Optional.of(at(1)));
        begin(BASELINE, 1.5).end(GOOD);
        traffic.due(at(2.1));
        traffic.staleAt(Optional.of(at(60)));
        begin(CANARY, 3.5).end(BAD);
        begin(CANARY, 5.9).end(GOOD);
        begin(CANARY, 6).end(GOOD);

        List<TrafficSample> due = traffic.due(at(7));
        assertThat(due).extracting(TrafficSample::counter).containsExactly(0L, 7L, 7L, 7L, 7L);
        assertThat(all(due.get(1), CANARY)).satisfies(counts -> {
            assertThat(counts.errors()).isEqualTo(1);
            assertThat(counts.latency()).isEmpty();
        });
        assertThat(all(due.get(3), CANARY).latency()).isEmpty();
        assertThat(all(due.get(4), CANARY).latency()).isNotEmpty();
    }

    /** A gateway that starts reads old tables first: its first seconds are under none of them. */
    @Test
    void the_first_second_stands_for_no_table_where_the_first_table_is_not_confirmed() {
        EnvironmentTraffic starting = new EnvironmentTraffic(
                new SampleOrigin(HELLO, "gateway-1", "boot"),
                LIMITS,
                Tables.split(7, START, 10),
                Optional.of(Instant.MIN),
                START);

        assertThat(starting.due(at(1))).extracting(TrafficSample::counter).containsExactly(0L);
    }

    @Test
    void a_first_answer_of_which_no_latency_is_told_is_not_told_as_the_quickest() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0));
        traffic.staleAt(Optional.of(at(1)));
        traffic.due(at(1.1));
        traffic.staleAt(Optional.of(at(60)));
        begin(CANARY, OptionalInt.of(7), 2.5).end(BAD);
        Begun slow = begin(CANARY, OptionalInt.of(8), 2.6);
        List<TrafficSample> due = traffic.due(at(8));
        slow.end(GOOD, at(8.5));

        assertThat(due.get(1).versions().getFirst().firsts()).containsExactly(new FirstAnswer(7, true, false, 0, true));
        assertThat(first(due.get(1), CANARY).latency()).isEmpty();
        assertThat(traffic.due(at(9)).getFirst().versions().getFirst().firsts())
                .containsExactly(new FirstAnswer(8, false, false, 0, true));
    }

    /** One version served alone then: what it still answers would be its rate beside nobody's. */
    @Test
    void the_late_outcome_of_a_request_that_began_under_no_table_is_left_out() {
        traffic.staleAt(Optional.of(at(1)));
        Begun alone = begin(BASELINE, 1.5);
        traffic.staleAt(Optional.of(at(60)));
        Begun beside = begin(BASELINE, 2.5);
        traffic.due(at(8));
        alone.end(BAD, at(8.5));
        beside.end(BAD, at(8.6));

        assertThat(all(traffic.due(at(9)).getFirst(), BASELINE).errors()).isEqualTo(1);
    }

    @Test
    void a_clock_that_was_set_back_for_good_keeps_no_latency_from_being_told_for_longer() {
        traffic.staleAt(Optional.of(at(3_600)));
        traffic.due(at(3_600.5));
        traffic.staleAt(Optional.empty());
        begin(CANARY, 10.5).end(GOOD);
        begin(CANARY, 13.5).end(GOOD);

        List<TrafficSample> due = traffic.due(at(14));
        assertThat(all(due.getFirst(), CANARY).latency()).isEmpty();
        assertThat(all(due.getLast(), CANARY).latency()).isNotEmpty();
    }

    private static Answer answer(int status) {
        return Answer.of(List.of(), "/", status, 1);
    }

    @Test
    void after_other_versions_came_clients_are_new_again() {
        traffic.inForce(Tables.table(8, START, Canary.Assign.CLIENT, Tables.baseline(100)), at(0));
        begin(BASELINE, OptionalInt.of(1), 0.1).end(GOOD);
        traffic.inForce(Tables.table(9, START, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)), at(0.2));
        begin(BASELINE, OptionalInt.of(1), 0.3).end(GOOD);

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

    /** A request; it ends at once where the test does not say when. */
    private record Begun(EnvironmentTraffic.Count count, Instant at) {
        void end(Answer answer) {
            count.end(answer, at);
        }

        void end(Answer answer, Instant later) {
            count.end(answer, later);
        }

        void drop() {
            count.drop();
        }
    }

    private Begun begin(String key, double second) {
        return begin(key, OptionalInt.empty(), second);
    }

    private Begun begin(String key, OptionalInt client, double second) {
        return new Begun(traffic.begin(key, client, true, at(second)), at(second));
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
