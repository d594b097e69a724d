package dev.slipway.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Goes back to the record that failed and pauses, longer each time, without end. What is done is acknowledged. A commit that
 * came too late, because the partition is another's by now, is no failure of any record: whoever has it hears them again.
 */
final class RetryInOrder implements CommonErrorHandler {
    private static final Logger log = LoggerFactory.getLogger(RetryInOrder.class);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(5);

    private final String group;
    private final Backoff backoff;
    private final Duration pauseFirst;

    /** @param group of the consumers, for the log */
    RetryInOrder(String group, MessagingSettings settings) {
        this.group = group;
        this.backoff = new Backoff(settings, System::nanoTime);
        this.pauseFirst = settings.retryPauseFirst();
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    /** Else what was sought back to would count as done. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> polled,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable again) {
        int done = done(thrown);
        Map<TopicPartition, OffsetAndMetadata> acknowledged = new HashMap<>();
        Map<TopicPartition, Long> rest = new HashMap<>();
        int index = 0;
        for (ConsumerRecord<?, ?> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (index++ < done) {
                acknowledged.put(partition, new OffsetAndMetadata(record.offset() + 1));
            } else {
                rest.putIfAbsent(partition, record.offset());
            }
        }
        goBack(consumer, rest);
        acknowledge(consumer, acknowledged);
        Duration pause = backoff.failed(rest.toString()); // grows while the same record fails
        log.warn("{} goes on in {}: {}", group, pause, Reasons.of(thrown));
        sleep(container, pause);
    }

    /** How many of the polled records are done; none if that is not known. */
    private static int done(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> 0;
            case BatchListenerFailedException failed -> failed.getIndex();
            default -> done(thrown.getCause());
        };
    }

    private static void goBack(Consumer<?, ?> consumer, Map<TopicPartition, Long> rest) {
        rest.forEach((partition, offset) -> {
            try {
                consumer.seek(partition, offset);
            } catch (IllegalStateException another) {
                log.debug("{} is another's by now", partition, another);
            }
        });
    }

    private static void acknowledge(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> done) {
        if (done.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(done, COMMIT_WITHIN);
        } catch (KafkaException late) {
            log.debug("What is done is heard again after a restart", late);
        }
    }

    /** What happens outside of records: a poll or a commit that failed. Nothing of it is about a record. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        log.warn("{} goes on: {}", group, Reasons.of(thrown));
        sleep(container, pauseFirst);
    }

    private static void sleep(MessageListenerContainer container, Duration pause) {
        try {
            ListenerUtils.stoppableSleep(container, pause.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
