package dev.slipway.gateway.routes;

import dev.slipway.gateway.proxy.Failure;
import dev.slipway.gateway.proxy.Forwarding;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * One running instance of a service, with a circuit breaker of its own.
 *
 * @param skippedAtOnce whether it is left alone from its first refused connection on, because there are others to ask
 */
record Instance(URI address, CircuitBreaker breaker, boolean skippedAtOnce) {
    /** What came of asking. Whatever an instance answers, an error too, is its answer. */
    sealed interface Outcome {
        record Answered(ServerResponse answer) implements Outcome {}

        record Failed(Failure why) implements Outcome {}
    }

    /** Whether it may be asked at present; if so it must be asked, once. */
    boolean mayBeAsked() {
        return breaker.tryAcquirePermission();
    }

    /** @throws Exception what is wrong here and not there */
    Outcome ask(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        Forwarding.to(request, address, request.servletRequest().getRequestURI());
        long start = System.nanoTime();
        try {
            ServerResponse answer = next.handle(request);
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return new Outcome.Answered(answer);
        } catch (ResourceAccessException noAnswer) {
            Failure failure = Failure.of(noAnswer);
            note(failure, noAnswer, System.nanoTime() - start);
            return new Outcome.Failed(failure);
        } catch (Exception ours) {
            breaker.releasePermission();
            throw ours;
        }
    }

    private void note(Failure failure, ResourceAccessException thrown, long nanos) {
        switch (failure) {
            case Failure.TooLarge _, Failure.ClientGone _ -> breaker.releasePermission();
            case Failure.BrokeOff _, Failure.TimedOut _ -> breaker.onError(nanos, TimeUnit.NANOSECONDS, thrown);
            case Failure.NotConnected _ -> {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, thrown);
                if (skippedAtOnce) {
                    breaker.transitionToOpenState();
                }
            }
        }
    }
}
