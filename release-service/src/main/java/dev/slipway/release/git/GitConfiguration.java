package dev.slipway.release.git;

import dev.slipway.web.guard.BreakerGauges;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires Git; the guards are configured as {@code git} under {@code resilience4j}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GitSettings.class)
class GitConfiguration {
    @Bean
    BreakerGauges breakerGauges(CircuitBreakerRegistry breakers) {
        return new BreakerGauges(breakers);
    }

    @Bean
    GuardedRevisions revisions(
            GitSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        return new GuardedRevisions(new JGitRevisions(settings), new Guarded("git", breakers, bulkheads, limits));
    }
}
