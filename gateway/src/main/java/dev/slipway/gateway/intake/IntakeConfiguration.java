package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.EventLimits;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.web.BodyLimitFilter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
        Map<String, Object> properties = new HashMap<>(kafka.buildProducerProperties());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.blockMax().toMillis());
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.deliverWithin().toMillis()));
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.requestWithin().toMillis()));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferMax().toBytes());
        return new DefaultKafkaProducerFactory<>(properties);
    }

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(DefaultKafkaProducerFactory<String, byte[]> eventProducers) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(eventProducers);
        template.setProducerListener(null); // it would log each failure a second time
        return template;
    }

    @Bean
    EventLog eventLog(KafkaTemplate<String, byte[]> eventTemplate, IntakeSettings settings, Clock clock) {
        return new KafkaEventLog(eventTemplate, settings.ackWithin(), clock, new Traces(new SecureRandom()));
    }

    @Bean
    Bulkhead eventBulkhead(IntakeSettings settings) {
        return Bulkhead.of(
                "events",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.inFlightMax())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
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
