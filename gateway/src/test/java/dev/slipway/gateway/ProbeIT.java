package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.platform.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes through the real split to real versions. */
class ProbeIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(15));
    private static final String OLD = "hello@1.0.0/production/1";

    private final LiveTable table = new LiveTable();
    private final Backend baseline = Backend.answering(200, "old");
    private final Backend canary = Backend.answering(500, "new");

    @AfterEach
    void stop() {
        table.close();
        baseline.close();
        canary.close();
    }

    @Test
    void both_versions_get_marked_load_that_is_counted_like_any_other_until_the_table_says_otherwise() {
        try (RunningGateway gateway = RunningGateway.start()) {
            TrafficTable split = split();
            table.probe(split, 2, new Probe(50, List.of("/health", "/greet?name=x")));

            await().atMost(SOON)
                    .until(() -> baseline.asked().size() > 40 && canary.asked().size() > 40);
            table.probe(split, 3, null);
            await().atMost(SOON).until(() -> ended(baseline));

            assertThat(baseline.asked()).allSatisfy(asked -> {
                assertThat(asked.method()).isEqualTo("GET");
                assertThat(asked.headers().get("Slipway-probe")).containsExactly("1");
                assertThat(asked.headers().getFirst("Traceparent")).isNotBlank();
                assertThat(asked.headers().getFirst("User-agent")).isEqualTo("slipway-probe");
            });
            assertThat(baseline.asked())
                    .extracting(asked -> asked.uri().toString())
                    .contains("/health", "/greet?name=x");
            assertThat(baseline.asked())
                    .extracting(asked -> asked.headers().getFirst("Slipway-client"))
                    .doesNotHaveDuplicates();
            // each second is told once it is over, and by itself
            await().atMost(SOON).untilAsserted(() -> {
                int old = baseline.asked().size();
                int changed = canary.asked().size();
                assertThat(counted(OLD)).isEqualTo(old);
                assertThat(counted("hello@1.1.0/production/1")).isEqualTo(changed);
                assertThat(gateway.counted("slipway.gateway.split", "probe", "true"))
                        .isEqualTo(old + changed);
            });
        }
    }

    @Test
    void a_table_that_is_not_repeated_any_more_gets_no_probes() {
        try (RunningGateway _ = RunningGateway.start("slipway.live.stale-after=2s")) {
            table.probe(split(), 2, new Probe(50, List.of("/health")));
            await().atMost(SOON).until(() -> canary.asked().size() > 10);

            table.silence();

            await().atMost(SOON).until(() -> ended(baseline));
        }
    }

    @Test
    void never_more_are_under_way_than_the_bound_says() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        baseline.now(exchange -> {
            try {
                end.await(Pace.seconds(30), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Backend.answer(exchange, 200, "late");
        });
        try (RunningGateway gateway = RunningGateway.start("slipway.probe.in-flight-max=5")) {
            TrafficTable all = table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", baseline.address(), 100));
            table.probe(all, 2, new Probe(100, List.of("/health")));

            await().atMost(SOON).until(() -> baseline.asked().size() >= 5);
            double leftOut = gateway.counted("slipway.gateway.probes", "outcome", "left_out");
            await().atMost(SOON)
                    .until(() -> gateway.counted("slipway.gateway.probes", "outcome", "left_out") > leftOut + 100);

            assertThat(baseline.asked()).hasSize(5);
            end.countDown();
            await().atMost(SOON).until(() -> baseline.asked().size() > 20);
        } finally {
            end.countDown();
        }
    }

    private TrafficTable split() {
        return table.repeat(
                1, Assign.REQUEST, OLD, share("1.0.0", baseline.address(), 50), share("1.1.0", canary.address(), 50));
    }

    /** Whether no request comes for a second. */
    private static boolean ended(Backend backend) {
        int before = backend.asked().size();
        try {
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(1).plus(Pace.patience(Duration.ofMillis(200))))
                    .until(() -> backend.asked().size() == before);
            return true;
        } catch (org.awaitility.core.ConditionTimeoutException stillComing) {
            return false;
        }
    }

    private long counted(String key) {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(record -> WireJson.mapper().readValue(record.value(), TrafficSample.class))
                .flatMap(sample -> sample.versions().stream())
                .filter(version -> version.key().equals(key))
                .mapToLong(version -> version.all().answers())
                .sum();
    }
}
