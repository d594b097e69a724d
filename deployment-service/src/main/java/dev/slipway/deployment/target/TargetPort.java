package dev.slipway.deployment.target;

import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
     * Asks what runs under this key whether it is well, once.
     *
     * @param target of the version
     * @param path of its {@code checks} that is asked, as the target has it
     */
    Answered ask(String key, Target target, String path) throws InterruptedException;

    /**
     * What can be told of what ran under this key and ended, or runs and is not well.
     *
     * @param seen what was seen of it, as the beginning of a sentence without a full stop; null if it is gone
     */
    Trouble trouble(String key, @Nullable String seen) throws InterruptedException;

    /**
     * What is to run.
     *
     * @param parts its artifacts, at least one, already compared with their digests
     * @param traceparent W3C trace context that it is asked for its health with, or null
     * @param facts what its command and environment may be told
     * @param told names of {@link dev.slipway.contracts.deployment.Told} that whoever asks for it wants to know
     */
    record Launch(
            String key,
            List<Part> parts,
            Target target,
            Duration startWithin,
            @Nullable String traceparent,
            Facts facts,
            List<String> told) {
        public Launch {
            parts = List.copyOf(parts);
            told = List.copyOf(told);
        }

        /** Beside which nobody wants to know anything. */
        public Launch(
                String key,
                List<Part> parts,
                Target target,
                Duration startWithin,
                @Nullable String traceparent,
                Facts facts) {
            this(key, parts, target, startWithin, traceparent, facts, List.of());
        }

        /** One file, of which no more is known than its key says. */
        Launch(String key, Path artifact, Target target, Duration startWithin, @Nullable String traceparent) {
            this(key, List.of(Part.of(artifact)), target, startWithin, traceparent, Facts.ofKey(key));
        }

        /** How it is asked whether it is well. */
        HealthChecks checks() {
            return target.checks();
        }
    }

    /** What became of a start. */
    sealed interface Startup {
        record Up(Instance instance) implements Startup {}

        /**
         * @param why one sentence for a person, without output of the program
         * @param trouble what was seen of the program, secrets masked; null if it never ran
         */
        record Down(String why, @Nullable Trouble trouble) implements Startup {
            public Down(String why) {
                this(why, null);
            }
        }
    }

    /** What came of a question. */
    sealed interface Answered {
        /** It answered 200. */
        record Well() implements Answered {}

        /** @param how in words that follow the name of the address, such as {@code answered 503} */
        record Ill(String how) implements Answered {}

        /** It was not asked, which says nothing about it. */
        record NotAsked() implements Answered {}
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
