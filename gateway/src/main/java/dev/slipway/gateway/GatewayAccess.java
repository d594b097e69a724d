package dev.slipway.gateway;

import static dev.slipway.web.AccessRules.allow;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import jakarta.servlet.DispatcherType;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may do what, coarsely; each service checks again. Whoever asks here for an application is told without a token where
 * those are reached.
 */
@Configuration(proxyBeanMethods = false)
class GatewayAccess {
    @Bean
    AccessRules accessRules() {
        return requests -> {
            // What the web server itself refuses is told by a page of its own, which holds nothing but the status.
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            allow(requests, POST, "/api/v1/events", Role.PUBLISHER);
            allow(requests, POST, "/api/v1/applications/*/evidence", Role.PUBLISHER);
            allow(requests, PUT, "/api/v1/applications/*/policy", Role.ADMIN);
            allow(requests, POST, "/api/v1/applications/*/rollback", Role.OPERATOR);
            allow(requests, POST, "/api/v1/applications/*/remove", Role.ADMIN);
            requests.requestMatchers(POST, "/api/v1/applications/*/configuration")
                    .hasAnyAuthority(Role.PUBLISHER.name(), Role.OPERATOR.name());
            // An operator proposes the repair of a release that waits for one; the service tells the two apart.
            requests.requestMatchers(POST, "/api/v1/releases")
                    .hasAnyAuthority(Role.PUBLISHER.name(), Role.OPERATOR.name());
            allow(requests, POST, "/api/v1/releases/*/approvals", Role.APPROVER);
            allow(requests, POST, "/api/v1/releases/*/objections", Role.APPROVER);
            allow(requests, POST, "/api/v1/releases/*/waivers", Role.APPROVER);
            allow(requests, POST, "/api/v1/releases/*/duties/*", Role.APPROVER);
            allow(requests, POST, "/api/v1/releases/*/duties/*/files", Role.APPROVER);
            allow(requests, POST, "/api/v1/releases/*/waits/*", Role.PUBLISHER);
            allow(requests, POST, "/api/v1/releases/*/announcements/*/review", Role.APPROVER);
            requests.requestMatchers(POST, "/api/v1/releases/*/hand-over", "/api/v1/releases/*/day")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(POST, "/api/v1/releases/*/guide", "/api/v1/releases/*/guide/lines/*")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(PUT, "/api/v1/releases/*/notes")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(POST, "/api/v1/releases/*/retro", "/api/v1/releases/*/retro/*/close")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(POST, "/api/v1/releases/*/feedback")
                    .hasAnyAuthority(Role.PUBLISHER.name(), Role.APPROVER.name(), Role.OPERATOR.name());
            for (String steering : new String[] {"abort", "pause", "resume", "promote", "retry", "resolve"}) {
                allow(requests, POST, "/api/v1/releases/*/" + steering, Role.OPERATOR);
            }
            allow(requests, POST, "/api/v1/releases/*/retention/hold", Role.OPERATOR);
            allow(requests, POST, "/api/v1/releases/*/retention/lift", Role.OPERATOR);
            allow(requests, POST, "/api/v1/deliveries/retry", Role.OPERATOR);
            allow(requests, GET, "/api/v1/deliveries/pages", Role.OPERATOR);
            allow(requests, GET, "/api/v1/deliveries/channels", Role.OPERATOR);
            allow(requests, GET, "/api/v1/environments/*/*/logs", Role.OPERATOR);
            allow(requests, GET, "/api/v1/environments/*/*/secrets", Role.OPERATOR);
            allow(requests, GET, "/api/v1/applications/*/evidence/*", Role.OPERATOR);
            allow(requests, GET, "/api/v1/applications/*/hosts", Role.OPERATOR);
            allow(requests, GET, "/api/v1/applications/*/trackers", Role.OPERATOR);
            allow(requests, GET, "/api/v1/**", Role.VIEWER);
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain applicationsSecurity(HttpSecurity http) throws Exception {
        return http.securityMatcher("/apps/**")
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** What was wrong is not repeated: it may be meant for whoever reads logs. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, _) -> RefusedRequest.write(request, response);
    }

    /** The container leaves an encoded slash as it is, and the firewall refuses it in the words of all that it refuses. */
    @Bean
    TomcatConnectorCustomizer encodedSlashes() {
        return connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    }

    /** Answers of the API are data: never a page, never to be kept or framed. Security's own headers come besides. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> apiHeaders() {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new ApiHeaders());
        registration.setName("apiHeaders");
        registration.addUrlPatterns("/api/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
