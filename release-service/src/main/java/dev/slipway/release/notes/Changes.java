package dev.slipway.release.notes;

import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import dev.slipway.release.notes.History.Commit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What commits change. A merge counts only where its own message says a change; a commit that a later one takes back does not
 * count, and neither does the one that takes it back.
 */
final class Changes {
    private static final Pattern TAKES_BACK = Pattern.compile("This reverts commit ([0-9a-f]{7,64})");

    private Changes() {}

    /** @param commits the newest first */
    static List<ChangeView> of(List<Commit> commits) {
        Set<Commit> gone = takenBack(commits);
        List<ChangeView> changes = new ArrayList<>();
        for (Commit commit : commits) {
            Conventional message = Conventional.of(commit.message());
            if (!gone.contains(commit) && (!commit.merge() || says(message))) {
                changes.add(new ChangeView(
                        commit.sha(),
                        kind(message.type()),
                        message.type(),
                        message.scope(),
                        message.subject(),
                        message.breaking(),
                        message.note()));
            }
        }
        return changes;
    }

    /** What merges is mostly called {@code Merge ...}, or {@code chore} as Slipway itself does. */
    private static boolean says(Conventional merge) {
        return merge.breaking() || (merge.type() != null && !merge.type().equals("chore"));
    }

    /** From the newest on, so that what was taken back and then brought back counts. */
    private static Set<Commit> takenBack(List<Commit> commits) {
        Set<Commit> gone = new HashSet<>();
        for (Commit commit : commits) {
            Matcher back = TAKES_BACK.matcher(commit.message());
            if (gone.contains(commit) || !back.find()) {
                continue;
            }
            @Nullable String id = back.group(1);
            commits.stream()
                    .filter(other -> id != null && other.sha().value().startsWith(id))
                    .findFirst()
                    .ifPresent(other -> {
                        gone.add(other);
                        gone.add(commit);
                    });
        }
        return gone;
    }

    static Kind kind(@Nullable String type) {
        return switch (type) {
            case null -> Kind.OTHER;
            case "feat" -> Kind.FEATURE;
            case "perf", "refactor" -> Kind.IMPROVEMENT;
            case "fix" -> Kind.FIX;
            default -> Kind.OTHER;
        };
    }
}
