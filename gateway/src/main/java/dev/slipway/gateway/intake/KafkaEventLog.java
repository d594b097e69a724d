package dev.slipway.gateway.intake;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.gateway.event.CiEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

/** The topic of CI events: CloudEvents in binary mode, in order per key. Durable means that the broker acknowledged. */
final class KafkaEventLog implements EventLog {
    private static final String TRACEPARENT = "traceparent";

    private final KafkaTemplate<String, byte[]> kafka;
    private final Duration ackWithin;
    private final Clock clock;
    private final ObservationRegistry observations;

    KafkaEventLog(
            KafkaTemplate<String, byte[]> kafka, Duration ackWithin, Clock clock, ObservationRegistry observations) {
        this.kafka = kafka;
        this.ackWithin = ackWithin;
        this.clock = clock;
        this.observations = observations;
    }

    @Override
    public void append(List<CiEvent> events, String publisher) throws NotDurable {
        Map<String, String> trace = new HashMap<>();
        SenderContext<Map<String, String>> sending =
                new SenderContext<>((_, name, value) -> trace.put(name, value), Kind.PRODUCER);
        sending.setCarrier(trace);
        Observation.createNotStarted("slipway.gateway.intake.append", () -> sending, observations)
                .observeChecked(() -> append(events, publisher, trace.get(TRACEPARENT)));
    }

    /** @param trace that of the request, for events that have none of their own */
    private void append(List<CiEvent> events, String publisher, @Nullable String trace) throws NotDurable {
        try {
            List<CompletableFuture<?>> acknowledged = new ArrayList<>();
            for (CiEvent event : events) {
                CompletableFuture<?> sent = kafka.send(record(event, publisher, trace));
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

    private ProducerRecord<String, byte[]> record(CiEvent event, String publisher, @Nullable String trace) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.CI_EVENTS, event.key(), event.body());
        Instant arrival = clock.instant();
        // a CI whose clock is ahead would win over every later run
        Instant time = event.time() == null || event.time().isAfter(arrival) ? arrival : event.time();
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", event.id());
        header(record, "ce_source", event.source());
        header(record, "ce_type", event.type());
        header(record, "ce_time", time.toString());
        header(record, "ce_" + CiHeaders.PUBLISHER, publisher);
        String traceparent = event.traceparent() == null ? trace : event.traceparent();
        if (traceparent != null) {
            header(record, "ce_" + TRACEPARENT, traceparent);
        }
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
