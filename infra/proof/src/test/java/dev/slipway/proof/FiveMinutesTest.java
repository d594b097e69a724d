package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.proof.FiveMinutes.Taken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiveMinutesTest {
    private static final Duration UP = Duration.ofSeconds(20);

    @Test
    void on_a_quiet_machine_they_are_five_minutes_to_the_letter() {
        assertThat(new Taken("Python", UP, Duration.ofSeconds(279), 1).kept()).isTrue();
        assertThat(new Taken("Python", UP, Duration.ofSeconds(280), 1).kept()).isFalse();
    }

    @Test
    void on_one_that_is_twice_as_slow_they_are_ten() {
        assertThat(new Taken("Go", UP, Duration.ofSeconds(579), 2).kept()).isTrue();
        assertThat(new Taken("Go", UP, Duration.ofSeconds(580), 2).kept()).isFalse();
    }

    @Test
    void what_took_longer_is_shown_and_refused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("first-release.md");
        FiveMinutes minutes = new FiveMinutes(file);
        minutes.demand(new Taken("Go", UP, Duration.ofSeconds(40), 1.5));

        assertThatThrownBy(() -> minutes.demand(new Taken("Node.js", UP, Duration.ofSeconds(300), 1)))
                .isInstanceOf(AssertionError.class);

        assertThat(Files.readString(file))
                .contains("| Go | 60 s | 20 s | 1.5 | 450 s |")
                .contains("| Node.js | 320 s | 20 s | 1.0 | 300 s |");
    }
}
