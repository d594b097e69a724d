package dev.slipway.gateway.live;

import dev.slipway.gateway.GatewayIdentity;
import dev.slipway.gateway.Producers;
import dev.slipway.gateway.proxy.Clients;
import dev.slipway.gateway.proxy.Forwarding;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.split.AppPath;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.web.BodyLimitFilter;
import dev.slipway.web.IdentitySettings;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

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
        SampleLimits limits = new SampleLimits(samples.cutOff(), samples.secondsMax());
        String boot = UUID.randomUUID().toString().substring(0, BOOT_CHARS);
        LiveTraffic traffic = new LiveTraffic(
                identity.id(), boot, clock.instant(), settings.environmentsMax(), settings.staleAfter(), limits);
        FunctionCounter.builder("slipway.gateway.tables.passed.over", traffic, LiveTraffic::tablesPassedOver)
                .description("Traffic tables for which slipway.live.environments-max left no room")
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

    @Bean(destroyMethod = "shutdownNow")
    HttpClient liveClient(LiveSettings settings, Executor proxyExecutor) {
        return Clients.client(settings.connectWithin(), settings.keepAlive(), proxyExecutor);
    }

    @Bean
    ProxyExchange liveExchange(
            HttpClient liveClient,
            Executor proxyExecutor,
            LiveSettings settings,
            GatewayMvcProperties properties,
            ObservationRegistry observations) {
        return Clients.exchange(liveClient, proxyExecutor, settings.answerWithin(), properties, observations);
    }

    @Bean
    ProbeMark probeMark() {
        return ProbeMark.random(new SecureRandom());
    }

    @Bean
    SplitFilter splitFilter(
            LiveTraffic traffic,
            LiveSettings settings,
            Clock clock,
            ProbeMark mark,
            MeterRegistry meters,
            BulkheadRegistry bulkheads) {
        Bulkhead bulkhead = bulkheads.bulkhead(
                "live",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.inFlightMax())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        return new SplitFilter(
                traffic,
                () -> ThreadLocalRandom.current().nextInt(Choosing.BUCKETS),
                bulkhead,
                settings,
                clock,
                mark,
                new SplitMeters(meters));
    }

    @Bean
    RouterFunction<ServerResponse> liveRoutes(
            SplitFilter splitFilter,
            ProxyExchange liveExchange,
            IdentitySettings identity,
            ProbeMark mark,
            List<RequestHttpHeadersFilter> requestFilters,
            List<ResponseHttpHeadersFilter> responseFilters) {
        List<RequestHttpHeadersFilter> filters = new ArrayList<>(requestFilters);
        filters.add(new AppHeaders(identity.issuer(), mark));
        return GatewayRouterFunctions.route("live-traffic")
                .route(
                        RequestPredicates.path(AppPath.ROOT + "**"),
                        new Forwarding(liveExchange, filters, responseFilters))
                .filter(splitFilter)
                .build();
    }

    @Bean
    LiveHealth trafficHealthIndicator(LiveTraffic traffic, KafkaTemplate<String, byte[]> eventTemplate) {
        return new LiveHealth(traffic, eventTemplate);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> liveBodyLimit(LiveSettings settings) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.bodyMax().toBytes()));
        registration.setName("liveBodyLimit");
        registration.addUrlPatterns(AppPath.ROOT + "*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
        return registration;
    }
}
