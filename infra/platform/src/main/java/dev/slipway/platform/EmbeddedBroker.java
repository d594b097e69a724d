package dev.slipway.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker inside this JVM: broker and controller in one (KRaft), listening on 127.0.0.1 only. Its directory
 * is formatted once and opened again after a clean or an unclean end. Records are safe against the death of the
 * process, because the operating system holds what was written; not against power loss, because nothing is synced.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Between finding a free port and taking it, another process may take it. */
    private static final int FREE_PORT_ATTEMPTS = 4;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * @param directory for all its data, created if missing
     * @param kafkaPort 0 for a free one
     * @param controllerPort 0 for a free one
     * @throws PlatformException if it cannot start
     */
    public static EmbeddedBroker start(Path directory, int kafkaPort, int controllerPort, Listening listening) {
        Ports.requireFree(kafkaPort, "--kafka-port");
        Ports.requireFree(controllerPort, "--controller-port");
        BrokerFaults.raiseInsteadOfExit();
        int attemptsLeft = kafkaPort == 0 || controllerPort == 0 ? FREE_PORT_ATTEMPTS : 1;
        while (true) {
            attemptsLeft--;
            try {
                return startOn(
                        directory,
                        kafkaPort == 0 ? Ports.free() : kafkaPort,
                        controllerPort == 0 ? Ports.free() : controllerPort,
                        listening);
            } catch (IOException | RuntimeException e) {
                if (attemptsLeft == 0 || !BrokerFaults.portWasTaken(e)) {
                    throw BrokerFaults.asPlatformException(directory, e);
                }
            }
        }
    }

    private static EmbeddedBroker startOn(Path directory, int port, int controllerPort, Listening listening)
            throws IOException {
        Properties properties = BrokerProperties.of(directory.resolve("log"), port, controllerPort, listening);
        format(directory, properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        startOrStop(server);
        return new EmbeddedBroker(server, port);
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    /** Hands over what it holds and stops, so that the next start need not recover the logs. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void startOrStop(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            stopQuietly(server, e);
            throw e;
        }
    }

    private static void stopQuietly(KafkaRaftServer server, RuntimeException reason) {
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** Kafka writes meta.properties last, so a directory that has it is complete; one without is formatted again. */
    private static void format(Path directory, Properties properties) throws IOException {
        Path logDirectory = directory.resolve("log");
        Files.createDirectories(logDirectory);
        if (Files.exists(logDirectory.resolve("meta.properties"))) {
            return;
        }
        Path configuration = directory.resolve("format.properties");
        try (var out = Files.newBufferedWriter(configuration)) {
            properties.store(out, "Used once, to format the log directory");
        }
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code;
        try (PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            code = StorageTool.execute(
                    new String[] {
                        "format", "--ignore-formatted", "-t", clusterId(directory), "-c", configuration.toString()
                    },
                    stream);
        }
        if (code != 0) {
            throw new IOException("formatting failed with code " + code + ": " + told.toString(StandardCharsets.UTF_8));
        }
    }

    /** Remembered before the formatting, so that one that was cut short goes on under the same id. */
    private static String clusterId(Path directory) throws IOException {
        Path remembered = directory.resolve("cluster-id");
        if (Files.exists(remembered)) {
            String id = Files.readString(remembered).strip();
            if (!id.isEmpty()) {
                return id;
            }
        }
        String id = Uuid.randomUuid().toString();
        Files.writeString(remembered, id);
        return id;
    }
}
