package dev.slipway.messaging;

import dev.slipway.messaging.Recipe.Subscription;
import io.micrometer.core.instrument.Gauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Hands records to their handlers, raw, one after the other, acknowledged each. Transient trouble is retried in order
 * without end; what would fail again goes to the dead letter topic at once. Unhealthy when a consumer has died,
 * and while broker or store are away.
 */
final class MessageListeners implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(MessageListeners.class);

    private final Recipe recipe;
    private final Map<String, Object> connection;
    private final KafkaSink sink;
    private final MessagingSettings settings;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new CopyOnWriteArrayList<>();

    MessageListeners(Recipe recipe, Map<String, Object> connection, KafkaSink sink, MessagingSettings settings) {
        this.recipe = recipe;
        this.connection = connection;
        this.sink = sink;
        this.settings = settings;
    }

    void start() {
        recipe.subscriptions().forEach(subscription -> {
            ConcurrentMessageListenerContainer<String, byte[]> container = container(subscription);
            containers.add(container);
            container.start();
            Gauge.builder("slipway.listener.lag", container, each -> sum(each, "records-lag-max"))
                    .description("Records behind the end of the topic, of the partition that is most behind")
                    .tag("group", subscription.group())
                    .tag("topics", String.join(",", subscription.topics()))
                    .register(recipe.surroundings().meters());
        });
    }

    void stop() {
        containers.parallelStream().forEach(ConcurrentMessageListenerContainer::stop);
        containers.clear();
    }

    @Override
    public Health health() {
        if (!containers.stream().allMatch(ConcurrentMessageListenerContainer::isInExpectedState)) {
            return down("a consumer thread has died: restart this process");
        }
        if (!containers.stream().allMatch(container -> sum(container, "connection-count") > 0)) {
            return down("no connection to the broker");
        }
        Duration silence = recipe.storeSilence();
        return silence.compareTo(settings.unreadyAfter()) < 0
                ? Health.up().build()
                : down("the store has not answered for " + silence.toSeconds() + " s");
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }

    /** Of one of the client's own metrics, over the container's consumers. */
    private static double sum(ConcurrentMessageListenerContainer<?, ?> container, String metric) {
        return container.metrics().values().stream()
                .flatMap(all -> all.entrySet().stream())
                .filter(entry -> entry.getKey().name().equals(metric)
                        && !entry.getKey().tags().containsKey("topic")
                        && entry.getValue().metricValue() instanceof Double value
                        && !value.isNaN())
                .mapToDouble(entry -> (Double) entry.getValue().metricValue())
                .sum();
    }

    private ConcurrentMessageListenerContainer<String, byte[]> container(Subscription subscription) {
        ContainerProperties properties =
                new ContainerProperties(subscription.topics().toArray(String[]::new));
        properties.setGroupId(subscription.group());
        properties.setAckMode(AckMode.RECORD);
        properties.setShutdownTimeout(settings.stopWaitMax().toMillis());
        properties.setMessageListener((MessageListener<String, byte[]>) consumed -> receive(subscription, consumed));
        ConcurrentMessageListenerContainer<String, byte[]> container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer()),
                properties);
        container.setBeanName(subscription.group() + "-" + String.join("-", subscription.topics()));
        container.setConcurrency(settings.consumersPerSubscription());
        container.setCommonErrorHandler(errorHandler());
        return container;
    }

    private Map<String, Object> consumerProperties() {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollRecordsMax());
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 3);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int)
                Duration.ofSeconds(30).toMillis());
        return properties;
    }

    private void receive(Subscription subscription, ConsumerRecord<String, byte[]> consumed) {
        Map<String, String> headers = new HashMap<>();
        consumed.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        byte[] body = Objects.requireNonNullElseGet(consumed.value(), () -> new byte[0]);
        String key = Objects.requireNonNullElse(consumed.key(), "");
        WireRecord arrived = new WireRecord(consumed.topic(), key, headers, body);
        recipe.dispatch(subscription.routes(), arrived.inbound(Instant.ofEpochMilli(consumed.timestamp())));
    }

    private DefaultErrorHandler errorHandler() {
        DeadLetterPublishingRecoverer deadLetters = new DeadLetterPublishingRecoverer(
                sink.template(), (failed, _) -> new TopicPartition(failed.topic() + "-dlt", -1));
        deadLetters.setThrowIfNoDestinationReturned(true);
        deadLetters.excludeHeader(HeadersToAdd.EX_STACKTRACE);
        deadLetters.addHeadersFunction((_, trouble) ->
                new RecordHeaders().add(WireRecord.REASON, reason(trouble).getBytes(StandardCharsets.UTF_8)));
        DefaultErrorHandler handler = new DefaultErrorHandler((failed, trouble) -> {
            deadLetters.accept(failed, trouble);
            log.error(
                    "Record {}-{}@{} is a dead letter: {}",
                    failed.topic(),
                    failed.partition(),
                    failed.offset(),
                    reason(trouble));
            recipe.surroundings()
                    .meters()
                    .counter("slipway.dead.letters", "topic", failed.topic())
                    .increment();
        });
        handler.setBackOffFunction((_, trouble) -> Transience.passes(trouble) ? withoutEnd() : new FixedBackOff(0, 0));
        handler.setLogLevel(KafkaException.Level.WARN); // of what is tried again
        return handler;
    }

    private ExponentialBackOff withoutEnd() {
        ExponentialBackOff pauses =
                new ExponentialBackOff(settings.retryPauseFirst().toMillis(), 2);
        pauses.setMaxInterval(settings.retryPauseMax().toMillis());
        return pauses;
    }

    private static String reason(Exception trouble) {
        Throwable cause = trouble instanceof ListenerExecutionFailedException && trouble.getCause() != null
                ? trouble.getCause()
                : trouble;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
