package dev.slipway.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Where references of a repository stood when it was asked, tags by what they finally name. */
record Heads(Map<String, String> ids) {
    static final String BRANCH = "refs/heads/";
    static final String TAG = "refs/tags/";
    private static final String PEELED = "^{}";

    Heads {
        ids = Map.copyOf(ids);
    }

    /** What {@code ls-remote} printed. */
    static Heads of(String listed) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String line : Folders.lines(listed)) {
            int tab = line.indexOf('\t');
            if (tab > 0 && Names.isId(line.substring(0, tab))) {
                String name = line.substring(tab + 1);
                String plain = name.endsWith(PEELED) ? name.substring(0, name.length() - PEELED.length()) : name;
                ids.put(plain, line.substring(0, tab)); // what it names comes after it
            }
        }
        return new Heads(ids);
    }

    Optional<String> branch(String name) {
        return Optional.ofNullable(ids.get(BRANCH + name));
    }

    /** Those of the branches that have such names. */
    List<String> branches(Predicate<String> names) {
        return ids.keySet().stream()
                .filter(ref -> ref.startsWith(BRANCH))
                .map(ref -> ref.substring(BRANCH.length()))
                .filter(names)
                .sorted()
                .toList();
    }

    Optional<String> tag(String name) {
        return Optional.ofNullable(ids.get(TAG + name));
    }

    /** A reference that Git lets nothing of that name stand beside: one is a folder where the other is a file. */
    Optional<String> inTheWayOf(String ref) {
        return ids.keySet().stream()
                .filter(there -> there.startsWith(ref + "/") || ref.startsWith(there + "/"))
                .sorted()
                .findFirst();
    }

    /** The patterns that list a reference and all that could be in its way. */
    static List<String> patterns(String ref) {
        List<String> patterns = new java.util.ArrayList<>(List.of(ref, ref + "/*", ref + PEELED));
        for (int slash = ref.lastIndexOf('/'); slash > TAG.length(); slash = ref.lastIndexOf('/', slash - 1)) {
            patterns.add(ref.substring(0, slash));
        }
        return patterns;
    }
}
