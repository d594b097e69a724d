package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

final class PureCoreRulesTest {
    private static final JavaClasses CLASSES = PureCoreRules.importing(new String[] {"dev.slipway.testkit"});

    /** What a core may do. */
    record Pure(Instant due, List<Duration> waits) {
        Pure after(Instant now, UUID id) {
            return new Pure(now.plus(waits.getFirst()).plusNanos(id.getMostSignificantBits()), waits);
        }
    }

    static final class AsksTheTime {
        Instant due() {
            return Instant.now();
        }
    }

    static final class HoldsAClock {
        Instant due(Clock clock) {
            return clock.instant();
        }
    }

    static final class RollsDice {
        String id() {
            return UUID.randomUUID().toString();
        }
    }

    static final class IsLucky {
        boolean lucky() {
            return ThreadLocalRandom.current().nextBoolean();
        }
    }

    static final class Reads {
        int first(Path file) throws IOException {
            try (FileInputStream bytes = new FileInputStream(file.toFile())) {
                return bytes.read();
            }
        }
    }

    static final class KnowsSpring {
        DataSize size() {
            return DataSize.ofBytes(1);
        }
    }

    static final class LooksAround {
        long now() {
            return System.nanoTime();
        }
    }

    @Test
    void a_pure_core_passes_and_each_impurity_is_found() {
        assertThat(violated(PureCoreRules.classes(Pure.class, Kettle.KettleCore.class, Kettle.class)))
                .isFalse();
        for (Class<?> impure : List.of(
                AsksTheTime.class,
                HoldsAClock.class,
                RollsDice.class,
                IsLucky.class,
                Reads.class,
                KnowsSpring.class,
                LooksAround.class)) {
            assertThat(violated(PureCoreRules.classes(impure)))
                    .as(impure.getSimpleName())
                    .isTrue();
        }
    }

    @Test
    void packages_are_named_by_pattern() {
        assertThat(violated(PureCoreRules.packages("dev.slipway.testkit"))).isTrue();
    }

    private static boolean violated(ArchRule rule) {
        return rule.evaluate(CLASSES).hasViolation();
    }
}
