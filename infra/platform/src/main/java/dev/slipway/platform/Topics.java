package dev.slipway.platform;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics. */
public final class Topics {
    private static final long ANSWER_SECONDS = 20;
    private static final short ONE_REPLICA = 1;
    /** A table is repeated all the time, so small segments are closed and compacted soon. */
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", Integer.toString(1024 * 1024),
            "min.cleanable.dirty.ratio", "0.2",
            "delete.retention.ms", "600000");

    private static final Map<String, String> SHORT = Map.of(
            "retention.ms",
            "3600000",
            "retention.bytes",
            Integer.toString(4 * 1024 * 1024),
            "segment.bytes",
            Integer.toString(1024 * 1024),
            "segment.ms",
            "600000");

    private Topics() {}

    /** Creates the topics that are missing; those that exist stay as they are. */
    public static void create(String bootstrapServers, Collection<TopicSpec> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> there = admin.listTopics().names().get(Pace.seconds(ANSWER_SECONDS), TimeUnit.SECONDS);
            List<NewTopic> missing = wanted.stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .distinct()
                    .map(Topics::asNewTopic)
                    .toList();
            admin.createTopics(missing).all().get(Pace.seconds(ANSWER_SECONDS), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException("topics cannot be created (" + e.getMessage() + ")", "see the broker's log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("creating topics was interrupted", "start again", e);
        }
    }

    private static NewTopic asNewTopic(TopicSpec topic) {
        NewTopic created = new NewTopic(topic.name(), topic.partitions(), ONE_REPLICA);
        return switch (topic.keeping()) {
            case ALL -> created;
            case COMPACTED -> created.configs(COMPACTED);
            case SHORT -> created.configs(SHORT);
        };
    }
}
