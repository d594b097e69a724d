package dev.slipway.deployment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.slipway.testkit.PureCoreRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String SERVICE = "dev.slipway.deployment";
    private static final String CORE = SERVICE + ".environment..";
    private static final String WATCH = SERVICE + ".watch..";

    @Test
    void the_core_is_pure() {
        PureCoreRules.check(PureCoreRules.packages(CORE, WATCH), SERVICE);
    }

    @Test
    void arrows_point_into_the_core() {
        PureCoreRules.check(
                noClasses()
                        .that()
                        .resideInAPackage(WATCH)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                SERVICE, CORE, SERVICE + ".target..", SERVICE + ".work..", SERVICE + ".api.."),
                SERVICE);
        PureCoreRules.check(
                noClasses()
                        .that()
                        .resideInAPackage(CORE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SERVICE, SERVICE + ".target..", SERVICE + ".work..", SERVICE + ".api.."),
                SERVICE);
        PureCoreRules.check(
                noClasses()
                        .that()
                        .resideInAPackage(SERVICE + ".target..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SERVICE, SERVICE + ".work..", SERVICE + ".api.."),
                SERVICE);
    }
}
