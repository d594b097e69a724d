package dev.slipway.platform;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The broker's configuration for one machine. Kafka's defaults are made for a cluster: 50 partitions for offsets,
 * three seconds of waiting per group, a 128 MB buffer for the log cleaner, logs that grow for a week without a limit.
 */
final class BrokerProperties {
    static final int NODE_ID = 1;
    private static final int MEBIBYTE = 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(Path logDirectory, int kafkaPort, int controllerPort, Listening listening) {
        Properties properties = new Properties();
        listeners(properties, kafkaPort, controllerPort, listening);
        properties.setProperty("log.dirs", logDirectory.toString());
        oneReplica(properties);
        bounds(properties);
        fewThreads(properties);
        restartAfterKill(properties);
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        return properties;
    }

    private static void listeners(Properties properties, int kafkaPort, int controllerPort, Listening listening) {
        String controller = Ports.HOST + ":" + controllerPort;
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
        properties.setProperty(
                "listeners", "PLAINTEXT://" + listening.bind() + ":" + kafkaPort + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + listening.advertised() + ":" + kafkaPort);
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private static void oneReplica(Properties properties) {
        set(properties, "default.replication.factor", 1);
        set(properties, "num.partitions", 1);
        set(properties, "offsets.topic.num.partitions", 4);
        set(properties, "offsets.topic.replication.factor", 1);
        set(properties, "transaction.state.log.num.partitions", 1);
        set(properties, "transaction.state.log.replication.factor", 1);
        set(properties, "transaction.state.log.min.isr", 1);
        set(properties, "share.coordinator.state.topic.num.partitions", 1);
        set(properties, "share.coordinator.state.topic.replication.factor", 1);
        set(properties, "share.coordinator.state.topic.min.isr", 1);
    }

    /**
     * A broker that was killed is let in again only when the session of the life before is over, and asks at growing
     * intervals up to that time: 15 s with Kafka's 9 s, under 6 s so. The price is a short pause after the machine slept.
     */
    private static void restartAfterKill(Properties properties) {
        set(properties, "broker.session.timeout.ms", 2_000);
        set(properties, "broker.heartbeat.interval.ms", 400);
    }

    private static void bounds(Properties properties) {
        // Of each partition, of which there are about a hundred: 2 GB in all at most.
        set(properties, "log.segment.bytes", 4 * MEBIBYTE);
        set(properties, "log.retention.bytes", 16 * MEBIBYTE);
        set(properties, "log.retention.hours", 168);
        set(properties, "log.retention.check.interval.ms", 60_000);
        set(properties, "log.index.size.max.bytes", 256 * 1024);
        set(properties, "offsets.topic.segment.bytes", 4 * MEBIBYTE);
        set(properties, "transaction.state.log.segment.bytes", 4 * MEBIBYTE);
        set(properties, "metadata.log.segment.bytes", 8 * MEBIBYTE);
        set(properties, "metadata.max.retention.bytes", 16 * MEBIBYTE);
        set(properties, "metadata.max.idle.interval.ms", 5_000); // the empty records that a quiet controller writes
        set(properties, "message.max.bytes", MEBIBYTE + 64 * 1024);
        set(properties, "socket.request.max.bytes", 16 * MEBIBYTE);
        set(properties, "max.connections", 2_000);
        set(properties, "log.cleaner.dedupe.buffer.size", 4 * MEBIBYTE);
    }

    private static void fewThreads(Properties properties) {
        set(properties, "num.network.threads", 2);
        set(properties, "num.io.threads", 4);
        set(properties, "background.threads", 2);
        set(properties, "num.recovery.threads.per.data.dir", 2);
        set(properties, "group.coordinator.threads", 1);
        set(properties, "share.coordinator.threads", 1);
    }

    private static void set(Properties properties, String key, int value) {
        properties.setProperty(key, Integer.toString(value));
    }
}
