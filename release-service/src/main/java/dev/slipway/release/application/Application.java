package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is released: its policy, and the order of its releases.
 *
 * @param policy in force for releases to come; null until one is put
 * @param earlierPolicies the policies before, by hash, oldest first; each release keeps its own in full
 * @param ordinal of the newest release, 0 before the first
 * @param highest the highest version that was ever let begin, by SemVer precedence; null before the first
 * @param answered latest proposals by their keys, oldest first
 * @param taken latest versions and their content, oldest first
 * @param live releases on their way, oldest first
 * @param standing where those are, as far as they have said so
 * @param verified versions that production has verified, in the order of the first time; what production runs is the last
 *     that was not left
 * @param pushed a push that is being looked at, or null
 */
public record Application(
        String name,
        @Nullable PolicyInForce policy,
        List<EarlierPolicy> earlierPolicies,
        long ordinal,
        @Nullable String highest,
        List<Answered> answered,
        List<Taken> taken,
        List<ReleaseId> live,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Standing> standing,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Kept> verified,
        @Nullable Push pushed) {
    public Application {
        earlierPolicies = List.copyOf(earlierPolicies);
        answered = List.copyOf(answered);
        taken = List.copyOf(taken);
        live = List.copyOf(live);
        standing = List.copyOf(standing);
        verified = List.copyOf(verified);
    }

    static Application unheard(String name) {
        return new Application(
                name, null, List.of(), 0, null, List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    /** A policy and who put it. */
    public record PolicyInForce(Policy policy, String hash, String by, Instant at) {}

    /** What was in force until {@code until}. */
    public record EarlierPolicy(String hash, String by, Instant until) {}

    /** @param key the first half of the SHA-256 of the proposal's natural key */
    public record Answered(String key, ReleaseId release) {}

    /** @param content the first half of the SHA-256 of sha and digests */
    public record Taken(String version, String content) {}

    /**
     * Where a release on its way is.
     *
     * @param holds what that means for the others
     */
    public record Standing(ReleaseId release, ReleasePhase phase, Hold.Kind holds) {}

    /**
     * A version that production has verified.
     *
     * @param left whether production has gone back from it, to one before it
     */
    public record Kept(Verified version, boolean left) {}

    /**
     * A push that is being looked at.
     *
     * @param before the releases that were on their way when it was heard of; it concerns no later one
     */
    public record Push(Sha sha, List<ReleaseId> before) {
        public Push {
            before = List.copyOf(before);
        }
    }

    /** The release that a proposal with this natural key led to. */
    public Optional<ReleaseId> answerTo(String proposalKey) {
        String key = Content.brief(proposalKey);
        return answered.stream()
                .filter(each -> each.key().equals(key))
                .map(Answered::release)
                .findFirst();
    }

    Optional<Taken> taken(String version) {
        return taken.stream().filter(each -> each.version().equals(version)).findFirst();
    }

    Optional<Standing> standing(ReleaseId release) {
        return standing.stream().filter(each -> each.release().equals(release)).findFirst();
    }

    /** Versions that production may be on or go back to, oldest first. */
    List<Verified> notLeft() {
        return verified.stream().filter(each -> !each.left()).map(Kept::version).toList();
    }

    Application withPolicy(PolicyInForce next, int remembered) {
        List<EarlierPolicy> earlier = policy == null
                ? earlierPolicies
                : latest(earlierPolicies, new EarlierPolicy(policy.hash(), policy.by(), next.at()), remembered);
        return new Application(
                name, next, earlier, ordinal, highest, answered, taken, live, standing, verified, pushed);
    }

    Application answering(String proposalKey, ReleaseId release, int remembered) {
        List<Answered> all = latest(answered, new Answered(Content.brief(proposalKey), release), remembered);
        return new Application(
                name, policy, earlierPolicies, ordinal, highest, all, taken, live, standing, verified, pushed);
    }

    Application launching(ReleaseId release, Taken version, int remembered) {
        return new Application(
                name,
                policy,
                earlierPolicies,
                ordinal + 1,
                version.version(),
                answered,
                latest(taken, version, remembered),
                latest(live, release, Integer.MAX_VALUE),
                standing,
                verified,
                pushed);
    }

    /** A way back takes an ordinal, and those on their way come after it. */
    Application rollingBack(ReleaseId release, int after) {
        List<ReleaseId> all = latest(live, release, Integer.MAX_VALUE);
        long next = ordinal + 1 + after;
        return new Application(
                name, policy, earlierPolicies, next, highest, answered, taken, all, standing, verified, pushed);
    }

    Application with(Standing next) {
        List<Standing> all = new ArrayList<>(standing);
        all.removeIf(each -> each.release().equals(next.release()));
        all.add(next);
        return new Application(
                name, policy, earlierPolicies, ordinal, highest, answered, taken, live, all, verified, pushed);
    }

    Application without(ReleaseId release) {
        List<ReleaseId> left =
                live.stream().filter(each -> !each.equals(release)).toList();
        List<Standing> standing = this.standing.stream()
                .filter(each -> !each.release().equals(release))
                .toList();
        return new Application(
                name, policy, earlierPolicies, ordinal, highest, answered, taken, left, standing, verified, pushed);
    }

    Application withPush(@Nullable Push next) {
        return new Application(
                name, policy, earlierPolicies, ordinal, highest, answered, taken, live, standing, verified, next);
    }

    /** Production has verified this version; after a rollback it has left all that came after. */
    Application verifying(Verified version, int remembered) {
        boolean known =
                verified.stream().anyMatch(each -> each.version().release().equals(version.release()));
        if (known) {
            return this;
        }
        List<Kept> all = new ArrayList<>();
        boolean after = false;
        for (Kept each : verified) {
            boolean there = version.rollback() && each.version().version().equals(version.version());
            all.add(new Kept(each.version(), !there && (after || each.left())));
            after |= there;
        }
        if (!after) {
            all.add(new Kept(version, false));
        }
        List<Kept> kept = all.subList(Math.max(0, all.size() - remembered), all.size());
        return new Application(
                name, policy, earlierPolicies, ordinal, highest, answered, taken, live, standing, kept, pushed);
    }

    private static <T> List<T> latest(List<T> all, T next, int max) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more.subList(Math.max(0, more.size() - max), more.size());
    }
}
