package dev.slipway.gateway.live;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.gateway.loop.Loop;
import dev.slipway.gateway.loop.Looping;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends the seconds that are ready; it sleeps while nothing is counted. A sample that cannot be sent is lost: counts then miss on every side alike. */
final class SampleSender implements SmartLifecycle, Looping {
    private static final Logger LOG = LoggerFactory.getLogger(SampleSender.class);

    private final LiveTraffic traffic;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Clock clock;
    private final Loop loop;
    private volatile boolean losing;

    SampleSender(LiveTraffic traffic, KafkaTemplate<String, byte[]> kafka, Duration sendEvery, Clock clock) {
        this.traffic = traffic;
        this.kafka = kafka;
        this.clock = clock;
        this.loop = new Loop("traffic samples", sendEvery, this::sendDue).onlyWhile(traffic::counts);
        traffic.whenTableComes(loop::wake);
    }

    @Override
    public void start() {
        loop.start();
    }

    /** Sends what is ready; what is under way at that moment is not counted. */
    @Override
    public void stop() {
        loop.stop(() -> {});
        sendDue();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    private void sendDue() {
        for (TrafficSample sample : traffic.due(clock.instant())) {
            try {
                var _ = kafka.send(record(sample)).whenComplete((_, failure) -> told(failure));
            } catch (KafkaException | org.springframework.kafka.KafkaException notSent) {
                told(notSent);
            }
        }
    }

    /** Says once that samples are lost, and once that they arrive again. */
    private void told(@Nullable Throwable failure) {
        boolean lost = failure != null;
        if (lost != losing) {
            losing = lost;
            if (lost) {
                LOG.warn("Samples of live traffic are being lost: {}", String.valueOf(failure));
            } else {
                LOG.info("Samples of live traffic arrive again");
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(TrafficSample sample) {
        String key = sample.environment().toString();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topics.TRAFFIC_SAMPLES, key, WireJson.mapper().writeValueAsBytes(sample));
        String source = "gateway/" + sample.gateway() + "/" + key;
        header(record, "ce_specversion", "1.0");
        header(
                record,
                "ce_id",
                sample.gateway() + "/" + sample.boot() + "/" + key + "/"
                        + sample.second().getEpochSecond());
        header(record, "ce_source", source);
        header(record, "ce_type", TrafficTypes.SAMPLE);
        header(record, "ce_time", sample.second().toString());
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
