package dev.slipway.gateway.live;

import dev.slipway.contracts.Topics;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Ready once the traffic tables have been read to the end and the broker takes events. It stays so when the broker goes
 * away later: the verified versions are served as long as the gateway lives, and a gateway that is not ready would get no
 * traffic.
 */
final class LiveHealth implements HealthIndicator {
    private final LiveTraffic traffic;
    private final KafkaTemplate<String, byte[]> events;
    private volatile boolean eventsTaken;

    LiveHealth(LiveTraffic traffic, KafkaTemplate<String, byte[]> events) {
        this.traffic = traffic;
        this.events = events;
    }

    @Override
    public Health health() {
        if (!traffic.readToEnd()) {
            return Health.down().withDetail("tables", "not read to the end yet").build();
        }
        if (!eventsTaken && !takesEvents()) {
            return Health.down()
                    .withDetail("events", "the broker does not take them")
                    .build();
        }
        eventsTaken = true;
        return Health.up().build();
    }

    private boolean takesEvents() {
        try {
            return !events.partitionsFor(Topics.CI_EVENTS).isEmpty();
        } catch (KafkaException | org.springframework.kafka.KafkaException away) {
            return false;
        }
    }
}
