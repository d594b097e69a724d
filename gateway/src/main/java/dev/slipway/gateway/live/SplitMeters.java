package dev.slipway.gateway.live;

import dev.slipway.contracts.EnvironmentId;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How the split is used. Its tags are bounded: an environment is named only if a table names it, and there are at most
 * {@code slipway.live.environments-max} of those.
 */
public final class SplitMeters {
    private static final String NO_ENVIRONMENT = "unknown";

    private final MeterProvider<Timer> answers;

    public SplitMeters(MeterRegistry meters) {
        this.answers = Timer.builder("slipway.gateway.split")
                .description("Requests to the applications' versions, until the last byte of the answer")
                .withRegistry(meters);
    }

    /** Which version a request was given to. */
    public enum To {
        VERIFIED,
        UNVERIFIED,
        NONE
    }

    /** What became of it. */
    public enum Outcome {
        /** Status below 500. */
        ANSWERED,
        /** Status 500 and above, no connection, too late, or broken off. */
        FAILED,
        /** The client's fault. */
        REFUSED,
        /** No version may serve, or too many requests are under way. */
        UNAVAILABLE
    }

    /**
     * A request to an environment that has a table.
     *
     * @param probe whether it was one of our own
     */
    public void ended(EnvironmentId environment, To to, boolean probe, Outcome outcome, long nanos) {
        ended(environment.toString(), to, probe, outcome, nanos);
    }

    /** A request to what no table names. */
    public void unknown() {
        ended(NO_ENVIRONMENT, To.NONE, false, Outcome.UNAVAILABLE, 0);
    }

    private void ended(String environment, To to, boolean probe, Outcome outcome, long nanos) {
        answers.withTags(
                        "environment", environment,
                        "side", to.name().toLowerCase(Locale.ROOT),
                        "outcome", outcome.name().toLowerCase(Locale.ROOT),
                        "probe", Boolean.toString(probe))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
