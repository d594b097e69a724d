package dev.slipway.deployment.watch;

import dev.slipway.deployment.watch.Watched.Incident;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done for a verified version. */
public sealed interface WatchOrder {
    /** @param stopFirst whether it still runs, and hangs */
    record Restart(boolean stopFirst) implements WatchOrder {}

    /**
     * People hear of it.
     *
     * @param over when it was over; null while it lasts
     * @param ending how it ended, in one sentence; null while it lasts
     */
    record Tell(
            Incident incident,
            int restarts,
            @Nullable Instant over,
            @Nullable String ending) implements WatchOrder {}

    /** The version before it comes back. */
    record GoBack() implements WatchOrder {}

    /** {@link WatchInput.Due} is wanted then; null for never. */
    record WakeAt(@Nullable Instant at) implements WatchOrder {}
}
