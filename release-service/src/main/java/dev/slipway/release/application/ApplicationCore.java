package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PushHeard;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.RollBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/**
 * Owns versions and order. One release per version, each with the next ordinal; newest wins: every older one on its way is
 * asked to make room, and decides by itself whether it still can. A refused proposal is a visible REJECTED of an id of its
 * own, {@code application@version~content}; a refused rollback is answered to who asked. What happens to one release
 * holds the others back from production, or lets them go on.
 *
 * <p>Every situation with every input; a test holds this list against the code. The same key again, and the same content
 * under the same version, are the same release as before.
 *
 * <pre>
 * NO POLICY
 *   recorded                           PutPolicy, the same; PutPolicy, another
 *   rejected no-policy                 Propose above the last; Propose below the last; Propose known content; Propose
 *                                      other content; Propose no version; Propose several artifacts; Propose a fix as
 *                                      operator; Propose a fix as another
 *   refused unknown-application        RollBack; RollBack to the present; RollBack to what never was
 *   nothing                            PushHeard; HeadSeen as pushed; HeadSeen elsewhere; ReleaseMoved on;
 *                                      ReleaseMoved back; ReleaseMoved to an end; ReleaseMoved of another
 * NO RELEASE YET
 *   nothing                            PutPolicy, the same; PushHeard; HeadSeen as pushed; HeadSeen elsewhere;
 *                                      ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end; ReleaseMoved of
 *                                      another
 *   recorded                           PutPolicy, another
 *   launched                           Propose above the last; Propose below the last; Propose known content; Propose
 *                                      other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   refused nothing-to-roll-back       RollBack; RollBack to the present; RollBack to what never was
 * TWO COMPLETED, none on its way
 *   nothing                            PutPolicy, the same; Propose known content; PushHeard; HeadSeen as pushed;
 *                                      HeadSeen elsewhere; ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an
 *                                      end; ReleaseMoved of another
 *   recorded                           PutPolicy, another
 *   launched                           Propose above the last
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   rollback launched                  RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 * ONE ON ITS WAY, before production
 *   nothing                            PutPolicy, the same; Propose known content; HeadSeen as pushed; HeadSeen
 *                                      elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end
 *   launched, others superseded        Propose above the last
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   rollback launched, others HELD     RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   look-at-branch                     PushHeard
 * ONE IN PRODUCTION
 *   nothing                            PutPolicy, the same; Propose known content; HeadSeen as pushed; HeadSeen
 *                                      elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end
 *   launched, others superseded        Propose above the last
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   refused production-busy            RollBack; RollBack to the present; RollBack to what never was
 *   look-at-branch                     PushHeard
 * ONE NEEDS AN OPERATOR, another on its way
 *   nothing                            PutPolicy, the same; Propose known content; HeadSeen as pushed; HeadSeen
 *                                      elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another
 *   launched, blocked, others superseded Propose above the last
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   launched, others superseded        Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   refused production-busy            RollBack; RollBack to the present; RollBack to what never was
 *   look-at-branch                     PushHeard
 *   others LIFTED                      ReleaseMoved on; ReleaseMoved to an end
 *   others HELD                        ReleaseMoved back
 * A PUSH IS LOOKED AT
 *   nothing                            PutPolicy, the same; Propose known content; PushHeard; ReleaseMoved of another
 *   recorded                           PutPolicy, another; HeadSeen elsewhere; ReleaseMoved on; ReleaseMoved back;
 *                                      ReleaseMoved to an end
 *   launched, others superseded        Propose above the last
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected several-artifacts         Propose several artifacts
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rejected not-an-operator           Propose a fix as another
 *   rollback launched, others HELD     RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   others superseded                  HeadSeen as pushed
 * </pre>
 */
public final class ApplicationCore implements Core<Application, ApplicationInput> {
    private static final int SUFFIX_DIGITS = 10;
    private static final int VERSION_CHARACTERS_KEPT = 60;
    private static final Pattern LEGIBLE = Pattern.compile("[0-9][0-9A-Za-z.+-]*");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{19,}"); // beyond what can be compared

    private final ApplicationLimits limits;
    private final WayBack wayBack;

    public ApplicationCore(ApplicationLimits limits) {
        this.limits = limits;
        this.wayBack = new WayBack(limits);
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
            case RollBack asked -> wayBack.rollBack(state, asked, now);
            case PushHeard(Sha sha) -> pushHeard(state, sha);
            case HeadSeen seen -> headSeen(state, seen);
            case ReleaseMoved(Moved moved) ->
                state.live().contains(moved.release()) ? moved(state, moved) : Decision.stay(state);
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
        state.live().forEach(older -> effects.add(local(older, LocalTypes.SUPERSEDE, new Supersede(id, null))));
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
                        draft.refused(),
                        null,
                        draft.refused() == null
                                ? blockedBy(draft.state(), draft.propose().proposal())
                                : null));
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

    /** What a release says of itself matters to the others: whether they may begin production. */
    private Decision<Application> moved(Application state, Moved moved) {
        ReleaseId release = moved.release();
        Hold.Kind before =
                state.standing(release).map(Application.Standing::holds).orElse(Hold.Kind.LIFTED);
        Hold.Kind holds = moved.blocks() ? Hold.Kind.BLOCKED : moved.wentBack() ? Hold.Kind.HELD : Hold.Kind.LIFTED;
        Application next = moved.phase().terminal()
                ? state.without(release)
                : state.with(new Application.Standing(release, moved.phase(), holds));
        Verified verified = moved.verified();
        Application after = verified == null ? next : next.verifying(verified, limits.verifiedRemembered());
        if (holds == before) {
            return Decision.move(after);
        }
        List<Effect> effects = state.live().stream()
                .filter(other -> !other.equals(release))
                .map(other -> local(other, LocalTypes.HOLD, new Hold(release, holds, 0)))
                .toList();
        return Decision.move(after).and(effects);
    }

    private static Decision<Application> pushHeard(Application state, Sha sha) {
        PolicyInForce policy = state.policy();
        Application.Push before = state.pushed();
        boolean known = before != null && before.sha().equals(sha);
        if (policy == null
                || policy.policy().onPush() == Policy.OnPush.IGNORE
                || state.live().isEmpty()
                || known) {
            return Decision.stay(state);
        }
        Decision<Application> looking = Decision.move(
                state.withPush(new Application.Push(sha, state.live())),
                new Effect.StartTask(
                        look(sha),
                        SourceBranch.LOOK,
                        new SourceBranch.Look(policy.policy().source(), sha)));
        return before == null ? looking : looking.and(new Effect.DropTask(look(before.sha())));
    }

    private static Decision<Application> headSeen(Application state, HeadSeen seen) {
        Application.Push push = state.pushed();
        if (push == null || !push.sha().equals(seen.pushed())) {
            return Decision.stay(state);
        }
        Application next = state.withPush(null);
        if (!seen.pushed().equals(seen.head())) {
            return Decision.move(next)
                    .because("a push to %s does not count: Git shows %s"
                            .formatted(
                                    seen.pushed().brief(),
                                    seen.head() == null
                                            ? "no such branch"
                                            : seen.head().brief()));
        }
        List<Effect> effects = push.before().stream()
                .filter(state.live()::contains)
                .map(older -> local(older, LocalTypes.SUPERSEDE, new Supersede(null, seen.head())))
                .toList();
        return Decision.move(next)
                .and(effects)
                .because("the source branch has moved on to " + seen.pushed().brief());
    }

    private static String look(Sha sha) {
        return SourceBranch.LOOK + "/" + sha;
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
        String fixes = propose.proposal().fixes();
        if (fixes != null && !propose.operator()) {
            return Cause.of("not-an-operator", "Only an operator may propose a release that fixes another.");
        }
        if (fixes != null && !needsOperator(state, fixes)) {
            return Cause.of(
                    "nothing-to-fix",
                    "Release %s does not need an operator, so there is nothing to fix. Propose without it."
                            .formatted(fixes));
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
        return OneArtifact.cause(propose.proposal()).orElse(null);
    }

    private static boolean needsOperator(Application state, String release) {
        return state.standing().stream()
                .anyMatch(
                        each -> each.release().value().equals(release) && each.phase() == ReleasePhase.NEEDS_OPERATOR);
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
