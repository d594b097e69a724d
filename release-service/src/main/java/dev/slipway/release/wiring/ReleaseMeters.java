package dev.slipway.release.wiring;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where releases are and how long they stay there: {@code slipway.releases{state}}, those on their way, counted in the
 * live collection when somebody looks and not more often than {@code count-every};
 * {@code slipway.release.time.in.state{state}}, recorded on leaving by whichever instance hears of it; and
 * {@code slipway.releases.ended{application,kind,state}}, there at zero as soon as anything is heard of an application.
 * The first applications have a label of their own, all others together are {@code other}.
 */
final class ReleaseMeters {
    static final String OTHER = "other";
    private static final String ROLLBACK = "~rollback-"; // as the application names a release of that kind
    private static final int ENDED_REMEMBERED = 1_000;

    private final MeterRegistry meters;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Duration countEvery;
    private final int countPage;
    private final AtomicReference<Counts> counts = new AtomicReference<>();
    private final int applicationsMax;
    private final Set<String> applications = ConcurrentHashMap.newKeySet();

    /** What is said twice counts once. */
    private final Set<ReleaseId> ended = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ReleaseId, Boolean> eldest) {
            return size() > ENDED_REMEMBERED;
        }
    }));

    /** @param at nanoseconds of this machine's monotonic clock */
    private record Counts(long at, Map<ReleasePhase, Long> byState) {}

    ReleaseMeters(
            MeterRegistry meters,
            Aggregates<Dossier, ReleaseInput> releases,
            Duration countEvery,
            int countPage,
            int applicationsMax) {
        this.meters = meters;
        this.releases = releases;
        this.countEvery = countEvery;
        this.countPage = countPage;
        this.applicationsMax = applicationsMax;
        Arrays.stream(ReleasePhase.values())
                .filter(phase -> !phase.terminal() && phase != ReleasePhase.UNKNOWN)
                .forEach(phase -> Gauge.builder("slipway.releases", this, each -> each.count(phase))
                        .description("Releases on their way")
                        .tag("state", phase.name())
                        .strongReference(true)
                        .register(meters));
    }

    /** Records how long a release was where it has left, and its end. */
    void left(Moved moved) {
        String application = application(moved.release());
        if (moved.left() != null && moved.phase().terminal() && ended.add(moved.release())) {
            ended(application, moved.release().value().contains(ROLLBACK), moved.phase())
                    .increment();
        }
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

    private String application(ReleaseId release) {
        String name = release.application().value();
        if (applications.contains(name)) {
            return name;
        }
        boolean room = applications.size() < applicationsMax && applications.add(name);
        String label = room ? name : OTHER;
        for (ReleasePhase phase : ReleasePhase.values()) {
            if (phase.terminal()) {
                ended(label, false, phase);
                ended(label, true, phase);
            }
        }
        return label;
    }

    private Counter ended(String application, boolean rollback, ReleasePhase phase) {
        return Counter.builder("slipway.releases.ended")
                .description("Releases that have come to their end")
                .tag("application", application)
                .tag("kind", rollback ? "ROLLBACK" : "STANDARD")
                .tag("state", phase.name())
                .register(meters);
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
