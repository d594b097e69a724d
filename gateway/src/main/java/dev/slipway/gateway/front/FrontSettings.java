package dev.slipway.gateway.front;

import java.net.InetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the front.
 *
 * @param address where it listens
 * @param port 0 for a free one
 * @param eventLoops threads that carry traffic
 * @param targetMax longest request line
 * @param headersMax largest head of a request
 * @param answerHeadersMax largest head of a version's answer
 * @param clientIdle how long a client's connection is kept without a request
 * @param bodyReadWithin longest pause in a request's body
 * @param connectWithin limit of making a connection to a version
 * @param keepAlive how long an idle connection to a version is kept; below the version's own limit, so that a request does
 *     not meet a connection that is just being closed. A version that tells its limit ({@code Keep-Alive: timeout=})
 *     gets less where that is shorter
 * @param connectionsMax connections to one version
 * @param continueWithin how long a body that the client holds back ({@code Expect: 100-continue}) waits for the version
 * @param countWithin how long an answer that goes on waits for its end before it is counted by its first byte; below the
 *     cut-off of the samples
 * @param retryAfter what a 503 tells the client
 * @param clientKeepsFor life of the cookie that keeps a client on its side
 */
@ConfigurationProperties("slipway.front")
public record FrontSettings(
        InetAddress address,
        int port,
        int eventLoops,
        DataSize targetMax,
        DataSize headersMax,
        DataSize answerHeadersMax,
        Duration clientIdle,
        Duration bodyReadWithin,
        Duration connectWithin,
        Duration keepAlive,
        int connectionsMax,
        Duration continueWithin,
        Duration countWithin,
        Duration retryAfter,
        Duration clientKeepsFor) {
    private static final int LOOPS_MAX = 64;

    public FrontSettings {
        if (eventLoops < 1 || eventLoops > LOOPS_MAX) {
            throw new IllegalArgumentException(
                    "slipway.front.event-loops must be 1 to %d, is %d".formatted(LOOPS_MAX, eventLoops));
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException(
                    "slipway.front.connections-max must be 1 or above, is " + connectionsMax);
        }
    }
}
