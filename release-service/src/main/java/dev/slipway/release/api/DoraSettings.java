package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How DORA's metrics are made.
 *
 * @param daysDefault days of a window if nobody says how many, 1 to {@code daysMax}
 * @param daysMax most days of a window, 1 to 1,000
 * @param watch how long after its end a rollback or a hotfix still makes a rollout a failed one, 1 min to 100 days
 */
@ConfigurationProperties("slipway.release.dora")
public record DoraSettings(int daysDefault, int daysMax, Duration watch) {
    private static final Duration WATCH_MIN = Duration.ofMinutes(1);
    private static final Duration WATCH_MAX = Duration.ofDays(100);

    public DoraSettings {
        if (daysDefault < 1 || daysDefault > daysMax || daysMax > 1_000) {
            throw new IllegalArgumentException(
                    "slipway.release.dora: days-default must be 1 to days-max, days-max at most 1,000");
        }
        if (watch.compareTo(WATCH_MIN) < 0 || watch.compareTo(WATCH_MAX) > 0) {
            throw new IllegalArgumentException(
                    "slipway.release.dora.watch must be 1 min to 100 days, is " + Texts.words(watch));
        }
    }
}
