package dev.slipway.release.policy;

import dev.slipway.testkit.PureCoreRules;
import org.junit.jupiter.api.Test;

final class PurePolicyTest {
    @Test
    void reading_a_policy_sees_nothing_but_the_document() {
        // All but PolicySchema, which loads the schema from the jar of the contracts.
        PureCoreRules.check(
                PureCoreRules.classes(
                        PolicyReader.class,
                        PolicyReading.class,
                        PolicyMapping.class,
                        GateMapping.class,
                        YamlDocument.class,
                        CanonicalJson.class,
                        Durations.class,
                        Finding.class,
                        TargetMapping.class,
                        CanaryMapping.class,
                        RefNames.class),
                "dev.slipway.release.policy");
    }
}
