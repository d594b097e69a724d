package dev.slipway.gateway.intake;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.gateway.event.CiEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** The topic of CI events: CloudEvents in binary mode, in order per key. Durable means that the broker acknowledged. */
final class KafkaEventLog implements EventLog {
    private final KafkaTemplate<String, byte[]> kafka;
    private final Duration ackWithin;
    private final Clock clock;
    private final Traces traces;

    KafkaEventLog(KafkaTemplate<String, byte[]> kafka, Duration ackWithin, Clock clock, Traces traces) {
        this.kafka = kafka;
        this.ackWithin = ackWithin;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    public void append(List<CiEvent> events, String publisher) throws NotDurable {
        try {
            List<CompletableFuture<?>> acknowledged = new ArrayList<>();
            for (CiEvent event : events) {
                CompletableFuture<?> sent = kafka.send(record(event, publisher));
                if (sent.isCompletedExceptionally()) {
                    sent.get(); // broker away or buffer full: each further one would wait for as long
                }
                acknowledged.add(sent);
            }
            CompletableFuture.allOf(acknowledged.toArray(CompletableFuture<?>[]::new))
                    .get(ackWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KafkaException | org.springframework.kafka.KafkaException | ExecutionException | TimeoutException e) {
            throw new NotDurable("The broker did not acknowledge", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDurable("The gateway stops", e);
        }
    }

    private ProducerRecord<String, byte[]> record(CiEvent event, String publisher) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.CI_EVENTS, event.key(), event.body());
        Instant time = event.time() == null ? clock.instant() : event.time();
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", event.id());
        header(record, "ce_source", event.source());
        header(record, "ce_type", event.type());
        header(record, "ce_time", time.toString());
        header(record, "ce_" + CiHeaders.PUBLISHER, publisher);
        header(record, "ce_traceparent", event.traceparent() == null ? traces.begin() : event.traceparent());
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
