package dev.slipway.bench;

import java.util.List;

/**
 * What a client is to do. One JSON line on the client's standard input; the answer is a {@link Tally} on its output.
 *
 * @param address HOST:PORT to connect to
 * @param host what the request says it wants, as a Host header
 * @param prefix what every path begins with; mostly empty
 * @param size of one piece of work, see {@link Work}
 * @param connections 1 to 20,000
 * @param warmUpMillis work that is done and not timed, before
 * @param millis work that is timed
 * @param pauseMillis between an answer and the next request of a connection
 * @param tokens each connection takes the next one; empty for none
 */
public record Order(
        Work work,
        String address,
        String host,
        String prefix,
        int size,
        int connections,
        long warmUpMillis,
        long millis,
        long pauseMillis,
        List<String> tokens) {
    private static final int CONNECTIONS_MAX = 20_000;

    public Order {
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException(
                    "connections must be 1 to %d, are %d".formatted(CONNECTIONS_MAX, connections));
        }
        if (size < 0 || warmUpMillis < 0 || millis < 1 || pauseMillis < 0) {
            throw new IllegalArgumentException(
                    "size, warmUpMillis and pauseMillis are 0 or above, millis is 1 or above");
        }
        tokens = List.copyOf(tokens);
    }

    /** Work of a kind and size at a target, for a time that is still to be said. */
    public static Order of(Work work, int size, int connections, Target target) {
        return new Order(work, target.address(), target.host(), target.prefix(), size, connections, 0, 1, 0, List.of());
    }

    public Order lasting(long warmUp, long timed) {
        return new Order(work, address, host, prefix, size, connections, warmUp, timed, pauseMillis, tokens);
    }

    public Order pausing(long pause) {
        return new Order(work, address, host, prefix, size, connections, warmUpMillis, millis, pause, tokens);
    }

    public Order as(List<String> bearers) {
        return new Order(work, address, host, prefix, size, connections, warmUpMillis, millis, pauseMillis, bearers);
    }
}
