package dev.slipway.gateway.loop;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: red for good once a loop has met an error, because nobody knows what that has left behind. */
final class LoopsHealth implements HealthIndicator {
    private final List<Looping> beans;

    LoopsHealth(List<Looping> beans) {
        this.beans = List.copyOf(beans);
    }

    @Override
    public Health health() {
        return beans.stream()
                .map(bean -> bean.loop().broken())
                .filter(Objects::nonNull)
                .findFirst()
                .map(broken -> Health.down().withDetail("reason", broken).build())
                .orElseGet(() -> Health.up().build());
    }
}
