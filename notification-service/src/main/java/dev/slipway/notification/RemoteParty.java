package dev.slipway.notification;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * An endpoint that belongs to somebody else: bounded in number of calls and in time, left alone for a while when it fails.
 * Never retries: that is the conversation's business.
 */
public final class RemoteParty {
    private static final ExecutorService CALLS = Executors.newVirtualThreadPerTaskExecutor();

    private final String name;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final TimeLimiter limiter;

    public RemoteParty(
            String name, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limiters) {
        this.name = name;
        this.breaker = breakers.circuitBreaker(name);
        this.bulkhead = bulkheads.bulkhead(name);
        this.limiter = limiters.timeLimiter(name);
    }

    /**
     * Makes one call.
     *
     * @throws Unreachable if it was not made, or not answered in time; another attempt may help
     */
    public <T> T call(Callable<T> remote) throws Exception {
        try {
            return breaker.executeCallable(
                    () -> bulkhead.executeCallable(() -> limiter.executeFutureSupplier(() -> CALLS.submit(remote))));
        } catch (CallNotPermittedException open) {
            throw new Unreachable(name + " has failed too often and is left alone for a while", open, false);
        } catch (BulkheadFullException full) {
            throw new Unreachable("too many calls to " + name + " are under way", full, false);
        } catch (TimeoutException late) {
            throw new Unreachable(name + " did not answer in time", late, true);
        }
    }

    /** The other side was not reached. */
    public static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean mayHaveArrived;

        Unreachable(String message, Throwable cause, boolean mayHaveArrived) {
            super(message, cause);
            this.mayHaveArrived = mayHaveArrived;
        }

        /** Whether the other side may have done what was asked of it. */
        public boolean mayHaveArrived() {
            return mayHaveArrived;
        }
    }
}
