package dev.slipway.gateway.routes;

import dev.slipway.gateway.intake.Lookup;
import dev.slipway.gateway.proxy.BrokenAnswers;
import dev.slipway.gateway.proxy.Clients;
import dev.slipway.gateway.proxy.Forwarding;
import dev.slipway.web.BodyLimitFilter;
import dev.slipway.web.LargerBodies;
import dev.slipway.web.Operations;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Wires the routes to the services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouteSettings.class)
class RouteConfiguration {
    @Bean(destroyMethod = "shutdownNow")
    HttpClient serviceClient(RouteSettings settings, Executor proxyExecutor) {
        return Clients.client(settings.connectWithin(), settings.keepAlive(), proxyExecutor);
    }

    /** Primary, because the library wires one exchange for handlers of its own, which are not used. */
    @Bean
    @Primary
    ProxyExchange serviceExchange(
            HttpClient serviceClient,
            Executor proxyExecutor,
            RouteSettings settings,
            GatewayMvcProperties properties,
            ObservationRegistry observations) {
        return Clients.exchange(serviceClient, proxyExecutor, settings.answerWithin(), properties, observations);
    }

    @Bean
    RouterFunction<ServerResponse> serviceRoutes(
            RouteSettings settings,
            ProxyExchange serviceExchange,
            List<RequestHttpHeadersFilter> requestFilters,
            List<ResponseHttpHeadersFilter> responseFilters,
            CircuitBreakerRegistry serviceBreakers,
            BulkheadRegistry bulkheads) {
        Forwarding forwarding = new Forwarding(serviceExchange, requestFilters, responseFilters);
        return new ServiceRoutes(settings, forwarding, serviceBreakers, bulkheads).routes();
    }

    @Bean
    Lookup lookup(HttpClient serviceClient, RouteSettings settings) {
        return new ReleaseLookup(serviceClient, settings.release(), settings.connectWithin());
    }

    /** One breaker for each instance of a service. */
    @Bean
    CircuitBreakerRegistry serviceBreakers(RouteSettings settings) {
        RouteSettings.Breaker breaker = settings.breaker();
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(breaker.calls())
                .minimumNumberOfCalls(breaker.callsMin())
                .failureRateThreshold(breaker.failedPercent())
                .waitDurationInOpenState(breaker.openFor())
                .permittedNumberOfCallsInHalfOpenState(breaker.trials())
                .build());
    }

    @Bean
    TaggedCircuitBreakerMetrics breakerMetrics(CircuitBreakerRegistry serviceBreakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(serviceBreakers);
    }

    @Bean
    RouterFunction<ServerResponse> apiDescription() {
        return new ApiDescription().route();
    }

    @Bean
    Operations operations() {
        return new DescribedOperations(ApiDescription.document());
    }

    /** For live traffic too. Outermost, so that nothing makes an answer of what it throws. */
    @Bean
    FilterRegistrationBean<BrokenAnswers> brokenAnswers() {
        FilterRegistrationBean<BrokenAnswers> registration = new FilterRegistrationBean<>(new BrokenAnswers());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> serviceBodyLimit(RouteSettings settings) {
        return limit(
                "serviceBodyLimit",
                new BodyLimitFilter(
                        settings.bodyMax().toBytes(),
                        List.of(LargerBodies.ofFiles(settings.evidenceMax().toBytes(), "slipway.routes.evidence-max"))),
                "/api/v1/releases/*",
                "/api/v1/environments/*",
                "/api/v1/deliveries/*");
    }

    /** Servlet patterns cannot name what follows the application, so evidence sets the limit of this subtree. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> evidenceBodyLimit(RouteSettings settings) {
        return limit(
                "evidenceBodyLimit",
                BodyLimitFilter.ofReports(settings.evidenceMax().toBytes(), "slipway.routes.evidence-max"),
                "/api/v1/applications/*");
    }

    private static FilterRegistrationBean<BodyLimitFilter> limit(
            String name, BodyLimitFilter filter, String... patterns) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setName(name);
        registration.addUrlPatterns(patterns);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
        return registration;
    }
}
