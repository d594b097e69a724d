package dev.slipway.release.wiring;

import dev.slipway.contracts.Topics;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import dev.slipway.release.wiring.Peers.Answer;
import dev.slipway.release.wiring.Peers.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The stand-ins of the other services on a real broker. */
public final class KafkaPeers implements AutoCloseable {
    private final Peers peers = new Peers();
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread = new Thread(this::run, "peers");

    public KafkaPeers(String brokers) {
        Map<String, Object> consuming = Map.of(
                "bootstrap.servers",
                brokers,
                "group.id",
                "peers-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
        consumer = new KafkaConsumer<>(consuming, new StringDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> producing = Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", 0);
        producer = new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer());
        consumer.subscribe(List.of(Topics.VALIDATION_COMMANDS, Topics.DEPLOYMENT_COMMANDS, Topics.RELEASE_EVENTS));
        thread.start();
    }

    /** The next versions are worse than what is there. */
    public void worse() {
        peers.fate(Fate.WORSE);
    }

    public void good() {
        peers.fate(Fate.GOOD);
    }

    private void run() {
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::answer);
            }
        } catch (WakeupException _) {
            consumer.close();
        }
    }

    private void answer(ConsumerRecord<String, byte[]> record) {
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        peers.answer(type, record.value()).forEach(this::send);
    }

    private void send(Answer answer) {
        byte[] body = MessagingJson.mapper().writeValueAsBytes(answer.body());
        send(
                answer.topic(),
                answer.key(),
                body,
                Map.of(
                        "ce_type", answer.type(),
                        "ce_source", answer.source(),
                        "ce_sourceversion", Long.toString(answer.version()),
                        "ce_correlationid", answer.key()));
    }

    /** Sends a record with the headers that every CloudEvent has, and more. */
    public void send(String topic, String key, byte[] body, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, body);
        record.headers().add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8));
        if (!headers.containsKey("ce_id")) {
            record.headers().add("ce_id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        }
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(Pace.seconds(10), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Pace.patience(Duration.ofSeconds(10)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(10));
    }
}
