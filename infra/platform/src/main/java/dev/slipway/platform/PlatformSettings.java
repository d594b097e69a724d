package dev.slipway.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the platform keeps its data and where it listens, always on 127.0.0.1. A value out of range is an
 * IllegalArgumentException that names the value and the limit.
 *
 * @param home directory for all data; created if missing; one platform at a time
 * @param kafkaPort port of the broker, 0 to 65535; 0 takes a free one, here and below
 * @param controllerPort port of the broker's controller
 * @param mongoPort port of the store
 * @param smtpPort port of the inbox's mail server
 * @param slackPort port of the inbox's Slack endpoint
 * @param topics created at the start where they are missing
 * @param listening where everything listens
 */
public record PlatformSettings(
        Path home,
        int kafkaPort,
        int controllerPort,
        int mongoPort,
        int smtpPort,
        int slackPort,
        List<TopicSpec> topics,
        Listening listening) {

    public PlatformSettings {
        requirePort("Kafka", kafkaPort);
        requirePort("controller", controllerPort);
        requirePort("MongoDB", mongoPort);
        requirePort("SMTP", smtpPort);
        requirePort("Slack", slackPort);
        topics = List.copyOf(topics);
    }

    /** Free ports, no topics: {@code Platform.start(PlatformSettings.in(directory))} is all that a test needs. */
    public static PlatformSettings in(Path home) {
        return new PlatformSettings(home, 0, 0, 0, 0, 0, List.of(), Listening.LOOPBACK);
    }

    public PlatformSettings withTopics(List<TopicSpec> more) {
        List<TopicSpec> all = new ArrayList<>(topics);
        all.addAll(more);
        return new PlatformSettings(home, kafkaPort, controllerPort, mongoPort, smtpPort, slackPort, all, listening);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " port " + port + " must be 0 to 65535");
        }
    }
}
