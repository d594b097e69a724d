package dev.slipway.validation.merge;

import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.MergeCheck;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git behind a time limit, a bulkhead and a breaker for each repository; their numbers stand in application.yml under the
 * name {@code git}. Trouble is an answer: the assessment tries again until the gate's deadline.
 */
public final class GuardedMergeCheck implements MergeCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuardedMergeCheck.class);
    private static final String SETTINGS = "git";

    private final GitMergeCheck git;
    private final CircuitBreakerRegistry breakers;
    private final Bulkhead bulkhead;
    private final TimeLimiter limit;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param pathsShownMax conflicting files that an answer names */
    public GuardedMergeCheck(
            int pathsShownMax,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        this.git = new GitMergeCheck(pathsShownMax);
        this.breakers = breakers;
        this.bulkhead = bulkheads.bulkhead(SETTINGS);
        this.limit = limits.timeLimiter(SETTINGS);
    }

    @Override
    public MergeAnswer tryMerge(Attempt attempt) {
        String repository = attempt.source().repository().replaceAll("//[^/@]*@", "//"); // it may hold a password
        CircuitBreaker breaker = breakers.circuitBreaker(SETTINGS + " " + repository, SETTINGS);
        try {
            return bulkhead.executeCallable(() -> breaker.executeCallable(() -> limit.executeFutureSupplier(
                    () -> workers.submit(() -> git.tryMerge(attempt.source(), attempt.sha())))));
        } catch (BulkheadFullException full) {
            return new MergeAnswer.Unreachable("Too many merges are tried at once; it is tried again");
        } catch (CallNotPermittedException open) {
            return new MergeAnswer.Unreachable("The repository failed too often and is left alone for a while");
        } catch (TimeoutException late) {
            return new MergeAnswer.Unreachable("Git took too long");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new MergeAnswer.Unreachable("The service stops");
        } catch (Exception trouble) {
            log.warn("The merge of {} cannot be tried: {}", attempt.sha(), trouble.toString());
            return new MergeAnswer.Unreachable(
                    "Git could not read the repository: " + String.valueOf(trouble.getMessage()));
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
