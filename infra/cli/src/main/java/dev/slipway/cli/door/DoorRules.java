package dev.slipway.cli.door;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a door decides, apart from sockets and clocks.
 *
 * @param connectionsMax held and passed on at the same time, 1 to 10,000; beyond them none is taken, and the system's queue
 *     is the bound
 * @param heldMax the longest that one is held on a quiet machine, 1 s to 10 min
 */
public record DoorRules(int connectionsMax, Duration heldMax) {
    /** After an answer, before it is taken for the last one for now. */
    static final Duration QUIET = Duration.ofMillis(300);

    private static final int CONNECTIONS_MAX = 10_000;
    private static final Duration HELD_LEAST = Duration.ofSeconds(1);
    private static final Duration HELD_MOST = Duration.ofMinutes(10);

    /** A start of a gateway takes 5 to 15 s; users' programs give up after 30 s and more. */
    public static final DoorRules USUAL = new DoorRules(1_000, Duration.ofSeconds(30));

    public DoorRules {
        if (connectionsMax < 1 || connectionsMax > CONNECTIONS_MAX) {
            throw new IllegalArgumentException(
                    "a door has 1 to %d connections, not %d".formatted(CONNECTIONS_MAX, connectionsMax));
        }
        if (heldMax.compareTo(HELD_LEAST) < 0 || heldMax.compareTo(HELD_MOST) > 0) {
            throw new IllegalArgumentException(
                    "a door holds for %s to %s, not %s".formatted(HELD_LEAST, HELD_MOST, heldMax));
        }
    }

    /** What comes next for a door. */
    enum Next {
        /** Somebody serves: nothing to do until that ends. */
        REST,
        /** Nobody is left: listen in their place. */
        OPEN,
        /** Nobody listens yet: hold who comes. */
        HOLD,
        /** Somebody listens again: leave the port, and pass on who was held. */
        HAND_OVER
    }

    /**
     * The next step.
     *
     * @param open whether it listens or holds somebody
     * @param alive whether anybody serves, or will once started
     * @param listens whether one of them takes connections; asked only where it matters
     */
    static Next next(boolean open, boolean alive, BooleanSupplier listens) {
        if (!open) {
            return alive ? Next.REST : Next.OPEN;
        }
        return alive && listens.getAsBoolean() ? Next.HAND_OVER : Next.HOLD;
    }

    boolean takesOneMore(int held, int passedOn) {
        return held + passedOn < connectionsMax;
    }

    /** @param limit {@link #heldMax} as it is on this machine now */
    static boolean heldTooLong(Duration held, Duration limit) {
        return held.compareTo(limit) > 0;
    }

    /**
     * Whether a connection may be ended without harm when everything ends: who was answered waits for nothing. Nothing is
     * parsed, so that who spoke last is all that is known.
     */
    static boolean answered(boolean clientSpokeLast, Duration silent) {
        return !clientSpokeLast && silent.compareTo(QUIET) >= 0;
    }
}
