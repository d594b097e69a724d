package dev.slipway.release.saga;

import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.policy.ReleaseFacts;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.release.application.Launch;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is known of a release when it begins, by which its policy says what holds for it. */
final class LaunchFacts {
    private LaunchFacts() {}

    /** Of what kinds it is; of none where its version is no version. */
    static Set<ReleaseKind> kinds(Launch launch) {
        return SemanticVersion.of(launch.proposal().version())
                .map(version -> ReleaseKind.of(version, launch.proposal().hotfix() != null, launch.baseline() == null))
                .orElse(EnumSet.noneOf(ReleaseKind.class));
    }

    /** Each of {@link ReleaseFacts#NAMES}. */
    static Map<String, BigDecimal> of(Launch launch) {
        Map<String, BigDecimal> facts = new TreeMap<>();
        SemanticVersion.of(launch.proposal().version()).ifPresent(version -> {
            facts.put(ReleaseFacts.MAJOR, new BigDecimal(version.major()));
            facts.put(ReleaseFacts.MINOR, new BigDecimal(version.minor()));
            facts.put(ReleaseFacts.PATCH, new BigDecimal(version.patch()));
        });
        facts.put(
                ReleaseFacts.ARTIFACTS,
                BigDecimal.valueOf(launch.proposal().artifacts().size()));
        facts.put(ReleaseFacts.ATTEMPT, BigDecimal.valueOf(Math.max(1, launch.attempt())));
        facts.put(ReleaseFacts.SETTINGS, BigDecimal.valueOf(launch.changes().size()));
        facts.put(ReleaseFacts.CONFIGURATION, said(launch.configured() != null));
        Set<ReleaseKind> kinds = kinds(launch);
        for (ReleaseKind kind : ReleaseKind.values()) {
            if (kind != ReleaseKind.UNKNOWN) {
                facts.put(ReleaseFacts.of(kind), said(kinds.contains(kind)));
            }
        }
        return facts;
    }

    private static BigDecimal said(boolean so) {
        return so ? BigDecimal.ONE : BigDecimal.ZERO;
    }
}
