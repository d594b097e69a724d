package dev.slipway.contracts.ci;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What proposes a release: the customData of {@code artifact.published}, and the body of {@code POST /api/v1/releases}.
 *
 * @param version SemVer 2.0.0
 * @param artifacts 1 to 20; of several only one could be deployed, so that release-service refuses more than one in words
 * @param fixes the release in NEEDS_OPERATOR that this one repairs, or null; operators only
 */
public record Proposal(
        ApplicationName application,
        String version,
        Sha sha,
        List<Artifact> artifacts,
        @Nullable String fixes) {
    public Proposal {
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
        Texts.requirePresent("artifacts", artifacts);
        Texts.requireLength("version", version, 1, 100);
        artifacts = List.copyOf(artifacts);
        if (artifacts.isEmpty() || artifacts.size() > 20) {
            throw new IllegalArgumentException("artifacts: 1 to 20 of them, there are " + artifacts.size());
        }
    }
}
