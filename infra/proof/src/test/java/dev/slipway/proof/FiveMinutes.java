package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What README promises of a first own release: that a newcomer's commands, {@code slipway up} among them, take under five
 * minutes with what is built. On a machine that is so many times slower than a quiet one it may take so many times as long.
 */
final class FiveMinutes {
    static final Duration PROMISED = Duration.ofMinutes(5);

    private static final String HEAD =
            "| first own release in | took | of it slipway up | times slower than a quiet machine | allowed |\n|---|---|---|---|---|";

    private final Path file;
    private final List<String> rows = new ArrayList<>(List.of(HEAD));

    /** @param file where the table is written */
    FiveMinutes(Path file) {
        this.file = file;
    }

    /**
     * One newcomer's time.
     *
     * @param up of {@code slipway up}
     * @param rest of all other commands
     * @param factor {@link dev.slipway.platform.Pace#now} while they ran, 1 and above
     */
    record Taken(String language, Duration up, Duration rest, double factor) {
        Duration all() {
            return up.plus(rest);
        }

        Duration allowed() {
            return Duration.ofMillis((long) (PROMISED.toMillis() * factor));
        }

        boolean kept() {
            return all().compareTo(allowed()) < 0;
        }

        String row() {
            return "| %s | %.0f s | %.0f s | %.1f | %.0f s |"
                    .formatted(language, seconds(all()), seconds(up), factor, seconds(allowed()));
        }

        private static double seconds(Duration time) {
            return time.toMillis() / 1000.0;
        }
    }

    /** Shows it, and demands what was promised. */
    void demand(Taken taken) throws IOException {
        rows.add(taken.row());
        Files.write(file, rows);
        System.out.println(taken.row());
        assertThat(taken.kept()).as(taken.row()).isTrue();
    }
}
