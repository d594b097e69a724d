package dev.slipway.gateway.probe;

import dev.slipway.gateway.front.FrontServer;
import dev.slipway.gateway.live.LiveTraffic;
import dev.slipway.gateway.live.ProbeMark;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the probes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProbeSettings.class)
class ProbeConfiguration {
    @Bean(destroyMethod = "shutdownNow")
    HttpClient probeClient(ProbeSettings settings, Executor proxyExecutor, FrontServer front) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectWithin())
                .executor(proxyExecutor);
        front.trustInItself().ifPresent(client::sslContext);
        return client.build();
    }

    @Bean
    ProbeSender probeSender(
            HttpClient probeClient,
            LiveTraffic traffic,
            ProbeMark mark,
            ProbeSettings settings,
            FrontServer front,
            Clock clock,
            MeterRegistry meters) {
        ProbeSender sender = new ProbeSender(
                probeClient, () -> traffic.probed(clock.instant()), mark, settings, front::self, meters);
        traffic.whenTableComes(sender::wake);
        return sender;
    }
}
