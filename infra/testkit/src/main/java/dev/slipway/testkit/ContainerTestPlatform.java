package dev.slipway.testkit;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.slipway.platform.Pace;
import dev.slipway.platform.inbox.Inbox;
import dev.slipway.platform.inbox.InboxSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/** Broker and store in containers, reached by their mapped ports on 127.0.0.1; the inbox is in this JVM. */
final class ContainerTestPlatform implements TestPlatform {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
    private static final int MONGO_PORT = 27017;

    private final List<Startable> containers;
    private final String kafka;
    private final Function<String, String> mongodb;
    private final Inbox inbox;
    private final String description;

    private ContainerTestPlatform(
            List<? extends Startable> containers,
            String kafka,
            Function<String, String> mongodb,
            Inbox inbox,
            String description) {
        this.containers = List.copyOf(containers);
        this.kafka = kafka;
        this.mongodb = mongodb;
        this.inbox = inbox;
        this.description = description;
    }

    /**
     * @param images one is Slipway's own platform, two are Kafka and MongoDB
     * @param home for the inbox's files
     */
    static TestPlatform start(List<String> images, Path home) {
        Inbox inbox = Inbox.start(InboxSettings.in(home.resolve("inbox"), 0, 0), Clock.systemUTC());
        String description = "containers of " + String.join(" and ", images);
        return images.size() == 1
                ? own(images.getFirst(), inbox, description)
                : makers(images.getFirst(), images.getLast(), inbox, description);
    }

    private static TestPlatform makers(String kafkaImage, String mongoImage, Inbox inbox, String description) {
        KafkaContainer kafka = new KafkaContainer(DockerImageName.parse(kafkaImage));
        MongoDBContainer mongo = new MongoDBContainer(DockerImageName.parse(mongoImage));
        Startables.deepStart(kafka, mongo).join();
        return new ContainerTestPlatform(
                List.of(kafka, mongo), kafka.getBootstrapServers(), mongo::getReplicaSetUrl, inbox, description);
    }

    private static TestPlatform own(String image, Inbox inbox, String description) {
        int kafkaPort = dev.slipway.platform.Ports
                .free(); // the broker tells its clients this port, so it is the same inside and outside
        GenericContainer<?> platform = new GenericContainer<>(DockerImageName.parse(image))
                .withCommand(arguments(kafkaPort).toArray(String[]::new))
                .withExposedPorts(MONGO_PORT)
                .withCreateContainerCmdModifier(command -> {
                    var host = Objects.requireNonNull(command.getHostConfig());
                    Ports bindings = Objects.requireNonNullElseGet(host.getPortBindings(), Ports::new);
                    bindings.add(binding(kafkaPort, kafkaPort), binding(dev.slipway.platform.Ports.free(), MONGO_PORT));
                    command.withExposedPorts(ExposedPort.tcp(kafkaPort), ExposedPort.tcp(MONGO_PORT))
                            .withHostConfig(host.withPortBindings(bindings));
                })
                .waitingFor(Wait.forLogMessage(".*READY .*", 1).withStartupTimeout(Pace.patience(STARTS_WITHIN)));
        platform.start();
        String store = "mongodb://%s:%d/".formatted(LOOPBACK, platform.getMappedPort(MONGO_PORT));
        return new ContainerTestPlatform(
                List.of(platform),
                LOOPBACK + ":" + kafkaPort,
                database -> store + database + "?retryWrites=false",
                inbox,
                description);
    }

    private static List<String> arguments(int kafkaPort) {
        List<String> arguments = new ArrayList<>(List.of("--home", "/data", "--bind", "0.0.0.0"));
        arguments.addAll(List.of("--advertise", LOOPBACK, "--kafka-port", Integer.toString(kafkaPort)));
        arguments.addAll(List.of("--controller-port", "0", "--mongo-port", Integer.toString(MONGO_PORT)));
        arguments.addAll(List.of("--smtp-port", "0", "--slack-port", "0"));
        return arguments;
    }

    private static PortBinding binding(int outside, int inside) {
        return new PortBinding(Ports.Binding.bindIpAndPort(LOOPBACK, outside), ExposedPort.tcp(inside));
    }

    @Override
    public String kafka() {
        return kafka;
    }

    @Override
    public String mongodb(String database) {
        return mongodb.apply(database);
    }

    @Override
    public int smtpPort() {
        return inbox.smtpPort();
    }

    @Override
    public String slackUrl() {
        return inbox.slackUrl();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {
        inbox.close();
        containers.forEach(Startable::stop);
    }
}
