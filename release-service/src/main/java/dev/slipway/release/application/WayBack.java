package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application.Kept;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Standing;
import dev.slipway.release.application.ApplicationInput.RollBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which version production goes back to, and whether it may. Whether there is still a snapshot, only production knows. */
final class WayBack {
    private final ApplicationLimits limits;

    WayBack(ApplicationLimits limits) {
        this.limits = limits;
    }

    /** Where nobody waits for the answer a refusal is told to those who heard of the incident. */
    Decision<Application> rollBack(Application state, RollBack asked, Instant now) {
        Decision<Application> decided = decided(state, asked, now);
        IncidentStatus incident = asked.incident();
        Refusal refused = decided.refusal();
        return incident == null || refused == null ? decided : notBack(state, incident, refused);
    }

    private static Decision<Application> notBack(Application state, IncidentStatus incident, Refusal refused) {
        String release = incident.release().value();
        return Decision.stay(state)
                .and(Effect.send(Message.status(
                        Topics.RELEASE_EVENTS,
                        release,
                        DeploymentTypes.INCIDENT_STATUS,
                        incident.withNotBack(refused.detail()),
                        release,
                        "not-back/" + incident.key())))
                .because("%s is not taken back by itself: %s".formatted(incident.key(), refused.detail()));
    }

    private Decision<Application> decided(Application state, RollBack asked, Instant now) {
        PolicyInForce policy = state.policy();
        if (policy == null) {
            return refuse(
                    state,
                    "unknown-application",
                    "There is no application %s with a policy. ./slipway policy apply FILE registers one."
                            .formatted(state.name()));
        }
        List<Verified> versions = state.notLeft();
        if (versions.isEmpty()) {
            return refuse(
                    state,
                    "nothing-to-roll-back",
                    "Production of %s has verified no release yet. ./slipway release list --application %s shows what is on its way."
                            .formatted(state.name(), state.name()));
        }
        Optional<Standing> busy = state.standing().stream()
                .filter(each -> state.live().contains(each.release()))
                .filter(WayBack::inProduction)
                .findFirst();
        return busy.map(standing -> busy(state, standing)).orElseGet(() -> chosen(state, asked, policy, versions, now));
    }

    private static boolean inProduction(Standing standing) {
        return switch (standing.phase()) {
            case ROLLING_OUT, BAKING, ROLLING_BACK -> true;
            case NEEDS_OPERATOR -> standing.holds() == Hold.Kind.BLOCKED;
            case PROPOSED,
                    VALIDATING,
                    AWAITING_APPROVAL,
                    STAGING,
                    CANDIDATE,
                    MERGING,
                    COMPLETED,
                    REJECTED,
                    EXPIRED,
                    ABORTED,
                    SUPERSEDED,
                    RESTORING,
                    ROLLED_BACK,
                    UNKNOWN -> false;
        };
    }

    private static Decision<Application> busy(Application state, Standing standing) {
        String remedy = switch (standing.phase()) {
            case ROLLING_BACK -> "it goes back already; wait for it, or ask again afterwards";
            case NEEDS_OPERATOR -> "deal with it first: ./slipway release show " + standing.release();
            default -> "stop that one: ./slipway release abort %s --reason WHY".formatted(standing.release());
        };
        return refuse(
                state,
                "production-busy",
                "Release %s is %s and has production: %s.".formatted(standing.release(), standing.phase(), remedy));
    }

    private Decision<Application> chosen(
            Application state, RollBack asked, PolicyInForce policy, List<Verified> versions, Instant now) {
        Verified present = versions.getLast();
        String version = asked.version();
        if (asked.from() != null && !asked.from().equals(present.version())) {
            return refuse(
                    state,
                    "moved-on",
                    "Production of %s has left %s already and is at %s."
                            .formatted(state.name(), asked.from(), present.version()));
        }
        if (version == null) {
            return versions.size() < 2
                    ? refuse(
                            state,
                            "no-earlier-version",
                            "%s is the only version that production of %s has verified; there is none before it. Release a new version, or abort what is on its way."
                                    .formatted(present.version(), state.name()))
                    : launch(state, asked, policy, present, versions.get(versions.size() - 2), now);
        }
        if (version.equals(present.version())) {
            return refuse(
                    state,
                    "already-there",
                    "Production of %s is at %s already. Others that it has verified: %s."
                            .formatted(state.name(), version, others(state, version)));
        }
        return state.verified().stream()
                .map(Kept::version)
                .filter(each -> each.version().equals(version))
                .reduce((_, later) -> later)
                .map(to -> launch(state, asked, policy, present, to, now))
                .orElseGet(() -> refuse(
                        state,
                        "no-such-version",
                        "Production of %s has not verified %s, as far as is remembered. Versions to go back to: %s."
                                .formatted(state.name(), version, others(state, present.version()))));
    }

    private static String others(Application state, String but) {
        String others = state.verified().stream()
                .map(each -> each.version().version())
                .filter(each -> !each.equals(but))
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "none" : others;
    }

    /** The releases between the two that may only go forward: what they did to data stays as it is. */
    private static List<Verified> forwardOnly(Application state, Verified to) {
        List<Kept> later = state.verified();
        for (int i = later.size() - 1; i >= 0; i--) {
            if (later.get(i).version().equals(to)) {
                later = later.subList(i + 1, later.size());
                break;
            }
        }
        return later.stream()
                .filter(each -> !each.left())
                .map(Kept::version)
                .filter(each -> each.proposal().forwardOnly() != null)
                .toList();
    }

    private static Decision<Application> behindForwardOnly(Application state, Verified to, Verified first) {
        return refuse(
                state,
                "forward-only",
                "%s may only go forward: %s Going back to %s takes users to a version that may not be able to read what it wrote, and takes a reason of its own: ./slipway app rollback %s --to %s --although-forward-only REASON. Or release a newer version."
                        .formatted(
                                first.version(),
                                Texts.sentence(String.valueOf(first.proposal().forwardOnly())),
                                to.version(),
                                state.name(),
                                to.version()));
    }

    private Decision<Application> launch(
            Application state, RollBack asked, PolicyInForce policy, Verified from, Verified to, Instant now) {
        List<Verified> left = forwardOnly(state, to);
        if (!left.isEmpty() && asked.althoughForwardOnly() == null) {
            return behindForwardOnly(state, to, left.getLast());
        }
        if (state.live().size() >= limits.releasesLiveMax()) {
            return refuse(
                    state,
                    "too-many-releases",
                    "Releases of %s on their way: %d, the limit is %d. Abort one of them first."
                            .formatted(state.name(), state.live().size(), limits.releasesLiveMax()));
        }
        Proposal proposal = to.proposal();
        long ordinal = state.ordinal() + 1;
        ReleaseId id = new ReleaseId(ReleaseId.of(proposal.application(), proposal.version()) + "~rollback-" + ordinal);
        Launch launch = new Launch(
                id,
                ordinal,
                new Proposal(proposal.application(), proposal.version(), proposal.sha(), proposal.artifacts(), null),
                asked.by(),
                policy.policy(),
                policy.hash(),
                now,
                null,
                new Launch.Rollback(from.version(), to.target(), asked.reason()),
                null,
                1,
                null,
                changes(policy, from, to),
                Verified.baseline(state.notLeft()));
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.send(Message.local(id.value(), LocalTypes.LAUNCH, launch, id.value())));
        effects.add(Answer.giving(state.name(), asked.key(), id));
        long after = ordinal;
        for (ReleaseId waiting : state.live()) {
            effects.add(Effect.send(Message.local(
                    waiting.value(), LocalTypes.HOLD, new Hold(id, Hold.Kind.HELD, ++after), waiting.value())));
        }
        Application next = ApplicationChange.of(state)
                .rollingBack(id, state.live().size())
                .answering(asked.key(), id, limits.proposalsRemembered())
                .done();
        return Decision.move(next)
                .and(effects)
                .because("back from %s to %s: %s%s"
                        .formatted(
                                from.version(),
                                to.version(),
                                asked.reason(),
                                left.isEmpty()
                                        ? ""
                                        : ", although %s may only go forward: %s"
                                                .formatted(left.getLast().version(), asked.althoughForwardOnly())));
    }

    /** How users come is the present policy's, whatever is gone back to. */
    private static List<SettingChange> changes(PolicyInForce policy, Verified from, Verified to) {
        Policy.Environments.Production production =
                policy.policy().environments().production();
        return new Configuration(to.target(), production.front(), production.whenBad())
                .changesFrom(from.configuration());
    }

    private static Decision<Application> refuse(Application state, String code, String detail) {
        return Decision.refuse(state, new Refusal(code, detail));
    }
}
