package dev.slipway.release.notes;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Git, as far as it knows what has changed. */
public interface History {
    /**
     * What has come to a branch.
     *
     * @throws IOException if Git could not be asked, or not answer; another attempt may help
     */
    Told read(Question question) throws IOException;

    /**
     * What is asked.
     *
     * @param branches on which the commits are, those that there are; the first is the one that is asked about
     * @param revision the newest commit that counts; null for the head of the first branch
     * @param since a revision, of which nothing counts; null for the whole history
     * @param tags which tags are told, by a name with {@code *} for anything; null for none
     */
    record Question(
            Policy.Source source,
            List<String> branches,
            @Nullable Sha revision,
            @Nullable Sha since,
            @Nullable String tags) {
        public Question {
            branches = List.copyOf(branches);
        }
    }

    /** What Git tells. */
    sealed interface Told {
        /**
         * It could be read.
         *
         * @param head the newest commit that counts
         * @param commits the newest first
         * @param more whether there are older ones, beyond the bound
         * @param tags names of those that were asked for
         */
        record Read(Sha head, List<Commit> commits, boolean more, List<String> tags) implements Told {
            public Read {
                commits = List.copyOf(commits);
                tags = List.copyOf(tags);
            }
        }

        /** @param why a sentence for a person */
        record Refused(String why) implements Told {}
    }

    /**
     * A commit.
     *
     * @param merge whether it has several parents
     * @param message as it stands
     */
    record Commit(Sha sha, boolean merge, String message) {}
}
