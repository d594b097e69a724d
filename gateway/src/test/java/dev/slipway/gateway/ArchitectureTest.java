package dev.slipway.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway.gateway");
    private static final String[] CORES = {
        "dev.slipway.gateway.split",
        "dev.slipway.gateway.samples",
        "dev.slipway.gateway.event",
        "dev.slipway.gateway.passing"
    };

    @Test
    void the_cores_see_no_framework_no_network_and_no_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.springframework..",
                        "org.apache.kafka..",
                        "jakarta..",
                        "io.github.resilience4j..",
                        "java.net.http..",
                        "io.netty..",
                        "reactor..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "java.util.random.."))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(GATEWAY);
    }

    @Test
    void the_cores_do_not_know_the_shell() {
        noClasses()
                .that()
                .resideInAnyPackage(CORES)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.slipway.gateway.live",
                        "dev.slipway.gateway.front",
                        "dev.slipway.gateway.intake",
                        "dev.slipway.gateway.proxy",
                        "dev.slipway.gateway.routes",
                        "dev.slipway.web.."))
                .check(GATEWAY);
    }

    @Test
    void the_features_have_no_cycle() {
        slices().matching("dev.slipway.gateway.(*)..").should().beFreeOfCycles().check(GATEWAY);
    }

    @Test
    void the_gateway_knows_no_service_but_by_contract() {
        noClasses()
                .that()
                .resideInAPackage("dev.slipway.gateway..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.slipway.release..",
                        "dev.slipway.validation..",
                        "dev.slipway.deployment..",
                        "dev.slipway.notification..",
                        "dev.slipway.messaging.."))
                .check(GATEWAY);
    }
}
