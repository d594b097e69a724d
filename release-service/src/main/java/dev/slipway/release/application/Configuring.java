package dev.slipway.release.application;

import dev.slipway.contracts.ConfigurationVersion;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.Cause;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application.Behind;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.ApplicationInput.ChangedBehind;
import dev.slipway.release.application.ApplicationInput.Configure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the configuration alone is released: what production runs, with what the policy says now and with the secrets of
 * now. It is a release with a version of its own, which says whose artifacts it takes.
 */
final class Configuring {
    private final ApplicationLimits limits;

    Configuring(ApplicationLimits limits) {
        this.limits = limits;
    }

    Decision<Application> configure(Application state, Configure asked, Instant now) {
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
                    "nothing-in-production",
                    "Production of %s runs nothing that was verified, and a configuration needs a version: ./slipway release create VERSION --artifact FILE releases one with it."
                            .formatted(state.name()));
        }
        if (!state.live().isEmpty()) {
            ReleaseId live = state.live().getFirst();
            return refuse(
                    state,
                    "release-under-way",
                    "Release %s is on its way. Wait for its end, or stop it: ./slipway release abort %s --reason WHY"
                            .formatted(live, live));
        }
        return differing(state, asked, policy, versions.getLast(), now);
    }

    private Decision<Application> differing(
            Application state, Configure asked, PolicyInForce policy, Verified present, Instant now) {
        List<SettingChange> settings = settings(policy, present);
        List<SettingChange> changes = with(settings, state.behind());
        if (changes.isEmpty()) {
            return refuse(
                    state,
                    "nothing-differs",
                    "Production of %s runs %s with the configuration of the present policy, and neither its secrets nor its artifacts are known to have been changed since it was started. ./slipway policy apply FILE changes the policy; a changed secret is seen a few seconds later. What the policy says of staging alone changes nothing in production: staging takes it with the next release of a version."
                            .formatted(state.name(), present.version()));
        }
        String version = ConfigurationVersion.of(present.version(), state.ordinal() + 1);
        if (version.length() > Proposal.VERSION_CHARACTERS_MAX) {
            return refuse(
                    state,
                    "version-too-long",
                    "The release would be called %s, and a version has at most %d characters."
                            .formatted(version, Proposal.VERSION_CHARACTERS_MAX));
        }
        Proposal of = present.proposal();
        Proposal proposal = new Proposal(of.application(), version, of.sha(), of.artifacts(), null);
        Optional<Cause> names = ArtifactNames.cause(proposal, policy.policy());
        if (names.isPresent()) {
            return refuse(state, names.get().kind(), names.get().text());
        }
        String changedBy = settings.isEmpty() ? null : policy.by();
        return launch(
                state,
                asked,
                policy,
                proposal,
                new Launch.Configured(present.release(), changedBy, present.passed()),
                changes,
                now);
    }

    private Decision<Application> launch(
            Application state,
            Configure asked,
            PolicyInForce policy,
            Proposal proposal,
            Launch.Configured configured,
            List<SettingChange> changes,
            Instant now) {
        ReleaseId id = ReleaseId.of(proposal.application(), proposal.version());
        Taken taken = new Taken(proposal.version(), Content.of(proposal), id, 1, Fate.ON_ITS_WAY, false);
        Application next = ApplicationChange.of(state)
                .launching(id, taken, limits.versionsRemembered())
                .answering(asked.key(), id, limits.proposalsRemembered())
                .done();
        Launch launch = new Launch(
                id,
                next.ordinal(),
                proposal,
                asked.by(),
                policy.policy(),
                policy.hash(),
                now,
                null,
                null,
                null,
                1,
                configured,
                changes,
                Verified.baseline(state.notLeft()),
                Verified.before(policy, state.notLeft()));
        return Decision.move(
                        next,
                        Effect.send(Message.local(id.value(), LocalTypes.LAUNCH, launch, id.value())),
                        Answer.giving(state.name(), asked.key(), id))
                .because("another configuration of %s: %s".formatted(configured.of(), SettingChange.names(changes)));
    }

    /** What production was started with, compared with what the policy says now; nothing where production runs nothing. */
    static List<SettingChange> changes(@Nullable PolicyInForce policy, List<Verified> versions) {
        return policy == null || versions.isEmpty() ? List.of() : settings(policy, versions.getLast());
    }

    /**
     * The same with what is known to have been changed since production was started: its secrets and artifacts. Nothing where
     * production runs nothing.
     */
    static List<SettingChange> changes(Application state) {
        List<Verified> versions = state.notLeft();
        return versions.isEmpty() ? List.of() : with(changes(state.policy(), versions), state.behind());
    }

    private static List<SettingChange> with(List<SettingChange> settings, @Nullable Behind behind) {
        List<SettingChange> changes = new ArrayList<>(settings);
        if (behind != null) {
            changes.addAll(behind.changes());
        }
        return changes;
    }

    private static List<SettingChange> settings(PolicyInForce policy, Verified present) {
        return Configuration.of(policy.policy().environments().production()).changesFrom(present.configuration());
    }

    /** An incident is told twice, perhaps each of it several times: the highest number counts, and its end for good. */
    static Decision<Application> changedBehind(Application state, ChangedBehind changed) {
        Behind known = state.behind();
        boolean old = known != null
                && (changed.number() < known.number() || (changed.number() == known.number() && known.over()));
        Behind next = new Behind(changed.number(), changed.over(), changed.over() ? List.of() : changed.changes());
        return old || next.equals(known)
                ? Decision.stay(state)
                : Decision.move(ApplicationChange.of(state).behind(next).done());
    }

    private static Decision<Application> refuse(Application state, String code, String detail) {
        return Decision.refuse(state, new Refusal(code, detail));
    }
}
