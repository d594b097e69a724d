package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much an application's traffic may take of a gateway. What a writer leaves out has its default.
 *
 * @param firstByteWithin how long a version may take to begin its answer, 100 ms to 10 min; absent is 30 s
 * @param bodyMaxBytes the largest body of a request, 1 KiB to 1 GiB; absent is 10 MiB
 * @param inFlightMax requests that wait at once for their answer to begin, of one gateway and one side, 1 to 10,000;
 *     absent is 500
 * @param longPoll paths, or beginnings of paths that end in {@code *}, whose answers may begin whenever they like: they
 *     are judged by their status alone and firstByteWithin does not end them; at most {@value #LONG_POLL_MAX}, each once
 */
public record TrafficLimits(
        @JsonSetter Duration firstByteWithin,
        @JsonSetter Long bodyMaxBytes,
        @JsonSetter Integer inFlightMax,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> longPoll) {
    public static final Duration FIRST_BYTE_WITHIN = Duration.ofSeconds(30);
    public static final long BODY_MAX_BYTES = 10L << 20;
    public static final int IN_FLIGHT_MAX = 500;
    public static final int LONG_POLL_MAX = 20;
    public static final TrafficLimits DEFAULT =
            new TrafficLimits(FIRST_BYTE_WITHIN, BODY_MAX_BYTES, IN_FLIGHT_MAX, List.of());

    public TrafficLimits {
        firstByteWithin = firstByteWithin == null ? FIRST_BYTE_WITHIN : firstByteWithin;
        bodyMaxBytes = bodyMaxBytes == null ? Long.valueOf(BODY_MAX_BYTES) : bodyMaxBytes;
        inFlightMax = inFlightMax == null ? Integer.valueOf(IN_FLIGHT_MAX) : inFlightMax;
        Ranges.require("traffic.firstByteWithin", firstByteWithin, Duration.ofMillis(100), Duration.ofMinutes(10));
        Ranges.require("traffic.bodyMax in bytes", bodyMaxBytes, 1L << 10, 1L << 30);
        Ranges.require("traffic.inFlightMax", inFlightMax, 1, 10_000);
        Ranges.require("traffic.longPoll: number of paths", longPoll.size(), 0, LONG_POLL_MAX);
        longPoll = List.copyOf(longPoll);
        longPoll.forEach(pattern -> PathPatterns.require("traffic.longPoll", pattern));
        Policy.requireOnce("traffic.longPoll: each path", longPoll);
    }

    /**
     * Whether an answer there may begin whenever it likes.
     *
     * @param path of the request, without query
     */
    public boolean isLongPoll(String path) {
        for (String pattern : longPoll) {
            if (PathPatterns.fits(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /** Equals the limits that need not be written. */
    public static final class IfAbsent {
        @Override
        public boolean equals(@Nullable Object value) {
            return DEFAULT.equals(value);
        }

        @Override
        public int hashCode() {
            return DEFAULT.hashCode();
        }
    }
}
