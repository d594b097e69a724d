package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ApplicationsEndTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void each_gets_the_signal_of_its_policy_and_what_it_started_does_not_outlive_it() throws Exception {
        Process polite = shell("trap 'echo term > %s; exit' TERM; while :; do sleep 0.1; done", "term");
        Process other = shell(
                "trap '' TERM; trap 'echo usr1 > %s; exit' USR1; sleep 600 & while :; do sleep 0.1; done", "usr1");
        record(polite, "");
        record(other, "{\"signal\": \"USR1\", \"grace\": \"PT20S\"}");
        Awaitility.await().until(() -> other.descendants().anyMatch(this::sleepsLong));
        ProcessHandle child =
                other.descendants().filter(this::sleepsLong).findFirst().orElseThrow();

        assertThat(end()).isEqualTo(2);

        assertThat(polite.waitFor()).isZero();
        assertThat(Files.readString(folder.resolve("term"))).isEqualTo("term\n");
        assertThat(Files.readString(folder.resolve("usr1"))).isEqualTo("usr1\n");
        Awaitility.await().until(() -> !child.isAlive());
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("is killed");
    }

    @Test
    void one_that_outlives_its_grace_is_killed_and_named() throws Exception {
        Process stubborn = shell("trap '' TERM; echo there > %s; while :; do sleep 0.1; done", "there");
        record(stubborn, "{\"signal\": \"TERM\", \"grace\": \"PT0.3S\"}");

        end();

        assertThat(stubborn.isAlive()).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("does not end by itself and is killed");
    }

    private int end() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (Progress progress = new Progress(new Shell(out, out, false, 100, Map.of()))) {
            return new ApplicationsEnd(TargetRecords.noteOurEnds(new Home(folder))).run(progress);
        }
    }

    private boolean sleepsLong(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains("600"))
                .orElse(false);
    }

    private Process shell(String script, String file) throws IOException {
        Path ready = folder.resolve(started.size() + ".ready");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        script.formatted(folder.resolve(file)).replace("while :", "touch " + ready + "; while :"))
                .start();
        started.add(process);
        Awaitility.await().until(() -> Files.exists(ready));
        return process;
    }

    private void record(Process process, String stop) throws IOException {
        Path of = Files.createDirectories(new Home(folder).targets().resolve("processes/" + process.pid()));
        Files.writeString(
                of.resolve("process.json"),
                "{\"key\": \"a\", \"port\": 0, \"pid\": %d, \"startedAt\": \"%s\"}"
                        .formatted(process.pid(), process.info().startInstant().orElseThrow()));
        if (!stop.isEmpty()) {
            Files.writeString(of.resolve("stop.json"), stop);
        }
    }
}
