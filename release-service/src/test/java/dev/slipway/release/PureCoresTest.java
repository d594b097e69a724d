package dev.slipway.release;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.testkit.PureCoreRules;
import org.junit.jupiter.api.Test;

final class PureCoresTest {
    private static final String ROOT = "dev.slipway.release";

    @Test
    void the_cores_see_no_framework_no_clock_and_no_outside() {
        PureCoreRules.check(
                PureCoreRules.packages(
                        ROOT + ".saga..",
                        ROOT + ".application..",
                        ROOT + ".retention..",
                        ROOT + ".notes..",
                        ROOT + ".dora..",
                        ROOT + ".paper..",
                        ROOT + ".runbook..",
                        ROOT + ".report..",
                        ROOT + ".rehearsal.."),
                ROOT);
    }

    @Test
    void arrows_point_into_the_cores() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);

        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".saga..",
                        ROOT + ".application..",
                        ROOT + ".retention..",
                        ROOT + ".notes..",
                        ROOT + ".dora..",
                        ROOT + ".paper..",
                        ROOT + ".runbook..",
                        ROOT + ".report..",
                        ROOT + ".rehearsal..",
                        ROOT + ".policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".api..", ROOT + ".wiring..", ROOT + ".git..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".application..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".saga..")
                .check(classes);
    }
}
