package dev.slipway.gateway;

import dev.slipway.contracts.Topics;
import dev.slipway.platform.Pace;
import dev.slipway.platform.PlatformMain;
import dev.slipway.platform.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, always on the same ports, that can be killed and started again. */
final class BrokerProcess implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final Path home;
    private final List<Integer> ports;
    private @Nullable Process process;

    BrokerProcess(Path home) {
        this.home = home;
        this.ports = Ports.free(5);
    }

    String kafka() {
        return "127.0.0.1:" + ports.getFirst();
    }

    /** Returns when it takes requests. */
    void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PlatformMain.class.getName(),
                "--home",
                home.toString()));
        List<String> names = List.of("kafka", "controller", "mongo", "smtp", "slack");
        for (int i = 0; i < names.size(); i++) {
            command.addAll(List.of("--" + names.get(i) + "-port", ports.get(i).toString()));
        }
        Topics.all(PARTITIONS)
                .forEach(topic -> command.addAll(List.of(
                        "--topic", topic.name() + ":" + topic.partitions() + (topic.compacted() ? ":compact" : ""))));
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(home.resolve("platform.log").toFile())
                    .start();
            process = started;
            BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line == null || !line.startsWith("READY")) {
                throw new IllegalStateException("The broker does not start, see " + home + ": " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                if (!running.waitFor(Pace.seconds(10), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The broker does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        kill();
    }
}
