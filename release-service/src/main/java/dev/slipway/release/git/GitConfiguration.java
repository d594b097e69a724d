package dev.slipway.release.git;

import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.git.Places;
import dev.slipway.web.guard.BreakerGauges;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires Git; the guards are configured as {@code git} under {@code resilience4j}, in git.yml. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GitSettings.class)
class GitConfiguration {
    @Bean
    BreakerGauges breakerGauges(CircuitBreakerRegistry breakers) {
        return new BreakerGauges(breakers);
    }

    @Bean
    GitOptions gitOptions(Environment environment) {
        return Binder.get(environment).bind("slipway.git", GitOptions.class).get();
    }

    @Bean
    Places places(GitOptions options) {
        return new Places(options.roots(), options.hosts());
    }

    /** Without the program the service does not start, and says what to install. */
    @Bean
    Git git(GitOptions options) {
        return new Git(GitProgram.find(), options);
    }

    @Bean
    GuardedRevisions revisions(
            Git git,
            GitSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        return new GuardedRevisions(new GitRevisions(git, settings), new Guarded("git", breakers, bulkheads, limits));
    }

    /** Guarded as {@code git-history}, in application.yml. */
    @Bean
    GuardedHistory history(
            Git git,
            GitSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        return new GuardedHistory(
                new GitRevisions(git, settings), new Guarded("git-history", breakers, bulkheads, limits));
    }
}
