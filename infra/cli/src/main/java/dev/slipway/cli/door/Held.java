package dev.slipway.cli.door;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Who waits at a door, in the order in which they came, and who was passed on. One thread's, but for {@link #counts}. */
final class Held {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final DoorRules rules;
    private final Consumer<String> log;
    private final Relays relays = new Relays();
    private final Deque<One> waiting = new ArrayDeque<>();
    private Duration longest = Duration.ZERO;
    private boolean metItself;
    private volatile Counts counts = new Counts(0, 0, 0);

    Held(InetSocketAddress address, DoorRules rules, Consumer<String> log) {
        this.address = address;
        this.rules = rules;
        this.log = log;
    }

    /** A connection of which nothing was read. */
    private record One(SocketChannel client, long sinceNanos) {
        Duration time() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    Counts counts() {
        return counts;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean hasRoom() {
        return rules.takesOneMore(waiting.size(), relays.size());
    }

    /** Nobody serves from now on. */
    void begin() {
        counts = new Counts(0, 0, 0);
        longest = Duration.ZERO;
        log.accept("nobody serves on port %d: who comes is held until somebody does".formatted(address.getPort()));
    }

    void take(SocketChannel client) {
        metItself |= relays.isTo(client);
        waiting.add(new One(client, System.nanoTime()));
        counts = counts.oneMore();
    }

    /** Whether whom it passed on has come back to it since it was last asked: it is held like any, and passed on again. */
    boolean metItself() {
        boolean met = metItself;
        metItself = false;
        return met;
    }

    void letGoOfThoseHeldTooLong() {
        if (waiting.isEmpty()) {
            return;
        }
        Duration limit = Pace.patience(rules.heldMax());
        while (!waiting.isEmpty() && DoorRules.heldTooLong(waiting.element().time(), limit)) {
            letGo(waiting.remove());
        }
    }

    private void letGo(One one) {
        Relay.close(one.client());
        counts = counts.oneTooLong();
        if (counts.heldTooLong() == 1) {
            log.accept("on port %d a connection was closed that had waited for %d s; those that follow are counted"
                    .formatted(address.getPort(), one.time().toSeconds()));
        }
    }

    void letGoOfAll() {
        waiting.forEach(each -> Relay.close(each.client()));
        waiting.clear();
    }

    void endWhoIsPassedOn(Duration limit) {
        relays.end(limit);
    }

    /** Somebody serves again: connects for each. Whether there was somebody indeed. */
    boolean passOn() {
        boolean there = !waiting.isEmpty() || isThere();
        while (there && !waiting.isEmpty()) {
            there = passOn(waiting.element());
        }
        if (there) {
            sayWhatBecameOfThem();
        }
        return there;
    }

    private void sayWhatBecameOfThem() {
        log.accept("somebody serves on port %d: of %d connections %d were passed on, after %.1f s at most; %d closed"
                .formatted(
                        address.getPort(),
                        counts.taken(),
                        counts.passedOn(),
                        longest.toMillis() / 1000.0,
                        counts.heldTooLong()));
    }

    /** Nobody is held, but the next one is not to find that it is not so. */
    private boolean isThere() {
        try (SocketChannel _ = connect(address.getAddress())) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Whether anybody is there to pass it on to. It goes by the client's own address, so that the server sees whom it would see. */
    private boolean passOn(One one) {
        try {
            SocketChannel server = connect(one.client().socket().getInetAddress());
            waiting.remove();
            longest = one.time().compareTo(longest) > 0 ? one.time() : longest;
            counts = counts.onePassedOn();
            relays.start(one.client(), server);
            return true;
        } catch (ConnectException | SocketTimeoutException goneAgain) {
            return false;
        } catch (IOException cannot) {
            letGo(waiting.remove());
            return true;
        }
    }

    private SocketChannel connect(InetAddress from) throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            server.bind(new InetSocketAddress(from, 0));
            server.socket().connect(address, Math.toIntExact(CONNECT_MAX.toMillis()));
            return server;
        } catch (IOException refused) {
            Relay.close(server);
            throw refused;
        }
    }
}
