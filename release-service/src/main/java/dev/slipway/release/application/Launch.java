package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.validation.Baseline;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Application to release: begin, or stand there as refused. All of it is immutable from here on.
 *
 * @param ordinal order within the application, from 1; 0 for a refused proposal, which takes no part in it
 * @param publisher verified identity of who proposed it, case folded
 * @param policy the policy in force at this moment, pinned; null only for a refused proposal without one
 * @param policyHash its hash; empty where there is none
 * @param refused why it is refused, or null
 * @param rollback what it goes back from and to, for a release of kind ROLLBACK; else null
 * @param blockedBy the release that needs an operator before this one may begin production, or null
 * @param attempt how often this version was let begin, this time included; 0 in launches from before it was counted
 * @param configured whose artifacts it takes, for a release of a configuration alone; else null
 * @param changes what its configuration of production has otherwise than what production ran at this moment; empty where
 *     nothing is, production ran nothing, or it is refused
 * @param baseline the release that production had verified last at this moment, with whose evidence this one's is
 *     compared; null where there was none, and in launches from before that was kept
 * @param before with what what both environments are given is compared; null likewise, and for a way back
 */
public record Launch(
        ReleaseId id,
        long ordinal,
        Proposal proposal,
        String publisher,
        @Nullable Policy policy,
        String policyHash,
        Instant at,
        @Nullable Cause refused,
        @Nullable Rollback rollback,
        @Nullable ReleaseId blockedBy,
        @JsonSetter(nulls = Nulls.AS_EMPTY) long attempt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Configured configured,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<SettingChange> changes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Baseline baseline,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Before before) {
    public Launch {
        changes = List.copyOf(changes);
    }

    /** One of which it is not known what was given before it. */
    public Launch(
            ReleaseId id,
            long ordinal,
            Proposal proposal,
            String publisher,
            @Nullable Policy policy,
            String policyHash,
            Instant at,
            @Nullable Cause refused,
            @Nullable Rollback rollback,
            @Nullable ReleaseId blockedBy,
            long attempt,
            @Nullable Configured configured,
            List<SettingChange> changes,
            @Nullable Baseline baseline) {
        this(
                id,
                ordinal,
                proposal,
                publisher,
                policy,
                policyHash,
                at,
                refused,
                rollback,
                blockedBy,
                attempt,
                configured,
                changes,
                baseline,
                null);
    }

    /** One with artifacts of its own, or a way back; nothing is otherwise in its configuration, and nothing was verified before. */
    public Launch(
            ReleaseId id,
            long ordinal,
            Proposal proposal,
            String publisher,
            @Nullable Policy policy,
            String policyHash,
            Instant at,
            @Nullable Cause refused,
            @Nullable Rollback rollback,
            @Nullable ReleaseId blockedBy,
            long attempt) {
        this(
                id,
                ordinal,
                proposal,
                publisher,
                policy,
                policyHash,
                at,
                refused,
                rollback,
                blockedBy,
                attempt,
                null,
                List.of(),
                null);
    }

    /**
     * Another configuration of what production runs.
     *
     * @param of the release whose artifacts it takes
     * @param changedBy who put the policy that says otherwise, and so made this change; null where only secrets or files
     *     were changed
     * @param passed marks of the gates that this revision and these artifacts have passed
     */
    public record Configured(
            ReleaseId of,
            @Nullable String changedBy,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> passed) {
        public Configured {
            passed = List.copyOf(passed);
        }
    }

    /**
     * What the release that was verified last had been given, as far as it is compared.
     *
     * @param release which one
     * @param staging what the policy gives staging otherwise; null where nobody kept what that release ran on there
     * @param fingerprints of the application's secrets for that release, as staging's machine told them, by their names
     */
    public record Before(
            ReleaseId release,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<SettingChange> staging,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> fingerprints) {
        public Before {
            staging = staging == null ? null : List.copyOf(staging);
            fingerprints = Collections.unmodifiableMap(new TreeMap<>(fingerprints));
        }
    }

    /**
     * A way back to a version that production verified before.
     *
     * @param fromVersion the version that is left
     * @param target what the version gone back to ran on
     * @param reason why, as the operator said
     */
    public record Rollback(String fromVersion, Target target, String reason) {}

    /**
     * The pinned policy of a release that was let begin.
     *
     * @throws NullPointerException for a refused proposal of an application without a policy
     */
    public Policy guide() {
        return Objects.requireNonNull(policy, "A release that began has a policy");
    }
}
