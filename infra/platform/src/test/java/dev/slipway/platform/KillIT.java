package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after {@code kill -9} in the middle of the work. */
@Tag("thorough")
class KillIT {
    private static final int WRITERS = 8;
    private static final int BEFORE_THE_KILL = 2_000;
    private static final String OPTIONS =
            "/release?retryWrites=false&serverSelectionTimeoutMS=" + Pace.seconds(2) * 1_000;

    @TempDir
    Path directory;

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

    @Test
    void every_acknowledged_write_survives_and_no_write_is_torn() throws Exception {
        Path home = directory.resolve("home");
        try (PlatformProcess platform = PlatformProcess.start(home);
                MongoClient client = MongoClients.create(platform.awaitReady().mongodb() + OPTIONS)) {
            MongoCollection<Document> releases = releases(client);
            releases.createIndex(Indexes.ascending("_id", "version"), new IndexOptions().unique(true));
            try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    String name = "writer" + writer;
                    writers.execute(() -> writeUntilItBreaks(releases, name));
                }
                await().atMost(Pace.patience(Duration.ofSeconds(60)))
                        .until(() -> acknowledged.size() >= BEFORE_THE_KILL);
                platform.kill();
            }
        }

        try (PlatformProcess platform = PlatformProcess.start(home);
                MongoClient client = MongoClients.create(platform.awaitReady().mongodb() + OPTIONS)) {
            MongoCollection<Document> releases = releases(client);
            Map<String, Document> kept = releases.find().batchSize(10_000).into(new ArrayList<>()).stream()
                    .collect(Collectors.toMap(document -> document.getString("_id"), document -> document));

            assertThat(kept.keySet()).containsAll(acknowledged.keySet());
            acknowledged.forEach((id, version) -> assertThat(kept)
                    .extractingByKey(id)
                    .extracting(document -> document.getInteger("version"))
                    .isIn(version, version + 1)); // the last answer may have been lost on the way
            assertIndexesAgree(releases, kept);
        }
    }

    @Test
    void every_acknowledged_record_survives() throws Exception {
        Path home = directory.resolve("home");
        TopicSpec topic = new TopicSpec("slipway.ci.events", 3, false);
        Set<String> sent = ConcurrentHashMap.newKeySet();
        try (PlatformProcess platform = PlatformProcess.start(home, "--topic", "slipway.ci.events:3")) {
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", platform.awaitReady().kafka(), "acks", "all", "linger.ms", 0);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                for (int i = 0; i < 500; i++) {
                    String value = "event" + i;
                    producer.send(new ProducerRecord<>(topic.name(), value, value))
                            .get(Pace.seconds(20), TimeUnit.SECONDS);
                    sent.add(value);
                }
                platform.kill();
                producer.close(Duration.ZERO);
            }
        }

        try (PlatformProcess platform = PlatformProcess.start(home)) {
            assertThat(Records.read(platform.awaitReady().kafka(), topic.name(), sent.size()))
                    .hasSameElementsAs(sent);
        }
    }

    private void writeUntilItBreaks(MongoCollection<Document> releases, String name) {
        try {
            for (int i = 0; ; i++) {
                String id = name + "-" + i;
                releases.insertOne(new Document("_id", id).append("version", 0).append("note", "x".repeat(500)));
                acknowledged.put(id, 0);
                if (i % 3 == 0) {
                    releases.updateOne(Filters.eq("_id", id), Updates.inc("version", 1));
                    acknowledged.put(id, 1);
                }
            }
        } catch (MongoException e) {
            // killed, as was to be; whether this last write is there is unknown
        }
    }

    /** The latest are found by their indexes, and refused as duplicates by them; an id that is not there can be taken. */
    private static void assertIndexesAgree(MongoCollection<Document> releases, Map<String, Document> kept) {
        assertThat(releases.countDocuments()).isEqualTo(kept.size());
        for (int writer = 0; writer < WRITERS; writer++) {
            String next = firstMissing(kept, "writer" + writer);
            String latest = "writer" + writer + "-" + (Integer.parseInt(next.substring(next.indexOf('-') + 1)) - 1);
            Object version = kept.getOrDefault(latest, new Document()).get("version");

            assertThat(releases.find(new Document("_id", latest).append("version", version)))
                    .hasSize(1);
            assertThatThrownBy(() -> releases.insertOne(new Document("_id", latest)))
                    .isInstanceOf(MongoWriteException.class);
            releases.insertOne(new Document("_id", next).append("version", 0));
            assertThat(releases.find(Filters.eq("_id", next))).hasSize(1);
        }
    }

    private static String firstMissing(Map<String, Document> kept, String name) {
        int i = 0;
        while (kept.containsKey(name + "-" + i)) {
            i++;
        }
        return name + "-" + i;
    }

    private static MongoCollection<Document> releases(MongoClient client) {
        return client.getDatabase("release").getCollection("releases");
    }
}
