package dev.slipway.web.guard;

import dev.slipway.web.guard.Guarded.Unreachable.Why;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * What belongs to somebody else: calls are bounded in number and in time, and it is left alone for a while when they fail.
 * One that hangs holds neither tasks nor threads. That there were too many calls counts as a failure, unless the settings
 * of the breaker ignore it. Never retries: that is the business of who calls.
 */
public final class Guarded implements AutoCloseable {
    private final String name;
    private final CircuitBreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Bulkhead bulkhead;
    private final TimeLimiter limit;
    private final ExecutorService calls;

    /** @param name of the breaker, the bulkhead and the time limit among the settings */
    public Guarded(
            String name, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limits) {
        this.name = name;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.bulkhead = bulkheads.bulkhead(name);
        this.limit = limits.timeLimiter(name);
        this.calls = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /**
     * Makes one call. What it throws is thrown on.
     *
     * @throws Unreachable if it was not made, or not answered in time; another attempt may help
     * @throws InterruptedException if the caller is interrupted; the call may go on
     */
    public <T> T call(Callable<T> call) throws Exception {
        return call(breakers.circuitBreaker(name), name, () -> bulkhead.executeCallable(limited(call)));
    }

    /**
     * Makes one call to one of several. Each has a breaker of its own, set up by the breaker configuration of the name;
     * the number of calls is that of all together, and for each that of the bulkhead configuration {@code NAME-each} where
     * there is one, so that one that hangs leaves room for the others.
     *
     * @param one which; of a bounded number, as breakers are kept
     * @throws Unreachable as for {@link #call(Callable)}
     */
    public <T> T call(String one, Callable<T> call) throws Exception {
        Callable<T> among = () -> bulkhead.executeCallable(limited(call));
        Callable<T> bounded = bulkheads
                .getConfiguration(name + "-each")
                .map(each -> bulkheads.bulkhead(name + " " + one, each))
                .<Callable<T>>map(each -> () -> each.executeCallable(among))
                .orElse(among);
        return call(breakers.circuitBreaker(name + " " + one, name), one, bounded);
    }

    private <T> Callable<T> limited(Callable<T> call) {
        return () -> limit.executeFutureSupplier(() -> calls.submit(call));
    }

    private <T> T call(CircuitBreaker breaker, String whom, Callable<T> bounded) throws Exception {
        try {
            return breaker.executeCallable(bounded);
        } catch (CallNotPermittedException open) {
            throw new Unreachable(Why.LEFT_ALONE, whom + " has failed too often and is left alone for a while", open);
        } catch (BulkheadFullException full) {
            throw new Unreachable(Why.TOO_MANY, "too many calls to " + whom + " are under way", full);
        } catch (TimeoutException late) {
            throw new Unreachable(Why.LATE, whom + " did not answer in time", late);
        } catch (AcquirePermissionCancelledException stopped) {
            Thread.interrupted(); // as whoever throws InterruptedException does
            throw new InterruptedException(stopped.getMessage());
        }
    }

    /** Interrupts the calls that are under way. */
    @Override
    public void close() {
        calls.shutdownNow();
    }

    /** The other side was not reached. */
    public static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;
        private final Why why;

        /** What kept the call from its answer. */
        public enum Why {
            LEFT_ALONE,
            TOO_MANY,
            LATE
        }

        Unreachable(Why why, String message, Throwable cause) {
            super(message, cause);
            this.why = why;
        }

        public Why why() {
            return why;
        }

        /** Whether the other side may have done what was asked of it. */
        public boolean mayHaveArrived() {
            return why == Why.LATE;
        }
    }
}
