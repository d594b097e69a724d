package dev.slipway.gateway.split;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.split.SplitTables.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which versions serve, and so which of them leave from one look to the next. */
class ServingTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration STALE = Duration.ofSeconds(10);

    @Test
    void a_canary_that_is_taken_down_leaves_and_its_baseline_stays() {
        SplitTables split = holding(Tables.split(3, STARTED, 10));

        assertThat(left(split, with(split, Tables.split(4, at(1), 0), 1), 1)).containsExactly(Tables.CANARY);
        assertThat(left(split, with(split, table(4, 1, Tables.BASELINE, Tables.baseline(100)), 1), 1))
                .containsExactly(Tables.CANARY);
    }

    @Test
    void the_former_version_leaves_when_the_new_one_has_all_the_traffic_and_the_new_one_stays_when_it_is_verified() {
        SplitTables split = holding(Tables.split(3, STARTED, 50));
        SplitTables all = with(split, Tables.split(4, at(1), 100), 1);
        SplitTables verified = with(all, table(5, 2, Tables.CANARY, Tables.canary(100)), 2);

        assertThat(left(split, all, 1)).containsExactly(Tables.BASELINE);
        assertThat(left(all, verified, 2)).isEmpty();
    }

    @Test
    void a_share_that_grows_or_shrinks_lets_nothing_leave() {
        SplitTables split = holding(Tables.split(3, STARTED, 10));

        assertThat(left(split, with(split, Tables.split(4, at(1), 50), 1), 1)).isEmpty();
        assertThat(left(split, with(split, Tables.split(4, at(1), 1), 1), 1)).isEmpty();
    }

    @Test
    void an_unverified_version_leaves_when_its_table_is_not_repeated_in_time() {
        SplitTables split = holding(Tables.split(3, STARTED, 10));

        assertThat(left(split, 9, split, 10)).containsExactly(Tables.CANARY);
        assertThat(left(split, 8, split, 9)).isEmpty();
    }

    @Test
    void a_first_release_stays_through_any_silence() {
        SplitTables first = holding(Tables.first(1, STARTED));

        assertThat(left(first, 1, first, 86_400)).isEmpty();
    }

    @Test
    void a_verified_version_that_took_over_for_the_silence_leaves_when_the_table_is_repeated() {
        SplitTables all = holding(Tables.split(3, STARTED, 100));
        SplitTables repeated = with(all, Tables.split(3, at(30), 100), 30);

        assertThat(all.serving(HELLO, at(29), STALE)).containsExactly(Tables.BASELINE);
        assertThat(left(all, 29, repeated, 30)).containsExactly(Tables.BASELINE);
    }

    @Test
    void all_leave_when_nothing_may_serve() {
        SplitTables split = holding(Tables.split(3, STARTED, 10));

        assertThat(left(split, with(split, Tables.empty(4, at(1)), 1), 1))
                .containsExactlyInAnyOrder(Tables.BASELINE, Tables.CANARY);
    }

    /** What can be chosen and what is said to serve are two ways to the same thing. */
    @Test
    void exactly_what_can_be_chosen_serves() {
        List<TrafficTable> tables = List.of(
                Tables.split(3, STARTED, 10),
                Tables.split(3, STARTED, 0),
                Tables.split(3, STARTED, 100),
                Tables.first(3, STARTED),
                Tables.empty(3, STARTED));
        for (TrafficTable table : tables) {
            for (boolean live : List.of(true, false)) {
                for (int second : List.of(1, 60)) {
                    SplitTables held = SplitTables.none().with(new Arrival(table, STARTED, live), STARTED);
                    assertThat(held.serving(HELLO, at(second), STALE))
                            .as("%s, live %s, second %d", table.shares(), live, second)
                            .isEqualTo(chosen(held, at(second)));
                    assertThat(List.of(Tables.BASELINE, Tables.CANARY))
                            .filteredOn(key -> new Choosing(STALE).serves(held, HELLO, key, at(second)))
                            .hasSameElementsAs(chosen(held, at(second)));
                }
            }
        }
    }

    private static Set<String> chosen(SplitTables tables, Instant now) {
        Choosing choosing = new Choosing(STALE);
        return IntStream.range(0, Choosing.BUCKETS)
                .mapToObj(bucket -> choosing.choose(tables, HELLO, now, _ -> bucket))
                .filter(Side.Serves.class::isInstance)
                .map(side -> ((Side.Serves) side).share().key())
                .collect(Collectors.toSet());
    }

    private static TrafficTable table(long counter, int second, String verified, Share... shares) {
        return new TrafficTable(HELLO, counter, at(second), Canary.Assign.REQUEST, verified, List.of(shares), null);
    }

    private static Set<String> left(SplitTables before, SplitTables after, int second) {
        return left(before, second, after, second);
    }

    private static Set<String> left(SplitTables before, int secondBefore, SplitTables after, int second) {
        Set<String> left = new HashSet<>(before.serving(HELLO, at(secondBefore), STALE));
        left.removeAll(after.serving(HELLO, at(second), STALE));
        return left;
    }

    private static SplitTables holding(TrafficTable table) {
        return SplitTables.none().with(new Arrival(table, STARTED, true), STARTED);
    }

    private static SplitTables with(SplitTables tables, TrafficTable table, int second) {
        return tables.with(new Arrival(table, at(second), true), STARTED);
    }

    private static Instant at(int second) {
        return STARTED.plusSeconds(second);
    }
}
