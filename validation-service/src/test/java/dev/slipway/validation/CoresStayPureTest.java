package dev.slipway.validation;

import dev.slipway.testkit.PureCoreRules;
import org.junit.jupiter.api.Test;

final class CoresStayPureTest {
    @Test
    void cores_know_no_framework_no_clock_and_no_chance() {
        PureCoreRules.check(
                PureCoreRules.packages(
                        "dev.slipway.validation.assessment..",
                        "dev.slipway.validation.files..",
                        "dev.slipway.validation.judgement..",
                        "dev.slipway.validation.retention..",
                        "dev.slipway.validation.revision..",
                        "dev.slipway.validation.rule..",
                        "dev.slipway.validation.tracker..",
                        "dev.slipway.validation.verdicts.."),
                "dev.slipway.validation");
    }
}
