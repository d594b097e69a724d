package dev.slipway.contracts;

import static java.util.Map.entry;

import dev.slipway.contracts.ci.CheckFinished;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.FeedbackGiven;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.ci.Pushed;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RemoveEnvironment;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.letters.DeadLettersStatus;
import dev.slipway.contracts.letters.LetterTypes;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The stored JSON of every wire type with the record that reads it. For CDEvents it is the customData alone. */
final class WireSamples {
    static final Map<String, Class<? extends Record>> BODIES = Map.ofEntries(
            entry(ValidationTypes.ASSESS, Assess.class),
            entry(ValidationTypes.JUDGE, Judge.class),
            entry(ValidationTypes.STOP_JUDGING, StopJudging.class),
            entry(ValidationTypes.FORGET_EVIDENCE, ForgetEvidence.class),
            entry(ValidationTypes.EVIDENCE_FORGOTTEN, EvidenceForgotten.class),
            entry(ValidationTypes.ASSESSMENT_STATUS, AssessmentStatus.class),
            entry(ValidationTypes.JUDGEMENT_STATUS, JudgementStatus.class),
            entry(DeploymentTypes.PROVE_WAY_BACK, ProveWayBack.class),
            entry(DeploymentTypes.START_ROLLOUT, StartRollout.class),
            entry(DeploymentTypes.CONFIRM_VERIFIED, RolloutCommand.class),
            entry(DeploymentTypes.ROLL_BACK, RolloutCommand.class),
            entry(DeploymentTypes.ABORT, RolloutCommand.class),
            entry(DeploymentTypes.WITHDRAW, RolloutCommand.class),
            entry(DeploymentTypes.PAUSE, RolloutCommand.class),
            entry(DeploymentTypes.RESUME, RolloutCommand.class),
            entry(DeploymentTypes.PROMOTE, RolloutCommand.class),
            entry(DeploymentTypes.REMOVE_ENVIRONMENT, RemoveEnvironment.class),
            entry(DeploymentTypes.ROLLOUT_STATUS, RolloutStatus.class),
            entry(DeploymentTypes.WAY_BACK_STATUS, WayBackStatus.class),
            entry(DeploymentTypes.INCIDENT_STATUS, IncidentStatus.class),
            entry(ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class),
            entry(NotificationTypes.DELIVERY_STATUS, DeliveryStatus.class),
            entry(LetterTypes.DEAD_LETTERS_STATUS, DeadLettersStatus.class),
            entry(TrafficTypes.TABLE, TrafficTable.class),
            entry(TrafficTypes.SAMPLE, TrafficSample.class),
            entry(CiTypes.RELEASE_PROPOSED, Proposal.class),
            entry(CiTypes.ARTIFACT_PUBLISHED, Proposal.class),
            entry(CiTypes.PIPELINE_RUN_FINISHED, CheckFinished.class),
            entry(CiTypes.TICKET_CREATED, FeedbackGiven.class),
            entry(CiTypes.PIPELINE_RUN_STARTED, CheckFinished.class),
            entry(CiTypes.PIPELINE_RUN_QUEUED, CheckFinished.class),
            entry(CiTypes.CHANGE_MERGED, Pushed.class),
            entry(CiTypes.BRANCH, Pushed.class));

    private WireSamples() {}

    /** As a writer from before the newest fields wrote it. */
    static ObjectNode older(String type) {
        return find("/older/", type).orElseThrow(() -> new AssertionError("No older sample is stored for " + type));
    }

    static ObjectNode read(String type) {
        return find(type).orElseThrow(() -> new AssertionError("No sample is stored for " + type));
    }

    static Optional<ObjectNode> find(String type) {
        return find("/samples/", type);
    }

    private static Optional<ObjectNode> find(String folder, String type) {
        String name = type.endsWith(".") ? type : type + ".";
        try (InputStream sample = WireSamples.class.getResourceAsStream(folder + name + "json")) {
            return sample == null
                    ? Optional.empty()
                    : Optional.of((ObjectNode) WireJson.mapper().readTree(sample));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Object parse(String type, ObjectNode json) {
        return WireJson.mapper().treeToValue(json, BODIES.get(type));
    }
}
