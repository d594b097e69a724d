package dev.slipway.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShellTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Shell shell = new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err,
            true,
            100,
            Map.of("SLIPWAY_COMMAND", "slipway"));

    private String said(String line) {
        out.reset();
        shell.say(line);
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Test
    void what_others_wrote_paints_over_nothing() {
        assertThat(said("FAULT  it was changed\rall agrees")).isEqualTo("FAULT  it was changed\ufffdall agrees");
        assertThat(said("\u001b[2Jall \u009b2Jagrees\u202e")).isEqualTo("\ufffd[2Jall \ufffd2Jagrees\ufffd");
    }

    @Test
    void colours_go_and_lines_stay() {
        assertThat(said("\u001b[31mred\u001b[0m\n\tZo\u00eb")).isEqualTo("red\n\tZo\u00eb");
        assertThat(said("next: ./slipway up")).isEqualTo("next: slipway up");
    }
}
