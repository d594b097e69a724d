package dev.slipway.gateway.live;

import static dev.slipway.gateway.split.Tables.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.live.SplitMeters.Outcome;
import dev.slipway.gateway.live.SplitMeters.To;
import dev.slipway.gateway.samples.Answer;
import dev.slipway.gateway.samples.EnvironmentTraffic;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.samples.SampleOrigin;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.gateway.split.Clients;
import dev.slipway.gateway.split.SplitTables;
import dev.slipway.gateway.split.SplitTables.Arrival;
import dev.slipway.gateway.split.Tables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * What a request leaves behind for the collector of garbage on its way through the cores. Bytes do not depend on how busy
 * the machine is, as nanoseconds would.
 */
class RequestCostTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final int REQUESTS = 20_000;
    private static final int ALLOWED = 160; // a few small objects: a side, an instant, an optional, a lambda

    private final SplitTables tables = SplitTables.none()
            .with(
                    new Arrival(
                            Tables.table(3, NOW, Canary.Assign.CLIENT, Tables.baseline(90), Tables.canary(10)),
                            NOW,
                            true),
                    NOW);
    private final Choosing choosing = new Choosing(Duration.ofSeconds(10));
    private Object last = "";

    @Test
    void the_meters_of_a_request_leave_nothing_behind() {
        SplitMeters meters = new SplitMeters(new SimpleMeterRegistry());

        assertThat(bytesEach(request -> meters.ended(HELLO, To.VERIFIED, false, Outcome.ANSWERED, request)))
                .isLessThan(1);
    }

    @Test
    void a_side_is_drawn_with_a_few_small_objects() {
        assertThat(bytesEach(request -> last = choosing.choose(tables, HELLO, NOW, _ -> request % Choosing.BUCKETS)))
                .isLessThan(ALLOWED);
    }

    @Test
    void counting_a_request_costs_a_few_small_objects_more_until_the_next_second_is_entered() {
        TrafficTable table = tables.table(HELLO).orElseThrow();
        SampleLimits limits = new SampleLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 60);
        SampleOrigin origin = new SampleOrigin(HELLO, "gateway-1", "boot");
        EnvironmentTraffic traffic = new EnvironmentTraffic(origin, limits, table, Optional.empty(), NOW);
        TrafficCounts counts = new TrafficCounts(traffic, table, 2 * REQUESTS);
        Answer answer = Answer.of(List.of(), "/", 200, 2_000_000);

        assertThat(bytesEach(_ -> counts.begin(Tables.CANARY, OptionalInt.empty(), true, NOW)
                        .end(answer, NOW)))
                .isLessThan(ALLOWED);
        assertThat(counts.due(NOW.plusSeconds(1))
                        .getFirst()
                        .versions()
                        .getFirst()
                        .all()
                        .answers())
                .isEqualTo(2 * REQUESTS);
    }

    @Test
    void the_side_of_a_sticky_client_costs_no_more() {
        assertThat(bytesEach(_ -> last =
                        choosing.choose(tables, HELLO, NOW, division -> Clients.bucket("ada lovelace", division))))
                .isLessThan(ALLOWED);
    }

    private double bytesEach(IntConsumer request) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(request);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(request);
        double each = (threads.getCurrentThreadAllocatedBytes() - before) / (double) REQUESTS;
        assertThat(last).isNotNull();
        return each;
    }

    private static void run(IntConsumer request) {
        for (int i = 0; i < REQUESTS; i++) {
            request.accept(i);
        }
    }
}
