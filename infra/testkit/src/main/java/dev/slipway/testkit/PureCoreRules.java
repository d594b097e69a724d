package dev.slipway.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * House rule 1: the core never sees Spring, Kafka, MongoDB, a clock, a random source or the outside. A service's test is
 * {@code PureCoreRules.check(PureCoreRules.packages("dev.slipway.release.saga"), "dev.slipway.release")}.
 */
public final class PureCoreRules {
    private static final String[] OUTSIDE = {
        "org.springframework..",
        "org.apache.kafka..",
        "com.mongodb..",
        "org.bson..",
        "io.micrometer..",
        "org.slf4j..",
        "java.net.http..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.sql..",
        "java.util.concurrent..",
        "java.util.random.."
    };
    private static final Set<String> CHANCE =
            Set.of("java.util.Random", "java.security.SecureRandom", "java.time.Clock");
    private static final Set<String> SYSTEM =
            Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "out", "err");
    private static final Set<String> CLOCK_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Year",
            "java.time.YearMonth");

    private PureCoreRules() {}

    /** For services whose cores live in packages of their own, such as {@code dev.slipway.release.saga..}. */
    public static ArchRule packages(String... packages) {
        return pure(resideInAnyPackage(packages));
    }

    /** For cores that share a package with their shell: these classes and what is nested in them. */
    public static ArchRule classes(Class<?>... cores) {
        Set<String> names = Arrays.stream(cores).map(Class::getName).collect(Collectors.toSet());
        return pure(describe(
                "are " + names,
                found -> names.stream()
                        .anyMatch(name ->
                                found.getName().equals(name) || found.getName().startsWith(name + "$"))));
    }

    /** Holds a rule against the main classes of these packages. */
    public static void check(ArchRule rule, String... importedPackages) {
        rule.check(importing(importedPackages, ImportOption.Predefined.DO_NOT_INCLUDE_TESTS));
    }

    static JavaClasses importing(String[] packages, ImportOption... options) {
        // What a class depends on is known by name; reading those classes too would take twenty times as long.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().withImportOptions(List.of(options)).importPackages(packages);
    }

    private static ArchRule pure(DescribedPredicate<JavaClass> core) {
        return CompositeArchRule.of(noClasses()
                        .that(core)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(OUTSIDE).or(readsOrRolls())))
                .and(noClasses().that(core).should().accessTargetWhere(asksForTimeOrChance()));
    }

    private static DescribedPredicate<JavaClass> readsOrRolls() {
        return describe(
                "do I/O, roll dice or tell the time",
                found -> CHANCE.contains(found.getName())
                        || found.getName().equals("java.io.File")
                        || (found.getName().startsWith("java.io.")
                                && found.getName().endsWith("Stream")));
    }

    private static DescribedPredicate<JavaAccess<?>> asksForTimeOrChance() {
        return describe("asks for the time, for chance or for the outside", access -> {
            String owner = access.getTargetOwner().getName();
            return switch (owner) {
                case "java.util.UUID" -> access.getName().equals("randomUUID");
                case "java.lang.Math" -> access.getName().equals("random");
                case "java.lang.System" -> SYSTEM.contains(access.getName());
                case "java.lang.Thread" -> true;
                default -> CLOCK_TYPES.contains(owner) && access.getName().equals("now");
            };
        });
    }
}
