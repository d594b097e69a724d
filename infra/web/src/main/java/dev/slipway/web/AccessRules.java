package dev.slipway.web;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Which role a service's paths need. Each service declares one bean; every request that no rule names is refused.
 */
@FunctionalInterface
public interface AccessRules {
    /** Adds rules, first match wins. */
    void add(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests);

    /** Lets a role use a method on a path pattern. Who may GET may ask for the head alone. */
    static void allow(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            HttpMethod method,
            String pattern,
            Role role) {
        requests.requestMatchers(method, pattern).hasAuthority(role.name());
        if (method.equals(HttpMethod.GET)) {
            requests.requestMatchers(HttpMethod.HEAD, pattern).hasAuthority(role.name());
        }
    }
}
