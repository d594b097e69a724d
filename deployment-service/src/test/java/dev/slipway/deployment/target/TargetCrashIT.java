package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.target.TargetPort.Launch;
import dev.slipway.deployment.target.TargetPort.Presence;
import dev.slipway.deployment.target.TargetPort.Startup.Up;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that dies at any point of a start or a stop: the next one finds what is there, and nothing is done twice. */
@Tag("thorough")
class TargetCrashIT {
    private static final int POINTS_MAX = 12;

    @TempDir
    static Path builds = Path.of("");

    private static Path jar = Path.of("");

    @TempDir
    Path all = Path.of("");

    private final List<Path> used = new ArrayList<>();

    @BeforeAll
    static void build() {
        jar = Path.of(SampleBuild.jar(builds, "1.0.0").uri());
    }

    @AfterEach
    void leaveNothingRunning() throws InterruptedException {
        for (Path directory : used) {
            target(directory).stop(TargetContract.KEY, 1_000);
        }
    }

    @Test
    void a_start_that_dies_anywhere_is_finished_by_the_next_worker_with_one_process() throws Exception {
        int crashes = 0;
        for (int point = 1; point <= POINTS_MAX; point++) {
            Path directory = directory("start-" + point);
            boolean crashed = child(directory, "start", point, 1);
            crashes += crashed ? 1 : 0;

            assertThat(target(directory).start(launch(), 2, () -> false))
                    .as("the start after a crash at point %d", point)
                    .isInstanceOf(Up.class);
            assertThat(births(directory))
                    .as("processes ever started when it crashed at point %d", point)
                    .hasSize(1);
            assertThat(working(directory)).as("processes that run now").hasSize(1);
            target(directory).stop(TargetContract.KEY, 3);
            if (!crashed) {
                break; // it has no more points
            }
        }
        assertThat(crashes).as("points at which it died").isGreaterThanOrEqualTo(5);
    }

    @Test
    void a_stop_that_dies_anywhere_is_finished_by_the_next_worker() throws Exception {
        int crashes = 0;
        for (int point = 1; point <= POINTS_MAX; point++) {
            Path directory = directory("stop-" + point);
            target(directory).start(launch(), 1, () -> false);
            boolean crashed = child(directory, "stop", point, 2);
            crashes += crashed ? 1 : 0;

            target(directory).stop(TargetContract.KEY, 3);
            assertThat(target(directory).check(TargetContract.KEY)).isEqualTo(Presence.GONE);
            assertThat(working(directory)).isEmpty();
            assertThat(births(directory)).hasSize(1);
            if (!crashed) {
                break;
            }
        }
        assertThat(crashes).as("points at which it died").isGreaterThanOrEqualTo(3);
    }

    private Path directory(String name) throws IOException {
        Path directory = Files.createDirectories(all.resolve(name));
        SampleBuild.allowJava(directory);
        used.add(directory);
        return directory;
    }

    private static ProcessTarget target(Path directory) {
        TargetSettings settings = ProcessTargetTest.settings(directory);
        return new ProcessTarget(
                settings,
                new AllowedPrograms(directory.resolve("programs.properties")),
                new Secrets(null),
                new VersionClient(settings, Bulkhead.ofDefaults("versions")),
                Clock.systemUTC());
    }

    private static Launch launch() {
        return new Launch(
                TargetContract.KEY, jar, SampleBuild.target("good"), Pace.patience(Duration.ofSeconds(30)), null);
    }

    /** Whether it died at this point, rather than finish. */
    private static boolean child(Path directory, String what, int point, long fence) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingTarget.class.getName(),
                        directory.toString(),
                        what,
                        Integer.toString(point),
                        Long.toString(fence),
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.log").toFile())
                .start();
        assertThat(child.waitFor(Pace.seconds(60), TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("see child.log").isIn(0, CrashingTarget.CRASHED);
        return child.exitValue() == CrashingTarget.CRASHED;
    }

    private static Set<String> births(Path directory) throws IOException {
        Path folder = new KeyFolder(directory, TargetContract.KEY).log().resolveSibling("starts.jsonl");
        return Files.readAllLines(folder).stream()
                .map(line -> MessagingJson.mapper().readValue(line, EffectLine.class))
                .map(line -> line.pid() + " " + line.birth())
                .collect(Collectors.toSet());
    }

    private static List<Long> working(Path directory) throws IOException {
        Path work = directory
                .toRealPath()
                .resolve(directory.relativize(new KeyFolder(directory, TargetContract.KEY).workDirectory()));
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                                .startsWith(work);
                    } catch (IOException | RuntimeException gone) {
                        return false;
                    }
                })
                .map(ProcessHandle::pid)
                .toList();
    }
}
