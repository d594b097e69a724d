package dev.slipway.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.gateway.event.CiEvent;
import dev.slipway.gateway.event.EventSubject;
import dev.slipway.gateway.loop.Looping;
import dev.slipway.platform.Pace;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ProducerFactory;

class KafkaEventLogTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public void close() {
                    // as the shared one of a factory: it stays open
                }
            };

    private final KafkaEventLog log = log(Pace.patience(Duration.ofMinutes(1)));
    private @Nullable KafkaEventLog hasty;

    private KafkaEventLog log(Duration ackWithin) {
        ProducerFactory<String, byte[]> factory = new ProducerFactory<>() {
            @Override
            public Producer<String, byte[]> createProducer() {
                return broker;
            }
        };
        return new KafkaEventLog(
                factory, ackWithin, Clock.systemUTC(), new IntakeTraces(ObservationRegistry.NOOP, false));
    }

    @AfterEach
    void close() {
        log.close();
        if (hasty != null) {
            hasty.close();
        }
    }

    @Test
    void a_batch_waits_for_all_of_its_records_and_no_longer() throws Exception {
        FutureTask<Boolean> appended = appending(log, 3, TRACE);

        broker.completeNext();
        broker.completeNext();
        assertThat(appended.isDone()).isFalse();
        broker.completeNext();

        assertThat(appended.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(broker.history())
                .hasSize(3)
                .allSatisfy(record -> assertThat(new String(
                                record.headers().lastHeader("ce_traceparent").value(), StandardCharsets.UTF_8))
                        .isEqualTo(TRACE));
    }

    @Test
    void one_record_that_is_not_acknowledged_is_trouble_for_the_batch() {
        FutureTask<Boolean> appended = appending(log, 3, TRACE);

        broker.completeNext();
        broker.errorNext(new org.apache.kafka.common.errors.TimeoutException("away"));

        assertThatThrownBy(() -> appended.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(EventLog.NotDurable.class);
    }

    @Test
    void an_acknowledgement_that_never_comes_is_not_waited_for_longer_than_was_set() {
        hasty = log(Duration.ofMillis(1));

        FutureTask<Boolean> appended = appending(hasty, 1, null);

        assertThatThrownBy(() -> appended.get(1, TimeUnit.MINUTES))
                .hasCauseInstanceOf(EventLog.NotDurable.class)
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void who_looks_after_overdue_ones_is_a_loop_that_readiness_knows() {
        assertThat(log.loop().isRunning()).isTrue();
        assertThat(Arrays.stream(IntakeConfiguration.class.getDeclaredMethods())
                        .filter(method -> method.getName().equals("eventLog"))
                        .map(Method::getReturnType))
                .as("a bean is found by the type that its method says")
                .singleElement()
                .satisfies(type -> assertThat(Looping.class).isAssignableFrom(type));

        log.close();

        assertThat(log.loop().isRunning()).isFalse();
    }

    private FutureTask<Boolean> appending(KafkaEventLog to, int events, @Nullable String trace) {
        Callable<Boolean> work = () -> {
            to.append(IntStream.range(0, events).mapToObj(this::event).toList(), "ci@example.test", trace);
            return true;
        };
        FutureTask<Boolean> appending = new FutureTask<>(work);
        Thread.ofVirtual().start(appending);
        await().until(() -> broker.history().size() == events);
        return appending;
    }

    private CiEvent event(int number) {
        return new CiEvent(
                "e" + number,
                "/ci",
                "test",
                null,
                null,
                "hello",
                false,
                new EventSubject.Foreign(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
