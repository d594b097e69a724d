package dev.slipway.release.wiring;

import dev.slipway.chain.Seal;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Ageing;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over ended releases, some at each look, and has let go what has been kept for long enough. It decides nothing by itself:
 * what is due is told to the release's {@link Keeping}, where a hold has the last word. Several instances may do so at once, and
 * a look that was interrupted is simply done again.
 */
final class RetentionSweep {
    private static final Logger log = LoggerFactory.getLogger(RetentionSweep.class);
    private static final Cause RETENTION = Cause.of("timer:retention");

    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final InstantSource clock;
    private final int looksMax;
    private @Nullable String after;

    RetentionSweep(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            InstantSource clock,
            int looksMax) {
        this.applications = applications;
        this.releases = releases;
        this.keepings = keepings;
        this.clock = clock;
        this.looksMax = looksMax;
    }

    /** What an application says of all of its releases. */
    private record Around(@Nullable Policy policy, Set<ReleaseId> needed) {}

    /**
     * One look.
     *
     * @return how many parts were found to be due
     */
    int look() {
        Instant now = clock.instant();
        Map<String, Around> around = new HashMap<>();
        List<Snapshot<Dossier>> page = releases.finished(after, looksMax);
        int due = 0;
        for (Snapshot<Dossier> ended : page) {
            Dossier d = ended.state();
            Around its = around.computeIfAbsent(d.id().application().value(), this::around);
            Keeping keeping = keepings.find(ended.id()).map(Snapshot::state).orElse(null);
            Optional<Ageing.Due> found = Ageing.due(d, Ageing.kept(d, its.policy()), its.needed(), keeping, now);
            found.ifPresent(part -> letGo(ended.id(), part));
            due += found.isPresent() ? 1 : 0;
        }
        after = page.size() < looksMax ? null : page.getLast().id();
        if (due > 0) {
            log.info("Of {} ended releases {} were kept for long enough", page.size(), due);
        }
        return due;
    }

    private Around around(String application) {
        return applications
                .find(application)
                .map(found -> {
                    Application.PolicyInForce present = found.state().policy();
                    List<Dossier> live = found.state().live().stream()
                            .flatMap(id -> releases.find(id.value()).stream())
                            .map(Snapshot::state)
                            .toList();
                    return new Around(present == null ? null : present.policy(), Ageing.needed(found.state(), live));
                })
                .orElse(new Around(null, Set.of()));
    }

    private void letGo(String release, Ageing.Due due) {
        KeepingInput input = switch (due.part()) {
            case EVIDENCE -> new KeepingInput.EvidenceDue(due.rule());
            case RECORDS -> records(release, due.rule());
        };
        keepings.submit(release, input, RETENTION);
    }

    private KeepingInput records(String release, String rule) {
        Aggregates.Chained chained = releases.chained(release);
        Seal head = chained.head();
        return new KeepingInput.RecordsDue(rule, chained.entries().size(), head == null ? null : head.hash());
    }
}
