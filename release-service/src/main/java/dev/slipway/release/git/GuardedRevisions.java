package dev.slipway.release.git;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import dev.slipway.web.guard.Guarded;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Git behind its guard, each repository with a breaker of its own. No retry here, the task performs itself again. */
final class GuardedRevisions implements Revisions, SourceBranch, AutoCloseable {
    private final Revisions revisions;
    private final SourceBranch branch;
    private final Guarded git;

    <G extends Revisions & SourceBranch> GuardedRevisions(G inside, Guarded git) {
        this.revisions = inside;
        this.branch = inside;
        this.git = git;
    }

    @Override
    public ReleaseInput read(Work.ReadRevision read) throws IOException {
        return guarded(read.source(), () -> revisions.read(read));
    }

    @Override
    public ReleaseInput merge(Work.MergeRevision merge) throws IOException {
        return guarded(merge.source(), () -> revisions.merge(merge));
    }

    @Override
    public ApplicationInput.HeadSeen look(Look look) throws IOException {
        return guarded(look.source(), () -> branch.look(look));
    }

    @Override
    public void close() {
        git.close();
    }

    private <T> T guarded(Policy.Source source, Callable<T> call) throws IOException {
        return called(git, source, call);
    }

    /** One call to the repository of that source, whatever goes wrong told as trouble with Git. */
    static <T> T called(Guarded git, Policy.Source source, Callable<T> call) throws IOException {
        try {
            return git.call(source.repository(), call);
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
