package dev.slipway.deployment;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** release-service, validation-service and a gateway, as far as deployment-service can tell. */
final class OtherServices implements AutoCloseable {
    static final Worse WORSE = new Worse("comparison", "errors", "30 %", "0.5 %");

    private final KafkaProducer<String, byte[]> producer;
    private final Thread listener;
    private final AtomicLong versions = new AtomicLong();
    private final Set<String> worseReleases;
    private volatile boolean closed;
    private volatile String deafTo = "";

    final List<RolloutStatus> statuses = new CopyOnWriteArrayList<>();
    final List<IncidentStatus> incidents = new CopyOnWriteArrayList<>();
    final List<WayBackStatus> wayBacks = new CopyOnWriteArrayList<>();
    final List<TrafficTable> tables = new CopyOnWriteArrayList<>();
    final List<Judge> judged = new CopyOnWriteArrayList<>();
    final List<StopJudging> stopped = new CopyOnWriteArrayList<>();

    OtherServices(String kafka, Set<String> worseReleases) {
        this.worseReleases = new HashSet<>(worseReleases);
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new ByteArraySerializer());
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "others-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.listener = Thread.ofPlatform().daemon().name("other-services").start(() -> listen(consumer));
    }

    private void listen(KafkaConsumer<String, byte[]> consumer) {
        try (consumer) {
            consumer.subscribe(List.of(Topics.DEPLOYMENT_EVENTS, Topics.TRAFFIC, Topics.VALIDATION_COMMANDS));
            while (!closed) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::hear);
            }
        }
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        switch (type) {
            case DeploymentTypes.ROLLOUT_STATUS -> statuses.add(read(record, RolloutStatus.class));
            case DeploymentTypes.INCIDENT_STATUS -> incidents.add(read(record, IncidentStatus.class));
            case DeploymentTypes.WAY_BACK_STATUS -> wayBacks.add(read(record, WayBackStatus.class));
            case TrafficTypes.TABLE -> tables.add(read(record, TrafficTable.class));
            case ValidationTypes.STOP_JUDGING -> stopped.add(read(record, StopJudging.class));
            case ValidationTypes.JUDGE -> judge(read(record, Judge.class));
            default -> throw new IllegalStateException("Unexpected type " + type);
        }
    }

    /** Passes each step at once, but for the releases that are worse as soon as they have traffic. */
    private void judge(Judge judge) {
        judged.add(judge);
        String release = judge.question().release().value();
        if (release.equals(deafTo) && !judge.hold().isZero()) {
            return;
        }
        Worse worse = judge.step() > 0 && worseReleases.contains(release) ? WORSE : null;
        JudgementStatus status = new JudgementStatus(
                judge.question(),
                judge.environment(),
                true,
                worse == null ? judge.step() : 0,
                worse,
                SideCounts.NONE,
                SideCounts.NONE,
                "");
        send(Topics.VALIDATION_RESULTS, release, ValidationTypes.JUDGEMENT_STATUS, "judgement", release, status);
    }

    /** The judge says nothing of this first release's bake, the one step of it that is held. */
    void deafInTheBakeOf(String release) {
        deafTo = release;
    }

    /** What the judge was asked last passes, whether anybody hears that now or not. */
    void passes() {
        deafTo = "";
        judge(judged.getLast());
    }

    void hearsAgain() {
        deafTo = "";
    }

    void send(String topic, String key, String type, String aggregate, String release, Object body) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, key, MessagingJson.mapper().writeValueAsBytes(body));
        Map.of(
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "test/" + aggregate + "/" + release,
                        "ce_type",
                        type,
                        "ce_specversion",
                        "1.0",
                        "ce_correlationid",
                        release,
                        "ce_sourceversion",
                        Long.toString(versions.incrementAndGet()))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(Pace.seconds(10), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException trouble) {
            throw new IllegalStateException("The broker does not take " + type, trouble);
        }
    }

    RolloutStatus.Phase phase(QuestionKey question) {
        return statuses.stream()
                .filter(status -> status.question().equals(question))
                .map(RolloutStatus::phase)
                .reduce((_, later) -> later)
                .orElse(RolloutStatus.Phase.UNKNOWN);
    }

    RolloutStatus last(QuestionKey question) {
        return Objects.requireNonNull(statuses.stream()
                .filter(status -> status.question().equals(question))
                .reduce((_, later) -> later)
                .orElse(null));
    }

    private static <B> B read(ConsumerRecord<String, byte[]> record, Class<B> type) {
        return MessagingJson.mapper().readValue(record.value(), type);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.join(Pace.patience(Duration.ofSeconds(10)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
