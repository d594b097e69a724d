package dev.slipway.release.wiring;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.FeedbackGiven;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.ci.Pushed;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.notification.NotificationTypes;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.RefusedByBound;
import dev.slipway.messaging.Routes;
import dev.slipway.release.application.Answer;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.FixedBy;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.Supersede;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Which message becomes which input of which aggregate. */
final class Inboxes {
    private static final String DEPLOYMENT = "service:deployment-service";

    private Inboxes() {}

    /** @param left is told where releases are, for the record of how long they were where they were */
    static Routes local(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Consumer<Moved> left) {
        return Routes.builder()
                .on(
                        LocalTypes.LAUNCH,
                        Launch.class,
                        (inbound, launch) -> releases.submit(
                                launch.id().value(), new ReleaseInput.Launched(launch), inbound.cause()))
                .on(
                        LocalTypes.SUPERSEDE,
                        Supersede.class,
                        (inbound, supersede) -> releases.submit(
                                inbound.key(),
                                new ReleaseInput.Superseded(
                                        supersede.by(), supersede.head(), supersede.branches(), supersede.overtaken()),
                                inbound.cause()))
                .on(
                        LocalTypes.HOLD,
                        Hold.class,
                        (inbound, hold) -> releases.submit(
                                inbound.key(),
                                new ReleaseInput.HoldChanged(hold, inbound.sourceVersion()),
                                inbound.cause()))
                .on(
                        LocalTypes.FREEZES,
                        Freezes.class,
                        (inbound, freezes) -> releases.submit(
                                inbound.key(),
                                new ReleaseInput.FreezesChanged(freezes, inbound.sourceVersion()),
                                inbound.cause()))
                .on(
                        LocalTypes.FIXED_BY,
                        FixedBy.class,
                        (inbound, fixed) -> releases.submit(
                                inbound.key(),
                                new ReleaseInput.Fixed(fixed.by(), fixed.environment()),
                                inbound.cause()))
                .on(LocalTypes.MOVED, Moved.class, (inbound, moved) -> {
                    applications.submit(
                            inbound.key(),
                            new ApplicationInput.ReleaseMoved(moved, inbound.sourceVersion()),
                            inbound.cause());
                    left.accept(moved);
                })
                .build();
    }

    /** What applications have kept for good about the keys of what they were asked. */
    static Routes answers(Aggregates<Answer, Answer.Given> answers) {
        return Routes.builder()
                .on(
                        LocalTypes.ANSWER,
                        Answer.Given.class,
                        (inbound, given) -> answers.submit(inbound.key(), given, inbound.cause()))
                .build();
    }

    static Routes ci(
            Aggregates<Application, ApplicationInput> applications, Aggregates<Dossier, ReleaseInput> releases) {
        return Routes.builder()
                .on(CiTypes.TICKET_CREATED, JsonNode.class, (inbound, event) -> said(releases, inbound, event))
                .on(
                        CiTypes.ARTIFACT_PUBLISHED,
                        JsonNode.class,
                        (inbound, event) -> published(applications, inbound, event))
                .on(
                        CiTypes.RELEASE_PROPOSED,
                        Proposal.class,
                        (inbound, proposal) -> propose(applications, inbound, proposal))
                .on(CiTypes.CHANGE_MERGED, JsonNode.class, (inbound, event) -> pushed(applications, inbound, event))
                .on(CiTypes.BRANCH, JsonNode.class, (inbound, event) -> pushed(applications, inbound, event))
                .build();
    }

    /** The source branch may have moved; Git has the last word. */
    private static void pushed(
            Aggregates<Application, ApplicationInput> applications, Inbound inbound, JsonNode event) {
        JsonNode data = event.path("customData");
        if (data.has("application") && data.has("sha")) {
            Pushed pushed = MessagingJson.mapper().treeToValue(data, Pushed.class);
            applications.submit(
                    pushed.application().value(), new ApplicationInput.PushHeard(pushed.sha()), ofCi(inbound));
        }
    }

    /** What users say of a release; what cannot be taken is a dead letter, and a ticket of others is passed over. */
    private static void said(Aggregates<Dossier, ReleaseInput> releases, Inbound inbound, JsonNode event) {
        JsonNode data = event.path("customData");
        if (data.has("application") && data.has("release")) {
            FeedbackGiven given = MessagingJson.mapper().treeToValue(data, FeedbackGiven.class);
            Outcome<Dossier> outcome = releases.submit(
                    given.release().value(),
                    new ReleaseInput.GiveFeedback(
                            "ci:" + inbound.source(),
                            given.from(),
                            given.text(),
                            given.link(),
                            inbound.source() + " " + inbound.id()),
                    ofCi(inbound));
            if (outcome.refusal() != null) {
                throw new RefusedByBound(outcome.refusal().detail());
            }
        }
    }

    private static Cause ofCi(Inbound inbound) {
        return new Cause("ci:" + inbound.source(), inbound.id(), inbound.traceparent());
    }

    /** An event that says nothing to Slipway is passed over; one that does, but wrongly, is a dead letter. */
    private static void published(
            Aggregates<Application, ApplicationInput> applications, Inbound inbound, JsonNode event) {
        JsonNode data = event.path("customData");
        if (data.has("application")) {
            propose(applications, inbound, MessagingJson.mapper().treeToValue(data, Proposal.class));
        }
    }

    /** What fixes another, and a hotfix, come here only from an operator: the gateway takes them from nobody else. */
    private static void propose(
            Aggregates<Application, ApplicationInput> applications, Inbound inbound, Proposal proposal) {
        String publisher = inbound.extensions().get(CiHeaders.PUBLISHER);
        if (publisher == null || publisher.isBlank()) {
            throw new IllegalArgumentException(
                    "A proposal without a verified publisher: header ce_publisher is missing");
        }
        String key = inbound.source() + " " + inbound.id();
        applications.submit(
                proposal.application().value(),
                new ApplicationInput.Propose(
                        proposal, publisher.toLowerCase(Locale.ROOT), key, proposal.isForOperators()),
                ofCi(inbound));
    }

    static Routes statuses(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings) {
        return Routes.builder()
                .on(
                        ValidationTypes.EVIDENCE_FORGOTTEN,
                        EvidenceForgotten.class,
                        (inbound, forgotten) -> keepings.submit(
                                forgotten.question().release().value(),
                                new KeepingInput.EvidenceWent(forgotten.reports(), forgotten.at()),
                                inbound.cause()))
                .on(
                        ValidationTypes.ASSESSMENT_STATUS,
                        AssessmentStatus.class,
                        (inbound, status) -> hear(
                                releases,
                                status.question().release(),
                                new ReleaseInput.Assessed(inbound.source(), inbound.sourceVersion(), status),
                                inbound))
                .on(ValidationTypes.JUDGEMENT_STATUS, JudgementStatus.class, (inbound, status) -> {
                    // the environment acts on it; too late for that, it is still told, and what users had of it is
                    // counted
                    if (status.worse() != null || status.ended()) {
                        hear(
                                releases,
                                status.question().release(),
                                new ReleaseInput.Judged(inbound.source(), inbound.sourceVersion(), status),
                                inbound);
                    }
                })
                .on(
                        DeploymentTypes.ROLLOUT_STATUS,
                        RolloutStatus.class,
                        (inbound, status) -> hear(
                                releases,
                                status.question().release(),
                                new ReleaseInput.RolloutChanged(inbound.source(), inbound.sourceVersion(), status),
                                inbound))
                .on(
                        DeploymentTypes.WAY_BACK_STATUS,
                        WayBackStatus.class,
                        (inbound, status) -> hear(
                                releases,
                                status.question().release(),
                                new ReleaseInput.WayBackChanged(inbound.source(), inbound.sourceVersion(), status),
                                inbound))
                .on(
                        DeploymentTypes.INCIDENT_STATUS,
                        IncidentStatus.class,
                        (inbound, status) -> incident(applications, inbound, status))
                .on(
                        NotificationTypes.DELIVERY_STATUS,
                        DeliveryStatus.class,
                        (inbound, status) -> hear(
                                releases,
                                status.release(),
                                new ReleaseInput.Told(inbound.source(), inbound.sourceVersion(), status),
                                inbound))
                .build();
    }

    /** A version that is bad makes room for the one before it, once for each incident, if its policy says so. */
    private static void incident(
            Aggregates<Application, ApplicationInput> applications, Inbound inbound, IncidentStatus status) {
        if (status.environment().isProduction() && status.kind() == IncidentStatus.Kind.CHANGED) {
            applications.submit(
                    status.environment().application().value(),
                    new ApplicationInput.ChangedBehind(status.number(), status.over() != null, status.changes()),
                    inbound.cause());
        }
        if (!status.goesBack() || status.over() != null || !status.environment().isProduction()) {
            return;
        }
        String reason = "%s went bad in production, and its policy says whenBad: roll-back. %s"
                .formatted(status.version(), status.why().text());
        applications.submit(
                status.environment().application().value(),
                ApplicationInput.RollBack.ofBad(status, reason, DEPLOYMENT),
                inbound.cause());
    }

    private static void hear(
            Aggregates<Dossier, ReleaseInput> releases, ReleaseId release, ReleaseInput heard, Inbound inbound) {
        releases.submit(release.value(), heard, inbound.cause());
    }
}
