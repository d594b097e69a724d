package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.policy.Limits;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Limits by control group in folders that look like the kernel's, and in the kernel's own where it lets this test. */
@EnabledOnOs(OS.LINUX)
class ProgramLimitsTest {
    private static final String KEY = "hello@1.0.0/production/1";
    private static final Limits ALL = new Limits(512L << 20, 200, 1024, 50);
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    Path directory = Path.of("");

    /** A service in a unit of its own, whose slice it may write. */
    private Path slice() throws IOException {
        Path slice = Files.createDirectories(directory.resolve("cgroup/app.slice"));
        group(slice);
        group(Files.createDirectory(slice.resolve("slipway.service")));
        return slice;
    }

    private static void group(Path folder) throws IOException {
        Files.writeString(folder.resolve("cgroup.controllers"), "cpu memory pids\n");
        Files.writeString(folder.resolve("cgroup.procs"), "");
        Files.writeString(folder.resolve("cgroup.subtree_control"), "");
    }

    private Cgroups groups(String own) throws IOException {
        Path self = Files.writeString(directory.resolve("self"), "0::" + own + "\n");
        return Cgroups.of(directory.resolve("cgroup"), self, null);
    }

    /** What the kernel makes in a new group. */
    private Path program(Path slice, String... files) throws IOException {
        Path group = Files.createDirectories(slice.resolve("slipway-programs").resolve(KeyFolder.name(KEY)));
        for (String file : files) {
            Files.writeString(group.resolve(file), "max");
        }
        return group;
    }

    @Test
    void where_a_group_may_be_made_it_holds_memory_processes_and_cpu_weight() throws Exception {
        Path slice = slice();
        Path group = program(slice, "cgroup.procs", "memory.max", "memory.oom.group", "pids.max", "cpu.weight");

        Confinement held = new ProgramLimits(PRLIMIT, groups("/app.slice/slipway.service")).confine(KEY, ALL);

        assertThat(group.resolve("memory.max")).hasContent("536870912");
        assertThat(group.resolve("memory.oom.group")).hasContent("1");
        assertThat(group.resolve("pids.max")).hasContent("200");
        assertThat(group.resolve("cpu.weight")).hasContent("50");
        assertThat(held.held())
                .containsExactly(
                        "memory 512 MB (control group)",
                        "processes and threads 200 (control group)",
                        "CPU weight 50 (control group)",
                        "open files 1024 in each process (prlimit)");
        assertThat(held.notHeld()).isEmpty();
        assertThat(held.before().subList(0, 2)).containsExactly("/bin/sh", "-c");
        assertThat(held.before()).contains(group.toString()).endsWith("--nofile=1024:1024");
    }

    @Test
    void where_none_may_be_made_prlimit_holds_what_it_can_and_the_rest_is_said_not_to_hold() throws Exception {
        Confinement held = new ProgramLimits(PRLIMIT, groups("/no/such/group")).confine(KEY, ALL);

        assertThat(held.before())
                .containsExactly("/usr/bin/prlimit", "--data=536870912:536870912", "--nofile=1024:1024");
        assertThat(held.held())
                .containsExactly(
                        "memory 512 MB of data in each process (prlimit)", "open files 1024 in each process (prlimit)");
        assertThat(held.text())
                .contains("is NOT held to processes and threads 200, which needs a control group", "CPU weight 50");
    }

    @Test
    void without_any_means_every_limit_is_said_not_to_hold() throws Exception {
        Confinement held = new ProgramLimits(directory.resolve("none"), groups("/none")).confine(KEY, ALL);

        assertThat(held.before()).isEmpty();
        assertThat(held.held()).isEmpty();
        assertThat(held.notHeld()).hasSize(4);
        assertThat(held.text()).contains("slipway.targets.limit-program");
    }

    @Test
    void a_policy_without_limits_changes_nothing() throws Exception {
        assertThat(new ProgramLimits(PRLIMIT, groups("/none")).confine(KEY, null))
                .isEqualTo(Confinement.NONE);
        assertThat(new ProgramLimits(PRLIMIT, groups("/none"))
                        .confine(KEY, Limits.NONE)
                        .text())
                .isEmpty();
    }

    @Test
    void a_folder_that_has_processes_of_its_own_is_no_place_for_groups() throws Exception {
        Path slice = slice();
        program(slice, "cgroup.procs", "memory.max");
        Files.writeString(slice.resolve("cgroup.procs"), "1\n");

        assertThat(groups("/app.slice/slipway.service").group("any")).isEmpty();
        assertThat(Cgroups.of(directory, directory.resolve("no self"), null).group("any"))
                .isEmpty();
    }

    /** Membership and ending need no controller, so that any cgroup v2 that may be written will do. */
    @Test
    void what_runs_in_a_group_of_the_kernels_is_ended_with_it_whatever_session_it_made() throws Exception {
        Path kernel = kernels();
        Path folder = Files.createDirectory(
                kernel.resolve("slipway-test-" + ProcessHandle.current().pid()));
        Process program = null;
        try {
            Cgroups groups = Cgroups.ofThisProcess(folder);
            Optional<Cgroups.Group> group = groups.group("program");
            assumeTrue(group.isPresent(), "this system lets nobody enter a group");
            List<String> command = new ArrayList<>(group.orElseThrow().enter());
            command.addAll(List.of("/bin/sh", "-c", "setsid sleep 600 & exec sleep 601"));
            program = new ProcessBuilder(command).start();
            Path members = group.orElseThrow().folder().resolve("cgroup.procs");
            Awaitility.await()
                    .atMost(Pace.patience(Duration.ofSeconds(10)))
                    .until(() -> Files.readAllLines(members).size() == 2);
            assertThat(Files.readAllLines(members)).contains(Long.toString(program.pid()));

            assertThat(groups.end("program")).isEqualTo(2);

            assertThat(program.waitFor()).isNotZero();
            assertThat(members).doesNotExist();
        } finally {
            if (program != null) {
                program.destroyForcibly();
            }
            Files.deleteIfExists(folder.resolve("slipway-programs/program"));
            Files.deleteIfExists(folder.resolve("slipway-programs"));
            Files.delete(folder);
        }
    }

    /** Where the kernel has its controllers in cgroup v2 and this test may pass them on. */
    @Test
    void the_kernel_holds_memory_processes_and_weight_for_the_program_and_all_that_it_starts() throws Exception {
        Path kernel = kernels();
        for (String controller : List.of("+memory", "+pids", "+cpu")) {
            try {
                Files.writeString(kernel.resolve("cgroup.subtree_control"), controller);
            } catch (IOException bound) {
                assumeTrue(false, "this kernel has " + controller.substring(1) + " in cgroup v1 or not at all");
            }
        }
        Path folder = Files.createDirectory(
                kernel.resolve("slipway-test-" + ProcessHandle.current().pid()));
        Cgroups groups = Cgroups.ofThisProcess(folder);
        try {
            Confinement held = new ProgramLimits(PRLIMIT, groups).confine(KEY, new Limits(64L << 20, 20, null, 50));
            Path group = folder.resolve("slipway-programs").resolve(KeyFolder.name(KEY));

            assertThat(held.notHeld()).isEmpty();
            assertThat(group.resolve("cpu.weight")).hasContent("50");
            assertThat(run(held, "sleep 600 & exec tail -c 200000000 /dev/zero"))
                    .as("what takes too much is killed")
                    .isEqualTo(137);
            assertThat(group.resolve("cgroup.procs"))
                    .as("with all that it started")
                    .isEmptyFile();
            run(held, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do sleep 600 & done");
            assertThat(Files.readAllLines(group.resolve("cgroup.procs"))).hasSizeBetween(1, 20);
            assertThat(Files.readString(group.resolve("pids.events"))).doesNotContain("max 0\n");
        } finally {
            groups.end(KeyFolder.name(KEY));
            Files.deleteIfExists(folder.resolve("slipway-programs"));
            Files.delete(folder);
        }
    }

    private static int run(Confinement held, String script) throws Exception {
        List<String> command = new ArrayList<>(held.before());
        command.addAll(List.of("/bin/sh", "-c", script));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    private static Path kernels() {
        Optional<Path> found = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified")).stream()
                .filter(folder -> Files.exists(folder.resolve("cgroup.procs")) && Files.isWritable(folder))
                .findFirst();
        assumeTrue(found.isPresent(), "no cgroup v2 that may be written: groups of the kernel's are not tried");
        return found.orElseThrow();
    }
}
