package dev.slipway.gateway.split;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.gateway.split.SplitTables.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTablesTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration STALE = Duration.ofSeconds(10);

    @Test
    void a_lower_counter_never_replaces_a_higher_one() {
        SplitTables tables = SplitTables.none().with(live(Tables.split(7, at(1), 10), at(1)), STARTED);

        SplitTables after = tables.with(live(Tables.split(6, at(5), 50), at(5)), STARTED);

        assertThat(after).isSameAs(tables);
        assertThat(after.table(HELLO).orElseThrow().counter()).isEqualTo(7);
    }

    @Test
    void a_thousand_environments_are_each_found_and_told_once() {
        SplitTables tables = SplitTables.none();
        for (int counter = 1; counter <= 2; counter++) {
            for (int i = 0; i < 1000; i++) {
                tables = tables.with(live(Tables.unsampled(counter, at(1), of(i)), at(1)), STARTED);
            }
        }

        assertThat(tables.size()).isEqualTo(1000);
        assertThat(tables.environments()).hasSize(1000).contains(of(0), of(999));
        assertThat(tables.table(of(500)).orElseThrow().counter()).isEqualTo(2);
        assertThat(tables.table(HELLO)).isEmpty();
    }

    private static EnvironmentId of(int number) {
        return EnvironmentId.parse("app-" + number + "/production");
    }

    @Test
    void a_higher_counter_replaces_a_lower_one_whatever_their_times() {
        SplitTables tables = SplitTables.none()
                .with(live(Tables.split(7, at(9), 10), at(9)), STARTED)
                .with(live(Tables.split(8, at(3), 25), at(10)), STARTED);

        TrafficTable table = tables.table(HELLO).orElseThrow();
        assertThat(table.counter()).isEqualTo(8);
        assertThat(table.shares()).contains(Tables.canary(25));
    }

    @Test
    void a_repetition_keeps_a_table_fresh() {
        SplitTables tables = SplitTables.none()
                .with(live(Tables.split(7, at(1), 10), at(1)), STARTED)
                .with(live(Tables.split(7, at(8), 10), at(8)), STARTED);

        assertThat(held(tables).fresh(at(17), STALE)).isTrue();
        assertThat(held(tables).fresh(at(18), STALE)).isFalse();
    }

    @Test
    void a_repetition_that_comes_late_does_not_make_a_table_older() {
        SplitTables tables = SplitTables.none()
                .with(live(Tables.split(7, at(8), 10), at(8)), STARTED)
                .with(live(Tables.split(7, at(2), 10), at(9)), STARTED);

        assertThat(held(tables).fresh(at(17), STALE)).isTrue();
    }

    @Test
    void a_clock_that_runs_ahead_elsewhere_does_not_keep_a_table_fresh() {
        SplitTables tables = SplitTables.none().with(live(Tables.split(7, at(3600), 10), at(1)), STARTED);

        assertThat(held(tables).fresh(at(10), STALE)).isTrue();
        assertThat(held(tables).fresh(at(11), STALE)).isFalse();
    }

    @Test
    void what_was_in_the_topic_at_the_start_confirms_nothing_even_if_it_is_new() {
        SplitTables old = SplitTables.none().with(new Arrival(Tables.split(7, at(1), 10), at(1), false), STARTED);

        assertThat(held(old).fresh(at(2), STALE)).isFalse();
    }

    @Test
    void what_was_written_before_the_start_confirms_nothing_even_if_it_arrives_late() {
        SplitTables old = SplitTables.none().with(live(Tables.split(7, at(-1), 10), at(1)), STARTED);

        assertThat(held(old).fresh(at(2), STALE)).isFalse();
    }

    @Test
    void a_repetition_after_the_start_confirms_the_table_that_was_there() {
        SplitTables tables = SplitTables.none()
                .with(new Arrival(Tables.split(7, at(-1), 10), at(1), false), STARTED)
                .with(live(Tables.split(7, at(2), 10), at(2)), STARTED);

        assertThat(held(tables).fresh(at(3), STALE)).isTrue();
    }

    @Test
    void a_new_table_is_not_confirmed_by_the_repetition_of_an_older_one() {
        SplitTables tables = SplitTables.none()
                .with(live(Tables.split(7, at(1), 10), at(1)), STARTED)
                .with(new Arrival(Tables.split(8, at(-5), 50), at(2), false), STARTED);

        assertThat(held(tables).fresh(at(3), STALE)).isFalse();
    }

    @Test
    void a_version_is_known_to_run_once_its_table_is_confirmed_and_unless_it_is_said_to_be_away() {
        SplitTables before = SplitTables.none().with(new Arrival(Tables.split(7, at(-1), 10), at(1), false), STARTED);
        SplitTables away = before.with(
                live(
                        Tables.table(
                                8,
                                at(2),
                                Canary.Assign.REQUEST,
                                Tables.baseline(90).away(true),
                                Tables.canary(10)),
                        at(2)),
                STARTED);

        assertThat(before.runs(HELLO, Tables.BASELINE)).isFalse();
        assertThat(before.with(live(Tables.split(7, at(1), 10), at(1)), STARTED).runs(HELLO, Tables.BASELINE))
                .isTrue();
        assertThat(away.runs(HELLO, Tables.BASELINE)).isFalse();
        assertThat(away.runs(HELLO, Tables.CANARY)).isTrue();
        assertThat(SplitTables.none().runs(HELLO, Tables.BASELINE)).isFalse();
    }

    @Test
    void probes_are_asked_for_only_while_a_table_is_confirmed_repeated_and_lets_something_serve() {
        Probe probe = new Probe(20, List.of("/health"));
        TrafficTable split = with(Tables.split(7, at(1), 10), probe);
        SplitTables tables = SplitTables.none().with(live(split, at(1)), STARTED);

        assertThat(tables.probed(at(2), STALE)).containsExactly(split);
        assertThat(tables.probed(at(11), STALE)).isEmpty();
        assertThat(tables.with(live(Tables.split(8, at(2), 10), at(2)), STARTED).probed(at(2), STALE))
                .isEmpty();
        assertThat(tables.with(live(with(Tables.empty(8, at(2)), probe), at(2)), STARTED)
                        .probed(at(2), STALE))
                .isEmpty();
        assertThat(SplitTables.none()
                        .with(new Arrival(split, at(1), false), STARTED)
                        .probed(at(2), STALE))
                .isEmpty();
    }

    private static TrafficTable with(TrafficTable table, Probe probe) {
        return new TrafficTable(
                table.environment(),
                table.counter(),
                table.at(),
                table.assign(),
                table.verified(),
                table.shares(),
                probe);
    }

    private static HeldTable held(SplitTables tables) {
        return tables.held(HELLO).orElseThrow();
    }

    private static Arrival live(TrafficTable table, Instant arrivedAt) {
        return new Arrival(table, arrivedAt, true);
    }

    private static Instant at(long second) {
        return STARTED.plusSeconds(second);
    }
}
