package dev.slipway.gateway.front;

import dev.slipway.gateway.live.LiveTraffic;
import dev.slipway.gateway.live.ProbeMark;
import dev.slipway.gateway.live.SplitMeters;
import dev.slipway.gateway.split.AppPath;
import dev.slipway.gateway.split.Choosing;
import dev.slipway.web.IdentitySettings;
import dev.slipway.web.Problems;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The front as the API's context sees it: made of objects that live here, running in a context of its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrontSettings.class)
class FrontWiring {
    @Bean
    SideClients sideClients(FrontSettings settings) {
        return new SideClients(settings);
    }

    @Bean
    OpenConnections openConnections() {
        return new OpenConnections();
    }

    @Bean
    Tunnels tunnels(
            LiveTraffic traffic,
            Choosing choosing,
            SideClients clients,
            FrontSettings settings,
            Clock clock,
            MeterRegistry meters) {
        Tunnels tunnels = new Tunnels(
                traffic,
                choosing,
                settings.webSockets(),
                clock,
                clients.loops().onServer(true).next());
        Gauge.builder("slipway.gateway.web.sockets", tunnels, Tunnels::size)
                .description("WebSockets that are open to versions")
                .register(meters);
        return tunnels;
    }

    @Bean
    Reception reception(
            LiveTraffic traffic,
            Choosing choosing,
            SideClients clients,
            OpenConnections connections,
            Tunnels tunnels,
            FrontSettings settings,
            IdentitySettings identity,
            Clock clock,
            ProbeMark mark,
            SplitMeters meters,
            BulkheadRegistry bulkheads) {
        ProblemAnswer problems = new ProblemAnswer(settings.retryAfter());
        SideRequest side = new SideRequest(
                clients,
                new AnswerRelay(settings.countWithin(), connections::leaving),
                problems,
                settings,
                tunnels,
                (environment, key) -> traffic.tables().runs(environment, key),
                identity.issuer());
        return new Reception(
                traffic,
                choosing,
                () -> ThreadLocalRandom.current().nextInt(Choosing.BUCKETS),
                new SidePlaces(bulkheads),
                side,
                tunnels,
                problems,
                settings,
                clock,
                mark,
                meters);
    }

    @Bean
    FrontServer frontServer(
            FrontSettings settings,
            Reception reception,
            SideClients clients,
            OpenConnections connections,
            SslBundles bundles,
            LiveTraffic traffic,
            ConfigurableEnvironment environment) {
        return new FrontServer(settings, reception, clients, connections, bundles, traffic::readToEnd, environment);
    }

    /** Applications share no origin with page and API, so their traffic is not taken here. */
    @Bean
    RouterFunction<ServerResponse> applicationsElsewhere(FrontServer front) {
        return RouterFunctions.route(RequestPredicates.path(AppPath.ROOT + "**"), request -> {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "traffic-elsewhere",
                    "Applications are reached on another port: %s, with this path or by their host names."
                            .formatted(front.seenBy(request.servletRequest().getServerName())));
        });
    }
}
