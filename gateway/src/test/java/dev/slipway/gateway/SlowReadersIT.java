package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.platform.Pace;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who hardly reads: what is on its way there is the sender's to keep, not the gateway's. */
@Tag("thorough")
class SlowReadersIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(20));
    private static final int READERS = 24;
    private static final int LENGTH = 24 << 20;
    private static final int UPLOADED = 8 << 20;
    /** What the front may hold for one that does not read: two pieces, and what allocating them in blocks wastes. */
    private static final long HELD_MAX = 512 << 10;

    private static final String BLOCK = block();
    private static RunningGateway gateway;

    private final LiveTable table = new LiveTable();
    private final String get = "GET /x HTTP/1.1\r\nHost: " + table.host() + "\r\n\r\n";
    private final AtomicLong written = new AtomicLong();
    private final RawVersion version = RawVersion.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    private final List<RawClient> readers = new ArrayList<>();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void silence() {
        readers.forEach(RawClient::close);
        table.close();
        version.close();
    }

    @Test
    void what_a_client_does_not_take_stays_with_the_version_and_the_answer_is_whole_in_the_end() {
        serves();
        version.now(talk -> {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
            for (int sent = 0; sent < LENGTH; sent += BLOCK.length()) {
                talk.send(BLOCK);
                written.addAndGet(BLOCK.length());
            }
        });
        long before = held();
        for (int reader = 0; reader < READERS; reader++) {
            RawClient client = new RawClient(gateway.frontPort());
            readers.add(client);
            client.send(get);
        }
        readers.forEach(client -> assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n"));
        comesToRest();

        assertThat(written.get()).as("the versions wait").isLessThan((long) READERS * LENGTH);
        assertThat(held() - before).as("bytes held by the gateway").isLessThan(READERS * HELD_MAX);
        assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

        for (RawClient client : readers.subList(0, 3)) {
            for (int read = 0; read < LENGTH; read += BLOCK.length()) {
                assertThat(client.read(BLOCK.length()).equals(BLOCK))
                        .as("piece at " + read)
                        .isTrue();
            }
        }
        version.now(RawVersion.plain("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        assertThat(readers.getFirst().send(get).head()).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void what_a_version_does_not_take_of_a_body_stays_with_its_client_and_it_gets_all_in_the_end() throws Exception {
        serves();
        CountDownLatch reads = new CountDownLatch(1);
        AtomicInteger right = new AtomicInteger();
        version.now(talk -> {
            try {
                reads.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            for (int read = 0; read < UPLOADED; read += BLOCK.length()) {
                right.addAndGet(talk.read(BLOCK.length()).equals(BLOCK) ? 1 : 0);
            }
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        long before = held();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int reader = 0; reader < READERS; reader++) {
                RawClient client = new RawClient(gateway.frontPort());
                readers.add(client);
                clients.execute(() -> upload(client));
            }
            comesToRest();
            assertThat(written.get()).as("the clients wait").isLessThan((long) READERS * UPLOADED);
            assertThat(held() - before).as("bytes held by the gateway").isLessThan(READERS * HELD_MAX);
            reads.countDown();
        }
        readers.forEach(client -> assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n"));
        assertThat(right.get() * (long) BLOCK.length()).isEqualTo((long) READERS * UPLOADED);
    }

    private void upload(RawClient client) {
        client.send("POST /x HTTP/1.1\r\nHost: " + table.host() + "\r\nContent-Length: " + UPLOADED + "\r\n\r\n");
        for (int sent = 0; sent < UPLOADED; sent += BLOCK.length()) {
            client.send(BLOCK);
            written.addAndGet(BLOCK.length());
        }
    }

    private void comesToRest() {
        AtomicLong seen = new AtomicLong(-1);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> written.get() > 0 && seen.getAndSet(written.get()) == written.get());
    }

    private static long held() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static String block() {
        StringBuilder bytes = new StringBuilder(1 << 20);
        for (int i = 0; i < 1 << 20; i++) {
            bytes.append((char) ((i * 31 + i / 256) & 0xff));
        }
        return bytes.toString();
    }

    private void serves() {
        table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", version.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
    }
}
