package dev.slipway.gateway.routes;

import dev.slipway.gateway.proxy.Failure;
import dev.slipway.gateway.proxy.WatchedAnswer;
import dev.slipway.web.Problems;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Keeps a service that is down or slow from taking the gateway with it: so many requests at a time, and none for a while
 * once it does not answer. Whatever a service answers, an error too, is its answer and is passed on.
 */
final class ServiceGuard implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceGuard.class);

    private final String service;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final Duration retryAfter;

    ServiceGuard(String service, CircuitBreaker breaker, Bulkhead bulkhead, Duration retryAfter) {
        this.service = service;
        this.breaker = breaker;
        this.bulkhead = bulkhead;
        this.retryAfter = retryAfter;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (!bulkhead.tryAcquirePermission()) {
            throw unavailable("service-busy", "has too many requests under way");
        }
        boolean answered = false;
        try {
            ServerResponse answer =
                    WatchedAnswer.of(called(request, next), request, System::nanoTime, (_, _) -> bulkhead.onComplete());
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                bulkhead.onComplete();
            }
        }
    }

    private ServerResponse called(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (!breaker.tryAcquirePermission()) {
            throw unavailable("service-unavailable", "has not answered several times and is left alone for a moment");
        }
        long start = System.nanoTime();
        try {
            ServerResponse answer = next.handle(request);
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return answer;
        } catch (ResourceAccessException noAnswer) {
            throw refused(noAnswer, System.nanoTime() - start);
        } catch (Exception ours) {
            breaker.releasePermission();
            throw ours;
        }
    }

    private ErrorResponseException refused(ResourceAccessException noAnswer, long nanos) {
        return switch (Failure.of(noAnswer)) {
            case Failure.TooLarge tooLarge -> {
                breaker.releasePermission();
                yield new ErrorResponseException(
                        HttpStatus.CONTENT_TOO_LARGE, tooLarge.cause().problem(), null);
            }
            case Failure.ClientGone _ -> {
                breaker.releasePermission();
                yield Problems.refused(HttpStatus.BAD_REQUEST, "request-broken-off", "The request broke off.");
            }
            case Failure.Unreachable unreachable -> {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, noAnswer);
                LOG.warn("{} cannot be reached: {}", service, unreachable.cause());
                yield unavailable("service-unavailable", "cannot be reached");
            }
            case Failure.TimedOut _ -> {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, noAnswer);
                LOG.warn("{} did not answer in time", service);
                yield unavailable("service-timed-out", "did not answer in time; what was asked may or may not be done");
            }
        };
    }

    private ErrorResponseException unavailable(String code, String what) {
        return Problems.unavailable(
                code, "%s %s. Try again later, with the same Idempotency-Key.".formatted(service, what), retryAfter);
    }
}
