package dev.slipway.gateway.live;

import dev.slipway.gateway.GatewayIdentity;
import dev.slipway.gateway.Producers;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.split.Choosing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires the live traffic. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LiveSettings.class, SampleSettings.class})
class LiveConfiguration {
    private static final int BOOT_CHARS = 8;

    @Bean
    LiveTraffic liveTraffic(
            GatewayIdentity identity,
            LiveSettings settings,
            SampleSettings samples,
            Clock clock,
            MeterRegistry meters) {
        SampleLimits limits = new SampleLimits(samples.cutOff(), samples.settle(), samples.secondsMax());
        String boot = UUID.randomUUID().toString().substring(0, BOOT_CHARS);
        LiveTraffic traffic = new LiveTraffic(
                identity.id(),
                boot,
                clock.instant(),
                settings.environmentsMax(),
                settings.staleAfter(),
                limits,
                samples.waitingMax());
        FunctionCounter.builder("slipway.gateway.tables.passed.over", traffic, LiveTraffic::tablesPassedOver)
                .description("Traffic tables for which slipway.live.environments-max left no room")
                .register(meters);
        Gauge.builder(
                        "slipway.gateway.hosts.refused",
                        traffic,
                        live -> live.hostNames().refusals())
                .description("Host names that an environment claims and another one has")
                .register(meters);
        return traffic;
    }

    @Bean
    TableReader tableReader(KafkaProperties kafka, LiveTraffic traffic, LiveSettings settings, Clock clock) {
        Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                settings.tables().pollWithin().toMillis()); // the broker answers at once when a table comes
        return new TableReader(() -> new KafkaConsumer<>(properties), traffic, settings.tables(), clock);
    }

    @Bean
    DefaultKafkaProducerFactory<String, byte[]> sampleProducers(KafkaProperties kafka, SampleSettings settings) {
        return Producers.of(
                kafka, settings.blockMax(), settings.deliverWithin(), settings.requestWithin(), settings.bufferMax());
    }

    @Bean
    KafkaTemplate<String, byte[]> sampleTemplate(DefaultKafkaProducerFactory<String, byte[]> sampleProducers) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(sampleProducers);
        template.setProducerListener(null); // the sender says once when samples are lost
        return template;
    }

    @Bean
    SampleSender sampleSender(
            LiveTraffic traffic, KafkaTemplate<String, byte[]> sampleTemplate, SampleSettings settings, Clock clock) {
        return new SampleSender(traffic, sampleTemplate, settings.sendEvery(), clock);
    }

    @Bean
    ProbeMark probeMark() {
        return ProbeMark.random(new SecureRandom());
    }

    @Bean
    Choosing choosing(LiveSettings settings) {
        return new Choosing(settings.staleAfter());
    }

    @Bean
    SplitMeters splitMeters(MeterRegistry meters) {
        return new SplitMeters(meters);
    }

    @Bean
    LiveHealth trafficHealthIndicator(LiveTraffic traffic, KafkaTemplate<String, byte[]> eventTemplate) {
        return new LiveHealth(traffic, eventTemplate);
    }
}
