package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** {@link PlatformMain} as a process of its own, with its output in files beside its home. */
final class PlatformProcess implements AutoCloseable {
    private static final Duration READY_MAX = Pace.patience(Duration.ofSeconds(60));

    private final Process process;
    private final Path out;
    private final Path err;

    private PlatformProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static PlatformProcess start(Path home, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--home", home.toString()));
        for (String port : List.of("kafka", "controller", "mongo", "smtp", "slack")) {
            if (!List.of(more).contains("--" + port + "-port")) {
                arguments.addAll(List.of("--" + port + "-port", "0"));
            }
        }
        arguments.addAll(List.of(more));
        return run(home.resolveSibling("."), arguments);
    }

    static PlatformProcess run(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PlatformMain.class.getName()));
        command.addAll(arguments);
        Path out = Files.createTempFile(directory, "platform", ".out");
        Path err = Files.createTempFile(directory, "platform", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new PlatformProcess(process, out, err);
    }

    PlatformAddresses awaitReady() {
        Awaitility.await().atMost(READY_MAX).until(() -> Files.readString(out).endsWith("\n") || !process.isAlive());
        assertThat(process.isAlive()).as(errors()).isTrue();
        String ready = output().strip();
        assertThat(ready).startsWith("READY {").doesNotContain("\n");
        return JsonMapper.shared().readValue(ready.substring("READY ".length()), PlatformAddresses.class);
    }

    int awaitEnd(Duration max) throws InterruptedException {
        assertThat(process.waitFor(Pace.patience(max).toMillis(), TimeUnit.MILLISECONDS))
                .as("the platform ends within %s", max)
                .isTrue();
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    String output() {
        return read(out);
    }

    String errors() {
        return read(err);
    }

    @Override
    public void close() {
        kill();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
