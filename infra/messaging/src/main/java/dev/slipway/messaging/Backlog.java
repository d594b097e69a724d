package dev.slipway.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far behind a listener is: records that wait, and up to when all has been heard. */
final class Backlog implements ConsumerRebalanceListener {
    private final Map<TopicPartition, Heard> partitions = new ConcurrentHashMap<>();

    private record Heard(Instant upTo, long waiting) {}

    /** These come next; of a partition all before its first record has been heard. */
    void polled(List<? extends ConsumerRecord<?, ?>> records, @Nullable Consumer<?, ?> consumer) {
        Map<TopicPartition, Heard> next = new HashMap<>();
        for (ConsumerRecord<?, ?> record : records) {
            TopicPartition partition = partition(record);
            Heard first = next.get(partition);
            next.put(
                    partition,
                    first == null
                            ? new Heard(at(record), 1 + lag(consumer, partition))
                            : new Heard(first.upTo(), first.waiting() + 1));
        }
        partitions.putAll(next);
    }

    /** Records of a partition that are not even polled. */
    private static long lag(@Nullable Consumer<?, ?> consumer, TopicPartition partition) {
        return consumer == null ? 0 : consumer.currentLag(partition).orElse(0);
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** All of these have been heard. */
    void done(List<? extends ConsumerRecord<?, ?>> records, @Nullable Consumer<?, ?> consumer) {
        for (ConsumerRecord<?, ?> record : records) {
            partitions.put(partition(record), new Heard(at(record), lag(consumer, partition(record))));
        }
    }

    private static Instant at(ConsumerRecord<?, ?> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Records that wait. */
    long waiting() {
        return partitions.values().stream().mapToLong(Heard::waiting).sum();
    }

    /** Up to when all has been heard; nothing while no record waits. */
    Optional<Instant> heardUpTo() {
        return partitions.values().stream()
                .filter(heard -> heard.waiting() > 0)
                .map(Heard::upTo)
                .min(Instant::compareTo);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone); // whoever has them now knows
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> come) {}
}
