package dev.slipway.validation.arrival;

import dev.slipway.git.Git;
import dev.slipway.validation.assessment.ArrivalCheck.Looked;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import dev.slipway.web.guard.Guarded;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the repository for a tag, behind the same guard as merges: trouble is an answer, and it is asked again. */
public final class RemoteTags implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemoteTags.class);
    private static final int BRIEF = 10;

    private final Git git;
    private final Guarded guard;

    public RemoteTags(Git git, Guarded guard) {
        this.git = git;
        this.guard = guard;
    }

    ProbeAnswer look(String tag, Looked looked) throws InterruptedException {
        String repository = looked.source().repository();
        String shown = repository.replaceAll("//[^/@]*@", "//");
        try {
            return answer(tag, looked.sha().value(), shown, guard.call(shown, () -> git.tag(repository, tag)));
        } catch (Guarded.Unreachable unreachable) {
            return new Unanswered("tag " + tag + " unknown", String.valueOf(unreachable.getMessage()));
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception trouble) {
            log.warn("The tag {} cannot be looked for: {}", tag, trouble.toString());
            return new Unanswered("tag " + tag + " unknown", Fetching.shown(String.valueOf(trouble.getMessage())));
        }
    }

    /** A tag that others have is not moved, so one that names something else stays wrong. */
    private static ProbeAnswer answer(String tag, String sha, String repository, Optional<String> names) {
        if (names.isEmpty()) {
            return new Unanswered("no tag " + tag, "There is no tag %s in %s so far".formatted(tag, repository));
        }
        String named = names.get();
        String observed = "tag %s in %s names %s".formatted(tag, repository, named);
        return named.equals(sha)
                ? new AsExpected(observed)
                : new Wrong(
                        observed,
                        "The tag %s in %s names the commit %s, and %s is released"
                                .formatted(tag, repository, brief(named), brief(sha)));
    }

    private static String brief(String id) {
        return id.substring(0, BRIEF);
    }

    @Override
    public void close() {
        guard.close();
    }
}
