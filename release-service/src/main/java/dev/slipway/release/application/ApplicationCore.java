package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Standing;
import dev.slipway.release.application.Application.Taken;
import dev.slipway.release.application.ApplicationInput.ChangedBehind;
import dev.slipway.release.application.ApplicationInput.Configure;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PushHeard;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.Remove;
import dev.slipway.release.application.ApplicationInput.RollBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Owns versions and order. One release of a version at a time, each with the next ordinal; newest wins: once the revision
 * of a release was read and accepted, every older one on its way is asked to make room, and decides by itself whether it
 * still can. A version is used up when production got traffic of it: none below it begins after that but an operator's
 * hotfix. What ended before can be proposed again, as the next attempt. A refused proposal is a visible REJECTED of an id
 * of its own, {@code application@version~content}; a refused rollback is answered to who asked. What happens to one
 * release holds the others back from production, or lets them go on; so do the freezes of the present policy.
 *
 * <p>Every situation with every input; a test holds this list against the code. The same key again, and the same content
 * under a version that is on its way or used up, are the same release as before.
 *
 * <pre>
 * NO POLICY
 *   recorded                           PutPolicy, the same; PutPolicy, another; PutPolicy, with a freeze;
 *                                      ChangedBehind; ChangedBehind, over; ItemsLeft
 *   rejected no-policy                 Propose above the last; Propose below the last; Propose known content; Propose
 *                                      other content; Propose again; Propose no version; Propose artifacts of one
 *                                      name; Propose no tag; Propose a hotfix as operator; Propose a hotfix as
 *                                      another; Propose a fix as operator; Propose a fix as another
 *   refused unknown-application        RollBack; RollBack to the present; RollBack to what never was; Configure;
 *                                      Remove
 *   nothing                            ItemsLeft, none; PushHeard; HeadSeen as pushed; HeadSeen elsewhere;
 *                                      ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on; ReleaseMoved
 *                                      back; ReleaseMoved to an end; ReleaseMoved of another
 * NO RELEASE YET
 *   nothing                            PutPolicy, the same; ItemsLeft, none; PushHeard; HeadSeen as pushed; HeadSeen
 *                                      elsewhere; ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on;
 *                                      ReleaseMoved back; ReleaseMoved to an end; ReleaseMoved of another
 *   recorded                           PutPolicy, another; PutPolicy, with a freeze; ChangedBehind; ChangedBehind,
 *                                      over; ItemsLeft
 *   launched                           Propose above the last; Propose below the last; Propose known content; Propose
 *                                      other content; Propose again; Propose a hotfix as operator
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   refused nothing-to-roll-back       RollBack; RollBack to the present; RollBack to what never was
 *   refused nothing-in-production      Configure
 *   environments removed               Remove
 * TWO COMPLETED, none on its way
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; PushHeard;
 *                                      HeadSeen as pushed; HeadSeen elsewhere; ReleaseMoved, read; ReleaseMoved, with
 *                                      traffic; ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end;
 *                                      ReleaseMoved of another
 *   recorded                           PutPolicy, another; PutPolicy, with a freeze; ChangedBehind; ChangedBehind,
 *                                      over; ItemsLeft
 *   launched                           Propose above the last; Propose again; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched                  RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   refused nothing-differs            Configure
 *   environments removed               Remove
 * A SECRET CHANGED, none on its way
 *   nothing                            PutPolicy, the same; Propose known content; ChangedBehind; ItemsLeft, none;
 *                                      PushHeard; HeadSeen as pushed; HeadSeen elsewhere; ReleaseMoved, read;
 *                                      ReleaseMoved, with traffic; ReleaseMoved on; ReleaseMoved back; ReleaseMoved
 *                                      to an end; ReleaseMoved of another
 *   recorded                           PutPolicy, another; PutPolicy, with a freeze; ChangedBehind, over; ItemsLeft
 *   launched                           Propose above the last; Propose again; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched                  RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   configuration launched             Configure
 *   environments removed               Remove
 * ONE ON ITS WAY, before production
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; HeadSeen as
 *                                      pushed; HeadSeen elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; Propose again; ChangedBehind; ChangedBehind, over;
 *                                      ItemsLeft; ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on;
 *                                      ReleaseMoved back; ReleaseMoved to an end
 *   others told                        PutPolicy, with a freeze
 *   launched                           Propose above the last; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched, others HELD     RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   refused release-under-way          Configure; Remove
 *   look-at-branch                     PushHeard
 * ONE IN PRODUCTION
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; HeadSeen as
 *                                      pushed; HeadSeen elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; Propose again; ChangedBehind; ChangedBehind, over;
 *                                      ItemsLeft; ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on;
 *                                      ReleaseMoved back; ReleaseMoved to an end
 *   others told                        PutPolicy, with a freeze
 *   launched                           Propose above the last; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   refused production-busy            RollBack; RollBack to the present; RollBack to what never was
 *   refused release-under-way          Configure; Remove
 *   look-at-branch                     PushHeard
 * ONE NEEDS AN OPERATOR, another on its way
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; HeadSeen as
 *                                      pushed; HeadSeen elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; Propose again; ChangedBehind; ChangedBehind, over;
 *                                      ItemsLeft
 *   others told                        PutPolicy, with a freeze
 *   launched, blocked                  Propose above the last; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   launched                           Propose a fix as operator
 *   refused production-busy            RollBack; RollBack to the present; RollBack to what never was
 *   refused release-under-way          Configure; Remove
 *   look-at-branch                     PushHeard
 *   others LIFTED                      ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on; ReleaseMoved
 *                                      to an end
 *   others HELD                        ReleaseMoved back
 * ONE ENDED BEFORE PRODUCTION
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; PushHeard;
 *                                      HeadSeen as pushed; HeadSeen elsewhere; ReleaseMoved, read; ReleaseMoved, with
 *                                      traffic; ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end;
 *                                      ReleaseMoved of another
 *   recorded                           PutPolicy, another; PutPolicy, with a freeze; ChangedBehind; ChangedBehind,
 *                                      over; ItemsLeft
 *   launched                           Propose above the last; Propose again; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched                  RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   refused nothing-differs            Configure
 *   environments removed               Remove
 * ONE IS READ, an older one on its way
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; HeadSeen as
 *                                      pushed; HeadSeen elsewhere; ReleaseMoved of another
 *   recorded                           PutPolicy, another; Propose again; ChangedBehind; ChangedBehind, over;
 *                                      ItemsLeft; ReleaseMoved to an end
 *   others told                        PutPolicy, with a freeze
 *   launched                           Propose above the last; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched, others HELD     RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   refused release-under-way          Configure; Remove
 *   look-at-branch                     PushHeard
 *   others superseded                  ReleaseMoved, read; ReleaseMoved, with traffic; ReleaseMoved on
 *   others superseded, others HELD     ReleaseMoved back
 * REMOVED
 *   recorded                           PutPolicy, the same; PutPolicy, another; PutPolicy, with a freeze;
 *                                      ChangedBehind; ChangedBehind, over; ItemsLeft
 *   rejected no-policy                 Propose above the last; Propose below the last; Propose other content; Propose
 *                                      again; Propose no version; Propose artifacts of one name; Propose no tag;
 *                                      Propose a hotfix as operator; Propose a hotfix as another; Propose a fix as
 *                                      operator; Propose a fix as another
 *   nothing                            Propose known content; ItemsLeft, none; PushHeard; HeadSeen as pushed;
 *                                      HeadSeen elsewhere; ReleaseMoved, read; ReleaseMoved, with traffic;
 *                                      ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end; ReleaseMoved of
 *                                      another
 *   refused unknown-application        RollBack; RollBack to the present; RollBack to what never was; Configure
 *   environments removed               Remove
 * A PUSH IS LOOKED AT
 *   nothing                            PutPolicy, the same; Propose known content; ItemsLeft, none; PushHeard;
 *                                      ReleaseMoved of another
 *   recorded                           PutPolicy, another; Propose again; ChangedBehind; ChangedBehind, over;
 *                                      ItemsLeft; HeadSeen elsewhere; ReleaseMoved, read; ReleaseMoved, with traffic;
 *                                      ReleaseMoved on; ReleaseMoved back; ReleaseMoved to an end
 *   others told                        PutPolicy, with a freeze
 *   launched                           Propose above the last; Propose a hotfix as operator
 *   rejected version-not-above         Propose below the last
 *   rejected version-taken             Propose other content
 *   rejected invalid-version           Propose no version
 *   rejected artifact-names            Propose artifacts of one name
 *   rejected version-cannot-be-a-tag   Propose no tag
 *   rejected not-an-operator           Propose a hotfix as another; Propose a fix as another
 *   rejected nothing-to-fix            Propose a fix as operator
 *   rollback launched, others HELD     RollBack
 *   refused already-there              RollBack to the present
 *   refused no-such-version            RollBack to what never was
 *   refused release-under-way          Configure; Remove
 *   others superseded                  HeadSeen as pushed
 * </pre>
 */
public final class ApplicationCore implements Core<Application, ApplicationInput> {
    private final ApplicationLimits limits;
    private final Proposing proposing;
    private final WayBack wayBack;
    private final Removing removing;
    private final Configuring configuring;

    public ApplicationCore(ApplicationLimits limits) {
        this.limits = limits;
        this.proposing = new Proposing(limits);
        this.wayBack = new WayBack(limits);
        this.removing = new Removing(limits);
        this.configuring = new Configuring(limits);
    }

    @Override
    public Application initial(String id) {
        return Application.unheard(id);
    }

    @Override
    public Decision<Application> decide(Application state, ApplicationInput input, Instant now) {
        return input instanceof Asked asked
                ? answered(state, asked).orElseGet(() -> decided(state, input, now))
                : decided(state, input, now);
    }

    /** What was asked before is not decided again: the same key has the same answer. Empty if the key is new. */
    private Optional<Decision<Application>> answered(Application state, Asked asked) {
        if (state.answerTo(asked.key()).isPresent()) {
            return Optional.of(Decision.stay(state));
        }
        // an old one once more, after so many others that only its answer is still there
        return Optional.ofNullable(asked.known())
                .map(before -> Decision.move(ApplicationChange.of(state)
                        .answering(asked.key(), before, limits.proposalsRemembered())
                        .done()));
    }

    private Decision<Application> decided(Application state, ApplicationInput input, Instant now) {
        return switch (input) {
            case PutPolicy put -> putPolicy(state, put, now);
            case Propose propose -> proposing.propose(state, propose, now);
            case RollBack asked -> wayBack.rollBack(state, asked, now);
            case Remove asked -> removing.remove(state, asked, now);
            case Configure asked -> configuring.configure(state, asked, now);
            case ChangedBehind changed -> Configuring.changedBehind(state, changed);
            case ApplicationInput.ItemsLeft(ReleaseId release, boolean left) -> itemsLeft(state, release, left);
            case PushHeard(Sha sha) -> Pushes.heard(state, sha);
            case HeadSeen seen -> Pushes.seen(state, seen);
            case ReleaseMoved(Moved moved, long said) -> {
                boolean old = state.standing(moved.release())
                        .filter(known -> known.isNewerThan(said))
                        .isPresent();
                yield state.live().contains(moved.release()) && !old ? moved(state, moved, said) : Decision.stay(state);
            }
        };
    }

    @Override
    public boolean finished(Application state) {
        return false;
    }

    /** Where to look for what is left to do of releases that have ended. */
    private static Decision<Application> itemsLeft(Application state, ReleaseId release, boolean left) {
        boolean known = state.itemsLeft().contains(release);
        if (known == left) {
            return Decision.stay(state);
        }
        if (left && state.itemsLeft().size() >= Application.ITEMS_LEFT_MAX) {
            return Decision.refuse(
                    state,
                    new Refusal(
                            "full",
                            "%d releases of %s have items to be done: close some first, slipway retro list %s"
                                    .formatted(Application.ITEMS_LEFT_MAX, state.name(), state.name())));
        }
        List<ReleaseId> next = new ArrayList<>(state.itemsLeft());
        next.remove(release);
        if (left) {
            next.add(release);
        }
        return Decision.move(ApplicationChange.of(state).itemsLeft(next).done());
    }

    /** A release keeps the policy that it began with; but when nothing may begin production, the present one says. */
    private Decision<Application> putPolicy(Application state, PutPolicy put, Instant now) {
        PolicyInForce before = state.policy();
        if (before != null && before.hash().equals(put.hash())) {
            return Decision.stay(state);
        }
        PolicyInForce next = new PolicyInForce(put.policy(), put.hash(), put.by(), now);
        Decision<Application> putting = Decision.move(ApplicationChange.of(state)
                .policy(next, limits.policiesRemembered())
                .done());
        Freezes freezes = Freezes.of(put.policy());
        if (before == null || freezes.equals(Freezes.of(before.policy()))) {
            return putting;
        }
        return putting.and(state.live().stream()
                .map(release -> local(release, LocalTypes.FREEZES, freezes))
                .toList());
    }

    /** What a release says of itself matters to the others: who makes room, and who may begin production. */
    private Decision<Application> moved(Application state, Moved moved, long said) {
        ReleaseId release = moved.release();
        Hold.Kind before = state.standing(release).map(Standing::holds).orElse(Hold.Kind.LIFTED);
        Hold.Kind holds = moved.blocks() ? Hold.Kind.BLOCKED : moved.wentBack() ? Hold.Kind.HELD : Hold.Kind.LIFTED;
        ApplicationChange change = ApplicationChange.of(state);
        List<Effect> effects = new ArrayList<>(overtaking(state, moved, change));
        if (state.unread().contains(release) && accepted(moved.phase())) {
            change.accepted(release);
            effects.addAll(superseding(state, release));
        }
        if (moved.phase().terminal()) {
            change.without(release);
        } else {
            change.standing(new Standing(release, moved.phase(), holds, said == 0 ? null : said, moved.forwardOnly()));
        }
        Verified verified = moved.verified();
        if (verified != null) {
            change.verifying(verified, limits.verifiedRemembered());
        }
        if (holds != before) {
            state.live().stream()
                    .filter(other -> !other.equals(release))
                    .forEach(other -> effects.add(local(other, LocalTypes.HOLD, new Hold(release, holds, 0))));
        }
        return Decision.move(change.done()).and(effects);
    }

    /** Whether a release that is there has had its revision read and accepted. */
    private static boolean accepted(ReleasePhase phase) {
        return phase != ReleasePhase.PROPOSED && phase != ReleasePhase.UNKNOWN && !phase.terminal();
    }

    /** Newest wins: those that began before it make room. */
    private static List<Effect> superseding(Application state, ReleaseId newer) {
        return state.live().subList(0, state.live().indexOf(newer)).stream()
                .map(older -> local(older, LocalTypes.SUPERSEDE, Supersede.byNewer(newer)))
                .toList();
    }

    /**
     * What became of the attempt. Once production has traffic of it, releases of lower versions are overtaken, which were not
     * below it when they were proposed; an operator's hotfix was let go there on purpose.
     */
    private static List<Effect> overtaking(Application state, Moved moved, ApplicationChange change) {
        Optional<Taken> attempt = state.attempt(moved.release()).filter(each -> each.fate() == Fate.ON_ITS_WAY);
        if (attempt.isEmpty()) {
            return List.of();
        }
        boolean used = moved.traffic() || moved.verified() != null || moved.phase() == ReleasePhase.COMPLETED;
        if (!used) {
            if (moved.phase().terminal()) {
                change.fate(attempt.get(), Fate.FREE);
            }
            return List.of();
        }
        change.fate(attempt.get(), Fate.USED);
        SemanticVersion version = SemanticVersion.require(attempt.get().version());
        return state.live().stream()
                .filter(other -> state.attempt(other)
                        .filter(each -> !each.hotfix() && each.fate() == Fate.ON_ITS_WAY)
                        .filter(each -> version.isAbove(SemanticVersion.require(each.version())))
                        .isPresent())
                .map(other -> local(other, LocalTypes.SUPERSEDE, Supersede.byHigher(moved.release())))
                .toList();
    }

    private static Effect local(ReleaseId release, String type, Object body) {
        return Effect.send(Message.local(release.value(), type, body, release.value()));
    }
}
