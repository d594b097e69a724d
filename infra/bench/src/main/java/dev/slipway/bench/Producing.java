package dev.slipway.bench;

import dev.slipway.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A bare producer, told as the gateway's is: acknowledged by all replicas, in order, at once. As many records are under way
 * as the order has connections.
 */
final class Producing {

    private static final int SETTLE_SECONDS_MAX = 10;

    private Producing() {}

    static Tally run(Order order) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                order.address(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.in.flight.requests.per.connection",
                5,
                "linger.ms",
                0));
        byte[] value = Exchange.eventBody();
        Semaphore places = new Semaphore(order.connections());
        long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(order.warmUpMillis());
        long to = from + TimeUnit.MILLISECONDS.toNanos(order.millis());
        Score score = new Score(from, to);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (long number = 0; System.nanoTime() - to < 0; number++) {
                places.acquire();
                send(producer, value, number, places, score);
            }
            var _ = places.tryAcquire(order.connections(), SETTLE_SECONDS_MAX, TimeUnit.SECONDS);
        }
        return score.end();
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, byte[] value, long number, Semaphore places, Score score) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.CI_EVENTS, "bench", value);
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", Long.toString(number));
        header(record, "ce_source", "/ci/bench");
        header(record, "ce_type", "dev.cdevents.pipelinerun.finished.0.3.0");
        long since = System.nanoTime();
        var _ = producer.send(record, (_, failure) -> { // on the producer's one thread
            if (failure == null) {
                score.done(since, System.nanoTime());
            } else {
                score.failed(failure.toString());
            }
            places.release();
        });
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
