package dev.slipway.validation.issues;

import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the questions to trackers; their guards are configured as {@code tracker} under {@code resilience4j}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrackerSettings.class)
class IssuesConfiguration {
    @Bean
    TrackedServers trackerCheck(
            TrackerSettings settings,
            EvidenceBytes bytes,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits,
            InstantSource clock) {
        return new TrackedServers(
                settings, new Guarded("tracker", breakers, bulkheads, limits), bytes, MessagingJson.mapper(), clock);
    }
}
