package dev.slipway.git;

import dev.slipway.git.Answers.Changed;
import dev.slipway.git.Answers.ChangedQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the trees of two commits by name alone: no content is read, and no program of the repository's is asked. */
final class ChangedPaths {
    private final Opened repository;
    private final ChangedQuestion question;

    ChangedPaths(Opened repository, ChangedQuestion question) {
        this.repository = repository;
        this.question = question;
    }

    Changed.Told told() throws GitTrouble {
        String since = question.since();
        Optional<String> base = since != null && repository.hasCommit(since) ? Optional.of(since) : Optional.empty();
        List<String> arguments = base.isPresent()
                ? List.of("diff-tree", "-r", "-z", "--name-only", "--no-renames", base.get(), question.revision(), "--")
                : List.of("ls-tree", "-r", "-z", "--name-only", "--full-tree", question.revision());
        String said =
                repository.scratch().must(arguments.toArray(String[]::new)).text();
        List<String> wanted = new ArrayList<>();
        int looked = 0;
        for (String path : said.split("\0")) {
            if (path.isEmpty()) {
                continue;
            }
            if (++looked > question.entriesMax()) {
                return new Changed.Told(wanted, base, true);
            }
            if (question.wanted().test(path)) {
                wanted.add(path);
            }
        }
        return new Changed.Told(wanted, base, false);
    }
}
