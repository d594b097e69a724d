package dev.slipway.contracts.ci;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proposes a release: the customData of {@code artifact.published}, and the body of {@code POST /api/v1/releases}.
 *
 * @param version SemVer 2.0.0
 * @param artifacts 1 to 20; the first is what a policy calls {@code {artifact}}, each is called by its name
 * @param fixes the release in NEEDS_OPERATOR that this one repairs, or null; operators only
 * @param hotfix why production is to get a version below the highest that it ever had, 1 to 500 characters; operators
 *     only; null where it goes above, and from before there were hotfixes
 * @param owner who answers for the release, a role of contacts of the policy or the email of one, 1 to 254 characters; null for
 *     the owner that the policy names, and from before there were owners
 * @param day the release day, from which duties with a time are counted; null where nobody has set it yet, and from before there
 *     was one
 * @param forwardOnly why production cannot go back from it, as after a migration that cannot be undone, 1 to 500 characters; the
 *     policy says who may say so, and what is done instead of going back ({@code forwardOnly}). Null where it can, and from before
 *     there was that
 */
public record Proposal(
        ApplicationName application,
        String version,
        Sha sha,
        List<Artifact> artifacts,
        @Nullable String fixes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String hotfix,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String owner,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate day,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forwardOnly) {
    public static final int VERSION_CHARACTERS_MAX = 100;
    public static final int HOTFIX_CHARACTERS_MAX = 500;
    public static final int OWNER_CHARACTERS_MAX = 254;
    public static final int FORWARD_ONLY_CHARACTERS_MAX = 500;
    public static final int ARTIFACTS_MAX = 20;

    public Proposal {
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
        Texts.requirePresent("artifacts", artifacts);
        Texts.requireLength("version", version, 1, VERSION_CHARACTERS_MAX);
        artifacts = List.copyOf(artifacts);
        if (hotfix != null) {
            Texts.requireLength("hotfix", hotfix.strip(), 1, HOTFIX_CHARACTERS_MAX);
        }
        if (owner != null) {
            Texts.requireLength("owner", owner.strip(), 1, OWNER_CHARACTERS_MAX);
        }
        if (forwardOnly != null) {
            Texts.requireLength("forwardOnly", forwardOnly.strip(), 1, FORWARD_ONLY_CHARACTERS_MAX);
        }
        if (artifacts.isEmpty() || artifacts.size() > ARTIFACTS_MAX) {
            throw new IllegalArgumentException("artifacts: 1 to 20 of them, there are " + artifacts.size());
        }
    }

    /** A proposal that goes above all that production had. */
    public Proposal(
            ApplicationName application, String version, Sha sha, List<Artifact> artifacts, @Nullable String fixes) {
        this(application, version, sha, artifacts, fixes, null, null, null, null);
    }

    /** One for which whoever the policy names answers. */
    public Proposal(
            ApplicationName application,
            String version,
            Sha sha,
            List<Artifact> artifacts,
            @Nullable String fixes,
            @Nullable String hotfix) {
        this(application, version, sha, artifacts, fixes, hotfix, null, null, null);
    }

    /** One of which nobody has said yet on which day it is to be released. */
    public Proposal(
            ApplicationName application,
            String version,
            Sha sha,
            List<Artifact> artifacts,
            @Nullable String fixes,
            @Nullable String hotfix,
            @Nullable String owner) {
        this(application, version, sha, artifacts, fixes, hotfix, owner, null, null);
    }

    /** One from which production can go back. */
    public Proposal(
            ApplicationName application,
            String version,
            Sha sha,
            List<Artifact> artifacts,
            @Nullable String fixes,
            @Nullable String hotfix,
            @Nullable String owner,
            @Nullable LocalDate day) {
        this(application, version, sha, artifacts, fixes, hotfix, owner, day, null);
    }

    /** The same, to be released on that day. */
    public Proposal on(@Nullable LocalDate releaseDay) {
        return new Proposal(application, version, sha, artifacts, fixes, hotfix, owner, releaseDay, forwardOnly);
    }

    /** The same, from which production cannot go back. */
    public Proposal onlyForward(String reason) {
        return new Proposal(application, version, sha, artifacts, fixes, hotfix, owner, day, reason);
    }

    /** Whether only an operator may propose it. */
    @JsonIgnore
    public boolean isForOperators() {
        return fixes != null || hotfix != null;
    }
}
