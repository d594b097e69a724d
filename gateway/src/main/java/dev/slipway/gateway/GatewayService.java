package dev.slipway.gateway;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayClassPathWarningAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The one door of Slipway. Three ways lead in: {@code intake} takes the events of a CI and answers once the broker has
 * them; {@code routes} hands the API's requests to the services; {@code front} is a listener of its own, where an
 * application's own traffic is split over its versions, and {@code live} tells what each answered.
 */
@SpringBootApplication(exclude = GatewayClassPathWarningAutoConfiguration.class) // it refuses Spring MVC beside it
@EnableConfigurationProperties(GatewayIdentity.class)
public class GatewayService {
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayService.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Writes request bodies and reads answers, on both kinds of routes. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService proxyExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("proxy-", 0).factory());
    }

    /** Every bound on requests under way is one of these, so that all of them are measured. */
    @Bean
    BulkheadRegistry bulkheads() {
        return BulkheadRegistry.ofDefaults();
    }

    @Bean
    TaggedBulkheadMetrics bulkheadMetrics(BulkheadRegistry bulkheads) {
        return TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads);
    }
}
