package dev.slipway.guide;

import dev.slipway.testkit.PureCoreRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void reading_and_proposing_are_pure() {
        PureCoreRules.check(
                PureCoreRules.classes(
                        Answers.class,
                        Classing.class,
                        Clause.class,
                        Condition.class,
                        DecisionFile.class,
                        Evidence.class,
                        FormReader.class,
                        LineMatch.class,
                        MarkdownReader.class,
                        NamedRole.class,
                        Placeholders.class,
                        Proposing.class,
                        Rerun.class,
                        StepReading.class,
                        TableReader.class,
                        Timing.class,
                        Topic.class),
                "dev.slipway.guide");
    }
}
