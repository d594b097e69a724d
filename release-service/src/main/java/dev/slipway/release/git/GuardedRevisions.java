package dev.slipway.release.git;

import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Git behind a circuit breaker, a bulkhead and a time limit: a repository that hangs holds neither tasks nor threads. No
 * retry here, the task performs itself again.
 */
final class GuardedRevisions implements Revisions, SourceBranch, AutoCloseable {
    private final Revisions revisions;
    private final SourceBranch branch;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final TimeLimiter limiter;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("git-", 0).factory());

    <G extends Revisions & SourceBranch> GuardedRevisions(
            G git, CircuitBreaker breaker, Bulkhead bulkhead, TimeLimiter limiter) {
        this.revisions = git;
        this.branch = git;
        this.breaker = breaker;
        this.bulkhead = bulkhead;
        this.limiter = limiter;
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        return guarded(() -> revisions.read(read));
    }

    @Override
    public ReleaseInput merge(Work.MergeRevision merge) throws IOException {
        return guarded(() -> revisions.merge(merge));
    }

    @Override
    public ApplicationInput.HeadSeen look(Look look) throws IOException {
        return guarded(() -> branch.look(look));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private <T> T guarded(Callable<T> call) throws IOException {
        try {
            return breaker.executeCallable(
                    () -> bulkhead.executeCallable(() -> limiter.executeFutureSupplier(() -> executor.submit(call))));
        } catch (IOException | RuntimeException known) {
            throw known;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while at work in Git", interrupted);
        } catch (Exception trouble) {
            throw new IOException("Git: " + trouble.getMessage(), trouble);
        }
    }
}
