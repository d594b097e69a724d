package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunsAnythingTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"env", "sh", "bash", "xargs", "setsid", "sudo", "ld-linux-x86-64.so.2"})
    void a_program_that_runs_any_other_is_pointed_out_with_what_to_allow_instead(String name) {
        assertThat(RunsAnything.note(Path.of("/usr/bin", name)))
                .hasValueSatisfying(note -> assertThat(note)
                        .contains(
                                "runs any program that a policy names",
                                "holds nothing back any more",
                                "--artifact APP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3", "python3.12", "node", "ruby", "perl"})
    void a_language_is_said_to_run_whatever_a_policy_writes(String name) {
        assertThat(RunsAnything.note(Path.of("/usr/bin", name)))
                .hasValueSatisfying(note -> assertThat(note).contains("whatever code a policy writes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "nginx", "shop", "envoy"})
    void of_any_other_program_nothing_is_said(String name) {
        assertThat(RunsAnything.note(Path.of("/usr/bin", name))).isEmpty();
    }

    @Test
    void a_link_is_known_by_what_it_leads_to() throws IOException {
        Path shell = Files.createFile(folder.resolve("bash"));
        Path link = Files.createSymbolicLink(folder.resolve("runner"), shell);

        assertThat(RunsAnything.note(link)).isPresent();
    }
}
