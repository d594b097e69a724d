package dev.slipway.release.notes;

import dev.slipway.contracts.Sha;
import dev.slipway.release.notes.History.Commit;
import dev.slipway.release.notes.History.Told;
import java.util.ArrayList;
import java.util.List;

/** Commits with numbers for ids. */
public final class Commits {
    private Commits() {}

    public static Sha sha(int number) {
        return new Sha("%040x".formatted(number));
    }

    public static Commit commit(int number, String message) {
        return new Commit(sha(number), false, message);
    }

    public static Commit merge(int number, String message) {
        return new Commit(sha(number), true, message);
    }

    /** The newest first, the oldest of which has the number 1. */
    public static List<Commit> of(String... messages) {
        List<Commit> commits = new ArrayList<>();
        for (String message : messages) {
            commits.add(commit(messages.length - commits.size(), message));
        }
        return commits;
    }

    public static Told.Read read(String... messages) {
        return new Told.Read(sha(messages.length), of(messages), false, List.of());
    }
}
