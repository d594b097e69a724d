package dev.slipway.proof;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.PlatformPorts;
import dev.slipway.testkit.asyncapi.PublishedDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every record that a home's broker holds, against the AsyncAPI document. */
final class Published {
    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FAULTS_SHOWN = 20;

    private final PublishedDocument document;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private long records;

    private Published(PublishedDocument document) {
        this.document = document;
    }

    /** Reads each topic from its beginning to where it ends now. */
    static Published of(Path home) throws IOException {
        Published published = new Published(PublishedDocument.of(DOCUMENT));
        int kafka = Objects.requireNonNull(PlatformPorts.of(new Home(home))).kafka();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", "127.0.0.1:" + kafka, "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            published.document.topics().forEach(topic -> published.read(consumer, topic));
        }
        return published;
    }

    private void read(KafkaConsumer<String, byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            consumer.poll(POLL).forEach(this::look);
        }
    }

    private void look(ConsumerRecord<String, byte[]> line) {
        Map<String, String> headers = new HashMap<>();
        line.headers().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        records++;
        document.message(line.topic(), headers.getOrDefault("ce_type", ""))
                .ifPresent(name ->
                        seen.computeIfAbsent(line.topic(), _ -> new TreeSet<>()).add(name));
        if (faults.size() < FAULTS_SHOWN) {
            faults.addAll(document.faults(line.topic(), headers, line.value()));
        }
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    long records() {
        return records;
    }

    /** Documented types that were seen, by topic. */
    Map<String, Set<String>> seen() {
        return Map.copyOf(seen);
    }

    List<String> topics() {
        return document.topics();
    }
}
