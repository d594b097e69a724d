package dev.slipway.gateway.intake;

import dev.slipway.gateway.Producers;
import dev.slipway.gateway.event.EventLimits;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.web.BodyLimitFilter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.util.function.SingletonSupplier;

/** Wires the event intake. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {
    @Bean
    EventReader eventReader(IntakeSettings settings) {
        return new EventReader(
                new EventLimits(Math.toIntExact(settings.eventMax().toBytes()), settings.batchEventsMax()));
    }

    @Bean
    DefaultKafkaProducerFactory<String, byte[]> eventProducers(KafkaProperties kafka, IntakeSettings settings) {
        return Producers.of(
                kafka, settings.blockMax(), settings.deliverWithin(), settings.requestWithin(), settings.bufferMax());
    }

    /** Asks for the partitions; what is appended goes without it. */
    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(DefaultKafkaProducerFactory<String, byte[]> eventProducers) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(eventProducers);
        template.setProducerListener(null); // it would log each failure a second time
        return template;
    }

    /** Whether spans go anywhere is known once, from the settings. */
    @Bean
    IntakeTraces intakeTraces(
            ObservationRegistry observations, ObjectProvider<OtlpTracingConnectionDetails> spansSentTo) {
        return new IntakeTraces(observations, spansSentTo.getIfAvailable() != null);
    }

    /** By its own type, so that readiness finds its loop. */
    @Bean
    KafkaEventLog eventLog(
            DefaultKafkaProducerFactory<String, byte[]> eventProducers,
            IntakeSettings settings,
            Clock clock,
            IntakeTraces traces) {
        return new KafkaEventLog(eventProducers, settings.ackWithin(), clock, traces);
    }

    /** An observation for each event, with its span, costs more than it tells where nobody sees the span. */
    @Bean
    ObservationPredicate noRequestObservation(ObjectProvider<OtlpTracingConnectionDetails> spansSentTo) {
        Supplier<Boolean> exported = SingletonSupplier.of(() -> spansSentTo.getIfAvailable() != null);
        return (_, context) -> !(context instanceof ServerRequestObservationContext request)
                || request.getCarrier() == null
                || !request.getCarrier().getRequestURI().equals(EventIntake.PATH)
                || Boolean.TRUE.equals(exported.get());
    }

    @Bean
    FilterRegistrationBean<IntakeTimes> intakeTimes(MeterRegistry meters, IntakeTraces traces) {
        FilterRegistrationBean<IntakeTimes> registration =
                new FilterRegistrationBean<>(new IntakeTimes(meters, !traces.exported()));
        registration.addUrlPatterns(EventIntake.PATH);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2); // just outside of what else would be measured
        return registration;
    }

    @Bean
    Bulkhead eventBulkhead(IntakeSettings settings, BulkheadRegistry bulkheads) {
        return bulkheads.bulkhead(
                "events",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.inFlightMax())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    @Bean
    Outlooks outlooks(Lookup lookup, IntakeSettings settings) {
        return new Outlooks(lookup, settings.outlook());
    }

    @Bean
    IntakeMeters intakeMeters(MeterRegistry meters) {
        return new IntakeMeters(meters);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> eventBodyLimit(IntakeSettings settings) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.requestMax().toBytes()));
        registration.setName("eventBodyLimit");
        registration.addUrlPatterns(EventIntake.PATH);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
        return registration;
    }
}
