package dev.slipway.deployment.target;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key's process; one file, replaced as a whole.
 *
 * @param fence highest that was seen
 * @param port where it listens; 0 before there was one
 * @param pid 0 while it is not known
 * @param startedAt the process's start instant, or null while it is not known
 * @param birth the same as the kernel counts it, free of the wall clock; null where it does not say
 * @param at when this was written
 */
record ProcessRecord(
        String key,
        State state,
        long fence,
        int port,
        long pid,
        @Nullable Instant startedAt,
        @Nullable String birth,
        Instant at) {
    enum State {
        /** Written before the process is started. */
        STARTING,
        RUNNING,
        STOPPED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    static ProcessRecord none(String key) {
        return new ProcessRecord(key, State.STOPPED, 0, 0, 0, null, null, Instant.EPOCH);
    }

    ProcessRecord seen(long newFence) {
        return new ProcessRecord(key, state, newFence, port, pid, startedAt, birth, at);
    }

    ProcessRecord starting(int onPort, Instant now) {
        return new ProcessRecord(key, State.STARTING, fence, onPort, 0, null, null, now);
    }

    ProcessRecord running(long newPid, Instant start, @Nullable String bornAt, Instant now) {
        return new ProcessRecord(key, State.RUNNING, fence, port, newPid, start, bornAt, now);
    }

    ProcessRecord stopped(Instant now) {
        return new ProcessRecord(key, State.STOPPED, fence, port, pid, startedAt, birth, now);
    }
}
