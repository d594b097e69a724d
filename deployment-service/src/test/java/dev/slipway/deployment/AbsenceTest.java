package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsenceTest {
    private static final Duration FROM = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void the_first_look_of_all_comes_after_no_absence() {
        assertThat(new Absence(folder.resolve("targets/looked-after"), FROM).since(Instant.now()))
                .isEmpty();
    }

    @Test
    void a_look_long_after_the_last_one_tells_how_long_also_after_a_new_start() {
        Path looked = folder.resolve("looked-after");
        Instant last = Instant.parse("2026-01-05T10:00:00Z");
        Absence before = new Absence(looked, FROM);
        before.since(last);
        before.since(last);

        assertThat(before.since(last.plusSeconds(9))).isEmpty();
        assertThat(new Absence(looked, FROM).since(last.plusSeconds(9 + 90))).contains(Duration.ofSeconds(90));
        assertThat(before.since(last.plusSeconds(9 + 92))).as("told once").isEmpty();
    }
}
