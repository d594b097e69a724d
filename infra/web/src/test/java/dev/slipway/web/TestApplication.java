package dev.slipway.web;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service as small as can be: one path for each role, and every way to fail. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = { // on the class path for who has dead letters; here are neither broker nor store
            "dev.slipway.messaging.MessagingAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration"
        })
@Import(TestApplication.Things.class)
class TestApplication {
    static final String SECRET = "jdbc:secret-password";
    static final String BREAK = "Break-Filter";

    @Bean
    AccessRules accessRules() {
        return requests -> {
            AccessRules.allow(requests, HttpMethod.GET, "/things/**", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.POST, "/things/**", Role.PUBLISHER);
            AccessRules.allow(requests, HttpMethod.POST, "/approvals", Role.APPROVER);
            AccessRules.allow(requests, HttpMethod.PUT, "/things", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.DELETE, "/things", Role.ADMIN);
            AccessRules.allow(requests, HttpMethod.GET, "/api/things", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/guide/**", Role.VIEWER);
            requests.requestMatchers("/apps/**").permitAll();
        };
    }

    /** Breaks requests outside of every controller: before the security filters or behind them. */
    @Bean
    FilterRegistrationBean<Filter> breakEarly() {
        return breakWhen("early", Ordered.HIGHEST_PRECEDENCE + 20);
    }

    @Bean
    FilterRegistrationBean<Filter> breakLate() {
        return breakWhen("late", Ordered.LOWEST_PRECEDENCE);
    }

    private static FilterRegistrationBean<Filter> breakWhen(String when, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            if (request instanceof HttpServletRequest http && when.equals(http.getHeader(BREAK))) {
                throw new IllegalStateException(SECRET);
            }
            chain.doFilter(request, response);
        });
        registration.setOrder(order);
        return registration;
    }

    record Thing(String name, int count, @Nullable Colour colour) {
        Thing {
            if (count < 1) {
                throw new IllegalArgumentException("count must be 1 or more, is " + count);
            }
        }
    }

    enum Colour {
        RED,
        BLUE,
        @JsonEnumDefaultValue
        OTHER
    }

    @RestController
    static class Things {
        @GetMapping("/things")
        Caller caller(@AuthenticationPrincipal Jwt token) {
            return Caller.of(token);
        }

        @GetMapping("/things/later")
        Callable<Caller> callerLater(@AuthenticationPrincipal Jwt token) {
            return () -> Caller.of(token);
        }

        @GetMapping("/things/never")
        CompletableFuture<String> failingLater() {
            return CompletableFuture.failedFuture(new IllegalStateException(SECRET));
        }

        @GetMapping("/api/things")
        boolean listed(
                @RequestParam(defaultValue = "false") boolean all,
                @RequestParam(defaultValue = "5") int limit,
                @RequestParam(defaultValue = "RED") Colour colour) {
            return all || colour == Colour.BLUE;
        }

        @GetMapping("/things/numbered")
        int number(@RequestParam int number) {
            return number;
        }

        @GetMapping("/things/broken")
        String broken(@RequestParam String how) throws Throwable {
            throw switch (how) {
                case "argument" -> new IllegalArgumentException("how must be whole, is broken\nat line 2");
                case "silent" -> new IllegalArgumentException();
                case "state" -> new IllegalStateException(SECRET);
                case "io" -> new IOException(SECRET);
                case "error" -> new StackOverflowError(SECRET);
                case "refused" -> Problems.refused(HttpStatus.CONFLICT, "other-triple", "Another triple was approved.");
                case "unavailable" -> Problems.unavailable("store-away", "No store.", Duration.ofMillis(1500));
                case "denied" -> new AccessDeniedException(SECRET);
                default -> new AssertionError(how);
            };
        }

        @PostMapping("/things")
        Thing add(@RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/things/bytes")
        int bytes(@RequestBody byte[] body) {
            return body.length;
        }

        @PostMapping("/things/lines")
        long lines(HttpServletRequest request) throws IOException {
            return request.getReader().lines().count();
        }

        @PostMapping("/things/pieces")
        int pieces(HttpServletRequest request) throws IOException {
            int bytes = 0;
            while (request.getInputStream().read() >= 0) {
                bytes++;
            }
            return bytes;
        }

        @PostMapping("/things/wrapped")
        int wrapped(HttpServletRequest request) {
            try {
                return request.getInputStream().readAllBytes().length;
            } catch (IOException broken) {
                throw new IllegalStateException(SECRET, broken);
            }
        }

        @PostMapping("/approvals")
        void approve() {}

        @PutMapping("/things")
        void steer() {}

        @DeleteMapping("/things")
        void remove() {}

        @GetMapping("/api/v1/applications/{application}/guide/badge.svg")
        String badge(@PathVariable String application) {
            return "badge of " + application;
        }

        @GetMapping("/unlisted")
        String unlisted() {
            return "nobody may see this";
        }

        @GetMapping("/apps/hello")
        @Nullable
        String application(@RequestHeader(required = false) @Nullable String authorization) {
            return authorization;
        }
    }
}
