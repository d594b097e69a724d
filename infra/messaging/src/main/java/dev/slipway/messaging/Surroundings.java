package dev.slipway.messaging;

import dev.slipway.messaging.AggregateStore.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a {@link Recipe} needs from outside; tests and simulations bring their own.
 *
 * @param clock for due times and the time that cores see
 * @param monotonicNanos for pauses and leases, never compared between hosts
 * @param tracing where spans go
 * @param executor for what happens after a write: sending, timers, tasks; a thread per command, as tasks may block
 */
public record Surroundings(
        MessagingSettings settings,
        Stores stores,
        Sink sink,
        JsonMapper json,
        InstantSource clock,
        LongSupplier monotonicNanos,
        Executor executor,
        MeterRegistry meters,
        Tracing tracing) {
    /** Without a tracer. */
    public Surroundings(
            MessagingSettings settings,
            Stores stores,
            Sink sink,
            JsonMapper json,
            InstantSource clock,
            LongSupplier monotonicNanos,
            Executor executor,
            MeterRegistry meters) {
        this(settings, stores, sink, json, clock, monotonicNanos, executor, meters, Tracing.NONE);
    }

    /** The same with another executor. */
    Surroundings with(Executor other) {
        return new Surroundings(settings, stores, sink, json, clock, monotonicNanos, other, meters, tracing);
    }
}
