package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a program tells its own metrics, as Prometheus text or OpenMetrics.
 *
 * @param path starts with a slash, may hold {@link Placeholders}
 * @param port a named port, or null for the one that takes traffic
 */
public record MetricsAddress(
        String path,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String port) {
    public MetricsAddress {
        HealthChecks.requirePath("target.metrics.path", path);
    }
}
