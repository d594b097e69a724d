package dev.slipway.release.wiring;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.MessagingJson;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stands in for validation, deployment and notification: answers every question, and the same one the same way. */
final class Peers {
    static final Digest OLD = new Digest("sha256:" + "0".repeat(64));

    /** What the next versions are like. */
    enum Fate {
        GOOD,
        WORSE,
        FAILS_ITS_GATE
    }

    /** A record to send. */
    record Answer(String topic, String key, String type, Object body, String source, long version) {}

    private final Map<String, Phase> rollouts = new HashMap<>();
    private final Map<String, Digest> digests = new HashMap<>();
    private final Set<String> verified = new HashSet<>();
    private Fate fate = Fate.GOOD;
    private long version;

    void fate(Fate next) {
        fate = next;
    }

    List<Answer> answer(String type, byte[] body) {
        return switch (type) {
            case ValidationTypes.ASSESS -> List.of(assessed(read(body, Assess.class)));
            case DeploymentTypes.START_ROLLOUT -> started(read(body, StartRollout.class));
            case DeploymentTypes.CONFIRM_VERIFIED -> commanded(read(body, RolloutCommand.class), Phase.VERIFIED);
            case DeploymentTypes.ROLL_BACK -> rolledBack(read(body, RolloutCommand.class));
            case DeploymentTypes.ABORT -> commanded(read(body, RolloutCommand.class), Phase.RESTORED);
            case DeploymentTypes.PROVE_WAY_BACK -> List.of(wayBack(read(body, ProveWayBack.class)));
            case ReleaseTypes.RELEASE_STATUS -> told(read(body, ReleaseStatus.class));
            default -> List.of();
        };
    }

    private static <T> T read(byte[] body, Class<T> type) {
        return MessagingJson.mapper().readValue(body, type);
    }

    private Answer assessed(Assess assess) {
        boolean fails = fate == Fate.FAILS_ITS_GATE;
        List<GateVerdict> verdicts = assess.gates().stream()
                .map(gate -> new GateVerdict(
                        gate.id(),
                        gate.guide(),
                        gate.stage(),
                        fails ? GateVerdict.Verdict.FAILED : GateVerdict.Verdict.PASSED,
                        true,
                        gate.ruleText(),
                        "tests.failed 3",
                        "3 tests failed",
                        "r".repeat(64),
                        null,
                        Instant.parse("2026-01-05T10:00:00Z")))
                .toList();
        AssessmentStatus status = new AssessmentStatus(
                assess.question(), fails ? AssessmentStatus.Outcome.FAILED : AssessmentStatus.Outcome.PASSED, verdicts);
        return new Answer(
                Topics.VALIDATION_RESULTS,
                assess.question().release().value(),
                ValidationTypes.ASSESSMENT_STATUS,
                status,
                "validation-service/assessment/" + assess.question(),
                1);
    }

    private List<Answer> started(StartRollout start) {
        String question = start.question().toString();
        digests.put(question, start.artifact().digest());
        Phase known = rollouts.get(question);
        if (known != null) {
            Phase now = known == Phase.BAKING ? Phase.FULL : known; // by then it has seen enough
            return List.of(status(start.question(), start.environment(), now));
        }
        if (!start.environment().isProduction()) {
            return phases(start, Phase.STARTING, Phase.FULL);
        }
        return fate == Fate.WORSE
                ? phases(start, Phase.STARTING, Phase.STEPPING, Phase.RESTORING, Phase.RESTORED)
                : phases(start, Phase.STARTING, Phase.STEPPING, Phase.BAKING);
    }

    private List<Answer> phases(StartRollout start, Phase... phases) {
        return Stream.of(phases)
                .map(phase -> status(start.question(), start.environment(), phase))
                .toList();
    }

    private List<Answer> commanded(RolloutCommand command, Phase phase) {
        Phase known = rollouts.getOrDefault(command.question().toString(), Phase.WAITING);
        boolean answered = known == Phase.VERIFIED || known == Phase.RESTORED;
        return List.of(status(command.question(), command.environment(), answered ? known : phase));
    }

    private Answer status(QuestionKey question, EnvironmentId environment, Phase phase) {
        rollouts.put(question.toString(), phase);
        if (phase == Phase.VERIFIED) {
            verified.add(environment.toString());
        }
        boolean bad = phase == Phase.RESTORING || phase == Phase.RESTORED;
        boolean full = phase == Phase.BAKING || phase == Phase.FULL || phase == Phase.VERIFIED;
        Digest running = bad ? OLD : full ? digests.get(question.toString()) : null;
        RolloutStatus status = new RolloutStatus(
                question,
                environment,
                phase,
                full ? 100 : phase == Phase.STEPPING ? 10 : 0,
                phase == Phase.STEPPING ? 1 : full ? 4 : 0,
                4,
                false,
                URI.create("http://127.0.0.1:1"),
                bad ? new RolloutCause("worse", "The canary fails more often than the baseline.", "30 %", "1 %") : null,
                running,
                bad ? "0.9.0" : null,
                null,
                List.of());
        return new Answer(
                Topics.DEPLOYMENT_EVENTS,
                question.release().value(),
                DeploymentTypes.ROLLOUT_STATUS,
                status,
                "deployment-service/environment/" + environment,
                ++version);
    }

    private List<Answer> rolledBack(RolloutCommand command) {
        boolean left = !command.environment().isProduction()
                && rollouts.get(command.question().toString()) == Phase.VERIFIED;
        return left ? List.of(left(command)) : commanded(command, Phase.RESTORED);
    }

    /** Staging goes back from what it has verified. */
    private Answer left(RolloutCommand command) {
        Answer verified = status(command.question(), command.environment(), Phase.VERIFIED);
        Leaving leaving = new Leaving(
                Leaving.State.GONE,
                "0.9.0",
                "went back to 0.9.0 of " + command.question().release().application() + "@0.9.0",
                Instant.parse("2026-01-05T10:00:00Z"),
                command.reason(),
                command.actor(),
                1);
        return new Answer(
                verified.topic(),
                verified.key(),
                verified.type(),
                ((RolloutStatus) verified.body()).leaving(leaving, 0, null, OLD, "0.9.0"),
                verified.source(),
                verified.version());
    }

    /** Production finds the release worse and goes back from it. */
    List<Answer> worse(String release) {
        QuestionKey question = QuestionKey.parse(release + "/production/1");
        EnvironmentId production = new EnvironmentId(question.release().application(), EnvironmentId.PRODUCTION);
        return List.of(status(question, production, Phase.RESTORING), status(question, production, Phase.RESTORED));
    }

    private Answer wayBack(ProveWayBack prove) {
        boolean first = !verified.contains(prove.environment().toString());
        return new Answer(
                Topics.DEPLOYMENT_EVENTS,
                prove.question().release().value(),
                DeploymentTypes.WAY_BACK_STATUS,
                new WayBackStatus(
                        prove.question(),
                        prove.environment(),
                        true,
                        first ? "first-release" : "snapshot",
                        first ? null : OLD,
                        first ? null : "0.9.0",
                        "looked"),
                "deployment-service/environment/" + prove.environment(),
                ++version);
    }

    private static List<Answer> told(ReleaseStatus status) {
        List<Answer> answers = new ArrayList<>();
        for (Policy.Contact contact : status.contacts()) {
            add(answers, status, contact, Channel.SLACK, contact.slack());
            add(answers, status, contact, Channel.EMAIL, contact.email());
        }
        return answers;
    }

    private static void add(
            List<Answer> answers,
            ReleaseStatus status,
            Policy.Contact contact,
            Channel channel,
            @Nullable String address) {
        if (address != null) {
            int last = status.milestones().getLast().index();
            answers.add(new Answer(
                    Topics.NOTIFICATION_EVENTS,
                    status.release().value(),
                    NotificationTypes.DELIVERY_STATUS,
                    new DeliveryStatus(status.release(), contact.name(), channel, address, last, last, 0),
                    "notification-service/conversation/" + status.release() + "/" + address,
                    last));
        }
    }
}
