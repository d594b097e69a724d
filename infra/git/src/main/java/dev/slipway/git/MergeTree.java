package dev.slipway.git;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code git merge-tree --write-tree -z --messages} printed: a tree, conflicted files, and messages with their types.
 * Paths are bytes in the guise of characters, as they came.
 *
 * @param tree id of the merged tree, with conflict markers in it where there are conflicts
 * @param conflicted paths that are in conflict
 * @param merged paths whose contents were merged line by line, or by another of Git's own ways
 */
record MergeTree(String tree, Set<String> conflicted, List<Message> conflicts, Set<String> merged) {
    private static final String CONFLICT = "CONFLICT";
    private static final String MERGED = "Auto-merging";

    /** One message. */
    record Message(String type, List<String> paths, String text) {}

    /** @throws GitTrouble if it is not of that form */
    static MergeTree of(String raw) throws GitTrouble {
        List<String> parts = List.of(raw.split("\0", -1));
        String tree = parts.getFirst();
        if (!Names.isId(tree)) {
            throw new GitTrouble("git merge-tree printed no tree");
        }
        Set<String> conflicted = new LinkedHashSet<>();
        int at = 1;
        while (at < parts.size() && !parts.get(at).isEmpty()) {
            String file = parts.get(at++);
            conflicted.add(file.substring(file.indexOf('\t') + 1));
        }
        List<Message> conflicts = new ArrayList<>();
        Set<String> merged = new LinkedHashSet<>();
        at++; // the empty part between files and messages
        try {
            while (at < parts.size() && !parts.get(at).isEmpty()) {
                int count = Integer.parseInt(parts.get(at++));
                List<String> paths = parts.subList(at, at + count);
                String type = parts.get(at + count);
                String text = parts.get(at + count + 1);
                at += count + 2;
                if (type.equals(MERGED)) {
                    merged.addAll(paths);
                } else if (type.startsWith(CONFLICT)) {
                    conflicts.add(new Message(type, List.copyOf(paths), text));
                }
            }
        } catch (IndexOutOfBoundsException | NumberFormatException garbled) {
            throw new GitTrouble("git merge-tree printed messages of another form", garbled);
        }
        return new MergeTree(tree, conflicted, conflicts, merged);
    }
}
