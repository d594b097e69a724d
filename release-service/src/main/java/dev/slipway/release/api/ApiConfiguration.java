package dev.slipway.release.api;

import static dev.slipway.web.AccessRules.allow;

import dev.slipway.release.policy.PolicyReader;
import dev.slipway.web.AccessRules;
import dev.slipway.web.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpMethod;

/** Who may do what, and what the API is made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiSettings.class, DoraSettings.class, GuideSettings.class})
class ApiConfiguration {
    private static final String RELEASES = "/api/v1/releases";
    private static final String POLICY = "/api/v1/applications/*/policy";
    private static final String GUIDE = "/api/v1/applications/*/guide";
    private static final String DORA = "/api/v1/applications/*/dora";
    private static final String NEXT_VERSION = "/api/v1/applications/*/next-version";

    @Bean
    AccessRules accessRules() {
        return requests -> {
            allow(requests, HttpMethod.GET, "/api/v1/applications", Role.VIEWER);
            allow(requests, HttpMethod.GET, "/api/v1/waivers", Role.VIEWER);
            allow(requests, HttpMethod.GET, GUIDE, Role.VIEWER);
            allow(requests, HttpMethod.GET, NEXT_VERSION, Role.VIEWER);
            allow(requests, HttpMethod.GET, DORA, Role.VIEWER);
            allow(requests, HttpMethod.GET, "/api/v1/dora", Role.VIEWER);
            allow(requests, HttpMethod.GET, GUIDE + "/*", Role.VIEWER);
            allow(requests, HttpMethod.GET, RELEASES, Role.VIEWER);
            allow(requests, HttpMethod.GET, RELEASES + "/**", Role.VIEWER);
            requests.requestMatchers(HttpMethod.POST, RELEASES)
                    .hasAnyAuthority(
                            Role.PUBLISHER.name(), Role.OPERATOR.name()); // an operator: only what fixes another
            allow(requests, HttpMethod.POST, RELEASES + "/*/approvals", Role.APPROVER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/objections", Role.APPROVER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/waivers", Role.APPROVER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/duties/*", Role.APPROVER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/duties/*/files", Role.APPROVER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/waits/*", Role.PUBLISHER);
            allow(requests, HttpMethod.POST, RELEASES + "/*/announcements/*/review", Role.APPROVER);
            requests.requestMatchers(HttpMethod.POST, RELEASES + "/*/hand-over", RELEASES + "/*/day")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(HttpMethod.POST, RELEASES + "/*/guide", RELEASES + "/*/guide/lines/*")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(HttpMethod.PUT, RELEASES + "/*/notes")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(HttpMethod.POST, RELEASES + "/*/retro", RELEASES + "/*/retro/*/close")
                    .hasAnyAuthority(Role.APPROVER.name(), Role.OPERATOR.name());
            requests.requestMatchers(HttpMethod.POST, RELEASES + "/*/feedback")
                    .hasAnyAuthority(Role.PUBLISHER.name(), Role.APPROVER.name(), Role.OPERATOR.name());
            allow(requests, HttpMethod.GET, "/api/v1/applications/*/retro", Role.VIEWER);
            for (String steering : new String[] {"abort", "pause", "resume", "promote", "retry", "resolve"}) {
                allow(requests, HttpMethod.POST, RELEASES + "/*/" + steering, Role.OPERATOR);
            }
            allow(requests, HttpMethod.POST, RELEASES + "/*/retention/hold", Role.OPERATOR);
            allow(requests, HttpMethod.POST, RELEASES + "/*/retention/lift", Role.OPERATOR);
            allow(requests, HttpMethod.POST, "/api/v1/applications/*/rollback", Role.OPERATOR);
            allow(requests, HttpMethod.POST, "/api/v1/applications/*/remove", Role.ADMIN);
            requests.requestMatchers(HttpMethod.POST, "/api/v1/applications/*/configuration")
                    .hasAnyAuthority(Role.PUBLISHER.name(), Role.OPERATOR.name());
            allow(requests, HttpMethod.GET, POLICY, Role.VIEWER);
            allow(requests, HttpMethod.PUT, POLICY, Role.ADMIN);
        };
    }

    @Bean
    PolicyReader policyReader(ApiSettings settings) {
        return new PolicyReader(settings.policyBytesMax());
    }

    /** Boot's own indicator asks with a command that the embedded store does not have. */
    @Bean
    HealthIndicator mongoPingHealthIndicator(MongoOperations mongo) {
        return () -> {
            mongo.executeCommand("{ping: 1}");
            return Health.up().build();
        };
    }
}
