package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformIT {
    private static final TopicSpec TOPIC = new TopicSpec("slipway.ci.events", 3, false);

    @TempDir
    Path home;

    @Test
    void records_and_documents_are_there_after_a_restart() throws Exception {
        PlatformSettings settings = PlatformSettings.in(home).withTopics(List.of(TOPIC));
        try (Platform platform = Platform.start(settings);
                MongoClient client = MongoClients.create(platform.mongodb("release"))) {
            produce(platform, "checkout", "first");
            releases(client).insertOne(new Document("_id", "checkout-1.0.0"));
        }

        try (Platform platform = Platform.start(settings);
                MongoClient client = MongoClients.create(platform.mongodb("release"))) {
            produce(platform, "checkout", "second");

            assertThat(Records.read(platform.kafka(), TOPIC.name(), 2)).containsExactly("first", "second");
            assertThat(releases(client).find().first()).isEqualTo(new Document("_id", "checkout-1.0.0"));
        }
    }

    @Test
    void topics_that_exist_are_left_alone_and_a_table_is_compacted() throws Exception {
        TopicSpec table = new TopicSpec("slipway.traffic", 2, true);
        try (Platform platform = Platform.start(PlatformSettings.in(home));
                Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafka()))) {

            platform.createTopics(List.of(TOPIC, table));
            platform.createTopics(List.of(new TopicSpec(TOPIC.name(), 9, false), table));

            assertThat(partitions(admin)).containsEntry(TOPIC.name(), 3).containsEntry(table.name(), 2);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, table.name());
            assertThat(admin.describeConfigs(List.of(resource)).all().get().values())
                    .allSatisfy(config ->
                            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact"));
        }
    }

    @Test
    void a_home_in_use_is_refused() {
        try (Platform _ = Platform.start(PlatformSettings.in(home))) {
            assertThatThrownBy(() -> Platform.start(PlatformSettings.in(home)))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("another platform process");
        }
    }

    private static Map<String, Integer> partitions(Admin admin) throws Exception {
        Set<String> names = admin.listTopics().names().get();
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
    }

    private static MongoCollection<Document> releases(MongoClient client) {
        return client.getDatabase("release").getCollection("releases");
    }

    private static void produce(Platform platform, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", platform.kafka(), "acks", "all", "linger.ms", 0);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.name(), key, value)).get();
        }
    }
}
