package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be told of a process that ended, with processes that end in one way or another. */
class AutopsyTest {
    private static final String KEY = "hello@1.1.0/production/1";

    @TempDir
    Path directory = Path.of("");

    private Trouble ended(String script) throws Exception {
        KeyFolder folder = new KeyFolder(directory, KEY);
        Files.createDirectories(folder.workDirectory());
        Process process = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        Instant began = Instant.now();
        ProcessRecord record =
                ProcessRecord.none(KEY).running(process.pid(), began, ProcessTable.birth(process.pid()), began);
        Autopsy.attend(process, record.birth(), folder);
        process.waitFor();
        Awaitility.await().until(() -> Autopsy.exit(folder, record).isPresent());
        return Autopsy.ofEnded("It ended", folder, record, new Masking(List.of("s3same-open")), Instant.now());
    }

    @Test
    void an_exit_status_is_told_with_seconds_log_and_what_to_try() throws Exception {
        Trouble trouble = ended("echo first; echo s3same-open; exit 3");

        assertThat(trouble.text()).isEqualTo("It ended: exit status 3 after 0 s");
        assertThat(trouble.exitStatus()).isEqualTo(3);
        assertThat(trouble.signal()).isNull();
        assertThat(trouble.lastLines()).containsExactly("first", "***");
        assertThat(trouble.log()).endsWith("output.log");
        assertThat(trouble.remedy()).isEqualTo("Try: ./slipway logs hello@1.1.0 --environment production");
    }

    @ParameterizedTest
    @CsvSource({"KILL, 9, dmesg", "SEGV, 11, built for this machine", "TERM, 15, slipway logs"})
    void a_signal_is_told_by_name_and_number_with_what_it_often_means(String name, int number, String remedy)
            throws Exception {
        Trouble trouble = ended("kill -" + number + " $$; sleep 5");

        assertThat(trouble.text()).startsWith("It ended: killed by signal %d (%s)".formatted(number, name));
        assertThat(trouble.signal()).isEqualTo(name);
        assertThat(trouble.exitStatus()).isNull();
        assertThat(trouble.remedy()).contains(remedy);
    }

    @Test
    void a_port_that_another_has_is_recognised_in_what_was_written_last() throws Exception {
        assertThat(ended("echo 'listen tcp :8080: bind: address already in use'; exit 1")
                        .remedy())
                .contains("the port that it is given");
    }

    @Test
    void one_that_ended_at_once_and_wrote_nothing_is_to_be_run_by_hand() throws Exception {
        assertThat(ended("exit 1").remedy()).contains("run the same command by hand");
    }

    @Test
    void twenty_lines_are_shown_and_long_ones_are_cut() throws Exception {
        String lines =
                IntStream.rangeClosed(1, 30).mapToObj(i -> "echo line " + i).collect(Collectors.joining(";"));
        Trouble trouble = ended(lines + ";echo '" + "x ".repeat(499) + "xx'");

        assertThat(trouble.lastLines()).hasSize(20).startsWith("line 12");
        assertThat(trouble.lastLines().getLast())
                .hasSizeLessThanOrEqualTo(300)
                .contains("(cut, it had 1000 characters)");
    }

    @Test
    void nothing_is_made_up_about_an_end_that_nobody_saw() throws Exception {
        KeyFolder folder = new KeyFolder(directory, KEY);
        Files.createDirectories(folder.workDirectory());
        ProcessRecord record = ProcessRecord.none(KEY).running(4711, Instant.now(), "another boot:1", Instant.now());

        Trouble trouble = Autopsy.ofEnded("It ended", folder, record, new Masking(List.of()), Instant.now());
        assertThat(trouble.text())
                .isEqualTo(
                        "It ended: how is not known (exit status unknown), as the instance of deployment-service that had started it lives no more, and only that one learns it");
        assertThat(trouble.exitStatus()).isNull();
        assertThat(trouble.lastLines()).isEmpty();
    }
}
