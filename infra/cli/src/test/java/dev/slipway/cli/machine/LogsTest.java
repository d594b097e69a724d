package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    private static final Instance GATEWAY = Instance.only(Program.GATEWAY);

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void aHome() throws IOException {
        home = new Home(folder);
        Files.createDirectories(home.logs());
    }

    private void printed(String name, String text) throws IOException {
        Files.writeString(home.logs().resolve(name), text);
    }

    @Test
    void of_one_that_was_started_again_and_has_said_nothing_yet_the_lines_of_the_time_before_are_shown()
            throws IOException {
        printed("gateway.out.1", "one\ntwo\nno port for me\n");
        printed("gateway.out", "");

        assertThat(new Logs(home).last(GATEWAY, 2)).containsExactly("two", "no port for me");
    }

    @Test
    void what_it_says_now_counts_as_soon_as_it_says_anything() throws IOException {
        printed("gateway.out.1", "no port for me\n");
        printed("gateway.out", "a port\n");

        assertThat(new Logs(home).last(GATEWAY, 2)).containsExactly("a port");
    }

    @Test
    void who_has_never_said_anything_has_no_lines() {
        assertThat(new Logs(home).last(GATEWAY, 2)).isEmpty();
    }
}
