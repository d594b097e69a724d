package dev.slipway.release.wiring;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where releases are and how long they stay there: {@code slipway.releases{state}}, those on their way, counted in the
 * live collection when somebody looks and not more often than {@code count-every}; and
 * {@code slipway.release.time.in.state{state}}, recorded on leaving by whichever instance hears of it.
 */
final class ReleaseMeters {
    private final MeterRegistry meters;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Duration countEvery;
    private final int countPage;
    private final AtomicReference<Counts> counts = new AtomicReference<>();

    /** @param at nanoseconds of this machine's monotonic clock */
    private record Counts(long at, Map<ReleasePhase, Long> byState) {}

    ReleaseMeters(
            MeterRegistry meters, Aggregates<Dossier, ReleaseInput> releases, Duration countEvery, int countPage) {
        this.meters = meters;
        this.releases = releases;
        this.countEvery = countEvery;
        this.countPage = countPage;
        Arrays.stream(ReleasePhase.values())
                .filter(phase -> !phase.terminal() && phase != ReleasePhase.UNKNOWN)
                .forEach(phase -> Gauge.builder("slipway.releases", this, each -> each.count(phase))
                        .description("Releases on their way")
                        .tag("state", phase.name())
                        .strongReference(true)
                        .register(meters));
    }

    /** Records how long a release was where it has left. */
    void left(Moved moved) {
        ReleasePhase left = moved.left();
        Duration lasted = moved.lasted();
        if (left != null && lasted != null && !lasted.isNegative()) {
            Timer.builder("slipway.release.time.in.state")
                    .description("How long releases stay in a state")
                    .tag("state", left.name())
                    .register(meters)
                    .record(lasted);
        }
    }

    private double count(ReleasePhase phase) {
        return fresh().byState().getOrDefault(phase, 0L);
    }

    private Counts fresh() {
        Counts last = counts.get();
        long now = System.nanoTime();
        if (last != null && now - last.at() < countEvery.toNanos()) {
            return last;
        }
        Map<ReleasePhase, Long> byState = new EnumMap<>(ReleasePhase.class);
        releases.eachLive(countPage, each -> byState.merge(each.state().state().phase(), 1L, Long::sum));
        Counts next = new Counts(now, byState);
        counts.set(next);
        return next;
    }
}
