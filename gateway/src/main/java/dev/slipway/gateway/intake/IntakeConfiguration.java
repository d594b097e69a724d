package dev.slipway.gateway.intake;

import dev.slipway.gateway.Producers;
import dev.slipway.gateway.event.EventLimits;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.web.BodyLimitFilter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

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

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(DefaultKafkaProducerFactory<String, byte[]> eventProducers) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(eventProducers);
        template.setProducerListener(null); // it would log each failure a second time
        return template;
    }

    @Bean
    EventLog eventLog(
            KafkaTemplate<String, byte[]> eventTemplate,
            IntakeSettings settings,
            Clock clock,
            ObservationRegistry observations) {
        return new KafkaEventLog(eventTemplate, settings.ackWithin(), clock, observations);
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
        registration.addUrlPatterns("/api/v1/events");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
        return registration;
    }
}
