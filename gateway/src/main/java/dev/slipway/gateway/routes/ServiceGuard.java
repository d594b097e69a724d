package dev.slipway.gateway.routes;

import dev.slipway.gateway.proxy.Failure;
import dev.slipway.gateway.proxy.WatchedAnswer;
import dev.slipway.web.Problems;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Finds an instance that answers, and keeps a service that is down or slow from taking the gateway with it: so many
 * requests at a time, and an instance is left alone for a while once it does not answer. The next instance is asked when
 * one cannot be connected to, so that nothing was sent; after a connection that broke only if the request can be repeated.
 * One that is late may be at work and is not asked twice.
 */
final class ServiceGuard implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceGuard.class);

    private final String service;
    private final Instances instances;
    private final Bulkhead bulkhead;
    private final long repeatBytesMax;
    private final Duration retryAfter;

    ServiceGuard(String service, Instances instances, Bulkhead bulkhead, long repeatBytesMax, Duration retryAfter) {
        this.service = service;
        this.instances = instances;
        this.bulkhead = bulkhead;
        this.repeatBytesMax = repeatBytesMax;
        this.retryAfter = retryAfter;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        if (!bulkhead.tryAcquirePermission()) {
            throw unavailable("service-busy", "has too many requests under way");
        }
        boolean answered = false;
        try {
            RepeatableRequest repeatable = kept(request);
            ServerResponse answer = WatchedAnswer.of(
                    called(repeatable, next), repeatable.request(), System::nanoTime, (_, _) -> bulkhead.onComplete());
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                bulkhead.onComplete();
            }
        }
    }

    private RepeatableRequest kept(ServerRequest request) {
        try {
            return RepeatableRequest.of(request, repeatBytesMax);
        } catch (IOException notRead) {
            throw refusal(Failure.of(notRead));
        }
    }

    private ServerResponse called(RepeatableRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        Failure last = null;
        for (Instance instance : instances.inTurn()) {
            if (!instance.mayBeAsked()) {
                continue;
            }
            switch (instance.ask(request.request(), next)) {
                case Instance.Outcome.Answered(ServerResponse answer) -> {
                    return answer;
                }
                case Instance.Outcome.Failed(Failure why) -> {
                    told(instance, why);
                    last = why;
                }
            }
            if (!mayGoOn(last, request)) {
                break;
            }
        }
        throw refusal(last);
    }

    private static boolean mayGoOn(Failure failure, RepeatableRequest request) {
        return switch (failure) {
            case Failure.NotConnected _ -> true;
            case Failure.BrokeOff _ -> request.repeatable();
            case Failure.TimedOut _, Failure.TooLarge _, Failure.ClientGone _ -> false;
        };
    }

    private void told(Instance instance, Failure failure) {
        switch (failure) {
            case Failure.NotConnected(String cause) ->
                LOG.warn("{} at {} cannot be reached: {}", service, instance.address(), cause);
            case Failure.BrokeOff(String cause) ->
                LOG.warn("{} at {} broke off before it answered: {}", service, instance.address(), cause);
            case Failure.TimedOut _ -> LOG.warn("{} at {} did not answer in time", service, instance.address());
            case Failure.TooLarge _, Failure.ClientGone _ -> {} // not the service's fault, and told to the client
        }
    }

    private ErrorResponseException refusal(@Nullable Failure failure) {
        return switch (failure) {
            case null ->
                unavailable("service-unavailable", "has not answered several times and is left alone for a moment");
            case Failure.TooLarge tooLarge ->
                new ErrorResponseException(
                        HttpStatus.CONTENT_TOO_LARGE, tooLarge.cause().problem(), null);
            case Failure.ClientGone _ ->
                Problems.refused(HttpStatus.BAD_REQUEST, "request-broken-off", "The request broke off.");
            case Failure.NotConnected _ -> unavailable("service-unavailable", "cannot be reached");
            case Failure.BrokeOff _ ->
                unavailable("service-unavailable", "broke off; what was asked may or may not be done");
            case Failure.TimedOut _ ->
                unavailable("service-timed-out", "did not answer in time; what was asked may or may not be done");
        };
    }

    private ErrorResponseException unavailable(String code, String what) {
        return Problems.unavailable(
                code, "%s %s. Try again later, with the same Idempotency-Key.".formatted(service, what), retryAfter);
    }
}
