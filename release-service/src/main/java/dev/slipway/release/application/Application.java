package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Policy;
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
 */
public record Application(
        String name,
        @Nullable PolicyInForce policy,
        List<EarlierPolicy> earlierPolicies,
        long ordinal,
        @Nullable String highest,
        List<Answered> answered,
        List<Taken> taken,
        List<ReleaseId> live) {
    public Application {
        earlierPolicies = List.copyOf(earlierPolicies);
        answered = List.copyOf(answered);
        taken = List.copyOf(taken);
        live = List.copyOf(live);
    }

    static Application unheard(String name) {
        return new Application(name, null, List.of(), 0, null, List.of(), List.of(), List.of());
    }

    /** A policy and who put it. */
    public record PolicyInForce(Policy policy, String hash, String by, Instant at) {}

    /** What was in force until {@code until}. */
    public record EarlierPolicy(String hash, String by, Instant until) {}

    /** @param key the first half of the SHA-256 of the proposal's natural key */
    public record Answered(String key, ReleaseId release) {}

    /** @param content the first half of the SHA-256 of sha and digests */
    public record Taken(String version, String content) {}

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

    Application withPolicy(PolicyInForce next, int remembered) {
        List<EarlierPolicy> earlier = policy == null
                ? earlierPolicies
                : latest(earlierPolicies, new EarlierPolicy(policy.hash(), policy.by(), next.at()), remembered);
        return new Application(name, next, earlier, ordinal, highest, answered, taken, live);
    }

    Application answering(String proposalKey, ReleaseId release, int remembered) {
        List<Answered> all = latest(answered, new Answered(Content.brief(proposalKey), release), remembered);
        return new Application(name, policy, earlierPolicies, ordinal, highest, all, taken, live);
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
                latest(live, release, Integer.MAX_VALUE));
    }

    Application without(ReleaseId release) {
        List<ReleaseId> left =
                live.stream().filter(each -> !each.equals(release)).toList();
        return new Application(name, policy, earlierPolicies, ordinal, highest, answered, taken, left);
    }

    private static <T> List<T> latest(List<T> all, T next, int max) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more.subList(Math.max(0, more.size() - max), more.size());
    }
}
