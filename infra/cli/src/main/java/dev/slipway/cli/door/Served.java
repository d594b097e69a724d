package dev.slipway.cli.door;

import java.time.Duration;

/** Who serves at a door's port. */
public interface Served {
    /** Whether there is anybody who serves, or will once it has started. */
    boolean alive();

    /** Whether one of them takes connections at the port. Asked again and again while the door is open. */
    boolean listens();

    /** How often the door asks whether they are alive; where {@link Door#look} is called at their end, seldom will do. */
    Duration lookEvery();
}
