package dev.slipway.git;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes of the target, laid out as {@code git merge} finds them in its working tree: {@code merge-tree} reads none
 * out of commits before Git 2.41, and by a working tree all versions read them the same way.
 */
final class Attributes {
    /** Ways of merging that Git has built in, and what {@code check-attr} says where a path has none. */
    private static final Set<String> BUILT_IN = Set.of("unspecified", "set", "unset", "text", "binary", "union");

    private static final Map<Integer, String> EMPTY_TREE = Map.of(
            40,
            "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            64,
            "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321");

    private Attributes() {}

    /** Fills the scratch repository's working tree, by git itself, which refuses paths that lead out of it. */
    static void layOut(Scratch scratch, String commit) throws GitTrouble {
        String raw = scratch.must(
                        "diff-tree",
                        "-r",
                        "-z",
                        "--raw",
                        "--no-abbrev",
                        "--no-renames",
                        EMPTY_TREE.getOrDefault(commit.length(), ""),
                        commit,
                        "--",
                        ":(glob)**/.gitattributes")
                .raw();
        String[] parts = raw.split("\0", -1);
        StringBuilder index = new StringBuilder();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            String[] fields = parts[i].split(" ", -1); // :000000 100644 0000… ID A
            if (fields.length > 3 && fields[1].startsWith("100")) { // Git follows no link to attributes
                index.append(fields[1])
                        .append(' ')
                        .append(fields[3])
                        .append('\t')
                        .append(parts[i + 1])
                        .append('\0');
            }
        }
        if (!index.isEmpty()) {
            scratch.fed(index.toString(), "update-index", "-z", "--index-info");
            scratch.must("checkout-index", "-a", "-q", "-f");
        }
    }

    /** Of these paths those that name a merge driver of somebody's configuration, with its name. */
    static Map<String, String> drivers(Scratch scratch, Collection<String> paths) throws GitTrouble {
        if (paths.isEmpty()) {
            return Map.of();
        }
        String raw = scratch.fed(String.join("\0", paths) + "\0", "check-attr", "-z", "--stdin", "merge")
                .raw();
        List<String> parts = new ArrayList<>(List.of(raw.split("\0", -1)));
        Map<String, String> drivers = new LinkedHashMap<>();
        for (int i = 0; i + 2 < parts.size(); i += 3) {
            if (!BUILT_IN.contains(parts.get(i + 2))) {
                drivers.put(parts.get(i), parts.get(i + 2));
            }
        }
        return drivers;
    }
}
