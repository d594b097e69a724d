package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Application.PolicyInForce;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version that production has verified, with all that is needed to go back to it.
 *
 * @param release the release that brought it
 * @param target what it ran on, by the policy that was pinned to that release
 * @param rollback whether the release was a rollback to it
 * @param front how users came to it; null from before that was kept
 * @param whenBad what became of it when it went bad; null likewise
 * @param passed marks of the gates that its revision and artifacts have passed; none likewise
 * @param staging what it ran on in staging, by the same policy; null where no gate of it compares, and for a way back
 * @param fingerprints those of the application's secrets as staging's machine told them for it, by their names; none where no
 *     gate asked for them
 */
public record Verified(
        ReleaseId release,
        Proposal proposal,
        Target target,
        boolean rollback,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Front front,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WhenBad whenBad,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> passed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Target staging,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> fingerprints) {
    public Verified {
        passed = List.copyOf(passed);
        fingerprints = Collections.unmodifiableMap(new TreeMap<>(fingerprints));
    }

    /** Of which nothing is known of staging. */
    public Verified(
            ReleaseId release,
            Proposal proposal,
            Target target,
            boolean rollback,
            @Nullable Front front,
            @Nullable WhenBad whenBad,
            List<String> passed) {
        this(release, proposal, target, rollback, front, whenBad, passed, null, Map.of());
    }

    /** Of which no more is known than what it ran on. */
    public Verified(ReleaseId release, Proposal proposal, Target target, boolean rollback) {
        this(release, proposal, target, rollback, null, null, List.of());
    }

    public String version() {
        return proposal.version();
    }

    @JsonIgnore
    public Configuration configuration() {
        return new Configuration(target, front, whenBad);
    }

    /** With which what comes after it is compared; nothing where there is none. */
    static @Nullable Baseline baseline(List<Verified> versions) {
        if (versions.isEmpty()) {
            return null;
        }
        Verified last = versions.getLast();
        return new Baseline(last.release, last.version(), last.proposal.sha());
    }

    /** With what what comes after it is given is compared; nothing where there is none, or no gate compares. */
    static Launch.@Nullable Before before(@Nullable PolicyInForce policy, List<Verified> versions) {
        if (policy == null
                || versions.isEmpty()
                || policy.policy().gates().stream().noneMatch(Gate::isOfSettings)) {
            return null;
        }
        Verified last = versions.getLast();
        Target staging = policy.policy().environments().staging().target();
        return new Launch.Before(
                last.release,
                last.staging == null
                        ? null
                        : new Configuration(staging, null, null)
                                .changesFrom(new Configuration(last.staging, null, null)),
                last.fingerprints);
    }

    /** Gone back to, under what the policy says of users now. */
    Verified backUnder(Verified rollback) {
        return new Verified(
                release,
                proposal,
                target,
                this.rollback,
                rollback.front(),
                rollback.whenBad(),
                passed,
                staging,
                fingerprints);
    }
}
