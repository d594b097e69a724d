package dev.slipway.gateway.routes;

import dev.slipway.gateway.proxy.Forwarding;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which service answers which path. Paths and token are passed on as they are; each service checks the token again. What
 * steers a release has room of its own: however many others wait for the service, an abort gets through. So have badges, which
 * whoever likes may ask for where an administrator says so.
 */
final class ServiceRoutes {
    /** What a service need not tell the world about itself. */
    private static final List<String> HEADERS_KEPT_BACK = List.of("Server", "X-Powered-By");

    private static final String ROLLBACK = "/api/v1/applications/{application}/rollback";
    private static final String STEERING = "/api/v1/releases/{release}/"
            + "{verb:abort|pause|resume|promote|retry|resolve|approvals|waivers|hand-over|day|guide}";

    private static final String BADGE = "/api/v1/applications/{application}/guide/badge.svg";
    private static final String DUTIES = "/api/v1/releases/{release}/duties/{duty}";
    private static final String LINES = "/api/v1/releases/{release}/guide/lines/{line}";
    private static final String WAITS = "/api/v1/releases/{release}/waits/{wait}";

    private final RouteSettings settings;
    private final Forwarding forwarding;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;

    ServiceRoutes(
            RouteSettings settings,
            Forwarding forwarding,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads) {
        this.settings = settings;
        this.forwarding = forwarding;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    /** One service's instances behind one bulkhead. */
    private record Route(String name, String service, List<URI> addresses, int inFlightMax) {}

    RouterFunction<ServerResponse> routes() {
        Route steering = new Route("steering", "release-service", settings.release(), settings.steeringInFlightMax());
        return letters("release-service", settings.release())
                .and(letters("validation-service", settings.validation()))
                .and(letters("deployment-service", settings.deployment()))
                .and(letters("notification-service", settings.notification()))
                .and(services(steering));
    }

    /** Each service has its own dead letters; the room of steering, as they are settled when something is wrong. */
    private RouterFunction<ServerResponse> letters(String service, List<URI> addresses) {
        Route letters = new Route(service + "-letters", service, addresses, settings.steeringInFlightMax());
        return route(letters, paths("/api/v1/deadletters/" + service + "/**"));
    }

    private RouterFunction<ServerResponse> services(Route steering) {
        return route(
                        steering,
                        RequestPredicates.method(HttpMethod.POST).and(paths(STEERING, DUTIES, LINES, WAITS, ROLLBACK)))
                .and(route(
                        new Route("badges", "release-service", settings.release(), settings.badgesInFlightMax()),
                        paths(BADGE)))
                .and(route(
                        service("release-service", settings.release()),
                        paths(
                                "/api/v1/releases/**",
                                "/api/v1/waivers",
                                "/api/v1/applications",
                                "/api/v1/applications/{application}/policy",
                                "/api/v1/applications/{application}/guide",
                                "/api/v1/applications/{application}/guide/plan",
                                "/api/v1/applications/{application}/guide/badge.json",
                                "/api/v1/applications/{application}/next-version",
                                "/api/v1/applications/{application}/dora",
                                "/api/v1/applications/{application}/retro",
                                "/api/v1/dora",
                                "/api/v1/applications/{application}/remove",
                                "/api/v1/applications/{application}/configuration",
                                ROLLBACK)))
                .and(route(
                        service("validation-service", settings.validation()),
                        paths(
                                "/api/v1/applications/{application}/evidence",
                                "/api/v1/applications/{application}/evidence/{digest}",
                                "/api/v1/applications/{application}/verdicts",
                                "/api/v1/applications/{application}/gates/{gate}",
                                "/api/v1/applications/{application}/seconds",
                                "/api/v1/applications/{application}/hosts",
                                "/api/v1/applications/{application}/trackers")))
                .and(route(service("deployment-service", settings.deployment()), paths("/api/v1/environments/**")))
                .and(route(service("notification-service", settings.notification()), paths("/api/v1/deliveries/**")));
    }

    private Route service(String service, List<URI> addresses) {
        return new Route(service, service, addresses, settings.inFlightMax());
    }

    private static RequestPredicate paths(String... patterns) {
        return Arrays.stream(patterns)
                .map(RequestPredicates::path)
                .reduce(RequestPredicate::or)
                .orElseThrow();
    }

    private RouterFunction<ServerResponse> route(Route route, RequestPredicate asked) {
        return GatewayRouterFunctions.route(route.name())
                .route(asked, forwarding)
                .filter(guard(route))
                .after((_, answer) -> cleaned(answer, route.addresses()))
                .build();
    }

    /** A service does not know the gateway's address, so a location is told as a path. */
    private static ServerResponse cleaned(ServerResponse answer, List<URI> addresses) {
        HttpHeaders headers = answer.headers();
        HEADERS_KEPT_BACK.forEach(headers::remove);
        String location = headers.getFirst(HttpHeaders.LOCATION);
        for (URI address : addresses) {
            String origin = address.getScheme() + "://" + address.getRawAuthority();
            if (location != null && location.startsWith(origin + "/")) {
                headers.set(HttpHeaders.LOCATION, location.substring(origin.length()));
                return answer;
            }
        }
        return answer;
    }

    private ServiceGuard guard(Route route) {
        BulkheadConfig holds = BulkheadConfig.custom()
                .maxConcurrentCalls(route.inFlightMax())
                .maxWaitDuration(Duration.ZERO)
                .build();
        Bulkhead bulkhead = bulkheads.bulkhead(route.name(), holds);
        return new ServiceGuard(
                route.service(),
                new Instances(route.service(), route.addresses(), breakers),
                bulkhead,
                settings.repeatMax().toBytes(),
                settings.breaker().openFor());
    }
}
