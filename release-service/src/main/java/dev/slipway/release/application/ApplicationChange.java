package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.release.application.Application.Answered;
import dev.slipway.release.application.Application.EarlierPolicy;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.Application.Kept;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.Application.Push;
import dev.slipway.release.application.Application.Standing;
import dev.slipway.release.application.Application.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An application being changed, within one decision: starts from one, {@link #done} makes the next. */
final class ApplicationChange {
    private final Application before;
    private @Nullable PolicyInForce policy;
    private List<EarlierPolicy> earlierPolicies;
    private long ordinal;
    private @Nullable String highest;
    private List<Answered> answered;
    private List<Taken> taken;
    private List<ReleaseId> live;
    private List<Standing> standing;
    private List<Kept> verified;
    private @Nullable Push pushed;
    private List<ReleaseId> unread;
    private @Nullable String ceiling;
    private boolean forgotten;
    private Application.@Nullable Removed removed;
    private Application.@Nullable Behind behind;
    private List<ReleaseId> itemsLeft;

    private ApplicationChange(Application before) {
        this.before = before;
        this.policy = before.policy();
        this.earlierPolicies = before.earlierPolicies();
        this.ordinal = before.ordinal();
        this.highest = before.highest();
        this.answered = before.answered();
        this.taken = before.taken();
        this.live = before.live();
        this.standing = before.standing();
        this.verified = before.verified();
        this.pushed = before.pushed();
        this.unread = before.unread();
        this.ceiling = before.ceiling();
        this.forgotten = before.forgotten();
        this.removed = before.removed();
        this.behind = before.behind();
        this.itemsLeft = before.itemsLeft();
    }

    static ApplicationChange of(Application before) {
        return new ApplicationChange(before);
    }

    Application done() {
        return new Application(
                before.name(),
                policy,
                earlierPolicies,
                ordinal,
                highest,
                answered,
                taken,
                live,
                standing,
                verified,
                pushed,
                unread,
                ceiling,
                forgotten,
                removed,
                behind,
                itemsLeft);
    }

    ApplicationChange policy(PolicyInForce next, int remembered) {
        PolicyInForce had = policy;
        if (had != null) {
            earlierPolicies = latest(earlierPolicies, new EarlierPolicy(had.hash(), had.by(), next.at()), remembered);
        }
        policy = next;
        removed = null;
        return this;
    }

    /** Nobody needs it any more: nothing begins without a policy, and there is nothing to go back to. */
    ApplicationChange removed(Application.Removed how, int remembered) {
        PolicyInForce had = policy;
        if (had != null) {
            earlierPolicies = latest(earlierPolicies, new EarlierPolicy(had.hash(), had.by(), how.at()), remembered);
        }
        policy = null;
        verified = List.of();
        removed = how;
        return this;
    }

    ApplicationChange answering(String proposalKey, ReleaseId release, int remembered) {
        answered = latest(answered, new Answered(Content.brief(proposalKey), release), remembered);
        return this;
    }

    /** Another release is on its way, with the next ordinal. */
    ApplicationChange launching(ReleaseId release, Taken version, int remembered) {
        ordinal++;
        List<Taken> others = without(taken, each -> each.version().equals(version.version()));
        forgotten |= others.size() >= remembered || (ceiling == null && highest != null);
        taken = latest(others, version, remembered);
        live = latest(live, release, Integer.MAX_VALUE);
        unread = latest(unread, release, Integer.MAX_VALUE);
        ceiling = higher(higher(ceiling, version.version()), highest == null ? version.version() : highest);
        return this;
    }

    /** A way back takes an ordinal, and those on their way come after it. */
    ApplicationChange rollingBack(ReleaseId release, int after) {
        ordinal += 1 + after;
        live = latest(live, release, Integer.MAX_VALUE);
        return this;
    }

    ApplicationChange standing(Standing next) {
        standing = latest(without(standing, each -> each.release().equals(next.release())), next, Integer.MAX_VALUE);
        return this;
    }

    /** It has ended. */
    ApplicationChange without(ReleaseId release) {
        live = without(live, release::equals);
        unread = without(unread, release::equals);
        standing = without(standing, each -> each.release().equals(release));
        return this;
    }

    /** Its revision was read and accepted. */
    ApplicationChange accepted(ReleaseId release) {
        unread = without(unread, release::equals);
        return this;
    }

    /** What became of an attempt; none below a version that production had traffic of comes after it. */
    ApplicationChange fate(Taken attempt, Fate fate) {
        taken = taken.stream()
                .map(each -> each.equals(attempt) ? each.with(fate) : each)
                .toList();
        highest = fate == Fate.USED ? higher(highest, attempt.version()) : highest;
        return this;
    }

    ApplicationChange behind(Application.Behind next) {
        behind = next;
        return this;
    }

    ApplicationChange itemsLeft(List<ReleaseId> releases) {
        itemsLeft = releases;
        return this;
    }

    ApplicationChange push(@Nullable Push next) {
        pushed = next;
        return this;
    }

    /** Production has verified this version; after a rollback it has left all that came after. */
    ApplicationChange verifying(Verified version, int remembered) {
        if (verified.stream().anyMatch(each -> each.version().release().equals(version.release()))) {
            return this;
        }
        List<Kept> all = new ArrayList<>();
        boolean after = false;
        for (Kept each : verified) {
            boolean there = version.rollback() && each.version().version().equals(version.version());
            all.add(
                    there
                            ? new Kept(each.version().backUnder(version), false)
                            : new Kept(each.version(), after || each.left()));
            after |= there;
        }
        if (!after) {
            all.add(new Kept(version, false));
        }
        verified = all.subList(Math.max(0, all.size() - remembered), all.size());
        return this;
    }

    private static String higher(@Nullable String known, String version) {
        return known == null || SemanticVersion.require(version).isAbove(SemanticVersion.require(known))
                ? version
                : known;
    }

    private static <T> List<T> without(List<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).toList();
    }

    private static <T> List<T> latest(List<T> all, T next, int max) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more.subList(Math.max(0, more.size() - max), more.size());
    }
}
