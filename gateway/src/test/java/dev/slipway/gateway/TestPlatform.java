package dev.slipway.gateway;

import dev.slipway.contracts.Topics;
import dev.slipway.platform.Platform;
import dev.slipway.platform.PlatformSettings;
import dev.slipway.platform.TopicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.util.FileSystemUtils;

/** A real broker with all topics of Slipway, one for all tests of this JVM; it ends with the JVM. */
final class TestPlatform {
    private static final int PARTITIONS = 2;
    private static final TestPlatform SHARED = start();

    private final Platform platform;
    private final KafkaProducer<String, String> producer;

    private TestPlatform(Platform platform) {
        this.platform = platform;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.kafka(), "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
    }

    static TestPlatform shared() {
        return SHARED;
    }

    private static TestPlatform start() {
        try {
            Path home = Files.createTempDirectory("slipway-gateway-it");
            List<TopicSpec> topics = Topics.all(PARTITIONS).stream()
                    .map(topic -> new TopicSpec(topic.name(), topic.partitions(), topic.compacted()))
                    .toList();
            TestPlatform started =
                    new TestPlatform(Platform.start(PlatformSettings.in(home).withTopics(topics)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> started.end(home)));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(Path home) {
        producer.close(Duration.ofSeconds(1));
        platform.close();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String kafka() {
        return platform.kafka();
    }

    void send(String topic, String key, String type, String json) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, json);
        record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All records of a topic with a key, in the order of their partition. */
    List<ConsumerRecord<String, String>> records(String topic, String key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records.stream().filter(record -> key.equals(record.key())).toList();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return StreamSupport.stream(record.headers().headers(name).spliterator(), false)
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
