package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionMetricsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VersionMetrics metrics = new VersionMetrics(meters, 2);

    private void look(int environments) {
        VersionMetrics.Rows rows = metrics.rows();
        for (int i = 0; i < environments; i++) {
            String application = "shop-" + i;
            rows.add(new EnvironmentView(
                    EnvironmentId.parse(application + "/production"),
                    null,
                    null,
                    null,
                    List.of(),
                    AT,
                    List.of(),
                    List.of(new Running(application + "@1.0.0/production/1", "1.0.0", Health.UP, 0, AT, null, null)),
                    null));
        }
        metrics.show(rows);
    }

    private double unmeasured() {
        return meters.get("slipway.environments.unmeasured").gauge().value();
    }

    @Test
    void environments_beyond_the_bound_are_counted_where_they_are_not_measured_by_name() {
        look(2);
        assertThat(unmeasured()).isZero();

        look(5);
        assertThat(unmeasured()).isEqualTo(3);
        assertThat(meters.find("slipway.version.ready").gauges()).hasSize(2);

        look(1);
        assertThat(unmeasured()).isZero();
    }
}
