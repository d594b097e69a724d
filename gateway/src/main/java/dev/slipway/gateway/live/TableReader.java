package dev.slipway.gateway.live;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.gateway.loop.Loop;
import dev.slipway.gateway.loop.Looping;
import dev.slipway.gateway.split.SplitTables.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.JacksonException;

/**
 * Reads the compacted topic of traffic tables from its beginning, all partitions, without a group: every gateway needs
 * every table. A record counts as live from the end on that the topic had when reading began.
 */
final class TableReader implements SmartLifecycle, Looping {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    /** An empty topic is read to its end by a poll that brings nothing: who starts waits for it. */
    private static final Duration UNTIL_READ = Duration.ofMillis(50);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final LiveTraffic traffic;
    private final LiveSettings.Tables settings;
    private final Clock clock;
    private final Loop loop;
    private volatile @Nullable Consumer<String, byte[]> reading;

    TableReader(
            Supplier<Consumer<String, byte[]>> consumers,
            LiveTraffic traffic,
            LiveSettings.Tables settings,
            Clock clock) {
        this.consumers = consumers;
        this.traffic = traffic;
        this.settings = settings;
        this.clock = clock;
        this.loop = new Loop("traffic tables", settings.retryEvery(), this::readOn);
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop(() -> {
            Consumer<String, byte[]> current = reading;
            if (current != null) {
                current.wakeup();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    /** After the web server in stopping, before it in starting. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    /** One turn: reads until the gateway stops, or until it must begin anew. */
    private void readOn() {
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            reading = consumer;
            read(consumer);
        } catch (WakeupException stopping) {
            LOG.debug("Reading of traffic tables ends", stopping);
        } catch (KafkaException e) {
            LOG.warn("Traffic tables cannot be read now and will be tried again: {}", e.toString());
        } finally {
            reading = null;
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            LOG.warn("The topic {} is not there yet", Topics.TRAFFIC);
            return;
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        Instant lookAgain = clock.instant().plus(settings.partitionsEvery());
        while (!loop.stopping()) {
            for (ConsumerRecord<String, byte[]> record :
                    consumer.poll(traffic.readToEnd() ? settings.pollWithin() : UNTIL_READ)) {
                Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                take(record, end != null && record.offset() >= end);
            }
            if (!traffic.readToEnd() && atEnd(consumer, ends)) {
                traffic.allRead();
            }
            if (clock.instant().isAfter(lookAgain)) {
                if (partitions(consumer).size() != partitions.size()) {
                    return; // begin anew with all of them; a table read twice changes nothing
                }
                lookAgain = clock.instant().plus(settings.partitionsEvery());
            }
        }
    }

    private static boolean atEnd(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return consumer.partitionsFor(Topics.TRAFFIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** What cannot be read is passed over: the next repetition may be better, and the tables held stay in force. */
    private void take(ConsumerRecord<String, byte[]> record, boolean live) {
        Header type = record.headers().lastHeader("ce_type");
        if (record.value() == null
                || (type != null && !TrafficTypes.TABLE.equals(new String(type.value(), StandardCharsets.UTF_8)))) {
            return;
        }
        try {
            TrafficTable table = WireJson.mapper().readValue(record.value(), TrafficTable.class);
            if (!EnvironmentId.parse(record.key()).equals(table.environment())) {
                throw new IllegalArgumentException("its key names another environment");
            }
            table.shares().forEach(share -> Objects.requireNonNull(share.address(), "a share has no address"));
            traffic.take(new Arrival(table, clock.instant(), live));
        } catch (JacksonException | IllegalArgumentException | NullPointerException broken) {
            LOG.warn(
                    "The traffic table at {}-{}@{} cannot be used: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    broken.getMessage());
        }
    }
}
