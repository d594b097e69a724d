package dev.slipway.messaging;

import dev.slipway.messaging.Recipe.Subscription;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;

/**
 * Runs a {@link Lane} per subscription, each with consumers and a consumer group of its own. Unhealthy when a consumer or
 * one of the recipe's loops has died, while broker or store are away, and when the same record is tried again for long.
 */
final class MessageListeners implements HealthIndicator {
    private final Recipe recipe;
    private final Map<String, Object> connection;
    private final KafkaSink sink;
    private final MessagingSettings settings;
    private final DeadLetterPublishingRecoverer deadLetterTopics;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new CopyOnWriteArrayList<>();

    MessageListeners(Recipe recipe, Map<String, Object> connection, KafkaSink sink, MessagingSettings settings) {
        this.recipe = recipe;
        this.connection = connection;
        this.sink = sink;
        this.settings = settings;
        this.deadLetterTopics = deadLetterTopics();
    }

    void start() {
        recipe.subscriptions().forEach(subscription -> {
            Lane lane = new Lane(recipe, subscription, this::bury);
            recipe.hears(lane);
            measure(lane);
            ConcurrentMessageListenerContainer<String, byte[]> container = container(lane);
            containers.add(container);
            container.start();
        });
    }

    private void measure(Lane lane) {
        MeterRegistry meters = recipe.surroundings().meters();
        String group = lane.subscription().group();
        String topics = String.join(",", lane.subscription().topics());
        Gauge.builder("slipway.listener.lag", lane, each -> each.backlog().waiting())
                .description("Records that wait to be heard")
                .tag("group", group)
                .tag("topics", topics)
                .register(meters);
        Gauge.builder("slipway.listener.behind", lane, recipe::secondsBehind)
                .description("Seconds: how long the oldest record that was not heard has waited, at least")
                .baseUnit("seconds")
                .tag("group", group)
                .tag("topics", topics)
                .register(meters);
    }

    void stop() {
        containers.parallelStream().forEach(ConcurrentMessageListenerContainer::stop);
        containers.clear();
        recipe.hearsNothing();
    }

    @Override
    public Health health() {
        String broken = recipe.broken();
        if (broken != null) {
            return down(broken);
        }
        if (!recipe.begun()) {
            return down("it has not done yet what comes before all else");
        }
        if (!containers.stream().allMatch(ConcurrentMessageListenerContainer::isInExpectedState)) {
            return down("a consumer thread has died: restart this process");
        }
        if (!containers.stream().allMatch(container -> sum(container, "connection-count") > 0)) {
            return down("no connection to the broker");
        }
        Optional<Lane> troubled = recipe.lanes().stream()
                .filter(lane -> lane.troubledFor().compareTo(settings.troubledUnreadyAfter()) >= 0)
                .findFirst();
        if (troubled.isPresent()) {
            Lane lane = troubled.get();
            return down("%s has tried the same record for %d s: %s"
                    .formatted(lane.subscription().group(), lane.troubledFor().toSeconds(), lane.trouble()));
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

    private ConcurrentMessageListenerContainer<String, byte[]> container(Lane lane) {
        Subscription subscription = lane.subscription();
        ContainerProperties properties =
                new ContainerProperties(subscription.topics().toArray(String[]::new));
        properties.setGroupId(subscription.group());
        properties.setAckMode(AckMode.BATCH);
        properties.setShutdownTimeout(settings.stopWaitMax().toMillis());
        properties.setAuthExceptionRetryInterval(settings.retryPauseMax()); // a password may be right again
        properties.setConsumerRebalanceListener(lane.backlog());
        properties.setMessageListener(lane);
        ConcurrentMessageListenerContainer<String, byte[]> container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer()),
                properties);
        container.setBeanName(subscription.group() + "-" + String.join("-", subscription.topics()));
        container.setConcurrency(settings.consumersPerSubscription());
        container.setCommonErrorHandler(new RetryInOrder(subscription.group(), settings));
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

    /** What a lane ahead cannot do is left to the one that hears everything. */
    private void bury(Subscription subscription, ConsumerRecord<String, byte[]> record, RuntimeException why) {
        if (subscription.routes().partial()) {
            return;
        }
        deadLetterTopics.accept(record, null, why);
        String position = record.partition() + ":" + record.offset();
        recipe.deadLetters().heard(Lane.wire(record), position, subscription.group(), why);
    }

    private DeadLetterPublishingRecoverer deadLetterTopics() {
        DeadLetterPublishingRecoverer topics = new DeadLetterPublishingRecoverer(
                sink.template(), (failed, _) -> new TopicPartition(failed.topic() + WireRecord.DEAD, -1));
        topics.setThrowIfNoDestinationReturned(true);
        topics.excludeHeader(HeadersToAdd.EX_STACKTRACE, HeadersToAdd.EX_MSG); // the reason says it without secrets
        topics.addHeadersFunction((_, trouble) ->
                new RecordHeaders().add(WireRecord.REASON, Reasons.of(trouble).getBytes(StandardCharsets.UTF_8)));
        return topics;
    }
}
