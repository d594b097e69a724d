package dev.slipway.gateway.routes;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Where the services are, and how long one is waited for.
 *
 * @param release address of release-service; the others alike
 * @param connectWithin limit of making a connection
 * @param answerWithin limit of a whole answer
 * @param keepAlive how long an idle connection is kept
 * @param bodyMax largest request body but for evidence
 * @param evidenceMax largest report
 * @param inFlightMax requests that wait for one service at the same time; more are answered 503
 * @param breaker when a service is left alone
 */
@ConfigurationProperties("slipway.routes")
record RouteSettings(
        URI release,
        URI validation,
        URI deployment,
        URI notification,
        Duration connectWithin,
        Duration answerWithin,
        Duration keepAlive,
        DataSize bodyMax,
        DataSize evidenceMax,
        int inFlightMax,
        Breaker breaker) {

    /**
     * A circuit breaker that opens when too many of the last calls got no answer.
     *
     * @param calls how many of the last calls are looked at
     * @param callsMin below so many nothing is concluded
     * @param failedPercent at or above this it opens
     * @param openFor how long a service is left alone before a few calls try it again; what a 503 tells the caller
     * @param trials how many
     */
    record Breaker(int calls, int callsMin, float failedPercent, Duration openFor, int trials) {}
}
