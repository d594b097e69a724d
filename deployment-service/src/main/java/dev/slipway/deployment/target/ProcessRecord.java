package dev.slipway.deployment.target;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Map;
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
 * @param named further ports by name; empty in records from before there were any
 * @param secrets fingerprints of the secrets that it was started with, by their names; empty likewise
 */
record ProcessRecord(
        String key,
        State state,
        long fence,
        int port,
        long pid,
        @Nullable Instant startedAt,
        @Nullable String birth,
        Instant at,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, Integer> named,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> secrets) {
    ProcessRecord {
        named = Map.copyOf(named);
        secrets = Map.copyOf(secrets);
    }

    enum State {
        /** Written before the process is started. */
        STARTING,
        RUNNING,
        STOPPED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    static ProcessRecord none(String key) {
        return new ProcessRecord(key, State.STOPPED, 0, 0, 0, null, null, Instant.EPOCH, Map.of(), Map.of());
    }

    ProcessRecord seen(long newFence) {
        return new ProcessRecord(key, state, newFence, port, pid, startedAt, birth, at, named, secrets);
    }

    ProcessRecord starting(Ports on, Map<String, String> fingerprints, Instant now) {
        return new ProcessRecord(
                key, State.STARTING, fence, on.traffic(), 0, null, null, now, on.named(), fingerprints);
    }

    Ports ports() {
        return new Ports(port, named);
    }

    ProcessRecord running(long newPid, Instant start, @Nullable String bornAt, Instant now) {
        return new ProcessRecord(key, State.RUNNING, fence, port, newPid, start, bornAt, now, named, secrets);
    }

    ProcessRecord stopped(Instant now) {
        return new ProcessRecord(key, State.STOPPED, fence, port, pid, startedAt, birth, now, named, secrets);
    }
}
