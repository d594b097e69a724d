package dev.slipway.deployment.environment;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.Leaving.State;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.deployment.environment.EnvironmentInput.RollBackAsked;
import dev.slipway.messaging.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Staging leaves a version that it has verified, as its release did not complete, and goes back to what production runs
 * (ADR 32). It is no rollout: nothing holds the slot for it, and a newer release that comes meanwhile is not disturbed.
 * How far it is stands in the answer for good of the rollout, which stays VERIFIED.
 *
 * <pre>
 * the version          asked RollBack     comes of it
 * serves no more       GONE               it leaves the snapshots, so that nothing goes back to it
 * a rollout is active  WAITING            asked again, it goes on from here
 * is production's      STAYS              another release brought the same files to production
 * nothing before it    STAYS              there is nothing to go back to
 * else                 GOING              the version before is started
 *
 * GOING                Restored           GONE: that has the traffic, and the version is stopped after its last requests
 * GOING                RestoreFailed      GOING: the next attempt; after the last one STAYS
 * GOING, overtaken     either             WAITING, or GONE if another version was verified: what was started is stopped
 * GONE, STAYS          RollBack           the same, for good
 * </pre>
 */
final class Departing {
    private static final String LEAVE = "leave/";
    private static final String FOR = ">";

    private final Rhythm rhythm;

    Departing(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    /** Whether this is about a version that staging verified, and may leave again. */
    static Optional<RolloutStatus> left(Environment environment, EnvironmentInput.RolloutAsked asked) {
        return environment.id().isProduction() || !(asked instanceof RollBackAsked)
                ? Optional.empty()
                : environment.answerTo(asked.question()).filter(status -> status.phase() == Phase.VERIFIED);
    }

    Decision<Environment> asked(Environment environment, RolloutStatus answer, RollBackAsked asked, Instant now) {
        Leaving known = answer.leaving();
        if (known != null && known.settled()) {
            return Decision.move(environment, Statuses.send(answer));
        }
        Leaving said = new Leaving(State.WAITING, null, "", now, asked.reason(), asked.actor(), 0);
        return known != null && known.state() == State.GOING && serves(environment, answer)
                ? Decision.move(environment, Statuses.send(answer)) // its outcome comes
                : next(environment, answer, known == null ? said : known, asked.production(), now);
    }

    private Decision<Environment> next(
            Environment environment, RolloutStatus answer, Leaving said, @Nullable Digest production, Instant now) {
        if (!serves(environment, answer) || environment.active() != null) {
            return overtaken(environment, answer, said, now);
        }
        Snapshot own = environment.snapshots().getFirst();
        Snapshot to = before(environment, production);
        if (own.artifact().digest().equals(production) && !isOf(to, production)) {
            String same = "keeps %s, which is made of the same file that production runs".formatted(own.version());
            return say(environment, answer, as(said, State.STAYS, null, same, now));
        }
        if (to == null) {
            String first =
                    "keeps %s: nothing that it could go back to was verified there before".formatted(own.version());
            return say(environment, answer, as(said, State.STAYS, null, first, now));
        }
        String instead =
                production == null || isOf(to, production) ? "" : ", as it keeps no snapshot of what production runs";
        String text = "goes back to " + to.version() + instead + ", which is being started";
        return say(environment, answer, tried(as(said, State.GOING, to.version(), text, now)))
                .and(Orders.fallBack(id(own, to), to))
                .because(own.version() + " is left: " + said.reason());
    }

    /** What production runs, if it is kept; else what was verified last before. */
    private static @Nullable Snapshot before(Environment environment, @Nullable Digest production) {
        List<Snapshot> others =
                environment.snapshots().subList(1, environment.snapshots().size());
        return others.stream()
                .filter(kept -> isOf(kept, production))
                .findFirst()
                .orElse(others.isEmpty() ? null : others.getFirst());
    }

    private static boolean isOf(@Nullable Snapshot kept, @Nullable Digest production) {
        return kept != null && kept.artifact().digest().equals(production);
    }

    /** Another release is being tried, which is not disturbed, or has been verified, so that there is nothing to leave. */
    private static Decision<Environment> overtaken(
            Environment environment, RolloutStatus answer, Leaving said, Instant now) {
        if (serves(environment, answer)) {
            Active active = environment.active();
            String other = active == null
                    ? "a newer release"
                    : active.question().release().value();
            String text =
                    "goes back to what production runs once %s, which is being tried there, has ended".formatted(other);
            return say(environment, answer, as(said, State.WAITING, null, text, now));
        }
        Snapshot verified = environment.verified();
        String text = verified == null
                ? "runs nothing any more"
                : "runs %s of %s by now"
                        .formatted(verified.version(), verified.question().release());
        Environment without = environment.withSnapshots(environment.snapshots().stream()
                .filter(kept -> !kept.question().equals(answer.question()))
                .toList());
        String version = verified == null ? null : verified.version();
        return say(without, answer, as(said, State.GONE, version, text, now));
    }

    static boolean isDeparture(String rollout) {
        return rollout.startsWith(LEAVE);
    }

    /** The version before runs: it takes the place of the one that is left, unless something else has happened since. */
    Decision<Environment> restored(Environment environment, EnvironmentInput.Restored restored, Instant now) {
        Snapshot to = to(environment, restored.rollout());
        RolloutStatus answer = answer(environment, restored.rollout());
        Leaving said = answer == null ? null : answer.leaving();
        if (answer == null || said == null || said.settled()) {
            return unwanted(environment, restored.rollout(), now);
        }
        if (to == null || !serves(environment, answer) || environment.active() != null) {
            Decision<Environment> stopped = unwanted(environment, restored.rollout(), now);
            return Sequence.then(stopped, overtaken(stopped.state(), answer, said, now));
        }
        Snapshot own = environment.snapshots().getFirst();
        Environment next = Endings.replaced(environment, to.at(restored.instance()), rhythm, now);
        String text =
                "went back to %s of %s".formatted(to.version(), to.question().release());
        return say(next, answer, as(said, State.GONE, to.version(), text, now))
                .and(Orders.table(next, now), Orders.dropStart(own.key()))
                .and(Drain.timerWithDue(next, now))
                .because(own.version() + " is left, and " + to.version() + " is back");
    }

    /** It is tried again a few times, then it stays as it is and says so. */
    Decision<Environment> failed(Environment environment, EnvironmentInput.RestoreFailed failed, Instant now) {
        RolloutStatus answer = answer(environment, failed.rollout());
        Leaving said = answer == null ? null : answer.leaving();
        if (answer == null || said == null || said.settled()) {
            return Decision.stay(environment);
        }
        Snapshot to = to(environment, failed.rollout());
        if (to == null || !serves(environment, answer) || environment.active() != null) {
            return overtaken(environment, answer, said, now);
        }
        Snapshot own = environment.snapshots().getFirst();
        if (said.attempts() < rhythm.restoreAttemptsMax()) {
            String text = "goes back to %s, which did not come up yet: %s".formatted(to.version(), failed.text());
            return say(environment, answer, tried(as(said, State.GOING, to.version(), text, now)))
                    .and(Orders.fallBack(failed.rollout(), to));
        }
        String text = "keeps %s: %s did not come up there in %d attempts, the last time: %s"
                .formatted(own.version(), to.version(), said.attempts(), failed.text());
        return say(environment, answer, as(said, State.STAYS, null, text, now)).because(text);
    }

    /** Started for nothing: it is stopped, unless it is what serves by now. */
    private static Decision<Environment> unwanted(Environment environment, String rollout, Instant now) {
        String key = rollout.substring(rollout.indexOf(FOR) + FOR.length());
        Snapshot verified = environment.verified();
        if (verified != null && verified.key().equals(key)) {
            return Decision.stay(environment);
        }
        Environment next = environment.retiring(new Retired(key, now));
        return Decision.move(next).and(Drain.timerWithDue(next, now));
    }

    private static boolean serves(Environment environment, RolloutStatus answer) {
        Snapshot verified = environment.verified();
        return verified != null && verified.question().equals(answer.question());
    }

    private static String id(Snapshot own, Snapshot to) {
        return LEAVE + own.key() + FOR + to.key();
    }

    private static @Nullable Snapshot to(Environment environment, String rollout) {
        return environment.snapshots().stream()
                .filter(kept -> rollout.endsWith(FOR + kept.key()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable RolloutStatus answer(Environment environment, String rollout) {
        return environment.answers().stream()
                .map(Answer::status)
                .filter(status -> rollout.startsWith(LEAVE + status.question() + FOR))
                .findFirst()
                .orElse(null);
    }

    private static Leaving as(Leaving said, State state, @Nullable String toVersion, String text, Instant now) {
        return new Leaving(state, toVersion, text, now, said.reason(), said.actor(), said.attempts());
    }

    private static Leaving tried(Leaving said) {
        return new Leaving(
                said.state(),
                said.toVersion(),
                said.text(),
                said.at(),
                said.reason(),
                said.actor(),
                said.attempts() + 1);
    }

    /** On record in the answer, and told; unchanged where nothing but the time has passed. */
    private static Decision<Environment> say(Environment environment, RolloutStatus answer, Leaving how) {
        Leaving known = answer.leaving();
        boolean same = known != null
                && known.state() == how.state()
                && known.text().equals(how.text())
                && known.attempts() == how.attempts();
        if (same) {
            return Decision.move(environment, Statuses.send(answer));
        }
        RolloutStatus next = Statuses.leaving(environment, answer, how);
        return Decision.move(Memory.replacing(environment, next), Statuses.send(next));
    }
}
