package dev.slipway.gateway.split;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.split.SplitTables.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoosingTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Choosing CHOOSING = new Choosing(Duration.ofSeconds(10));

    @Test
    void the_share_of_each_version_is_exact_over_all_buckets() {
        SplitTables tables = holding(Tables.split(3, STARTED, 10));

        long canary = IntStream.range(0, Choosing.BUCKETS)
                .filter(bucket -> servedBy(tables, bucket).equals(Tables.canary(10)))
                .count();

        assertThat(canary).isEqualTo(1000);
    }

    @Test
    void a_drawn_side_falls_on_the_canary_as_often_as_its_share_says() {
        SplitTables tables = holding(Tables.split(3, STARTED, 10));
        SplittableRandom random = new SplittableRandom(20260101);

        long canary = IntStream.range(0, 10_000)
                .filter(_ -> servedBy(tables, random.nextInt(Choosing.BUCKETS)).equals(Tables.canary(10)))
                .count();

        assertThat(canary).isBetween(880L, 1120L); // four standard deviations around 1,000
    }

    @Test
    void a_client_that_has_seen_the_new_version_keeps_it_when_its_share_grows() {
        SplitTables small = holding(Tables.split(3, STARTED, 10));
        SplitTables large = holding(Tables.split(4, STARTED, 25));

        assertThat(IntStream.range(0, Choosing.BUCKETS)
                        .filter(bucket -> servedBy(small, bucket).key().equals(Tables.CANARY)))
                .allMatch(bucket -> servedBy(large, bucket).key().equals(Tables.CANARY));
    }

    @Test
    void the_share_of_a_table_that_is_not_repeated_goes_to_the_verified_version() {
        SplitTables tables = holding(Tables.split(3, STARTED, 10));

        assertThat(choose(tables, STARTED.plusSeconds(9), 0)).isEqualTo(new Side.Serves(Tables.canary(10)));
        assertThat(choose(tables, STARTED.plusSeconds(10), 0)).isEqualTo(new Side.Serves(Tables.baseline(90)));
        assertThat(choose(tables, STARTED.plus(Duration.ofDays(9)), 0)).isEqualTo(new Side.Serves(Tables.baseline(90)));
    }

    @Test
    void a_verified_version_without_a_share_still_takes_over_what_is_not_fresh() {
        SplitTables tables =
                holding(Tables.table(5, STARTED, Canary.Assign.REQUEST, Tables.canary(100), Tables.baseline(0)));

        assertThat(choose(tables, STARTED.plusSeconds(1), 9_999)).isEqualTo(new Side.Serves(Tables.canary(100)));
        assertThat(choose(tables, STARTED.plusSeconds(30), 0)).isEqualTo(new Side.Serves(Tables.baseline(0)));
    }

    @Test
    void a_first_release_that_was_confirmed_is_served_through_any_silence_of_those_who_write_tables() {
        SplitTables confirmed = holding(Tables.first(1, STARTED));
        SplitTables found = SplitTables.none().with(new Arrival(Tables.first(1, STARTED), STARTED, false), STARTED);

        assertThat(choose(confirmed, STARTED.plusSeconds(1), 0)).isEqualTo(new Side.Serves(Tables.canary(100)));
        assertThat(choose(confirmed, STARTED.plusSeconds(11), 0)).isEqualTo(new Side.Serves(Tables.canary(100)));
        assertThat(choose(confirmed, STARTED.plus(Duration.ofDays(2)), 0))
                .isEqualTo(new Side.Serves(Tables.canary(100)));
        assertThat(choose(found, STARTED.plusSeconds(1), 0))
                .as("after a restart of the gateway nobody knows")
                .isEqualTo(new Side.NotConfirmed());
    }

    @Test
    void it_is_known_from_when_on_what_is_served_is_not_what_the_table_says() {
        Duration limit = Duration.ofSeconds(10);

        assertThat(holding(Tables.split(3, STARTED, 10)).staleAt(HELLO, limit)).contains(STARTED.plusSeconds(10));
        assertThat(holding(Tables.first(1, STARTED)).staleAt(HELLO, limit)).isEmpty();
        assertThat(SplitTables.none()
                        .with(new Arrival(Tables.split(3, STARTED, 10), STARTED, false), STARTED)
                        .staleAt(HELLO, limit))
                .contains(Instant.MIN);
    }

    @Test
    void nothing_serves_where_no_share_is_or_no_table() {
        SplitTables tables = holding(Tables.empty(2, STARTED));

        assertThat(choose(tables, STARTED, 0)).isEqualTo(new Side.NothingServes());
        assertThat(CHOOSING.choose(tables, EnvironmentId.parse("other/staging"), STARTED, _ -> 0))
                .isEqualTo(new Side.NoTable());
    }

    @Test
    void no_side_is_drawn_where_there_is_no_choice() {
        SplitTables tables = holding(Tables.split(3, STARTED, 10));

        Side side = CHOOSING.choose(tables, HELLO, STARTED.plusSeconds(60), _ -> {
            throw new AssertionError("drawn");
        });

        assertThat(side).isEqualTo(new Side.Serves(Tables.baseline(90)));
    }

    @Test
    void a_version_that_slipway_ended_gets_nothing_until_it_runs_again() {
        SplitTables canaryAway =
                holding(Tables.table(3, STARTED, Canary.Assign.REQUEST, Tables.baseline(90), away(Tables.canary(10))));
        SplitTables bothAway = holding(
                Tables.table(3, STARTED, Canary.Assign.REQUEST, away(Tables.baseline(90)), away(Tables.canary(10))));
        SplitTables oldAway =
                holding(Tables.table(3, STARTED, Canary.Assign.REQUEST, away(Tables.baseline(90)), Tables.canary(10)));

        assertThat(choose(canaryAway, STARTED.plusSeconds(1), 0)).isEqualTo(new Side.Serves(Tables.baseline(90)));
        assertThat(choose(bothAway, STARTED.plusSeconds(1), 0)).isEqualTo(new Side.ComingBack());
        assertThat(choose(oldAway, STARTED.plusSeconds(1), 9_999)).isEqualTo(new Side.ComingBack());
        assertThat(choose(oldAway, STARTED.plusSeconds(1), 0)).isEqualTo(new Side.Serves(Tables.canary(10)));
        assertThat(choose(oldAway, STARTED.plusSeconds(30), 0))
                .as("and not the unverified one when nobody repeats the table")
                .isEqualTo(new Side.ComingBack());
    }

    private static Share away(Share share) {
        return share.away(true);
    }

    @Test
    void a_limit_of_staleness_out_of_range_is_refused() {
        assertThatThrownBy(() -> new Choosing(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 s to 5 min");
    }

    private static SplitTables holding(TrafficTable table) {
        return SplitTables.none().with(new Arrival(table, STARTED, true), STARTED);
    }

    private static Side choose(SplitTables tables, Instant now, int bucket) {
        return CHOOSING.choose(tables, HELLO, now, _ -> bucket);
    }

    private static Share servedBy(SplitTables tables, int bucket) {
        return ((Side.Serves) choose(tables, STARTED, bucket)).share();
    }
}
