package dev.slipway.bench;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.contracts.traffic.TrafficTypes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Stands for deployment-service: writes the traffic table of one environment, and repeats it as that does. */
final class TableWriter implements AutoCloseable {
    static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("bench/production");
    static final String HOST = "bench.localhost";
    private static final long REPEAT_SECONDS = 2;
    private static final int CLOSING_SECONDS_MAX = 5;
    private static final Digest OLD = new Digest("sha256:" + "a".repeat(64));
    private static final Digest NEW = new Digest("sha256:" + "b".repeat(64));

    private final URI version;
    private final KafkaProducer<String, String> producer;
    private final ScheduledExecutorService repeating = Executors.newSingleThreadScheduledExecutor();
    private long counter;
    private @Nullable TrafficTable current;

    /** How the traffic is to be split. */
    enum Kind {
        /** One verified version has all of it; nothing is judged, so nothing is counted. */
        PLAIN,
        /** A canary has a tenth; every answer is counted by the policy's statuses and told each second. */
        CANARY
    }

    TableWriter(String kafka, int versionPort) {
        this.version = URI.create("http://127.0.0.1:" + versionPort);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 0), new StringSerializer(), new StringSerializer());
        var _ = repeating.scheduleAtFixedRate(this::repeat, REPEAT_SECONDS, REPEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes this the table; gateways have it within a second. */
    synchronized void write(Kind kind, TrafficLimits limits) {
        Share old = new Share("bench@1.0.0/production/1", "1.0.0", OLD, version, kind == Kind.CANARY ? 90 : 100);
        Share canary = new Share("bench@1.1.0/production/1", "1.1.0", NEW, version, 10);
        counter++;
        current = new TrafficTable(
                ENVIRONMENT,
                counter,
                Instant.now(),
                Canary.Assign.REQUEST,
                old.key(),
                kind == Kind.CANARY ? List.of(old, canary) : List.of(old),
                null,
                kind == Kind.CANARY,
                kind == Kind.CANARY
                        ? List.of(new StatusRule("/health*", List.of(), List.of(), List.of("404")))
                        : List.of(),
                List.of(),
                limits,
                null);
        repeat();
    }

    private synchronized void repeat() {
        TrafficTable table = current;
        if (table == null) {
            return;
        }
        ProducerRecord<String, String> record = new ProducerRecord<>(
                Topics.TRAFFIC,
                ENVIRONMENT.toString(),
                WireJson.mapper().writeValueAsString(table.repeated(Instant.now())));
        record.headers().add("ce_type", TrafficTypes.TABLE.getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get();
        } catch (ExecutionException unwritten) {
            throw new IllegalStateException("the traffic table could not be written", unwritten);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        repeating.shutdownNow();
        producer.close(java.time.Duration.ofSeconds(CLOSING_SECONDS_MAX));
    }
}
