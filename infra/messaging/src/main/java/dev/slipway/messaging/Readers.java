package dev.slipway.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker how far consumer groups have read. Connects when first asked. */
final class Readers implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final Map<String, Object> connection;
    private @Nullable Admin admin;

    Readers(Map<String, Object> connection) {
        this.connection = new HashMap<>(connection);
        this.connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
    }

    /** @throws TryAgain if the broker does not say */
    synchronized Map<TopicPartition, Long> committed(Set<String> groups) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        if (groups.isEmpty()) {
            return committed;
        }
        Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
        groups.forEach(group -> all.put(group, new ListConsumerGroupOffsetsSpec()));
        try {
            Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets =
                    admin().listConsumerGroupOffsets(all).all().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            offsets.values()
                    .forEach(ofGroup -> ofGroup.forEach((partition, offset) -> {
                        if (offset != null) { // nothing was read there yet
                            committed.merge(partition, offset.offset(), Math::max);
                        }
                    }));
            return committed;
        } catch (ExecutionException | TimeoutException unknown) {
            throw new TryAgain("The broker does not say how far others have read", unknown);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TryAgain("Interrupted", stop);
        }
    }

    private Admin admin() {
        Admin known = admin;
        if (known == null) {
            known = Admin.create(connection);
            admin = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(ANSWER_WITHIN);
        }
    }
}
