package dev.slipway.validation.merge;

import dev.slipway.git.Git;
import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.MergeCheck;
import dev.slipway.web.guard.Guarded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git behind a time limit, and a bulkhead and a breaker for each repository; their numbers stand in git.yml. Trouble is an answer: the assessment tries again until the gate's deadline.
 */
public final class GuardedMergeCheck implements MergeCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuardedMergeCheck.class);

    private final GitMergeCheck merges;
    private final Guarded git;

    /** @param pathsShownMax conflicts that an answer names */
    public GuardedMergeCheck(Git git, int pathsShownMax, Guarded guard) {
        this.merges = new GitMergeCheck(git, pathsShownMax);
        this.git = guard;
    }

    @Override
    public MergeAnswer tryMerge(Attempt attempt) {
        String repository = attempt.source().repository().replaceAll("//[^/@]*@", "//"); // it may hold a password
        try {
            return git.call(repository, () -> merges.tryMerge(attempt.source(), attempt.sha()));
        } catch (Guarded.Unreachable unreachable) {
            return new MergeAnswer.Unreachable(
                    switch (unreachable.why()) {
                        case TOO_MANY -> "Too many merges are tried at once; it is tried again";
                        case LEFT_ALONE -> "The repository failed too often and is left alone for a while";
                        case LATE -> "Git took too long";
                    });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new MergeAnswer.Unreachable("The service stops");
        } catch (Exception trouble) {
            log.warn("The merge of {} cannot be tried: {}", attempt.sha(), trouble.toString());
            return new MergeAnswer.Unreachable(String.valueOf(trouble.getMessage()));
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
