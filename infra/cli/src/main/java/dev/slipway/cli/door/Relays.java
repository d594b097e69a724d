package dev.slipway.cli.door;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a door that are passed on; each lives as long as its two ends want it. */
final class Relays {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Set<Relay> running = ConcurrentHashMap.newKeySet();

    /** Whether a connection that came is one of those that are passed on. */
    boolean isTo(SocketChannel came) {
        SocketAddress from = came.socket().getRemoteSocketAddress();
        return running.stream().anyMatch(relay -> relay.goesOutFrom(from));
    }

    int size() {
        return running.size();
    }

    void start(SocketChannel client, SocketChannel server) {
        Relay[] itself = new Relay[1];
        Relay relay = new Relay(client, server, () -> running.remove(itself[0]));
        itself[0] = relay;
        running.add(relay);
        try {
            relay.start();
        } catch (IOException goneAlready) {
            relay.end();
            running.remove(relay);
        }
    }

    /** Ends those that were answered at once, the others when they are, and at the limit all. */
    void end(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (!running.isEmpty() && System.nanoTime() < until) {
                running.stream().filter(Relay::answered).forEach(Relay::end);
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
        running.forEach(Relay::end);
    }
}
