package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is released: its policy, and the order of its releases.
 *
 * @param policy in force for releases to come; null until one is put
 * @param earlierPolicies the policies before, by hash, oldest first; each release keeps its own in full
 * @param ordinal of the newest release, 0 before the first
 * @param highest the highest version that production ever got traffic of, by SemVer precedence; null before the first.
 *     An application from before versions could be tried again has the highest that was ever let begin here
 * @param answered latest proposals by their keys, oldest first; what older keys led to is kept by {@link Answer}
 * @param taken latest versions and their content, oldest first
 * @param live releases on their way, oldest first
 * @param standing where those are, as far as they have said so
 * @param verified versions that production has verified, in the order of the first time; what production runs is the last
 *     that was not left
 * @param pushed a push that is being looked at, or null
 * @param unread releases on their way whose revision was not read and accepted yet; they supersede nobody so far
 * @param ceiling the highest version that was ever let begin; above it every version is new. Null before the first, and in
 *     applications from before it was kept
 * @param forgotten whether a version that was let begin is no longer among those taken
 * @param removed who removed it and why, until a policy is put again; else null
 * @param behind what was changed behind Slipway's back of what production runs; null before anything was
 * @param itemsLeft releases of which people want something done still, or wanted when they were asked last; oldest first, at most
 *     {@value #ITEMS_LEFT_MAX}. What it is stands in the release
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
        @Nullable Push pushed,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<ReleaseId> unread,
        @Nullable String ceiling,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean forgotten,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Removed removed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Behind behind,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ReleaseId> itemsLeft) {
    public static final int ITEMS_LEFT_MAX = 100;

    public Application {
        earlierPolicies = List.copyOf(earlierPolicies);
        answered = List.copyOf(answered);
        taken = List.copyOf(taken);
        live = List.copyOf(live);
        standing = List.copyOf(standing);
        verified = List.copyOf(verified);
        unread = List.copyOf(unread);
        itemsLeft = List.copyOf(itemsLeft);
    }

    static Application unheard(String name) {
        return new Application(
                name, null, List.of(), 0, null, List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of(),
                null, false, null, null, List.of());
    }

    /**
     * What production says was changed of what it runs, by its last incident of that kind.
     *
     * @param number of that incident
     * @param over whether it is over; then nothing is otherwise
     */
    public record Behind(
            int number,
            boolean over,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<SettingChange> changes) {
        public Behind {
            changes = List.copyOf(changes);
        }
    }

    /** By whom, why and when an application was removed. */
    public record Removed(String by, String reason, Instant at) {}

    /** A policy and who put it. */
    public record PolicyInForce(Policy policy, String hash, String by, Instant at) {}

    /** What was in force until {@code until}. */
    public record EarlierPolicy(String hash, String by, Instant until) {}

    /** @param key the first half of the SHA-256 of the proposal's natural key */
    public record Answered(String key, ReleaseId release) {}

    /**
     * A version that was let begin.
     *
     * @param content the first half of the SHA-256 of sha and digests, of the latest attempt
     * @param release the latest attempt; null in applications from before there could be several
     * @param attempt its number, from 1; 0 from before
     * @param fate what became of it; null from before, when a version was used up at once
     * @param hotfix whether an operator let it go below the highest
     */
    public record Taken(
            String version,
            String content,
            @Nullable ReleaseId release,
            @JsonSetter(nulls = Nulls.AS_EMPTY) long attempt,
            @Nullable Fate fate,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean hotfix) {
        public Taken {
            attempt = Math.max(1, attempt);
        }

        /** Whether it may be proposed again. */
        boolean isFree() {
            return fate == Fate.FREE;
        }

        /** Whether it had traffic of production. */
        boolean isUsed() {
            return fate == null || fate == Fate.USED || fate == Fate.UNKNOWN;
        }

        Taken with(Fate next) {
            return new Taken(version, content, release, attempt, next, hotfix);
        }
    }

    /** What became of the latest attempt at a version. */
    public enum Fate {
        /** It is on its way, and production has had no traffic of it. */
        ON_ITS_WAY,
        /** It ended before production had traffic of it: the version can be proposed again. */
        FREE,
        /** Production had traffic of it: no other attempt is made. */
        USED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * Where a release on its way is.
     *
     * @param holds what that means for the others
     * @param said version of the release when it said so; null in applications from before it was kept
     * @param forwardOnly why production does not go back from it by itself; null where it does
     */
    public record Standing(
            ReleaseId release,
            ReleasePhase phase,
            Hold.Kind holds,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long said,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String forwardOnly) {
        boolean isNewerThan(long other) {
            return said != null && other > 0 && said > other;
        }
    }

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

    /** The version of which this is the latest attempt. */
    Optional<Taken> attempt(ReleaseId release) {
        return taken.stream()
                .filter(each -> release.equals(
                        each.release() == null ? ReleaseId.of(release.application(), each.version()) : each.release()))
                .findFirst();
    }

    Optional<Standing> standing(ReleaseId release) {
        return standing.stream().filter(each -> each.release().equals(release)).findFirst();
    }

    /** Versions that production may be on or go back to, oldest first. */
    public List<Verified> notLeft() {
        return verified.stream().filter(each -> !each.left()).map(Kept::version).toList();
    }

    /**
     * Versions that are on their way or used up, as far as they are remembered, the highest that production had traffic of
     * among them. What was let begin and ended before that is none: it can be proposed again.
     */
    public List<String> usedVersions() {
        Stream<String> begun = taken.stream().filter(each -> !each.isFree()).map(Taken::version);
        Stream<String> had = verified.stream().map(each -> each.version().version());
        return Stream.of(begun, had, Stream.ofNullable(highest))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** What the present policy has otherwise than production was started with; empty where production runs nothing. */
    public List<SettingChange> presentChanges() {
        return Configuring.changes(policy, notLeft());
    }

    /** Whether a version that is not among those taken was never let begin, for all that is known. */
    boolean isNew(SemanticVersion version) {
        boolean allRemembered = !forgotten && (ceiling != null || highest == null);
        return allRemembered || (above(ceiling, version) && above(highest, version));
    }

    private static boolean above(@Nullable String known, SemanticVersion version) {
        return known == null || version.isAbove(SemanticVersion.require(known));
    }
}
