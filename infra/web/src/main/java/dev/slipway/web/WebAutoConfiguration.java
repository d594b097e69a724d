package dev.slipway.web;

import dev.slipway.web.letters.DeadLetterAccess;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.LogicalType;

/**
 * Deny by default: each request needs a verified token and a rule that names its path. Health is open, and so are the badges
 * of applications that an administrator names; metrics need role viewer. Comes before Boot's own configurations so that they
 * step back.
 */
@AutoConfiguration(
        before = {
            ServletWebSecurityAutoConfiguration.class,
            OAuth2ResourceServerAutoConfiguration.class,
            WebMvcAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class
        })
@EnableConfigurationProperties(IdentitySettings.class)
@Import({ProblemAdvice.class, ProblemErrors.class})
public class WebAutoConfiguration {
    @Bean
    JwtDecoder jwtDecoder(IdentitySettings settings) {
        JwtTimestampValidator time = new JwtTimestampValidator(settings.clockSkew());
        time.setAllowEmptyExpiryClaim(false); // a token that leaks must end by itself
        OAuth2TokenValidator<Jwt> valid = new DelegatingOAuth2TokenValidator<>(List.of(
                new ClaimShapes(),
                time,
                new JwtIssuerValidator(settings.issuer()),
                new JwtAudienceValidator(settings.audience())));
        return new Issuer(
                new IssuerKeyFile(settings.publicKey()),
                keys -> new IssuerTokens(keys, valid, settings.tokensKeptMax(), InstantSource.system()),
                settings.keyLookEvery(),
                System::nanoTime);
    }

    /** A number for a text, or the other way round, is a mistake of whoever sends it, and no library's to mend. */
    @Bean
    JsonMapperBuilderCustomizer valuesOfTheirOwnType() {
        return json -> json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail));
    }

    /** Else each security filter of each request is wrapped for observations that are switched off. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @ConditionalOnMissingBean
    Operations operations(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new ControllerOperations(mappings);
    }

    /** The filter is added by hand: Security's resource server would open a path for metadata beside it. */
    @Bean
    SecurityFilterChain slipwaySecurity(
            HttpSecurity http, JwtDecoder decoder, AccessRules rules, Operations operations, IdentitySettings settings)
            throws Exception {
        SecurityProblems problems = new SecurityProblems(operations);
        TokenIdentity identity = new TokenIdentity(decoder);
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .authorizeHttpRequests(requests -> {
                    // The answer to a failure; a request of its own for /error meets the last rule.
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
                    requests.requestMatchers("/actuator/health", "/actuator/health/**")
                            .permitAll();
                    AccessRules.allow(requests, HttpMethod.GET, "/actuator/prometheus", Role.VIEWER);
                    requests.requestMatchers(new PublicBadges(settings.publicBadges()))
                            .permitAll();
                    DeadLetterAccess.rules().add(requests);
                    rules.add(requests);
                    requests.anyRequest().denyAll();
                })
                .addFilterBefore(
                        new BearerTokenAuthenticationFilter(identity, identity), AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(IdentitySettings settings, ObjectProvider<LargerBodies> larger) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(new BodyLimitFilter(
                settings.bodyMax().toBytes(), larger.orderedStream().toList()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<AcceptFilter> acceptFilter() {
        FilterRegistrationBean<AcceptFilter> registration = new FilterRegistrationBean<>(new AcceptFilter());
        registration.addUrlPatterns("/api/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 12);
        return registration;
    }

    @Bean
    WebMvcConfigurer queryValues() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new QueryValues()).addPathPatterns("/**");
            }
        };
    }

    /** The container's own page is HTML. */
    @Bean
    TomcatContextCustomizer problemValve() {
        return context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        };
    }
}
