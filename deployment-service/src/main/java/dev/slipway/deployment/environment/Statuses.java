package dev.slipway.deployment.environment;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.deployment.environment.Environment.Waiting;
import dev.slipway.deployment.watch.WatchOrder;
import dev.slipway.deployment.watch.Watched.Incident;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an environment says about its rollouts. */
final class Statuses {
    private static final RolloutCause TURN = new RolloutCause(
            RolloutStatus.TURN, "Its slot is free, and its release is asked whether it is still to begin", "", "");

    private Statuses() {}

    static Effect send(RolloutStatus status) {
        String release = status.question().release().value();
        return Effect.send(Message.status(
                Topics.DEPLOYMENT_EVENTS,
                release,
                DeploymentTypes.ROLLOUT_STATUS,
                status,
                release,
                "rollout/" + status.question()));
    }

    static Effect send(WayBackStatus status) {
        String release = status.question().release().value();
        return Effect.send(Message.status(
                Topics.DEPLOYMENT_EVENTS,
                release,
                DeploymentTypes.WAY_BACK_STATUS,
                status,
                release,
                "way-back/" + status.question()));
    }

    static Effect send(IncidentStatus status) {
        String release = status.release().value();
        return Effect.send(Message.status(
                Topics.DEPLOYMENT_EVENTS,
                release,
                DeploymentTypes.INCIDENT_STATUS,
                status,
                release,
                "incident/" + status.key() + (status.over() == null ? "" : "/over"))); // each of the two is told
    }

    static IncidentStatus of(Environment environment, Snapshot version, WatchOrder.Tell tell) {
        Incident incident = tell.incident();
        return new IncidentStatus(
                environment.id(),
                version.question().release(),
                version.version(),
                incident.number(),
                incident.kind(),
                incident.begun(),
                tell.over(),
                tell.ending(),
                tell.restarts(),
                incident.why(),
                incident.goesBack(),
                version.cared().contacts(),
                incident.changes(),
                incident.goesBack() || tell.over() != null ? null : notBack(environment, version));
    }

    /** What keeps a version from going back whose policy wants that; null where nothing does. */
    private static @Nullable String notBack(Environment environment, Snapshot version) {
        Active active = environment.active();
        if (version.cared().whenBad() != WhenBad.ROLL_BACK) {
            return null;
        } else if (active != null) {
            return "release %s is on its way there, and may be the cure"
                    .formatted(active.question().release());
        }
        return environment.snapshots().size() > 1 ? null : "nothing was verified there before it";
    }

    static RolloutStatus of(Environment environment, Active active) {
        return of(environment, active, null);
    }

    /** @param answer what became of the command that is answered, or null */
    static RolloutStatus of(Environment environment, Active active, @Nullable String answer) {
        Instance there = active.instance();
        return new RolloutStatus(
                active.question(),
                environment.id(),
                phase(active.stage()),
                environment.traffic().percentOf(active.key()),
                step(active),
                active.plan().steps().size(),
                active.paused(),
                there == null ? null : there.address(),
                active.cause(),
                null,
                null,
                Metered.shown(environment, active),
                and(active.notes(), answer),
                there == null ? null : there.metrics(),
                null,
                told(active, there));
    }

    static RolloutStatus of(Environment environment, Waiting waiting) {
        return of(environment, waiting, null);
    }

    /** @param answer what became of the command that is answered, or null */
    static RolloutStatus of(Environment environment, Waiting waiting, @Nullable String answer) {
        Plan plan = waiting.plan();
        Active holder = environment.active();
        List<String> notes = holder == null ? waiting.notes() : and(waiting.notes(), heldBy(holder));
        return new RolloutStatus(
                plan.question(),
                environment.id(),
                Phase.WAITING,
                0,
                0,
                plan.steps().size(),
                waiting.held(),
                null,
                holder == null && !waiting.held() ? TURN : waiting.cause(),
                null,
                null,
                null,
                and(notes, answer));
    }

    /** Whoever waits says for what: a way back that does not succeed is not its own fault. */
    private static String heldBy(Active holder) {
        String at = holder.stage() instanceof Stage.Restoring
                ? ", which goes back"
                        + holder.notes().stream()
                                .filter(note -> note.startsWith(RolloutStatus.NOT_RESTORED))
                                .findFirst()
                                .map(note -> ": " + note)
                                .orElse("")
                : "";
        return RolloutStatus.HELD_BY + holder.question().release() + at;
    }

    /** The answer for good of the rollout that held the slot; what is verified by now has the traffic. */
    static RolloutStatus last(Environment environment, Active active, Phase phase) {
        Snapshot verified = environment.verified();
        boolean gone = phase == Phase.RESTORED && !leftForInspection(environment, active);
        Instance there = gone ? null : active.instance();
        return new RolloutStatus(
                active.question(),
                environment.id(),
                phase,
                environment.traffic().percentOf(active.key()),
                step(active),
                active.plan().steps().size(),
                false,
                there == null ? null : there.address(),
                active.cause(),
                verified == null ? null : verified.artifact().digest(),
                verified == null ? null : verified.version(),
                environment.judgementOf(active),
                active.notes(),
                there == null ? null : there.metrics(),
                null,
                told(active, there));
    }

    /** What whoever asked for the rollout wants to know of the process, to ask it as its policy says. */
    private static Map<String, String> told(Active active, @Nullable Instance there) {
        return there == null ? Map.of() : there.told(active.plan().placeholders());
    }

    /** The answer for good of a version that was verified here and is left again. */
    static RolloutStatus leaving(Environment environment, RolloutStatus answer, Leaving how) {
        Snapshot verified = environment.verified();
        return answer.leaving(
                how,
                environment.traffic().percentOf(answer.question().toString()),
                how.state() == Leaving.State.GONE ? null : answer.address(),
                verified == null ? null : verified.artifact().digest(),
                verified == null ? null : verified.version());
    }

    /** An answer about a rollout that never held the slot. */
    static RolloutStatus never(
            Environment environment, QuestionKey question, Phase phase, @Nullable RolloutCause cause, String note) {
        Snapshot verified = environment.verified();
        return new RolloutStatus(
                question,
                environment.id(),
                phase,
                0,
                0,
                0,
                false,
                null,
                cause,
                verified == null ? null : verified.artifact().digest(),
                verified == null ? null : verified.version(),
                null,
                List.of(note));
    }

    /** The bake is no share of its own: it is told as a phase after the last step. */
    private static int step(Active active) {
        return Math.min(active.stage().stepNumber(), active.plan().steps().size());
    }

    private static List<String> and(List<String> notes, @Nullable String more) {
        return more == null
                ? notes
                : Stream.concat(notes.stream(), Stream.of(more)).toList();
    }

    private static boolean leftForInspection(Environment environment, Active active) {
        return environment.retired().stream()
                .anyMatch(retired -> retired.key().equals(active.key()) && retired.stopAt() == null);
    }

    private static Phase phase(Stage stage) {
        return switch (stage) {
            case Stage.Starting _ -> Phase.STARTING;
            case Stage.WarmingUp _ -> Phase.WARMING_UP;
            case Stage.Stepping _ -> Phase.STEPPING;
            case Stage.Baking _ -> Phase.BAKING;
            case Stage.Full _ -> Phase.FULL;
            case Stage.Restoring _ -> Phase.RESTORING;
        };
    }
}
