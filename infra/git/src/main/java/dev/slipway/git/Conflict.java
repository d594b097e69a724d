package dev.slipway.git;

import java.util.List;

/**
 * Where two changes meet that Git cannot bring together by itself.
 *
 * @param type as Git names it, for example {@code CONFLICT (modify/delete)}; {@code CONFLICT (merge driver)} where a file
 *     needs a program that only people's configuration names
 * @param paths the files, as far as they can be shown
 * @param message what Git says about it
 * @param changes which commit of each branch it was, where that can be told
 */
public record Conflict(String type, List<String> paths, String message, List<String> changes) {
    /** Type of a conflict over a file that needs a program of its own to be merged. */
    public static final String DRIVER = "CONFLICT (merge driver)";

    /** Type where the branches have no commit in common. */
    public static final String UNRELATED = "CONFLICT (unrelated histories)";

    public Conflict {
        paths = List.copyOf(paths);
        changes = List.copyOf(changes);
    }

    /** In one line. */
    public String text() {
        return changes.isEmpty() ? message : "%s [%s]".formatted(message, String.join("; ", changes));
    }
}
