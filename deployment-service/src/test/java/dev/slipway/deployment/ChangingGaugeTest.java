package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangingGaugeTest {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ChangingGauge gauge = new ChangingGauge(MultiGauge.builder("up"), meters);

    private static Tags version(int number) {
        return Tags.of("version", Integer.toString(number));
    }

    @Test
    void what_stays_changes_its_value_what_comes_is_added_and_what_goes_is_gone() {
        gauge.show(Map.of(version(1), 1.0, version(2), 0.0));
        gauge.show(Map.of(version(2), 1.0, version(3), 0.5));

        assertThat(meters.scrape().lines().filter(line -> line.startsWith("up{")))
                .containsExactlyInAnyOrder("up{version=\"2\"} 1.0", "up{version=\"3\"} 0.5");

        gauge.show(Map.of(version(1), 0.25));
        assertThat(meters.scrape().lines().filter(line -> line.startsWith("up{")))
                .containsExactly("up{version=\"1\"} 0.25");
    }

    @Test
    void a_scrape_beside_a_change_sees_each_row_once() throws InterruptedException {
        Map<Tags, Double> rows = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            rows.put(version(i), 1.0);
        }
        gauge.show(rows);
        Thread changing = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 2_000; i++) {
                gauge.show(rows);
            }
        });
        do {
            assertThat(meters.scrape().lines().filter(line -> line.startsWith("up{")))
                    .hasSize(200);
        } while (changing.isAlive());
        changing.join();
    }
}
