package dev.slipway.deployment.target;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
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
 * @param places where its artifacts lie, by the placeholders that stand for them; empty likewise
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
        Map<String, String> secrets,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> places) {
    ProcessRecord {
        named = Map.copyOf(named);
        secrets = Map.copyOf(secrets);
        places = Map.copyOf(places);
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
        return new ProcessRecord(key, State.STOPPED, 0, 0, 0, null, null, Instant.EPOCH, Map.of(), Map.of(), Map.of());
    }

    ProcessRecord seen(long newFence) {
        return new ProcessRecord(key, state, newFence, port, pid, startedAt, birth, at, named, secrets, places);
    }

    ProcessRecord starting(Ports on, Map<String, String> fingerprints, Map<String, String> artifacts, Instant now) {
        return new ProcessRecord(
                key, State.STARTING, fence, on.traffic(), 0, null, null, now, on.named(), fingerprints, artifacts);
    }

    Ports ports() {
        return new Ports(port, named);
    }

    /** What stands for the placeholders that only this machine knows, by their names. */
    Map<String, String> placeholders() {
        Map<String, String> all = new TreeMap<>(places);
        all.putAll(ports().placeholders());
        return all;
    }

    ProcessRecord running(long newPid, Instant start, @Nullable String bornAt, Instant now) {
        return new ProcessRecord(key, State.RUNNING, fence, port, newPid, start, bornAt, now, named, secrets, places);
    }

    ProcessRecord stopped(Instant now) {
        return new ProcessRecord(key, State.STOPPED, fence, port, pid, startedAt, birth, now, named, secrets, places);
    }
}
