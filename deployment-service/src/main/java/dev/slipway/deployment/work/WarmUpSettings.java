package dev.slipway.deployment.work;

import dev.slipway.contracts.policy.Ranges;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the load that warms a version up, {@code slipway.warm-up.*}.
 *
 * @param atOnceMax requests at the same time, 1 to 64
 * @param perSecondMax requests a second, 20 to 10,000
 * @param checkWithin how long a version that is checked before it gets traffic may take to answer as it should, 1 s to 10
 *     min
 * @param bodyBytesMax largest answer that is read when it is checked, bytes, 1,000 to 100,000,000
 */
@ConfigurationProperties("slipway.warm-up")
public record WarmUpSettings(
        @DefaultValue("4") int atOnceMax,
        @DefaultValue("200") int perSecondMax,
        @DefaultValue("10s") Duration checkWithin,
        @DefaultValue("1000000") long bodyBytesMax) {
    public WarmUpSettings {
        Ranges.require("slipway.warm-up.at-once-max", atOnceMax, 1, 64);
        Ranges.require("slipway.warm-up.per-second-max", perSecondMax, Warmth.ANSWERS_MIN, 10_000);
        Ranges.require("slipway.warm-up.check-within", checkWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Ranges.require("slipway.warm-up.body-bytes-max", bodyBytesMax, 1_000, 100_000_000);
    }
}
