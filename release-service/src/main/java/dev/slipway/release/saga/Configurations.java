package dev.slipway.release.saga;

import dev.slipway.contracts.ConfigurationVersion;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.List;

/**
 * What is otherwise with a release of a configuration alone. Its revision and its artifacts are in production already: so
 * Git is not asked for the revision, gates that only it has to pass and has passed are not asked again, and nothing is merged
 * or tagged. Everything that concerns what runs is as with any release: approvals, staging, gates there and before
 * production, the proof of the way back, the steps, the judgement and the bake.
 */
final class Configurations {
    private final Entering entering;
    private final SagaLimits limits;

    Configurations(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    /** Who changed the policy has made this change, as an author of a commit has made that. */
    Dossier begun(Change change, Launch launch, Launch.Configured configured, Instant now) {
        String changedBy = configured.changedBy();
        Change proposed = change.to(new ReleaseState.Proposed(Wait.from(now, limits.readWithin())))
                .people(changedBy == null ? List.of() : List.of(changedBy), List.of());
        Cause why = Cause.of(
                "configuration-proposed",
                "Another configuration of %s was proposed: %s. Its artifacts and its revision are those of %s, so nothing is merged or tagged."
                        .formatted(
                                ConfigurationVersion.made(launch.proposal().version()),
                                SettingChange.names(launch.changes()),
                                configured.of()));
        return entering.validating(
                entering.milestone(proposed, Milestone.Kind.PROPOSED, why).done(), now);
    }

    /** At its end, after production has verified it. */
    static Cause done(Dossier d) {
        return Entering.completed("Production runs %s with this configuration. Nothing was to be merged or tagged."
                .formatted(ConfigurationVersion.made(d.release().proposal().version())));
    }

    /** What a person can do once it has ended otherwise. */
    static String again(Dossier d) {
        return "production goes on with the configuration that it has; once the policy or the secret is right: ./slipway release create --config-only --application "
                + d.id().application();
    }

    /** The verdicts that stand, because the same revision and artifacts got them. */
    static List<GateVerdict> standing(Dossier d) {
        Launch launch = d.launch();
        Launch.Configured configured = launch == null ? null : launch.configured();
        Policy policy = launch == null ? null : launch.policy();
        if (launch == null || configured == null || policy == null) {
            return List.of();
        }
        return Steps.preRelease(policy).stream()
                .filter(gate -> !Steps.isOfMerge(gate) && Steps.hasPassed(gate, configured))
                .map(gate -> verdict(gate, configured, launch.at()))
                .toList();
    }

    private static GateVerdict verdict(Gate gate, Launch.Configured configured, Instant at) {
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                GateVerdict.Verdict.PASSED,
                true,
                gate.ruleText(),
                "passed as %s, of the same revision and artifacts".formatted(configured.of()),
                "",
                null,
                null,
                at);
    }
}
