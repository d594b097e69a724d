package dev.slipway.git;

import dev.slipway.git.Answers.Commit;
import dev.slipway.git.Answers.History;
import dev.slipway.git.Answers.HistoryQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what has come to a branch since a revision. */
final class Chronicle {
    /** Fields of one commit, as {@link #FORMAT} prints them. */
    private static final int FIELDS = 4;

    private static final String FORMAT = "--format=%H%x00%P%x00%ct%x00%B";

    private final Opened repository;
    private final HistoryQuestion question;

    Chronicle(Opened repository, HistoryQuestion question) {
        this.repository = repository;
        this.question = question;
    }

    History told() throws GitTrouble, Refused {
        for (String branch : question.branches()) {
            Names.requireRef("branch", branch);
        }
        Heads heads = repository.heads(question.branches(), question.tags());
        repository.obtain(heads, question.branches());
        String newest = newest(heads);
        requireThere(newest);
        String since = question.since();
        if (since != null) {
            requireThere(since);
        }
        List<Commit> commits = commits(newest, since);
        int told = Math.min(question.commitsMax(), commits.size());
        return new History.Told(newest, commits.subList(0, told), told < commits.size(), tags(heads));
    }

    private String newest(Heads heads) throws Refused {
        String revision = question.revision();
        if (revision != null) {
            return revision;
        }
        String branch = question.branches().getFirst();
        return heads.branch(branch)
                .orElseThrow(() -> Refused.soFar("There is no branch %s in %s. Push it, or name another."
                        .formatted(branch, repository.address().shown())));
    }

    private void requireThere(String revision) throws GitTrouble, Refused {
        if (!repository.hasCommit(revision)) {
            throw Refused.soFar("Revision %s is no longer on branch %s of %s, so what has changed cannot be told."
                    .formatted(
                            Names.brief(revision),
                            String.join(" or ", question.branches()),
                            repository.address().shown()));
        }
    }

    /** One more than are told, where there are that many. */
    private List<Commit> commits(String newest, @Nullable String since) throws GitTrouble {
        List<String> arguments =
                new ArrayList<>(List.of("log", "-z", "--max-count=" + (question.commitsMax() + 1), FORMAT, newest));
        if (since != null) {
            arguments.add("^" + since);
        }
        arguments.add("--");
        List<String> fields = List.of(repository
                .scratch()
                .must(arguments.toArray(String[]::new))
                .text()
                .split("\0", -1));
        List<Commit> commits = new ArrayList<>();
        for (int at = 0; at + FIELDS <= fields.size(); at += FIELDS) {
            if (!Names.isId(fields.get(at))) {
                throw new GitTrouble("git log printed commits of another form");
            }
            commits.add(new Commit(
                    fields.get(at),
                    fields.get(at + 1).contains(" "),
                    Instant.ofEpochSecond(Long.parseLong(fields.get(at + 2))),
                    fields.get(at + 3)));
        }
        return commits;
    }

    private List<String> tags(Heads heads) {
        return question.tags() == null
                ? List.of()
                : heads.ids().keySet().stream()
                        .filter(ref -> ref.startsWith(Heads.TAG))
                        .map(ref -> ref.substring(Heads.TAG.length()))
                        .sorted()
                        .toList();
    }
}
