package dev.slipway.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.gateway.split.Tables;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SidePlacesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final String NEXT = "hello@1.2.0/production/1";

    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final SidePlaces places = new SidePlaces(bulkheads);

    @Test
    void a_version_that_hangs_leaves_the_one_beside_it_its_places() {
        TrafficTable table = table(2, Tables.baseline(90), Tables.canary(10));
        fill(places.of(table, Tables.CANARY), 2);

        assertThat(places.of(table, Tables.CANARY).tryAcquirePermission()).isFalse();
        assertThat(places.of(table, Tables.BASELINE).tryAcquirePermission()).isTrue();
    }

    @Test
    void what_is_still_open_to_a_version_that_is_gone_takes_no_place_of_the_next_one() {
        fill(places.of(table(2, Tables.baseline(90), Tables.canary(10)), Tables.CANARY), 2);
        TrafficTable next = table(2, Tables.baseline(90), next(10));

        assertThat(places.of(next, NEXT).tryAcquirePermission()).isTrue();
        assertThat(bulkheads.getAllBulkheads())
                .as("kept while something is open")
                .hasSize(2);
    }

    @Test
    void a_version_that_is_gone_and_idle_is_forgotten_when_another_comes() {
        TrafficTable table = table(2, Tables.baseline(90), Tables.canary(10));
        Bulkhead canary = places.of(table, Tables.CANARY);
        fill(canary, 1);
        canary.onComplete();
        places.of(table, Tables.BASELINE);

        places.of(table(2, Tables.baseline(90), next(10)), NEXT);

        assertThat(bulkheads.getAllBulkheads())
                .extracting(Bulkhead::getName)
                .containsExactlyInAnyOrder(
                        "traffic hello/production " + Tables.BASELINE, "traffic hello/production " + NEXT);
    }

    @Test
    void another_bound_holds_from_the_next_request_on() {
        fill(places.of(table(2, Tables.baseline(100)), Tables.BASELINE), 2);

        Bulkhead wider = places.of(table(3, Tables.baseline(100)), Tables.BASELINE);

        fill(wider, 3);
        assertThat(wider.tryAcquirePermission()).isFalse();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_lower_bound_waits_for_no_request_that_is_open() {
        Bulkhead before = places.of(table(10, Tables.baseline(100)), Tables.BASELINE);
        fill(before, 8);

        Bulkhead lower = places.of(table(3, Tables.baseline(100)), Tables.BASELINE);

        fill(lower, 3);
        assertThat(lower.tryAcquirePermission()).isFalse();
        before.onComplete();
        assertThat(lower.tryAcquirePermission())
                .as("a place that was another's")
                .isFalse();
        assertThat(places.of(table(3, Tables.baseline(100)), Tables.BASELINE)).isSameAs(lower);
    }

    private static void fill(Bulkhead places, int requests) {
        for (int request = 0; request < requests; request++) {
            assertThat(places.tryAcquirePermission()).isTrue();
        }
    }

    private static Share next(int percent) {
        return Tables.share(NEXT, "1.2.0", percent, Tables.canary(0).address());
    }

    private static TrafficTable table(int inFlightMax, Share... shares) {
        TrafficLimits usual = TrafficLimits.DEFAULT;
        return new TrafficTable(
                Tables.HELLO,
                1,
                NOW,
                Canary.Assign.REQUEST,
                Tables.BASELINE,
                List.of(shares),
                null,
                true,
                List.of(),
                List.of(),
                new TrafficLimits(usual.firstByteWithin(), usual.bodyMaxBytes(), inFlightMax, usual.longPoll()),
                null);
    }
}
