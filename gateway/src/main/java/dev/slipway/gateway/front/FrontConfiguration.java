package dev.slipway.gateway.front;

import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.StandardSocketOptions;
import java.util.List;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.result.SimpleHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The reactive context: Boot's web server on Reactor Netty, Spring Cloud Gateway's handler with one route, and our filter.
 * Beans are named one by one instead of taken in as a whole, because most of what is on the class path is the API's; and
 * this class is no {@code @Configuration}, which the API's context would find.
 */
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class
})
class FrontConfiguration {
    private static final String ROUTE = "live-traffic";

    @Bean
    ReactorResourceFactory reactorResourceFactory(SideClients clients) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(clients.loops());
        resources.setConnectionProvider(clients.connections());
        return resources;
    }

    @Bean
    NettyServerCustomizer frontServer(FrontSettings settings, OpenConnections connections) {
        WriteBufferWaterMark ahead = new WriteBufferWaterMark(SideClients.PIECE_MAX / 4, SideClients.PIECE_MAX / 2);
        return server -> shared(server, settings)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ahead)
                .http2Settings(spec -> spec.maxConcurrentStreams(
                                settings.http2().streamsMax())
                        .initialWindowSize((int) settings.http2().window().toBytes())
                        .maxHeaderListSize(settings.headersMax().toBytes())
                        .pingAckTimeout(settings.http2().aliveWithin())
                        .pingAckDropThreshold(1))
                .doOnChannelInit((_, channel, _) -> {
                    connections.add(channel);
                    Spoken.on(channel, settings.clientIdle());
                });
    }

    private static HttpServer shared(HttpServer server, FrontSettings settings) {
        ChannelOption<Boolean> sharing = LoopResources.hasNativeSupport()
                ? UnixChannelOption.SO_REUSEPORT
                : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
        return settings.shared() ? server.option(sharing, true) : server;
    }

    /**
     * What asks for no WebSocket is taken before Spring's chain, which would double its processor time, and answer CORS
     * preflights, which are the application's: the same hands take it in (ADR 18).
     */
    @Bean
    NettyRouteProvider plainTraffic(Reception reception) {
        return routes -> routes.route(
                request -> !request.method().equals(HttpMethod.GET)
                        || !request.requestHeaders().contains(HttpHeaderNames.UPGRADE),
                reception::receive);
    }

    /** One route for all: which version gets a request is no matter of routes. */
    @Bean
    RouteLocator routeLocator() {
        Route route = Route.async()
                .id(ROUTE)
                .uri("http://versions.invalid")
                .predicate(_ -> true)
                .build();
        Flux<Route> routes = Flux.just(route);
        return () -> routes;
    }

    @Bean
    FilteringWebHandler filteringWebHandler(Reception reception) {
        return new FilteringWebHandler(List.of(new SplitFilter(reception)), true);
    }

    @Bean
    RoutePredicateHandlerMapping routePredicateHandlerMapping(
            FilteringWebHandler handler, RouteLocator routes, Environment environment) {
        return new RoutePredicateHandlerMapping(handler, routes, new GlobalCorsProperties(), environment);
    }

    @Bean
    SimpleHandlerAdapter simpleHandlerAdapter() {
        return new SimpleHandlerAdapter();
    }

    @Bean
    DispatcherHandler dispatcherHandler() {
        return new DispatcherHandler();
    }

    @Bean
    HttpHandler httpHandler(DispatcherHandler dispatcher) {
        return WebHttpHandlerBuilder.webHandler(dispatcher).build();
    }
}
