package dev.slipway.cli.door;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door of a port. As soon as nobody is left who serves there it listens in their place, and holds who comes, unread;
 * when somebody listens there again it leaves the port, connects for each that it holds, in the order in which they came,
 * and passes bytes on. The port is shared as the servers share it ({@code SO_REUSEPORT}), so that neither waits for the other.
 *
 * <p>It leaves the port before it connects, else it would meet itself. What completes a handshake between the last look
 * into the queue and the end of the listener is reset by the system: some microseconds in which no Java program can help.
 */
public final class Door implements AutoCloseable {
    /** Connections that wait in the system's queue to be taken. */
    private static final int QUEUE = 256;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final DoorRules rules;
    private final Served served;
    private final Consumer<String> log;
    private final Relays relays = new Relays();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Semaphore looks = new Semaphore(0);
    private final Thread keeper;
    private @Nullable ServerSocketChannel listener;
    private long listensAskedAtNanos = System.nanoTime() - LOOK_EVERY.toNanos();
    private Duration longest = Duration.ZERO;
    private volatile Counts counts = new Counts(0, 0, 0);
    private volatile boolean closed;

    /** A connection of which nothing was read. */
    private record Held(SocketChannel client, long sinceNanos) {
        Duration time() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }

    /**
     * What became of all who came since the door was last opened.
     *
     * @param taken connections that it has accepted
     * @param passedOn of these, to a server
     * @param heldTooLong of these, closed because nobody came in time, or could not be connected for
     */
    public record Counts(long taken, long passedOn, long heldTooLong) {
        Counts oneMore() {
            return new Counts(taken + 1, passedOn, heldTooLong);
        }

        Counts onePassedOn() {
            return new Counts(taken, passedOn + 1, heldTooLong);
        }

        Counts oneTooLong() {
            return new Counts(taken, passedOn, heldTooLong + 1);
        }
    }

    private Door(InetSocketAddress address, DoorRules rules, Served served, Consumer<String> log) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "a door is on a loopback address, as it connects by its clients' own, not on " + address);
        }
        this.address = address;
        this.rules = rules;
        this.served = served;
        this.log = log;
        this.keeper =
                Thread.ofPlatform().daemon().name("door-" + address.getPort()).unstarted(this::keep);
    }

    /**
     * Keeps a door from now on.
     *
     * @param log a line for each time that it opens, shuts or cannot
     */
    public static Door keep(InetSocketAddress address, DoorRules rules, Served served, Consumer<String> log) {
        Door door = new Door(address, rules, served, log);
        door.keeper.start();
        return door;
    }

    /** Somebody who served has ended, or began: looks at once. */
    public void look() {
        looks.release();
    }

    public Counts counts() {
        return counts;
    }

    /** Closes who is held, and ends who is passed on when answered, at the latest after five seconds. */
    @Override
    public void close() {
        closed = true;
        look();
        try {
            keeper.join(END_MAX);
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
        relays.end(END_MAX);
    }

    private void keep() {
        while (!closed) {
            try {
                step();
            } catch (RuntimeException unforeseen) { // a door that nobody keeps would hold its users for ever
                log.accept("the door of port %d is in trouble: %s".formatted(address.getPort(), unforeseen));
                await(AGAIN_AFTER);
            }
        }
        leave();
        held.forEach(each -> Relay.close(each.client()));
        held.clear();
    }

    private void step() {
        switch (DoorRules.next(listener != null || !held.isEmpty(), served.alive(), this::listens)) {
            case REST -> await(served.lookEvery());
            case OPEN -> open();
            case HOLD -> hold();
            case HAND_OVER -> handOver();
        }
    }

    private boolean listens() {
        long now = System.nanoTime();
        if (now - listensAskedAtNanos < LOOK_EVERY.toNanos()) {
            return false; // somebody came just now, and it was asked just before
        }
        listensAskedAtNanos = now;
        return served.listens();
    }

    private void open() {
        counts = new Counts(0, 0, 0);
        longest = Duration.ZERO;
        if (enter()) {
            log.accept("nobody serves on port %d: who comes is held until somebody does".formatted(address.getPort()));
        }
    }

    /** Listens, or says why not and waits a moment: another program may have the port for itself. */
    private boolean enter() {
        @Nullable ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open();
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            opened.bind(address, QUEUE);
            opened.socket().setSoTimeout(Math.toIntExact(LOOK_EVERY.toMillis()));
            listener = opened;
            return true;
        } catch (IOException | UnsupportedOperationException cannot) {
            close(opened);
            log.accept("nobody serves on port %d, and nobody who comes can be held: %s"
                    .formatted(address.getPort(), cannot.getMessage()));
            await(AGAIN_AFTER);
            return false;
        }
    }

    private void hold() {
        @Nullable ServerSocketChannel entered = listener;
        if (entered == null) {
            enter();
        } else if (rules.takesOneMore(held.size(), relays.size())) {
            takeOne(entered);
        } else {
            await(LOOK_EVERY);
        }
        letGoOfThoseHeldTooLong();
    }

    private void takeOne(ServerSocketChannel entered) {
        try {
            take(entered.socket().accept().getChannel());
        } catch (SocketTimeoutException nobodyCame) {
            // the next look
        } catch (IOException cannot) {
            log.accept("who comes to port %d cannot be held: %s".formatted(address.getPort(), cannot.getMessage()));
            await(AGAIN_AFTER);
        }
    }

    private void take(SocketChannel client) {
        held.add(new Held(client, System.nanoTime()));
        counts = counts.oneMore();
    }

    private void letGoOfThoseHeldTooLong() {
        if (held.isEmpty()) {
            return;
        }
        Duration limit = Pace.patience(rules.heldMax());
        while (!held.isEmpty() && DoorRules.heldTooLong(held.element().time(), limit)) {
            letGo(held.remove());
        }
    }

    private void letGo(Held one) {
        Relay.close(one.client());
        counts = counts.oneTooLong();
        if (counts.heldTooLong() == 1) {
            log.accept("on port %d a connection was closed that had waited for %d s; those that follow are counted"
                    .formatted(address.getPort(), one.time().toSeconds()));
        }
    }

    private void handOver() {
        takeAllWhoWait();
        leave();
        boolean there = !held.isEmpty() || isThere();
        while (there && !held.isEmpty()) {
            there = passOn(held.element());
        }
        if (!there) {
            if (enter()) {
                await(AGAIN_AFTER);
            }
            return;
        }
        log.accept("somebody serves on port %d: of %d connections %d were passed on, after %.1f s at most; %d closed"
                .formatted(
                        address.getPort(),
                        counts.taken(),
                        counts.passedOn(),
                        longest.toMillis() / 1000.0,
                        counts.heldTooLong()));
    }

    /** Beyond the bound, too: what the queue holds would be reset with the listener. */
    private void takeAllWhoWait() {
        @Nullable ServerSocketChannel entered = listener;
        if (entered == null) {
            return;
        }
        try {
            entered.configureBlocking(false);
            for (int taken = 0; taken < 2 * QUEUE; taken++) {
                @Nullable SocketChannel client = entered.accept();
                if (client == null) {
                    return;
                }
                take(client);
            }
        } catch (IOException cannot) {
            log.accept("who waits on port %d cannot be taken: %s".formatted(address.getPort(), cannot.getMessage()));
        }
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
    private boolean passOn(Held one) {
        try {
            SocketChannel server = connect(one.client().socket().getInetAddress());
            held.remove();
            longest = one.time().compareTo(longest) > 0 ? one.time() : longest;
            counts = counts.onePassedOn();
            relays.start(one.client(), server);
            return true;
        } catch (ConnectException | SocketTimeoutException goneAgain) {
            return false;
        } catch (IOException cannot) {
            letGo(held.remove());
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

    private void leave() {
        close(listener);
        listener = null;
    }

    private static void close(@Nullable ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException closedAllTheSame) {
            // there is nothing left to be done for it
        }
    }

    /** Until somebody calls {@link #look}, or the time is over. */
    private void await(Duration time) {
        try {
            if (looks.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
                looks.drainPermits();
            }
        } catch (InterruptedException ending) {
            closed = true;
        }
    }
}
