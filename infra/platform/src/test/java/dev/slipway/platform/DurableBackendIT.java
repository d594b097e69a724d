package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The decorator over the real protocol, with commits that the test lets through one by one. */
class DurableBackendIT {
    private final Semaphore allowed = new Semaphore(1_000);
    private volatile @Nullable RuntimeException broken;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final GroupCommit commits = new GroupCommit(new GatedLog(), Duration.ofHours(1), _ -> {});
    private final MongoServer server =
            new MongoServer(new DurableBackend(H2Backend.inMemory(), commits, new PlainReads()));
    private final MongoClient client = connect();
    private final MongoCollection<Document> releases =
            client.getDatabase("release").getCollection("releases");

    @BeforeAll
    static void keepQuiet() {
        QuietLogs.keep();
    }

    @AfterEach
    void stop() {
        allowed.release(1_000);
        client.close();
        server.shutdownNow();
        clients.shutdownNow();
    }

    @Test
    void a_write_waits_for_its_commit_and_a_plain_read_beside_it_does_not() throws Exception {
        releases.insertOne(new Document("_id", "a").append("n", 0));
        allowed.drainPermits();

        Future<?> write = clients.submit(() -> releases.updateOne(Filters.eq("_id", "a"), Updates.inc("n", 1)));

        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> present(releases).getInteger("n") == 1);
        assertThat(write.isDone()).isFalse();
        allowed.release();
        write.get(Pace.seconds(10), TimeUnit.SECONDS);
    }

    @Test
    void a_read_with_concern_majority_waits_for_what_it_has_seen() throws Exception {
        releases.insertOne(new Document("_id", "a").append("n", 0));
        allowed.drainPermits();
        Future<?> write = clients.submit(() -> releases.updateOne(Filters.eq("_id", "a"), Updates.inc("n", 1)));
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> present(releases).getInteger("n") == 1);

        Future<Document> read = clients.submit(() -> present(releases.withReadConcern(ReadConcern.MAJORITY)));

        await().during(Duration.ofMillis(300))
                .atMost(Pace.patience(Duration.ofSeconds(5)))
                .until(() -> !read.isDone());
        allowed.release();
        assertThat(read.get(Pace.seconds(10), TimeUnit.SECONDS).getInteger("n")).isEqualTo(1);
        write.get(Pace.seconds(10), TimeUnit.SECONDS);
    }

    @Test
    void a_pipeline_that_writes_waits_like_a_write() throws Exception {
        releases.insertOne(new Document("_id", "a"));
        allowed.drainPermits();

        Future<?> copy = clients.submit(
                () -> releases.aggregate(List.of(Aggregates.out("copied"))).toCollection());

        await().during(Duration.ofMillis(300))
                .atMost(Pace.patience(Duration.ofSeconds(5)))
                .until(() -> !copy.isDone());
        allowed.release();
        copy.get(Pace.seconds(10), TimeUnit.SECONDS);
    }

    @Test
    void a_commit_that_fails_fails_the_answer_and_all_that_follow() {
        releases.insertOne(new Document("_id", "a"));
        broken = new IllegalStateException("No space left on device");

        assertThatThrownBy(() -> releases.insertOne(new Document("_id", "b")))
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(91));
        assertThatThrownBy(() -> releases.insertOne(new Document("_id", "c"))).isInstanceOf(MongoException.class);
        assertThatThrownBy(() -> releases.find().first()).isInstanceOf(MongoException.class);
    }

    @Test
    void hello_and_ping_are_answered() {
        Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));

        assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
        assertThat(client.getDatabase("release").runCommand(new Document("ping", 1)))
                .containsEntry("ok", 1.0);
    }

    private MongoClient connect() {
        server.bind(new InetSocketAddress(Ports.ADDRESS, 0), 1, 16);
        return MongoClients.create("mongodb://" + Ports.HOST + ":"
                + server.getLocalAddress().getPort() + "/?retryWrites=false&retryReads=false");
    }

    private static Document present(MongoCollection<Document> releases) {
        Document found = releases.find(Filters.eq("_id", "a")).first();
        assertThat(found).isNotNull();
        return found;
    }

    private static final class PlainReads implements DurableBackend.Reads {
        @Override
        public <T> T keepingPages(Supplier<T> read) {
            return read.get();
        }
    }

    private final class GatedLog implements GroupCommit.Log {
        @Override
        public void commit() {
            if (broken != null) {
                throw broken;
            }
            allowed.acquireUninterruptibly();
        }

        @Override
        public void tidy() {}
    }
}
