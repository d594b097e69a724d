package dev.slipway.cli.door;

import dev.slipway.platform.Pace;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door of a port. Who comes while nobody serves there is taken in their place and held, unread; when somebody listens
 * there again the door connects for each that it holds, in the order in which they came, and passes bytes on. The port is
 * shared as the servers share it ({@code SO_REUSEPORT}), so that neither waits for the other.
 *
 * <p>Where the system can prefer others ({@link LastInLine}) it listens all the time, and is given a connection only while
 * nobody else listens: not one is refused, however suddenly a server ends. Elsewhere it <em>comes and goes</em>: it listens as
 * soon as nobody is left, and leaves before it connects, else it would meet itself. There the system refuses who comes in
 * the moment before it listens, and resets whose handshake ends between its last look into the queue and its leaving.
 */
public final class Door implements AutoCloseable {
    /** Connections that wait in the system's queue to be taken. */
    private static final int QUEUE = 256;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    /** While others serve it is woken by who comes, and by nothing else. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final Duration END_MAX = Duration.ofSeconds(5);

    /** In a row, each for a connection that it was given although others listen; one or two set its place right. */
    private static final int STEPS_BACK_MAX = 5;

    private final InetSocketAddress address;
    private final Served served;
    private final Consumer<String> log;
    private final Held held;
    private final Selector looks;
    private final Thread keeper;
    private boolean comesAndGoes;
    private @Nullable LastInLine last;
    private @Nullable ServerSocketChannel listener;
    private int stepsBack;
    private String trouble = "";
    private long listensAskedAtNanos = System.nanoTime() - LOOK_EVERY.toNanos();
    private volatile boolean closed;

    private Door(
            InetSocketAddress address, DoorRules rules, Served served, Consumer<String> log, boolean comesAndGoes) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "a door is on a loopback address, as it connects by its clients' own, not on " + address);
        }
        this.address = address;
        this.served = served;
        this.log = log;
        this.held = new Held(address, rules, log);
        this.comesAndGoes = comesAndGoes;
        this.looks = selector();
        this.keeper =
                Thread.ofPlatform().daemon().name("door-" + address.getPort()).unstarted(this::keep);
    }

    private static Selector selector() {
        try {
            return Selector.open();
        } catch (IOException outOfDescriptors) {
            throw new UncheckedIOException(outOfDescriptors);
        }
    }

    /**
     * Keeps a door from now on.
     *
     * @param log a line for each time that it begins to hold, passes on or cannot
     */
    public static Door keep(InetSocketAddress address, DoorRules rules, Served served, Consumer<String> log) {
        return start(new Door(address, rules, served, log, !LastInLine.isPossible()));
    }

    /** As where the system prefers nobody. */
    static Door comingAndGoing(InetSocketAddress address, DoorRules rules, Served served, Consumer<String> log) {
        return start(new Door(address, rules, served, log, true));
    }

    private static Door start(Door door) {
        door.keeper.start();
        return door;
    }

    /** Somebody who served has ended, or began: looks at once. */
    public void look() {
        looks.wakeup();
    }

    public Counts counts() {
        return held.counts();
    }

    /** Closes who is held, and ends who is passed on when answered, at the latest after five seconds. */
    @Override
    public void close() {
        closed = true;
        look();
        try {
            keeper.join(Pace.patience(END_MAX));
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
        held.endWhoIsPassedOn(Pace.patience(END_MAX));
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
        held.letGoOfAll();
        close(looks);
    }

    private void step() {
        @Nullable LastInLine stays = last;
        if (comesAndGoes) {
            comeOrGo();
        } else if (stays == null) {
            enterLast();
        } else {
            stay(stays);
        }
        held.letGoOfThoseHeldTooLong();
    }

    private void enterLast() {
        try {
            LastInLine opened = LastInLine.open(address, QUEUE);
            last = opened;
            enter(opened.channel());
        } catch (BindException taken) {
            cannotHold(taken);
        } catch (IOException cannot) {
            comeAndGoFromNowOn(cannot);
        }
    }

    private void stay(LastInLine stays) {
        try {
            takeThoseWhoWait();
            Set<Long> others = stays.others();
            if (others.isEmpty()) {
                stays.isAlone();
            } else if (!held.isEmpty()) {
                if (held.metItself()) {
                    stepBack(stays);
                }
                takeAllWhoWait();
                held.passOn();
                return;
            }
            boolean came = takeWhoComes(held.isEmpty() ? REST : LOOK_EVERY);
            if (came && !Collections.disjoint(others, stays.others())) {
                stepBack(stays);
            } else {
                stepsBack = 0;
            }
        } catch (IOException cannot) {
            comeAndGoFromNowOn(cannot);
        }
    }

    private void stepBack(LastInLine stays) throws IOException {
        stepsBack++;
        if (stepsBack > STEPS_BACK_MAX) {
            throw new IOException("the system gives it connections although others listen");
        }
        stays.stepBack();
    }

    private void comeAndGoFromNowOn(IOException why) {
        log.accept("the door of port %d comes and goes, so that some may be refused before it comes: %s"
                .formatted(address.getPort(), why.getMessage()));
        comesAndGoes = true;
        leave();
    }

    private void comeOrGo() {
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
        if (enter()) {
            held.begin();
        }
    }

    /** Listens, or says why not and waits a moment: another program may have the port for itself. */
    private boolean enter() {
        try {
            enter(LastInLine.shared(address, QUEUE));
            return true;
        } catch (IOException | UnsupportedOperationException cannot) {
            cannotHold(cannot);
            return false;
        }
    }

    private void enter(ServerSocketChannel opened) throws IOException {
        try {
            opened.configureBlocking(false);
            opened.register(looks, 0);
        } catch (IOException cannot) {
            close(opened);
            throw cannot;
        }
        listener = opened;
        trouble = "";
    }

    private void cannotHold(Exception why) {
        String text = "who comes to port %d while nobody serves cannot be held: %s"
                .formatted(address.getPort(), why.getMessage());
        if (!text.equals(trouble)) {
            trouble = text;
            log.accept(text);
        }
        await(AGAIN_AFTER);
    }

    private void hold() {
        if (listener == null) {
            enter();
        } else {
            takeWhoComes(LOOK_EVERY);
        }
    }

    /** Whether somebody came within a time; beyond the bound nobody is taken. */
    private boolean takeWhoComes(Duration time) {
        if (!held.hasRoom()) {
            await(LOOK_EVERY);
            return false;
        }
        await(time, SelectionKey.OP_ACCEPT);
        return takeThoseWhoWait();
    }

    private boolean takeThoseWhoWait() {
        boolean came = false;
        while (held.hasRoom() && takeOne()) {
            came = true;
        }
        return came;
    }

    /** Beyond the bound, too: those whom the queue holds would be reset when the door goes. */
    private void takeAllWhoWait() {
        for (int taken = 0; taken < 2 * QUEUE && takeOne(); taken++) {
            // the next one
        }
    }

    private boolean takeOne() {
        @Nullable ServerSocketChannel entered = listener;
        if (entered == null) {
            return false;
        }
        try {
            @Nullable SocketChannel client = entered.accept();
            if (client == null) {
                return false;
            }
            if (last != null && held.isEmpty()) {
                held.begin();
            }
            held.take(client);
            return true;
        } catch (IOException cannot) {
            cannotHold(cannot);
            return false;
        }
    }

    private void handOver() {
        takeAllWhoWait();
        leave();
        if (!held.passOn() && enter()) {
            await(AGAIN_AFTER);
        }
    }

    private void leave() {
        close(listener);
        listener = null;
        last = null;
        deregister();
    }

    /** Until a selector has seen it, a listener that is closed goes on to listen. */
    private void deregister() {
        try {
            looks.selectNow();
        } catch (IOException unforeseen) {
            throw new UncheckedIOException(unforeseen);
        }
    }

    private static void close(@Nullable Closeable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException closedAllTheSame) {
            // there is nothing left to be done for it
        }
    }

    private void await(Duration time) {
        await(time, 0);
    }

    /**
     * Until somebody calls {@link #look}, or the time is over.
     *
     * @param also or until this happens at the listener
     */
    private void await(Duration time, int also) {
        try {
            looks.keys().stream().filter(SelectionKey::isValid).forEach(key -> key.interestOps(also));
            looks.select(time.toMillis());
            looks.selectedKeys().clear();
        } catch (IOException unforeseen) {
            throw new UncheckedIOException(unforeseen);
        }
    }
}
