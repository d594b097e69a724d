package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where versions run. A key names one running version; a target never runs two for one key, and refuses a fence below
 * the highest that it has seen for that key.
 */
public interface TargetPort {
    /**
     * Sees to it that the version runs and is healthy: adopts what is there, starts it if nothing is. Returns within the
     * launch's time.
     *
     * @param fence of the task that asks
     * @param dropped whether nobody wants it any more; then it returns early, and what runs is stopped by a later task
     */
    Startup start(Launch launch, long fence, BooleanSupplier dropped) throws InterruptedException;

    /** Ends what runs under this key and keeps any earlier task from starting it again. Nothing running is success. */
    void stop(String key, long fence) throws InterruptedException;

    /** Whether the version runs, as far as this target can tell without asking it. */
    Presence check(String key);

    /**
     * What is to run.
     *
     * @param artifact where its artifact is, already compared with its digest
     * @param traceparent W3C trace context that it is asked for its health with, or null
     */
    record Launch(
            String key,
            Path artifact,
            Target target,
            Duration startWithin,
            @Nullable String traceparent) {}

    /** What became of a start. */
    sealed interface Startup {
        record Up(Instance instance) implements Startup {}

        /** @param why one sentence for a person, without output of the program, which may hold secrets */
        record Down(String why) implements Startup {}
    }

    /** Whether a version runs. */
    enum Presence {
        RUNNING,
        GONE,
        /** It was ended because Slipway was stopped, or the machine under it: not by its own fault. */
        ENDED_BY_US,
        /** It is being started, or this target never ran it. */
        UNKNOWN
    }
}
