package dev.slipway.gateway.live;

import dev.slipway.contracts.EnvironmentId;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How the split is used. Its tags are bounded: an environment is named only if a table names it, and there are at most
 * {@code slipway.live.environments-max} of those. Each timer is looked up in the registry when it is used for the first
 * time, and after that is only an environment's array away.
 */
public final class SplitMeters {
    private static final String NO_ENVIRONMENT = "unknown";
    private static final int OUTCOMES = Outcome.values().length;
    private static final int PER_ENVIRONMENT = To.values().length * OUTCOMES * 2;

    private final MeterProvider<Timer> answers;
    private final Map<EnvironmentId, AtomicReferenceArray<Timer>> environments = new ConcurrentHashMap<>();
    private final Timer unknown;

    public SplitMeters(MeterRegistry meters) {
        this.answers = Timer.builder("slipway.gateway.split")
                .description("Requests to the applications' versions, until the last byte of the answer")
                .withRegistry(meters);
        this.unknown = timer(NO_ENVIRONMENT, To.NONE, false, Outcome.UNAVAILABLE);
    }

    /** Which version a request was given to. */
    public enum To {
        VERIFIED(0),
        UNVERIFIED(1),
        NONE(2);

        private final int place;

        To(int place) {
            this.place = place;
        }
    }

    /** What became of it. */
    public enum Outcome {
        /** Status below 500. */
        ANSWERED(0),
        /** Status 500 and above, no connection, too late, or broken off. */
        FAILED(1),
        /** The client's fault. */
        REFUSED(2),
        /** No version may serve, or too many requests are under way. */
        UNAVAILABLE(3);

        private final int place;

        Outcome(int place) {
            this.place = place;
        }
    }

    /**
     * A request to an environment that has a table.
     *
     * @param probe whether it was one of our own
     */
    public void ended(EnvironmentId environment, To to, boolean probe, Outcome outcome, long nanos) {
        AtomicReferenceArray<Timer> timers = environments.get(environment);
        if (timers == null) {
            timers = environments.computeIfAbsent(environment, _ -> new AtomicReferenceArray<>(PER_ENVIRONMENT));
        }
        int place = (to.place * OUTCOMES + outcome.place) * 2 + (probe ? 1 : 0);
        Timer timer = timers.get(place);
        if (timer == null) {
            timer = timer(environment.toString(), to, probe, outcome); // of two threads both get the same one
            timers.set(place, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A request to what no table names. */
    public void unknown() {
        unknown.record(0, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String environment, To to, boolean probe, Outcome outcome) {
        return answers.withTags(
                "environment", environment,
                "side", to.name().toLowerCase(Locale.ROOT),
                "outcome", outcome.name().toLowerCase(Locale.ROOT),
                "probe", Boolean.toString(probe));
    }
}
