package dev.slipway.release.git;

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
    private static final String GIT = "git";

    @Bean
    GuardedRevisions revisions(
            GitSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limiters) {
        return new GuardedRevisions(
                new JGitRevisions(settings),
                breakers.circuitBreaker(GIT),
                bulkheads.bulkhead(GIT),
                limiters.timeLimiter(GIT));
    }
}
