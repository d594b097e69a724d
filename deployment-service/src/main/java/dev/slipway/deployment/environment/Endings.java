package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What becomes of snapshots, traffic and processes when a rollout ends. */
final class Endings {
    private Endings() {}

    /** The new version is what a rollback restores from now on; what served before is stopped after its last requests. */
    static Environment verified(Environment environment, Active active, Rhythm rhythm, Instant now) {
        Plan plan = active.plan();
        Snapshot snapshot = new Snapshot(
                plan.question(),
                plan.version(),
                plan.artifact(),
                plan.target(),
                plan.startWithin(),
                Objects.requireNonNull(active.instance()),
                now,
                plan.front(),
                plan.care(),
                plan.sha(),
                plan.others(),
                plan.configuration());
        List<Snapshot> all = new ArrayList<>(environment.snapshots());
        all.removeIf(known -> known.isOf(plan)); // gone back to
        all.addFirst(snapshot);
        Environment next = environment
                .withSnapshots(all.subList(0, Math.min(all.size(), rhythm.snapshotsKept())))
                .withTraffic(environment.traffic().only(snapshot));
        Snapshot before = environment.verified();
        return before == null ? next : next.retiring(new Retired(before.key(), now.plus(rhythm.drain())));
    }

    /**
     * The new version gets no request any more and is stopped. Where there is nothing to go back to it is left for
     * inspection, if it ever ran; not if a person aborted it.
     */
    static Environment withoutTraffic(
            Environment environment, Active active, RolloutCause cause, Rhythm rhythm, Instant now) {
        boolean served = environment.traffic().serves(active.key());
        boolean inspect = active.instance() != null
                && environment.verified() == null
                && !cause.kind().equals("aborted");
        Instant stopAt = served ? now.plus(rhythm.drain()) : now;
        boolean split = environment.traffic().isSplit(); // also by one whose place it took
        Environment next = environment.withTraffic(
                split
                        ? environment.traffic().only(environment.verified())
                        : environment.traffic().watched(Traffic.Watch.NONE));
        return Holding.relieved(next, now.plus(rhythm.drain()))
                .retiring(new Retired(active.key(), inspect ? null : stopAt));
    }

    /** Another kept version takes the place of the one that serves, which leaves the snapshots. */
    static Environment replaced(Environment environment, Snapshot by, Rhythm rhythm, Instant now) {
        Snapshot left = environment.snapshots().getFirst();
        List<Snapshot> rest = new ArrayList<>();
        rest.add(by);
        environment.snapshots().stream()
                .skip(1)
                .filter(kept -> !kept.question().equals(by.question()))
                .forEach(rest::add);
        return environment
                .withSnapshots(rest)
                .withTraffic(environment.traffic().only(by))
                .withRetired(environment.retired().stream()
                        .filter(retired -> !retired.key().equals(by.key())) // it is wanted again
                        .toList())
                .retiring(new Retired(left.key(), now.plus(rhythm.drain())));
    }

    static Active goingBack(Active active, RolloutCause cause, Instant now) {
        return new Active(
                active.plan(),
                new Stage.Restoring(active.stage().stepNumber(), 1),
                active.instance(),
                false,
                cause,
                null,
                active.notes(),
                now,
                null);
    }

    /** A verified version runs somewhere else now. */
    static Environment moved(Environment environment, Snapshot to) {
        List<Snapshot> all = new ArrayList<>(environment.snapshots());
        all.set(0, to);
        return environment.withSnapshots(all).withTraffic(environment.traffic().back(to.key(), to.instance()));
    }
}
