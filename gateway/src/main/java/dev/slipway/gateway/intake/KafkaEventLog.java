package dev.slipway.gateway.intake;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiHeaders;
import dev.slipway.gateway.event.CiEvent;
import dev.slipway.gateway.loop.Loop;
import dev.slipway.gateway.loop.Looping;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/** The topic of CI events: CloudEvents in binary mode, in order per key. Durable means that the broker acknowledged. */
final class KafkaEventLog implements EventLog, Looping, AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final ProducerFactory<String, byte[]> producers;
    private final Duration ackWithin;
    private final Clock clock;
    private final IntakeTraces traces;
    private final Set<Acknowledgements> awaited = ConcurrentHashMap.newKeySet();
    /** The producer ends each record by itself; this is for one that has died. A timer for each request costs a fifth. */
    private final Loop guard;

    KafkaEventLog(ProducerFactory<String, byte[]> producers, Duration ackWithin, Clock clock, IntakeTraces traces) {
        this.producers = producers;
        this.ackWithin = ackWithin;
        this.clock = clock;
        this.traces = traces;
        this.guard =
                new Loop("overdue acknowledgements", LOOK_EVERY, this::endOverdue).onlyWhile(() -> !awaited.isEmpty());
        guard.start();
    }

    @Override
    public Loop loop() {
        return guard;
    }

    private void endOverdue() {
        long now = System.nanoTime();
        for (Acknowledgements late : awaited) {
            if (late.overdue(now)) {
                late.fail(new TimeoutException("no acknowledgement within " + Texts.words(ackWithin)));
            }
        }
    }

    @Override
    public void append(List<CiEvent> events, String publisher, @Nullable String sendersTrace) throws NotDurable {
        traces.appending(sendersTrace, trace -> acknowledged(events, publisher, trace));
    }

    private void acknowledged(List<CiEvent> events, String publisher, String trace) throws NotDurable {
        Acknowledgements all = new Acknowledgements(events.size(), System.nanoTime() + ackWithin.toNanos());
        awaited.add(all);
        guard.wake();
        try (Producer<String, byte[]> producer = producers.createProducer()) {
            for (CiEvent event : events) {
                var _ = producer.send(record(event, publisher, trace), all);
                if (all.failed()) {
                    break; // broker away or buffer full: each further one would wait for as long
                }
            }
            Exception trouble = all.await();
            if (trouble != null) {
                throw new NotDurable("The broker did not acknowledge", trouble);
            }
        } catch (KafkaException | org.springframework.kafka.KafkaException e) {
            throw new NotDurable("The broker did not acknowledge", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDurable("The gateway stops", e);
        } finally {
            awaited.remove(all);
        }
    }

    /** @param trace that of the request, for events that have none of their own */
    private ProducerRecord<String, byte[]> record(CiEvent event, String publisher, String trace) {
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
        header(record, "ce_traceparent", event.traceparent() == null ? trace : event.traceparent());
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        guard.stop(() -> {});
    }
}
