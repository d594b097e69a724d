package dev.slipway.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Trees that two sides change at random: edits, new files, renames, moved folders, modes, links, files that become folders
 * and the other way round. The same seed makes the same.
 */
final class RandomTrees {
    private static final String[] FOLDERS = {"", "a/", "b/", "a/deep/", "c/"};
    private static final String FILE = "100644";
    private static final String PROGRAM = "100755";
    private static final String LINK = "120000";

    private final SplittableRandom random;
    private int names;

    RandomTrees(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private record Entry(String mode, String content) {}

    /** Three commits, on branches {@code base-N}, {@code main-N} and {@code production-N}, as fast-import takes them. */
    String scenario(int number) {
        TreeMap<String, Entry> base = new TreeMap<>();
        int files = 4 + random.nextInt(10);
        for (int i = 0; i < files; i++) {
            put(base, FOLDERS[random.nextInt(FOLDERS.length)] + name(), new Entry(FILE, lines(6 + random.nextInt(12))));
        }
        StringBuilder stream = new StringBuilder();
        commit(stream, "base-" + number, null, base);
        for (String side : List.of("main-", "production-")) {
            Map<String, Entry> tree = new TreeMap<>(base);
            int changes = 1 + random.nextInt(5);
            for (int i = 0; i < changes; i++) {
                change(tree);
            }
            commit(stream, side + number, "base-" + number, tree);
        }
        return stream.toString();
    }

    private String name() {
        return "f" + names++ % 40 + ".txt";
    }

    private String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("line ").append(random.nextInt(1_000)).append('\n');
        }
        return lines.toString();
    }

    /** Whatever is in the way goes: no path is a folder of another. */
    private static void put(Map<String, Entry> tree, String path, Entry entry) {
        tree.keySet().removeIf(there -> there.startsWith(path + "/") || path.startsWith(there + "/"));
        tree.put(path, entry);
    }

    private String any(Map<String, Entry> tree) {
        List<String> paths = new ArrayList<>(tree.keySet());
        return paths.get(random.nextInt(paths.size()));
    }

    private void change(Map<String, Entry> tree) {
        if (tree.isEmpty()) {
            put(tree, name(), new Entry(FILE, lines(8)));
            return;
        }
        String path = any(tree);
        Entry entry = java.util.Objects.requireNonNull(tree.get(path));
        switch (random.nextInt(10)) {
            case 0, 1 -> tree.put(path, new Entry(entry.mode(), edited(entry.content())));
            case 2 -> tree.remove(path);
            case 3 -> put(tree, FOLDERS[random.nextInt(FOLDERS.length)] + name(), new Entry(FILE, lines(8)));
            case 4, 5 -> {
                tree.remove(path);
                boolean edits = random.nextInt(3) == 0;
                put(
                        tree,
                        FOLDERS[random.nextInt(FOLDERS.length)] + name(),
                        edits ? new Entry(entry.mode(), edited(entry.content())) : entry);
            }
            case 6 -> moveFolder(tree, path);
            case 7 -> tree.put(path, new Entry(entry.mode().equals(FILE) ? PROGRAM : FILE, entry.content()));
            case 8 -> tree.put(path, new Entry(LINK, "to-" + random.nextInt(5)));
            default -> put(tree, path + "/" + name(), new Entry(FILE, lines(5)));
        }
    }

    private String edited(String content) {
        List<String> lines = new ArrayList<>(content.lines().toList());
        int at = random.nextInt(lines.size());
        lines.set(at, "edited " + random.nextInt(1_000));
        return String.join("\n", lines) + "\n";
    }

    private void moveFolder(Map<String, Entry> tree, String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return;
        }
        String from = path.substring(0, slash + 1);
        String to = "moved" + random.nextInt(3) + "/";
        TreeMap<String, Entry> moved = new TreeMap<>();
        tree.forEach((name, entry) -> {
            if (name.startsWith(from)) {
                moved.put(to + name.substring(from.length()), entry);
            }
        });
        tree.keySet().removeIf(name -> name.startsWith(from));
        moved.forEach((name, entry) -> put(tree, name, entry));
    }

    private static void commit(
            StringBuilder stream,
            String branch,
            @org.jspecify.annotations.Nullable String parent,
            Map<String, Entry> tree) {
        stream.append("commit refs/heads/")
                .append(branch)
                .append("\ncommitter Ada <ada@example.test> 1700000000 +0000\ndata 1\nx\n");
        if (parent != null) {
            stream.append("from refs/heads/").append(parent).append('\n');
        }
        stream.append("deleteall\n");
        tree.forEach((path, entry) -> stream.append("M ")
                .append(entry.mode())
                .append(" inline ")
                .append(path)
                .append("\ndata ")
                .append(entry.content().getBytes(StandardCharsets.UTF_8).length)
                .append('\n')
                .append(entry.content())
                .append('\n'));
    }
}
