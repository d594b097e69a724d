package dev.slipway.gateway.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bounds of the tables.
 *
 * @param staleAfter age of a table's last repetition from which unverified shares go to the verified version
 * @param environmentsMax environments held; tables of further ones are passed over
 * @param tables how the tables are read
 */
@ConfigurationProperties("slipway.live")
record LiveSettings(Duration staleAfter, int environmentsMax, Tables tables) {

    /**
     * How the topic of traffic tables is read.
     *
     * @param pollWithin longest wait for records in one poll
     * @param retryEvery pause before another try when the broker or the topic is away
     * @param partitionsEvery how often it is looked whether the topic has more partitions
     */
    record Tables(Duration pollWithin, Duration retryEvery, Duration partitionsEvery) {}
}
