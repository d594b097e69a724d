package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.deployment.Resources;
import dev.slipway.platform.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, as the kernel tells of them. */
@EnabledOnOs(OS.LINUX)
class ResourceMeterTest {
    private static final String KEY = "hello@1.0.0/production/1";
    private static final long MB = 1 << 20;
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(20));

    @TempDir
    Path directory = Path.of("");

    private Optional<Process> program = Optional.empty();

    @AfterEach
    void leaveNothingRunning() {
        program.ifPresent(process -> {
            ProcessTrees.look(); // children end with their pipes
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    /** A session of its own, as a target starts it. */
    private void run(String script) throws Exception {
        Process process = new ProcessBuilder("setsid", "sh", "-c", script).start();
        program = Optional.of(process);
        KeyFolder folder = new KeyFolder(directory, KEY);
        Instant start = process.toHandle().info().startInstant().orElseThrow();
        folder.locked(record -> folder.write(ProcessRecord.none(KEY)
                .seen(1)
                .running(process.pid(), start, ProcessTable.birth(process.pid()), Instant.now())));
    }

    private ResourceMeter meter() {
        return new ResourceMeter(ProcessTargetTest.settings(directory), System::nanoTime);
    }

    private Resources measured() {
        return meter().measure(List.of(KEY)).getOrDefault(KEY, Resources.NONE);
    }

    @Test
    void what_a_program_started_counts_with_it() throws Exception {
        run("(head -c 80000000 /dev/zero; sleep 600) | tail & sleep 600");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> { // in one look: one that just ends has no files any more
                            Resources resources = measured();
                            assertThat(resources.memoryBytes()).isBetween(75 * MB, 110 * MB);
                            assertThat(resources.processes()).isGreaterThanOrEqualTo(4);
                            assertThat(resources.threads()).isEqualTo(resources.processes());
                            assertThat(resources.openFiles()).isGreaterThanOrEqualTo(3 * resources.processes());
                        });
    }

    @Test
    void a_process_whose_parent_has_gone_still_counts_as_it_stays_in_the_session() throws Exception {
        run("(sh -c 'exec sleep 600' & ) ; sleep 600");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(measured().processes()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void how_busy_it_is_is_measured_between_two_looks() throws Exception {
        run("while :; do :; done");
        ResourceMeter meter = meter();
        assertThat(meter.measure(List.of(KEY)).getOrDefault(KEY, Resources.NONE).cpuPercent())
                .as("nothing before the first look")
                .isZero();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meter.measure(List.of(KEY))
                                .getOrDefault(KEY, Resources.NONE)
                                .cpuPercent())
                        .isBetween(5.0, 130.0));
    }

    @Test
    void what_has_ended_and_what_never_was_is_not_measured() throws Exception {
        run("exit 0");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meter().measure(List.of(KEY, "hello@2.0.0/production/1")))
                        .isEqualTo(Map.of()));
    }

    @Test
    void a_process_that_shares_with_its_children_is_not_counted_twice() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(python), "python3 is not on this machine");
        run(python + " -c 'import os, time\nx = b\"x\" * 60_000_000\n[os.fork() for _ in range(2)]\ntime.sleep(600)'");

        await().atMost(PATIENCE).untilAsserted(() -> {
            Resources resources = measured();
            assertThat(resources.processes()).isGreaterThanOrEqualTo(5);
            assertThat(resources.memoryBytes())
                    .as("four processes that share 60 MB")
                    .isBetween(57 * MB, 120 * MB);
        });
    }
}
