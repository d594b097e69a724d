package dev.slipway.release.application;

import dev.slipway.contracts.ConfigurationVersion;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.ApplicationInput.Propose;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a proposal is let begin, and as what. A version is used up once production got traffic of it, and not before:
 * until then it can be proposed again, as its next attempt, with the same or with other content.
 */
final class Proposing {
    private static final int SUFFIX_DIGITS = 10;
    private static final int VERSION_CHARACTERS_KEPT = 60;
    private static final Pattern ILLEGIBLE = Pattern.compile("[^0-9A-Za-z.+-]");

    private final ApplicationLimits limits;

    Proposing(ApplicationLimits limits) {
        this.limits = limits;
    }

    Decision<Application> propose(Application state, Propose propose, Instant now) {
        Proposal proposal = propose.proposal();
        String content = Content.of(proposal);
        Optional<Taken> taken = state.taken(proposal.version());
        Optional<Taken> same = taken.filter(each -> !each.isFree() && Content.isOf(proposal, each.content()));
        if (same.isPresent()) {
            ReleaseId known = release(proposal, same.get());
            return Decision.move(
                    ApplicationChange.of(state)
                            .answering(propose.key(), known, limits.proposalsRemembered())
                            .done(),
                    Answer.giving(state.name(), propose.key(), known));
        }
        Cause refusal = refusal(state, propose, taken.orElse(null));
        return refusal == null
                ? launch(state, propose, attempt(state, proposal, taken.orElse(null), content), now)
                : refuse(state, propose, content, refusal, now);
    }

    /**
     * Which attempt it is. Of a version that may have been tried and is no longer remembered the ordinal is the number, as no
     * attempt ever had a higher one: so no id comes twice.
     */
    private static Taken attempt(Application state, Proposal proposal, @Nullable Taken before, String content) {
        boolean isNew = state.isNew(SemanticVersion.require(proposal.version()));
        long number = before != null ? before.attempt() + 1 : isNew ? 1 : state.ordinal() + 1;
        ReleaseId release = ReleaseId.attempt(proposal.application(), proposal.version(), number);
        return new Taken(proposal.version(), content, release, number, Fate.ON_ITS_WAY, proposal.hotfix() != null);
    }

    private static ReleaseId release(Proposal proposal, Taken taken) {
        ReleaseId latest = taken.release();
        return latest == null ? ReleaseId.of(proposal.application(), proposal.version()) : latest;
    }

    private Decision<Application> launch(Application state, Propose propose, Taken attempt, Instant now) {
        ReleaseId id = release(propose.proposal(), attempt);
        Application next = ApplicationChange.of(state)
                .launching(id, attempt, limits.versionsRemembered())
                .answering(propose.key(), id, limits.proposalsRemembered())
                .done();
        ReleaseId blockedBy = blockedBy(state, propose.proposal());
        return Decision.move(
                next,
                launch(state, propose, new Terms(id, next.ordinal(), null, blockedBy, attempt.attempt()), now),
                Answer.giving(state.name(), propose.key(), id));
    }

    private Decision<Application> refuse(
            Application state, Propose propose, String content, Cause refusal, Instant now) {
        Proposal proposal = propose.proposal();
        ReleaseId plain = ReleaseId.of(proposal.application(), legible(proposal.version()));
        ReleaseId id = new ReleaseId(plain + "~" + content.substring(0, SUFFIX_DIGITS));
        Application next = ApplicationChange.of(state)
                .answering(propose.key(), id, limits.proposalsRemembered())
                .done();
        return Decision.move(
                        next,
                        launch(state, propose, new Terms(id, 0, refusal, null, 1), now),
                        Answer.giving(state.name(), propose.key(), id))
                .because(refusal.text());
    }

    private record Terms(
            ReleaseId id,
            long ordinal,
            @Nullable Cause refused,
            @Nullable ReleaseId blockedBy,
            long attempt) {}

    private static Effect launch(Application state, Propose propose, Terms terms, Instant now) {
        PolicyInForce policy = state.policy();
        Launch launch = new Launch(
                terms.id(),
                terms.ordinal(),
                terms.refused() == null ? inherited(state, propose.proposal()) : propose.proposal(),
                propose.publisher(),
                policy == null ? null : policy.policy(),
                policy == null ? "" : policy.hash(),
                now,
                terms.refused(),
                null,
                terms.blockedBy(),
                terms.attempt(),
                null,
                terms.refused() == null ? Configuring.changes(state) : List.of(),
                terms.refused() == null ? Verified.baseline(state.notLeft()) : null,
                terms.refused() == null ? Verified.before(policy, state.notLeft()) : null);
        String key = terms.id().value();
        return Effect.send(Message.local(key, LocalTypes.LAUNCH, launch, key));
    }

    /** What repairs a release that may only go forward stands on what that one did, and may only go forward too. */
    private static Proposal inherited(Application state, Proposal proposal) {
        return state.standing().stream()
                .filter(each -> each.release().value().equals(proposal.fixes()))
                .filter(each -> each.forwardOnly() != null && proposal.forwardOnly() == null)
                .findFirst()
                .map(each -> proposal.onlyForward(Objects.requireNonNull(each.forwardOnly())))
                .orElse(proposal);
    }

    /** Who needs an operator and holds production; not for what an operator proposes to fix it. */
    private static @Nullable ReleaseId blockedBy(Application state, Proposal proposal) {
        return state.standing().stream()
                .filter(each -> each.holds() == Hold.Kind.BLOCKED)
                .map(Application.Standing::release)
                .filter(each -> !each.value().equals(proposal.fixes()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Cause refusal(Application state, Propose propose, @Nullable Taken taken) {
        Proposal proposal = propose.proposal();
        PolicyInForce policy = state.policy();
        if (policy == null) {
            return Cause.of(
                    "no-policy",
                    "Application " + state.name() + " has no policy. Put one, then propose the release again.");
        }
        Optional<SemanticVersion> version = SemanticVersion.of(proposal.version());
        if (version.isEmpty()) {
            return new Cause(
                    "invalid-version", "The version is not SemVer 2.0.0.", proposal.version(), "MAJOR.MINOR.PATCH");
        }
        if (ConfigurationVersion.is(proposal.version())) {
            return new Cause(
                    "reserved-version",
                    "Build metadata that ends in config.N names releases of a configuration alone, which Slipway makes: ./slipway release create --config-only. Propose the artifacts under another version.",
                    proposal.version(),
                    "a version without config.N at its end");
        }
        Cause illegalTag = Tags.refusal(policy.policy(), proposal.version());
        if (illegalTag != null) {
            return illegalTag;
        }
        Cause notAllowed = forOperators(state, propose);
        if (notAllowed != null) {
            return notAllowed;
        }
        Cause undeclared = forwardOnly(policy.policy(), propose);
        if (undeclared != null) {
            return undeclared;
        }
        if (taken != null && !taken.isFree()) {
            return taken(proposal, taken);
        }
        Cause below = below(state, proposal, version.get());
        if (below != null) {
            return below;
        }
        Optional<Cause> names = ArtifactNames.cause(proposal, policy.policy());
        return names.isPresent() ? names.get() : tooMany(state);
    }

    /** Only where the policy says what is done instead of going back, and by whom it has to be said. */
    private static @Nullable Cause forwardOnly(Policy policy, Propose propose) {
        if (propose.proposal().forwardOnly() == null) {
            return null;
        }
        ForwardOnlyRule rule = policy.forwardOnly();
        if (rule == null) {
            return Cause.of(
                    "no-forward-only",
                    "The policy does not say what is done instead of going back from a release that may only go forward. Say it there, as in forwardOnly: {ask: [technical-lead]}, put the policy and propose the release again; or propose it without that.");
        }
        return rule.mayBeDeclaredBy(policy, propose.publisher())
                ? null
                : new Cause(
                        "not-yours-to-declare",
                        "By the policy %s may not say that a release may only go forward. Have somebody of %s propose it, or propose it without that."
                                .formatted(propose.publisher(), String.join(", ", rule.declaredBy())),
                        propose.publisher(),
                        String.join(", ", rule.declaredBy()));
    }

    private static @Nullable Cause forOperators(Application state, Propose propose) {
        String fixes = propose.proposal().fixes();
        if (propose.proposal().isForOperators() && !propose.operator()) {
            return Cause.of(
                    "not-an-operator",
                    "Only an operator may propose a release that fixes another, or a hotfix below what production had.");
        }
        if (fixes != null && !needsOperator(state, fixes)) {
            return Cause.of(
                    "nothing-to-fix",
                    "Release %s does not need an operator, so there is nothing to fix. Propose without it."
                            .formatted(fixes));
        }
        return null;
    }

    private static Cause taken(Proposal proposal, Taken taken) {
        String version = proposal.version();
        ReleaseId release = release(proposal, taken);
        return taken.isUsed()
                ? new Cause(
                        "version-taken",
                        "Version %s exists with another revision or other artifacts, and production had traffic of it as %s: it is used up. Propose a higher version."
                                .formatted(version, release),
                        version,
                        "another version")
                : new Cause(
                        "version-taken",
                        "Version %s exists with another revision or other artifacts: %s is on its way. Propose a higher version; or stop that one first and propose this again: ./slipway release abort %s --reason WHY"
                                .formatted(version, release, release),
                        version,
                        "another version");
    }

    /** Below what production had only an operator goes, with a reason, and never to the same version by precedence. */
    private static @Nullable Cause below(Application state, Proposal proposal, SemanticVersion version) {
        String highest = state.highest();
        if (highest == null || version.isAbove(SemanticVersion.require(highest))) {
            return null;
        }
        boolean same = version.compareTo(SemanticVersion.require(highest)) == 0;
        if (proposal.hotfix() != null && !same) {
            return null;
        }
        String remedy = same
                ? "Propose a higher version."
                : "Propose a higher version; or, where it is a hotfix, have an operator propose it with a reason: ./slipway release create %s --hotfix WHY --artifact FILE"
                        .formatted(proposal.version());
        return new Cause(
                "version-not-above",
                "Version %s is not above %s, the highest that production had traffic of. %s"
                        .formatted(proposal.version(), highest, remedy),
                proposal.version(),
                "above " + highest);
    }

    private @Nullable Cause tooMany(Application state) {
        return state.live().size() < limits.releasesLiveMax()
                ? null
                : new Cause(
                        "too-many-releases",
                        "Too many releases are on their way. Propose it again when one of them has ended.",
                        Integer.toString(state.live().size()),
                        Integer.toString(limits.releasesLiveMax()));
    }

    private static boolean needsOperator(Application state, String release) {
        return state.standing().stream()
                .anyMatch(each -> each.release().value().equals(release)
                        && (each.phase() == ReleasePhase.NEEDS_OPERATOR || each.holds() == Hold.Kind.BLOCKED));
    }

    /** A version that is no version still needs an id that fits into an address. */
    private static String legible(String version) {
        if (SemanticVersion.of(version).isPresent()) {
            return version;
        }
        String plain = ILLEGIBLE.matcher(version).replaceAll("_");
        return plain.substring(0, Math.min(plain.length(), VERSION_CHARACTERS_KEPT));
    }
}
