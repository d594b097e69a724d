package dev.slipway.gateway.live;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.split.Leaving;
import dev.slipway.gateway.split.SplitTables.Arrival;
import dev.slipway.gateway.split.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveTrafficTest {
    private static final Instant STARTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Leaving CANARY = new Leaving(HELLO, Set.of(Tables.CANARY));

    private final LiveTraffic traffic = new LiveTraffic(
            "gateway-1",
            "boot",
            STARTED,
            10,
            Duration.ofSeconds(10),
            new SampleLimits(Duration.ofSeconds(5), 60),
            1000);
    private final List<Leaving> told = new ArrayList<>();

    @Test
    void a_version_that_loses_its_share_is_told_once_with_the_table_that_takes_it() {
        traffic.whenLeaving(told::add);
        take(Tables.split(3, at(0), 10), 0);
        take(Tables.split(3, at(1), 10), 1);
        assertThat(told).isEmpty();
        assertThat(traffic.serves(HELLO, Tables.CANARY, at(1))).isTrue();

        take(Tables.split(4, at(2), 0), 2);
        take(Tables.split(4, at(3), 0), 3);

        assertThat(told).containsExactly(CANARY);
        assertThat(traffic.serves(HELLO, Tables.CANARY, at(3))).isFalse();
        assertThat(traffic.serves(HELLO, Tables.BASELINE, at(3))).isTrue();
    }

    @Test
    void a_version_that_leaves_by_silence_is_told_once_and_again_when_it_had_come_back() {
        traffic.whenLeaving(told::add);
        take(Tables.split(3, at(0), 10), 0);
        traffic.look(at(9));
        assertThat(told).isEmpty();

        traffic.look(at(10));
        traffic.look(at(11));
        assertThat(told).containsExactly(CANARY);

        take(Tables.split(3, at(12), 10), 12);
        traffic.look(at(30));
        assertThat(told).containsExactly(CANARY, CANARY);
    }

    @Test
    void a_clock_that_was_set_back_does_not_stop_the_looking() {
        traffic.whenLeaving(told::add);
        take(Tables.split(3, at(0), 10), 0);
        traffic.look(at(3600));
        take(Tables.split(3, at(3601), 10), 3601);

        take(Tables.split(4, at(1), 10), 1);
        traffic.look(at(11));

        assertThat(told).containsExactly(CANARY, CANARY);
    }

    @Test
    void a_listener_that_fails_keeps_neither_the_table_nor_the_others_back() {
        traffic.whenLeaving(_ -> {
            throw new IllegalStateException("broken on purpose");
        });
        traffic.whenLeaving(told::add);
        take(Tables.split(3, at(0), 10), 0);

        take(Tables.split(4, at(1), 0), 1);

        assertThat(told).containsExactly(CANARY);
        assertThat(traffic.tables().table(HELLO).orElseThrow().counter()).isEqualTo(4);
    }

    private void take(TrafficTable table, int second) {
        traffic.take(new Arrival(table, at(second), true));
    }

    private static Instant at(int second) {
        return STARTED.plusSeconds(second);
    }
}
