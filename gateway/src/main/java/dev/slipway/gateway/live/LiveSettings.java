package dev.slipway.gateway.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the live traffic.
 *
 * @param staleAfter age of a table's last repetition from which unverified shares go to the verified version
 * @param environmentsMax environments held; tables of further ones are passed over
 * @param bodyMax largest request body
 * @param connectWithin limit of making a connection to a version
 * @param answerWithin limit of a whole answer of a version
 * @param keepAlive how long an idle connection is kept
 * @param inFlightMax requests under way at the same time; more are answered 503
 * @param retryAfter what a 503 tells the client
 * @param clientKeepsFor life of the cookie that keeps a client on its side
 * @param tables how the tables are read
 */
@ConfigurationProperties("slipway.live")
record LiveSettings(
        Duration staleAfter,
        int environmentsMax,
        DataSize bodyMax,
        Duration connectWithin,
        Duration answerWithin,
        Duration keepAlive,
        int inFlightMax,
        Duration retryAfter,
        Duration clientKeepsFor,
        Tables tables) {

    /**
     * How the topic of traffic tables is read.
     *
     * @param pollWithin longest wait for records in one poll
     * @param retryEvery pause before another try when the broker or the topic is away
     * @param partitionsEvery how often it is looked whether the topic has more partitions
     */
    record Tables(Duration pollWithin, Duration retryEvery, Duration partitionsEvery) {}
}
