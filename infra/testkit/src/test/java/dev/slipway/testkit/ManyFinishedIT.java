package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MongoStore;
import dev.slipway.messaging.StoredAggregate;
import dev.slipway.messaging.StoredAggregate.Task;
import dev.slipway.messaging.StoredAggregate.Timer;
import dev.slipway.platform.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nothing on a saga's path may become slower with the number of those that have ended. Measures each operation of the
 * store before and after; {@code -Dslipway.finished=100000} for the figures of a large store.
 */
@Tag("thorough")
@ExtendWith(PlatformExtension.class)
final class ManyFinishedIT {
    private static final int FINISHED = Integer.getInteger("slipway.finished", 20_000);
    private static final int TIMES = 200;
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    /** What a slow moment of a shared machine may cost; a scan of 20,000 documents takes 12 ms and more. */
    private static final Duration NOISE = Pace.patience(Duration.ofMillis(8));

    @Test
    void no_operation_on_the_path_of_a_saga_slows_down() {
        String database = PlatformExtension.freshDatabase();
        try (MongoClient client = MongoClients.create(PlatformExtension.mongodb(database))) {
            MongoTemplate mongo = new MongoTemplate(client, database);
            MongoStore store = new MongoStore(mongo, MessagingJson.mapper(), "release");
            store.createIndexes();
            IntStream.range(0, 20).forEach(n -> store.insert(busy("live" + n)));
            measure(store, "warm-up");

            Map<String, Duration> before = measure(store, "few");
            fill(mongo, store);
            Map<String, Duration> after = measure(store, "many");

            System.out.printf("%-12s %10s %10s%n", "operation", "before us", FINISHED + " us");
            before.forEach((operation, median) -> System.out.printf(
                    "%-12s %10d %10d%n",
                    operation,
                    median.toNanos() / 1_000,
                    after.getOrDefault(operation, median).toNanos() / 1_000));
            assertThat(after)
                    .allSatisfy((operation, median) -> assertThat(median)
                            .as(operation)
                            .isLessThan(before.getOrDefault(operation, median).plus(NOISE)));
        }
    }

    private static Map<String, Duration> measure(AggregateStore store, String round) {
        Map<String, Duration> medians = new LinkedHashMap<>();
        medians.put("create", median(n -> store.insert(busy(round + n))));
        medians.put("load", median(n -> assertThat(store.live(round + n)).isPresent()));
        medians.put("look back", median(n -> store.finished("nobody" + n)));
        medians.put("write", median(n -> {
            StoredAggregate found = store.live(round + n).orElseThrow();
            assertThat(store.update(found, ended(found))).isTrue();
        }));
        medians.put("due", median(_ -> store.due(NOW, 0, 200)));
        medians.put("unsettled", median(_ -> store.unsettled(0, 50)));
        medians.put("with tasks", median(_ -> store.withTasks(0, 50)));
        medians.put("archive", median(n -> store.archive(store.live(round + n).orElseThrow())));
        medians.put(
                "ask again", median(n -> assertThat(store.finished(round + n)).isPresent()));
        return medians;
    }

    private static Duration median(IntConsumer operation) {
        List<Long> nanos = new ArrayList<>();
        for (int n = 0; n < TIMES; n++) {
            long start = System.nanoTime();
            operation.accept(n);
            nanos.add(System.nanoTime() - start);
        }
        return Duration.ofNanos(nanos.stream().sorted().toList().get(TIMES / 2));
    }

    /** Copies of one that the store itself has archived. */
    private static void fill(MongoTemplate mongo, AggregateStore store) {
        StoredAggregate last = ended(busy("pattern"));
        store.insert(last);
        store.archive(last);
        Document pattern = mongo.execute(
                "release_finished",
                all -> all.find(new Document("_id", "pattern")).first());
        for (int from = 0; from < FINISHED; from += 1_000) {
            List<Document> page = IntStream.range(from, Math.min(from + 1_000, FINISHED))
                    .mapToObj(n -> new Document(pattern)
                            .append("_id", "hello@1.0." + n)
                            .append("updatedAt", Date.from(NOW.minusSeconds(n))))
                    .toList();
            mongo.execute("release_finished", all -> all.insertMany(page));
        }
    }

    private static StoredAggregate busy(String id) {
        ObjectNode state = (ObjectNode)
                MessagingJson.mapper().readTree("{\"phase\":\"BAKING\",\"text\":\"" + "x".repeat(1_500) + "\"}");
        return new StoredAggregate(
                id,
                1,
                state,
                List.of(),
                new TreeMap<>(),
                Map.of("deadline", new Timer(NOW.plusSeconds(3_600), 1)),
                Map.of("merge", new Task("merge", "{}", 0, null, 0)),
                false,
                NOW,
                NOW);
    }

    private static StoredAggregate ended(StoredAggregate before) {
        return new StoredAggregate(
                before.id(),
                before.version() + 1,
                before.state(),
                before.journal(),
                before.outbox(),
                Map.of(),
                Map.of(),
                true,
                NOW,
                NOW);
    }
}
