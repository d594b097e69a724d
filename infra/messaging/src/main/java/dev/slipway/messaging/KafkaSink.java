package dev.slipway.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends to Kafka and waits for the ack of all in-sync replicas. */
final class KafkaSink implements Sink, AutoCloseable {
    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> template;
    private final Duration waitMax;
    private final Readers readers;
    private final Unread unread;
    private final Counter keptBack;

    /** @param meters for the count of questions that are not asked, as they lie unread */
    KafkaSink(
            Map<String, Object> connection,
            Map<String, Object> admin,
            MessagingSettings settings,
            MeterRegistry meters) {
        int waitMillis = Math.toIntExact(settings.sendWaitMax().toMillis());
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0); // the client's own default costs each hop 5 ms
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, waitMillis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, waitMillis / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, waitMillis);
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Math.toIntExact(settings.requestBytesMax().toBytes()));
        this.waitMax = settings.sendWaitMax().plusSeconds(1); // the producer gives up first
        this.producers =
                new DefaultKafkaProducerFactory<>(properties, new StringSerializer(), new ByteArraySerializer());
        this.template = new KafkaTemplate<>(producers);
        this.readers = new Readers(admin);
        this.unread =
                new Unread(settings.readers(), readers::committed, settings.questionSilenceMax(), System::nanoTime);
        this.keptBack = Counter.builder("slipway.questions.unread")
                .description("Questions that were not asked again, as the former one lies unread")
                .register(meters);
    }

    KafkaTemplate<String, byte[]> template() {
        return template;
    }

    @Override
    public void send(WireRecord message) {
        boolean question = message.isQuestion() && unread.knowsReader(message.topic());
        if (question && unread.waits(message)) {
            keptBack.increment();
            return;
        }
        RecordMetadata where = publish(message);
        if (question) {
            unread.sent(message, new TopicPartition(where.topic(), where.partition()), where.offset());
        }
    }

    @Override
    public boolean liesUnread(String source) {
        return unread.waits(source);
    }

    private RecordMetadata publish(WireRecord message) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(message.topic(), message.key(), message.body());
        message.onTheWire().forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            return template.send(sent)
                    .get(waitMax.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecordMetadata();
        } catch (ExecutionException refused) {
            throw refusal(message.topic(), refused.getCause() == null ? refused : refused.getCause());
        } catch (KafkaException refused) {
            throw refusal(message.topic(), refused.getCause() == null ? refused : refused.getCause());
        } catch (TimeoutException slow) {
            throw new TryAgain(
                    "Topic %s gave no answer within %d ms".formatted(message.topic(), waitMax.toMillis()), slow);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TryAgain("Interrupted while topic " + message.topic() + " had not answered", stop);
        }
    }

    /** Only what is wrong with the record itself fails again; everything else is the broker's or the producer's trouble. */
    private static RuntimeException refusal(String topic, Throwable cause) {
        return Transience.isOfTheRecord(cause)
                ? new IllegalStateException("Topic " + topic + " can never take this record", cause)
                : new TryAgain("Topic " + topic + " did not take a record", cause);
    }

    @Override
    public void close() {
        readers.close();
        producers.destroy();
    }
}
