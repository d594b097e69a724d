package dev.slipway.web;

import dev.slipway.web.letters.DeadLetterAccess;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.InputStream;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Deny by default: each request needs a verified token and a rule that names its path. Health is open, metrics need
 * role viewer. Comes before Boot's
 * own configurations so that they step back.
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
    private static final int KEY_BITS_MIN = 2048;

    @Bean
    JwtDecoder jwtDecoder(IdentitySettings settings) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withPublicKey(key(settings.publicKey())).build();
        JwtTimestampValidator time = new JwtTimestampValidator(settings.clockSkew());
        time.setAllowEmptyExpiryClaim(false); // a token that leaks must end by itself
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                time, new JwtIssuerValidator(settings.issuer()), new JwtAudienceValidator(settings.audience()))));
        return decoder;
    }

    /** The filter is added by hand: Security's resource server would open a path for metadata beside it. */
    @Bean
    SecurityFilterChain slipwaySecurity(HttpSecurity http, JwtDecoder decoder, AccessRules rules) throws Exception {
        SecurityProblems problems = new SecurityProblems();
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
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(IdentitySettings settings) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.bodyMax().toBytes()));
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
    WebMvcConfigurer parameterRules() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new GivenTwice()).addPathPatterns("/api/**");
                registry.addInterceptor(new EmptyValues()).addPathPatterns("/**");
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

    private static RSAPublicKey key(Resource file) {
        RSAPublicKey key;
        try (InputStream pem = file.getInputStream()) {
            key = RsaKeyConverters.x509().convert(pem);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(
                    "slipway.identity.public-key: no RSA public key in PEM can be read from " + file, unreadable);
        }
        if (key == null || key.getModulus().bitLength() < KEY_BITS_MIN) {
            throw new IllegalStateException("slipway.identity.public-key: the key in " + file + " has "
                    + (key == null ? 0 : key.getModulus().bitLength()) + " bits, it needs " + KEY_BITS_MIN);
        }
        return key;
    }
}
