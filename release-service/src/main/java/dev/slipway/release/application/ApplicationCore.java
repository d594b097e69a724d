package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.Cause;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/**
 * Owns versions and order. One release per version:
 *
 * <ul>
 *   <li>the same key, or the same content under the same version: the same release as before;
 *   <li>no policy, a version that is not SemVer, another content under a version that exists, a version not above the
 *       highest: a visible REJECTED of an id of its own, {@code application@version~content};
 *   <li>else a release with the next ordinal. Newest wins: every older one on its way is asked to make room, and decides
 *       by itself whether it still can.
 * </ul>
 */
public final class ApplicationCore implements Core<Application, ApplicationInput> {
    private static final int SUFFIX_DIGITS = 10;
    private static final int VERSION_CHARACTERS_KEPT = 60;
    private static final Pattern LEGIBLE = Pattern.compile("[0-9][0-9A-Za-z.+-]*");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{19,}"); // beyond what can be compared

    private final ApplicationLimits limits;

    public ApplicationCore(ApplicationLimits limits) {
        this.limits = limits;
    }

    @Override
    public Application initial(String id) {
        return Application.unheard(id);
    }

    @Override
    public Decision<Application> decide(Application state, ApplicationInput input, Instant now) {
        return switch (input) {
            case PutPolicy put -> putPolicy(state, put, now);
            case Propose propose -> propose(state, propose, now);
            case ReleaseMoved(Moved moved) ->
                moved.phase().terminal() && state.live().contains(moved.release())
                        ? Decision.move(state.without(moved.release()))
                        : Decision.stay(state);
        };
    }

    @Override
    public boolean finished(Application state) {
        return false;
    }

    private Decision<Application> putPolicy(Application state, PutPolicy put, Instant now) {
        PolicyInForce before = state.policy();
        if (before != null && before.hash().equals(put.hash())) {
            return Decision.stay(state);
        }
        PolicyInForce next = new PolicyInForce(put.policy(), put.hash(), put.by(), now);
        return Decision.move(state.withPolicy(next, limits.policiesRemembered()));
    }

    private Decision<Application> propose(Application state, Propose propose, Instant now) {
        if (state.answerTo(propose.key()).isPresent()) {
            return Decision.stay(state);
        }
        Proposal proposal = propose.proposal();
        Taken version = new Taken(proposal.version(), Content.of(proposal));
        ReleaseId id = ReleaseId.of(proposal.application(), legible(proposal.version()));
        if (state.taken(proposal.version()).filter(version::equals).isPresent()) {
            return Decision.move(state.answering(propose.key(), id, limits.proposalsRemembered()));
        }
        Cause refusal = refusal(state, propose);
        return refusal == null
                ? launch(state, propose, id, version, now)
                : refuse(
                        state,
                        propose,
                        new ReleaseId(id + "~" + version.content().substring(0, SUFFIX_DIGITS)),
                        refusal,
                        now);
    }

    private Decision<Application> launch(Application state, Propose propose, ReleaseId id, Taken version, Instant now) {
        Application next = state.launching(id, version, limits.versionsRemembered())
                .answering(propose.key(), id, limits.proposalsRemembered());
        List<Effect> effects = new ArrayList<>();
        effects.add(launch(new LaunchDraft(state, propose, id, next.ordinal(), null), now));
        state.live().forEach(older -> effects.add(local(older, LocalTypes.SUPERSEDE, new Supersede(id))));
        return Decision.move(next).and(effects);
    }

    private Decision<Application> refuse(Application state, Propose propose, ReleaseId id, Cause refusal, Instant now) {
        return Decision.move(
                        state.answering(propose.key(), id, limits.proposalsRemembered()),
                        launch(new LaunchDraft(state, propose, id, 0, refusal), now))
                .because(refusal.text());
    }

    private record LaunchDraft(
            Application state,
            Propose propose,
            ReleaseId id,
            long ordinal,
            @Nullable Cause refused) {}

    private static Effect launch(LaunchDraft draft, Instant now) {
        PolicyInForce policy = draft.state().policy();
        return local(
                draft.id(),
                LocalTypes.LAUNCH,
                new Launch(
                        draft.id(),
                        draft.ordinal(),
                        draft.propose().proposal(),
                        draft.propose().publisher(),
                        policy == null ? null : policy.policy(),
                        policy == null ? "" : policy.hash(),
                        now,
                        draft.refused()));
    }

    private static Effect local(ReleaseId release, String type, Object body) {
        return Effect.send(Message.local(release.value(), type, body, release.value()));
    }

    private @Nullable Cause refusal(Application state, Propose propose) {
        String version = propose.proposal().version();
        if (state.policy() == null) {
            return Cause.of(
                    "no-policy",
                    "Application " + state.name() + " has no policy. Put one, then propose the release again.");
        }
        if (!legalVersion(version)) {
            return new Cause("invalid-version", "The version is not SemVer 2.0.0.", version, "MAJOR.MINOR.PATCH");
        }
        if (propose.proposal().fixes() != null && !propose.operator()) {
            return Cause.of("not-an-operator", "Only an operator may propose a release that fixes another.");
        }
        if (state.taken(version).isPresent()) {
            return new Cause(
                    "version-taken",
                    "Version " + version
                            + " exists with another revision or other artifacts. Propose a higher version.",
                    version,
                    "above " + state.highest());
        }
        String highest = state.highest();
        if (highest != null && !new Semver(version).isGreaterThan(new Semver(highest))) {
            return new Cause(
                    "version-not-above",
                    "Version " + version + " is not above " + highest + ". Propose a higher version.",
                    version,
                    "above " + highest);
        }
        if (state.live().size() >= limits.releasesLiveMax()) {
            return new Cause(
                    "too-many-releases",
                    "Too many releases are on their way. Propose it again when one of them has ended.",
                    Integer.toString(state.live().size()),
                    Integer.toString(limits.releasesLiveMax()));
        }
        return null;
    }

    /** SemVer without the freedoms of the library, which also takes {@code v1.0.0} and spaces around it. */
    public static boolean legalVersion(String version) {
        return LEGIBLE.matcher(version).matches()
                && Semver.isValid(version)
                && new Semver(version)
                        .getPreRelease().stream()
                                .noneMatch(part -> LONG_NUMBER.matcher(part).matches());
    }

    /** A version that is no version still needs an id that fits into an address. */
    private static String legible(String version) {
        if (legalVersion(version)) {
            return version;
        }
        String plain = version.replaceAll("[^0-9A-Za-z.+-]", "_");
        return plain.substring(0, Math.min(plain.length(), VERSION_CHARACTERS_KEPT));
    }
}
