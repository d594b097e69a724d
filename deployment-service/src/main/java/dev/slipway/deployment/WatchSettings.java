package dev.slipway.deployment;

import dev.slipway.contracts.policy.Ranges;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.metrics.client.MetricsClient;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How versions are looked at, {@code slipway.watch.*}; the rest of it is {@link WatchRhythm}.
 *
 * @param lookEvery how often it is looked whether what should run runs, and who is to be asked whether it is well; no
 *     version is asked more often than this
 * @param measureEvery how often it is measured what they use, 100 ms to 1 min
 * @param metricsWithin longest answer of a program that is asked for its own metrics, 100 ms to 1 min
 * @param metricsBytesMax largest such answer, 1 KB to 64 MB
 * @param compareEvery how often what it was started with is compared with what is there, 1 s to 1 d
 * @param measured environments whose versions are measured by name; of the rest only incidents are counted
 */
@ConfigurationProperties("slipway.watch")
record WatchSettings(
        Duration lookEvery,
        Duration measureEvery,
        Duration metricsWithin,
        DataSize metricsBytesMax,
        Duration compareEvery,
        Duration restartAfter,
        Duration restartAfterMax,
        int loopFrom,
        Duration wellFor,
        Duration wellForMax,
        Duration rememberedFor,
        int measured) {
    WatchSettings {
        Ranges.require("slipway.watch.look-every", lookEvery, Duration.ofMillis(50), Duration.ofMinutes(1));
        Ranges.require("slipway.watch.measure-every", measureEvery, Duration.ofMillis(100), Duration.ofMinutes(1));
        Ranges.require("slipway.watch.compare-every", compareEvery, Duration.ofSeconds(1), Duration.ofDays(1));
        Ranges.require("slipway.watch.measured", measured, 1, 10_000);
    }

    MetricsClient.Limits programs() {
        return new MetricsClient.Limits(metricsWithin, metricsBytesMax.toBytes());
    }

    WatchRhythm rhythm() {
        return new WatchRhythm(restartAfter, restartAfterMax, loopFrom, wellFor, wellForMax, rememberedFor);
    }
}
