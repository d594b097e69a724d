package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What is acknowledged and what is heard again when a poll breaks off, and that a commit which came too late is neither. */
final class RetryInOrderTest {
    private static final TopicPartition ONE = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);
    private static final TopicPartition ANOTHERS = new TopicPartition("orders", 2);

    private final RetryInOrder handler = new RetryInOrder(
            "tea", MessagingSettings.of("tea", Map.of("retry-pause-first", "1ms", "retry-pause-max", "1ms")));
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void polled() {
        consumer.assign(List.of(ONE, OTHER));
        consumer.updateBeginningOffsets(Map.of(ONE, 0L, OTHER, 0L));
        consumer.seek(ONE, 14); // behind what was polled
        consumer.seek(OTHER, 22);
    }

    private static List<ConsumerRecord<String, byte[]>> records(TopicPartition of, long first, int count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (long offset = first; offset < first + count; offset++) {
            records.add(new ConsumerRecord<>(
                    of.topic(), of.partition(), offset, "key", "{}".getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private void handle(Exception thrown, Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> polled) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> inOrder = new LinkedHashMap<>();
        for (TopicPartition each : List.of(ONE, OTHER, ANOTHERS)) {
            if (polled.containsKey(each)) {
                inOrder.put(each, polled.get(each));
            }
        }
        handler.handleBatch(thrown, new ConsumerRecords<>(inOrder, Map.of()), consumer, new Stopped(), () -> {
            throw new AssertionError("the listener is not called by the handler");
        });
    }

    private static Exception failedAt(int index) {
        return new BatchListenerFailedException("Tried again in order", new IllegalStateException("away"), index);
    }

    private void committed(Map<TopicPartition, Long> expected) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        consumer.committed(Set.of(ONE, OTHER)).forEach((partition, committed) -> {
            if (committed != null) {
                offsets.put(partition, committed.offset());
            }
        });
        assertThat(offsets).isEqualTo(expected);
    }

    @Test
    void what_is_done_is_acknowledged_and_the_one_that_failed_is_next() {
        handle(failedAt(2), Map.of(ONE, records(ONE, 10, 4)));

        committed(Map.of(ONE, 12L));
        assertThat(consumer.position(ONE)).isEqualTo(12);
    }

    @Test
    void of_several_partitions_each_goes_on_where_it_was() {
        handle(failedAt(3), Map.of(ONE, records(ONE, 12, 2), OTHER, records(OTHER, 20, 2)));

        committed(Map.of(ONE, 14L, OTHER, 21L));
        assertThat(consumer.position(ONE)).as("all of it is done").isEqualTo(14);
        assertThat(consumer.position(OTHER)).isEqualTo(21);
    }

    @Test
    void where_nobody_knows_what_is_done_all_is_heard_again() {
        handle(new IllegalStateException("broke"), Map.of(ONE, records(ONE, 10, 4), OTHER, records(OTHER, 20, 2)));

        committed(Map.of());
        assertThat(consumer.position(ONE)).isEqualTo(10);
        assertThat(consumer.position(OTHER)).isEqualTo(20);
    }

    @Test
    void a_partition_that_is_another_s_by_now_keeps_no_other_from_going_back() {
        handle(failedAt(0), Map.of(ONE, records(ONE, 10, 4), ANOTHERS, records(ANOTHERS, 30, 1)));

        assertThat(consumer.position(ONE)).isEqualTo(10);
    }

    @Test
    void a_commit_that_came_too_late_seeks_nothing_and_acknowledges_nothing() {
        consumer.commitSync(Map.of(ONE, new OffsetAndMetadata(14)));

        handler.handleOtherException(new CommitFailedException(), consumer, new Stopped(), true);

        committed(Map.of(ONE, 14L));
        assertThat(consumer.position(ONE)).isEqualTo(14);
        assertThat(consumer.position(OTHER)).isEqualTo(22);
        assertThat(handler.isAckAfterHandle()).isFalse();
        assertThat(handler.seeksAfterHandling()).isTrue();
    }

    /** Its pauses end at once. */
    private static final class Stopped implements MessageListenerContainer {
        @Override
        public void setupMessageListener(Object messageListener) {
            // nothing listens
        }

        @Override
        public Map<String, Map<MetricName, ? extends Metric>> metrics() {
            return Map.of();
        }

        @Override
        public void start() {
            // never
        }

        @Override
        public void stop() {
            // it is
        }

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
