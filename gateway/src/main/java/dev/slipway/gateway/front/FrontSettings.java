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
 * @param shared whether other gateways of the same user may listen on the port too, so that one takes over from another
 * @param tablesWithin how long it waits for the tables before it listens beside another gateway, which serves meanwhile
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
 * @param http2 how HTTP/2 is spoken, to clients and to versions
 * @param webSockets bounds of WebSockets
 */
@ConfigurationProperties("slipway.front")
public record FrontSettings(
        InetAddress address,
        int port,
        boolean shared,
        Duration tablesWithin,
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
        Duration clientKeepsFor,
        Http2 http2,
        WebSockets webSockets) {
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

    /**
     * How HTTP/2 is spoken.
     *
     * @param streamsMax requests of one client's connection at the same time
     * @param connectionsMax connections to one version, each for as many requests at a time as the version takes
     * @param window how much of one body may be under way unread, in either direction
     * @param aliveWithin how soon a client must answer a PING when its connection has been silent; one that does keeps its
     *     streams however long they are silent
     */
    public record Http2(int streamsMax, int connectionsMax, DataSize window, Duration aliveWithin) {
        public Http2 {
            if (streamsMax < 1 || connectionsMax < 1) {
                throw new IllegalArgumentException(
                        "slipway.front.http2.streams-max and connections-max must be 1 or above, are %d and %d"
                                .formatted(streamsMax, connectionsMax));
            }
        }
    }

    /**
     * Bounds of WebSockets.
     *
     * @param max open at the same time to one version of an environment
     * @param idle how long one stays without a byte in either direction
     * @param closeWithin how long both ends may take to end one that they were told to close
     * @param lookEvery how often it is looked which are to be closed
     */
    public record WebSockets(int max, Duration idle, Duration closeWithin, Duration lookEvery) {
        public WebSockets {
            if (max < 0) {
                throw new IllegalArgumentException("slipway.front.web-sockets.max must be 0 or above, is " + max);
            }
        }
    }
}
