package dev.slipway.messaging;

import dev.slipway.messaging.AggregateStore.Stores;
import dev.slipway.messaging.MongoStore.InMongo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.mongodb.core.MongoOperations;

/** Gives a Spring Boot service its {@link Recipe}, on Kafka and MongoDB. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration"
        })
@EnableConfigurationProperties({MessagingSettings.class, KafkaProperties.class})
public class MessagingAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    InstantSource slipwayClock() {
        return Clock.systemUTC();
    }

    @Bean
    KafkaSink slipwayKafkaSink(
            KafkaProperties kafka, MessagingSettings settings, ObjectProvider<MeterRegistry> meters) {
        return new KafkaSink(
                kafka.buildProducerProperties(),
                kafka.buildAdminProperties(),
                settings,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    @ConditionalOnMissingBean
    Stores slipwayStores(MongoOperations mongo) {
        return new InMongo(mongo, MessagingJson.mapper());
    }

    @Bean
    Recipe slipwayRecipe(
            MessagingSettings settings,
            Stores stores,
            KafkaSink sink,
            InstantSource clock,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator) {
        return new Recipe(new Surroundings(
                settings,
                stores,
                sink,
                MessagingJson.mapper(),
                clock,
                System::nanoTime,
                command -> Thread.ofVirtual().name("slipway-work").start(command),
                meters.getIfAvailable(SimpleMeterRegistry::new),
                new Tracing(
                        tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP))));
    }

    /** The driver's own waits are 30 s and forever; what the connection string says goes before these. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer slipwayStoreWaits(MessagingSettings settings) {
        long waitMillis = settings.storeWaitMax().toMillis();
        return client -> client.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(waitMillis, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(waitMillis, TimeUnit.MILLISECONDS)
                        .readTimeout(settings.storeAnswerMax().toMillis(), TimeUnit.MILLISECONDS));
    }

    @Bean
    DeadLetters slipwayDeadLetters(Recipe recipe) {
        return recipe.deadLetters();
    }

    @Bean
    MessageListeners messagesHealthIndicator(
            Recipe recipe, KafkaProperties kafka, KafkaSink sink, MessagingSettings settings) {
        return new MessageListeners(recipe, kafka.buildConsumerProperties(), sink, settings);
    }

    @Bean
    MessagingLifecycle slipwayLifecycle(Recipe recipe, MessageListeners listeners) {
        return new MessagingLifecycle(recipe, listeners);
    }
}
