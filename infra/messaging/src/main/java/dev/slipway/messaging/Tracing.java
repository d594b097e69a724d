package dev.slipway.messaging;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span for each message that is heard, timer that fires and task that is performed, below the span of its cause. Without
 * a tracer the cause's trace context is handed on as it is.
 */
public final class Tracing {
    /** Key of the logging context: the release that a log line belongs to. */
    public static final String RELEASE = "release";

    public static final Tracing NONE = new Tracing(Tracer.NOOP, Propagator.NOOP);

    private static final String TRACEPARENT = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    public Tracing(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** Trace context of what this thread does, for example of the HTTP request that it answers. */
    @Nullable
    String current() {
        TraceContext context = tracer.currentTraceContext().context();
        return context == null ? null : traceparent(context);
    }

    /** What is done within a span, and what descends from it. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        void within(Lineage own) throws E;
    }

    /** Does something in a span of its own. Where the cause has no trace, one begins. */
    <E extends Exception> void hop(Span.Kind kind, String name, String about, Lineage from, Work<E> work) throws E {
        Span span = propagator
                .extract(from, (cause, field) -> field.equals(TRACEPARENT) ? cause.traceparent() : null)
                .kind(kind)
                .name(name)
                .tag("slipway.about", about)
                .start();
        String traceparent = traceparent(span.context());
        try (SpanInScope _ = tracer.withSpan(span);
                MDC.MDCCloseable _ = MDC.putCloseable(RELEASE, from.correlation() == null ? "" : from.correlation())) {
            work.within(new Lineage(traceparent == null ? from.traceparent() : traceparent, from.correlation()));
        } catch (Throwable broken) {
            span.error(broken);
            throw broken;
        } finally {
            span.end();
        }
    }

    private @Nullable String traceparent(TraceContext context) {
        Map<String, String> fields = new HashMap<>();
        propagator.inject(context, fields, (_, field, value) -> fields.put(field, value));
        return fields.get(TRACEPARENT);
    }
}
