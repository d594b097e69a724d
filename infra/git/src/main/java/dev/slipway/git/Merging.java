package dev.slipway.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The merge itself, without a branch that moves: the one that {@code git merge} makes with the target checked out. */
final class Merging {
    /** Names by which git speaks of the two sides; where they begin, nothing else does. */
    private static final String TARGET = "refs/slipway/target/";

    private static final String SOURCE = "refs/slipway/source/";

    private static final String CONTENTS = "CONFLICT (contents)";

    private static final int CONFLICT_STATUS = 1;

    private static final int LINE_CHARACTERS = 200;

    private final Opened repository;
    private final String from;
    private final String to;
    private final int shownMax;

    /** @param shownMax conflicts that are told in full */
    Merging(Opened repository, String from, String to, int shownMax) {
        this.repository = repository;
        this.from = from;
        this.to = to;
        this.shownMax = shownMax;
    }

    /**
     * What came of it.
     *
     * @param conflicts none if it merges; not all of them, if there are very many
     * @param more how many are left out
     */
    record Tried(String tree, List<Conflict> conflicts, int more) {
        boolean clean() {
            return conflicts.isEmpty();
        }
    }

    /** Merges a revision into a commit of the target branch. */
    Tried merge(String target, String revision) throws GitTrouble {
        Scratch scratch = repository.scratch();
        try {
            scratch.name(TARGET + to, target);
            scratch.name(SOURCE + from, revision);
        } catch (IOException broken) {
            throw Opened.unusable(broken);
        }
        Attributes.layOut(scratch, target);
        GitRunner.Ran ran = scratch.run("merge-tree", "--write-tree", "-z", "--messages", TARGET + to, SOURCE + from);
        if (ran.exit() > CONFLICT_STATUS || ran.exit() < 0) {
            return failed(Words.ofErrors(ran.err()));
        }
        MergeTree merged = MergeTree.of(ran.raw());
        // Git may first say that a folder is in the way of a file, then find that the file goes, and end with success.
        List<MergeTree.Message> conflicts = ran.exit() == CONFLICT_STATUS ? conflicts(merged) : new ArrayList<>();
        conflicts.addAll(driven(Attributes.drivers(scratch, merged.merged())));
        if (ran.exit() == CONFLICT_STATUS && conflicts.isEmpty()) {
            throw new GitTrouble("git merge-tree names no conflict, but says that there is one");
        }
        return new Tried(merged.tree(), told(conflicts, target, revision), Math.max(0, conflicts.size() - shownMax));
    }

    /** Git's own: each path is named. */
    private static List<MergeTree.Message> conflicts(MergeTree merged) {
        List<MergeTree.Message> all = new ArrayList<>();
        for (MergeTree.Message message : merged.conflicts()) {
            boolean said = all.stream().anyMatch(before -> before.paths().equals(message.paths()));
            if (!said || !message.type().equals(CONTENTS)) { // a binary file is said to be one, and then in conflict
                all.add(message);
            }
        }
        Set<String> named = new HashSet<>();
        all.forEach(message -> named.addAll(message.paths()));
        merged.conflicted().stream()
                .filter(path -> !named.contains(path))
                .forEach(path -> all.add(new MergeTree.Message("CONFLICT", List.of(path), "CONFLICT: in " + path)));
        return all;
    }

    /** Those over files that need a program to be merged. */
    private static List<MergeTree.Message> driven(Map<String, String> drivers) {
        List<MergeTree.Message> all = new ArrayList<>();
        drivers.forEach((path, driver) -> all.add(new MergeTree.Message(
                Conflict.DRIVER,
                List.of(path),
                "CONFLICT (merge driver): %s was changed on both sides and is to be merged by the driver '%s', a program that runs in clones that configure it and never in Slipway"
                        .formatted(path, driver))));
        return all;
    }

    private List<Conflict> told(List<MergeTree.Message> conflicts, String target, String revision) throws GitTrouble {
        List<Conflict> told = new ArrayList<>();
        for (MergeTree.Message conflict : conflicts.subList(0, Math.min(shownMax, conflicts.size()))) {
            List<String> changes = new ArrayList<>();
            change(to, revision, target, conflict.paths()).ifPresent(changes::add);
            change(from, target, revision, conflict.paths()).ifPresent(changes::add);
            told.add(new Conflict(
                    conflict.type(),
                    conflict.paths().stream().map(Words::ofRaw).toList(),
                    said(conflict.text()),
                    changes));
        }
        return told;
    }

    /** In the branches' own names, and without what was left in a working tree that nobody sees. */
    private static String said(String raw) {
        String text = Words.ofRaw(raw).replace(TARGET, "").replace(SOURCE, "");
        return text.replaceFirst("[.;]\\s+Version \\S+ of .* left in tree\\.?( at .*)?$", "");
    }

    /** The last change of one side to these files, or else to their folders, that the other side has not. */
    private Optional<String> change(String branch, String without, String with, List<String> paths) throws GitTrouble {
        Optional<String> change = lastChange(without, with, paths);
        List<String> folders = paths.stream()
                .filter(path -> path.contains("/"))
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .toList();
        if (change.isEmpty() && !folders.isEmpty()) {
            change = lastChange(without, with, folders);
        }
        return change.map(line -> branch + " by " + line);
    }

    private Optional<String> lastChange(String without, String with, List<String> paths) throws GitTrouble {
        String input = "--\n" + String.join("\n", paths) + "\n";
        GitRunner.Ran ran = repository
                .scratch()
                .run(
                        List.of("log", "-1", "--no-renames", "--format=%h %an: %s", "--stdin", "^" + without, with),
                        input.getBytes(StandardCharsets.ISO_8859_1),
                        repository.patience(),
                        Map.of("GIT_LITERAL_PATHSPECS", "1"));
        String line = Words.shown(ran.text(), LINE_CHARACTERS);
        return ran.exit() != 0 || line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    private Tried failed(String words) throws GitTrouble {
        if (!words.contains("refusing to merge unrelated histories")) {
            throw new GitTrouble("Git cannot merge: " + words);
        }
        String message =
                "Branches %s and %s have unrelated histories: Git is refusing to merge them".formatted(from, to);
        return new Tried("", List.of(new Conflict(Conflict.UNRELATED, List.of(), message, List.of())), 0);
    }
}
