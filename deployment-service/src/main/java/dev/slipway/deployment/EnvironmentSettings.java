package dev.slipway.deployment;

import dev.slipway.contracts.policy.Ranges;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How environments are looked after, {@code slipway.environments.*}.
 *
 * @param tableEvery how often each traffic table is said again
 * @param tidyEvery how often artifacts and logs that nobody needs are removed
 * @param awayFrom so long without a look at them by any instance on this machine, and deadlines are later by as much, 3 s to 1 h
 * @param page environments read, and listed, at once, 1 to 10,000
 */
@ConfigurationProperties("slipway.environments")
record EnvironmentSettings(Duration tableEvery, Duration tidyEvery, Duration awayFrom, int page) {
    EnvironmentSettings {
        Ranges.require("slipway.environments.table-every", tableEvery, Duration.ofMillis(100), Duration.ofMinutes(1));
        Ranges.require("slipway.environments.tidy-every", tidyEvery, Duration.ofSeconds(1), Duration.ofDays(1));
        Ranges.require("slipway.environments.away-from", awayFrom, Duration.ofSeconds(3), Duration.ofHours(1));
        Ranges.require("slipway.environments.page", page, 1, 10_000);
    }
}
