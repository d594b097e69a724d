package dev.slipway.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
final class GitProgramTest {
    @TempDir
    Path folder;

    private Path program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("git"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    @Test
    void the_one_on_the_path_is_taken() {
        assertThat(GitProgram.find().version()).startsWith("2.");
    }

    @Test
    void without_one_the_package_is_named() {
        assertThatThrownBy(() -> GitProgram.find(folder.toString()))
                .isInstanceOf(GitMissing.class)
                .hasMessageContainingAll("2.38", "there is none", "apt-get install git");
    }

    @Test
    void one_that_is_too_old_is_refused_with_its_version() throws IOException {
        program("echo git version 2.37.9");

        assertThatThrownBy(() -> GitProgram.find(folder.toString()))
                .isInstanceOf(GitMissing.class)
                .hasMessageContaining("git is 2.37.9");

        program("echo 'git version 2.38.0 (Apple Git-1)'");
        assertThat(GitProgram.find(folder.toString()).version()).isEqualTo("2.38.0");
    }

    private GitRunner.Call call(String argument, Duration within) {
        return new GitRunner.Call(List.of(argument), folder, Map.of("PATH", "/usr/bin:/bin"), new byte[0], within);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void what_runs_too_long_is_ended_with_what_it_started() throws IOException {
        Path child = folder.resolve("child");
        Path program = program("sleep 1000 & echo $! > " + child + "; wait");
        long seconds = Pace.seconds(2); // by then it has started its child

        assertThatThrownBy(() -> new GitRunner(program, 1_000).run(call("fetch", Duration.ofSeconds(seconds))))
                .isInstanceOf(GitTrouble.class)
                .hasMessage("git fetch took longer than %d s", seconds);

        long pid = Long.parseLong(Files.readString(child).strip());
        ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void what_says_too_much_is_ended() throws IOException {
        Path program = program("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");

        assertThatThrownBy(() -> new GitRunner(program, 1_000).run(call("log", Duration.ofSeconds(50))))
                .isInstanceOf(GitTrouble.class)
                .hasMessage("git log said more than 1000 bytes");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void whoever_is_interrupted_ends_it() throws Exception {
        Path program = program("exec sleep 1000");
        Thread waiting = Thread.currentThread();
        Thread.ofVirtual().start(waiting::interrupt);

        assertThatThrownBy(() -> new GitRunner(program, 1_000).run(call("log", Duration.ofMinutes(10))))
                .isInstanceOf(GitTrouble.class)
                .hasMessage("git log was stopped");
        assertThat(Thread.interrupted()).isTrue();
    }
}
