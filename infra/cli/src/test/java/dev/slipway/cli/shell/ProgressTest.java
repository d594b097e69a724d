package dev.slipway.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_pipe_sees_each_fact_once_however_often_the_detail_changes() {
        try (Progress progress = new Progress(shell(false, 80))) {
            progress.at("building", "1 s", 0.1);
            progress.at("building", "2 s", 0.2);
            progress.at("testing", "3 s", 0.5);
            progress.say("done");
        }

        assertThat(text()).isEqualTo("  building 1 s%n  testing 3 s%ndone%n".formatted());
    }

    @Test
    void a_terminal_sees_one_line_that_is_painted_over_and_never_wraps() {
        try (Progress progress = new Progress(shell(true, 40))) {
            progress.at("building something with a very long name", "1 s", 0.5);
            progress.say("done");
        }

        String painted = text().substring("\r\u001b[2K".length(), text().indexOf("\r", 1));
        assertThat(painted)
                .hasSize(39)
                .startsWith("[============>           ]  50 %")
                .endsWith("…");
        assertThat(text()).endsWith("\r\u001b[2Kdone" + System.lineSeparator());
    }

    @Test
    void a_bar_is_empty_at_the_start_and_full_at_the_end() {
        assertThat(Progress.bar(0, 10)).isEqualTo("[>         ]   0 %");
        assertThat(Progress.bar(1, 10)).isEqualTo("[==========] 100 %");
        assertThat(Progress.bar(7, 10)).isEqualTo("[==========] 100 %");
    }

    @Test
    void seconds_become_minutes_from_a_minute_on() {
        assertThat(Progress.seconds(Duration.ofMillis(4_230))).isEqualTo("4.2 s");
        assertThat(Progress.seconds(Duration.ofSeconds(72))).isEqualTo("1 min 12 s");
    }

    private Shell shell(boolean terminal, int columns) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Shell(out, out, terminal, columns, Map.of());
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
