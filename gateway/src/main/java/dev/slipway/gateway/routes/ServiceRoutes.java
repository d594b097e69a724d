package dev.slipway.gateway.routes;

import dev.slipway.gateway.proxy.Forwarding;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Which service answers which path. Paths and token are passed on as they are; each service checks the token again. */
final class ServiceRoutes {
    /** What a service need not tell the world about itself. */
    private static final List<String> HEADERS_KEPT_BACK = List.of("Server", "X-Powered-By");

    private final RouteSettings settings;
    private final Forwarding forwarding;

    ServiceRoutes(RouteSettings settings, Forwarding forwarding) {
        this.settings = settings;
        this.forwarding = forwarding;
    }

    RouterFunction<ServerResponse> routes() {
        return route(
                        "release-service",
                        settings.release(),
                        "/api/v1/releases/**",
                        "/api/v1/applications/{application}/policy",
                        "/api/v1/applications/{application}/rollback")
                .and(route(
                        "validation-service",
                        settings.validation(),
                        "/api/v1/applications/{application}/evidence",
                        "/api/v1/applications/{application}/verdicts"))
                .and(route("deployment-service", settings.deployment(), "/api/v1/environments/**"))
                .and(route("notification-service", settings.notification(), "/api/v1/deliveries/**"));
    }

    private RouterFunction<ServerResponse> route(String service, URI address, String... patterns) {
        RequestPredicate paths = Arrays.stream(patterns)
                .map(RequestPredicates::path)
                .reduce(RequestPredicate::or)
                .orElseThrow();
        return GatewayRouterFunctions.route(service)
                .route(paths, forwarding)
                .filter(guard(service))
                .before(request -> to(request, address))
                .after((_, answer) -> cleaned(answer, address))
                .build();
    }

    private static ServerRequest to(ServerRequest request, URI address) {
        Forwarding.to(request, address, request.servletRequest().getRequestURI());
        return request;
    }

    /** A service does not know the gateway's address, so a location is told as a path. */
    private static ServerResponse cleaned(ServerResponse answer, URI address) {
        HttpHeaders headers = answer.headers();
        HEADERS_KEPT_BACK.forEach(headers::remove);
        String location = headers.getFirst(HttpHeaders.LOCATION);
        String origin = address.getScheme() + "://" + address.getRawAuthority();
        if (location != null && location.startsWith(origin + "/")) {
            headers.set(HttpHeaders.LOCATION, location.substring(origin.length()));
        }
        return answer;
    }

    private ServiceGuard guard(String service) {
        RouteSettings.Breaker breaker = settings.breaker();
        CircuitBreakerConfig breaks = CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(breaker.calls())
                .minimumNumberOfCalls(breaker.callsMin())
                .failureRateThreshold(breaker.failedPercent())
                .waitDurationInOpenState(breaker.openFor())
                .permittedNumberOfCallsInHalfOpenState(breaker.trials())
                .build();
        BulkheadConfig holds = BulkheadConfig.custom()
                .maxConcurrentCalls(settings.inFlightMax())
                .maxWaitDuration(Duration.ZERO)
                .build();
        return new ServiceGuard(
                service, CircuitBreaker.of(service, breaks), Bulkhead.of(service, holds), breaker.openFor());
    }
}
