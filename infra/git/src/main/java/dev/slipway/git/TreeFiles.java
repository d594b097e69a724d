package dev.slipway.git;

import dev.slipway.git.Answers.EntryKind;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Answers.Files;
import dev.slipway.git.Answers.FilesQuestion;
import dev.slipway.git.Answers.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads files out of a commit, without a working tree: what lies where by {@code ls-tree}, sizes and contents by
 * {@code cat-file --batch}. Nothing is read that is larger than it may be, and no link is followed.
 */
final class TreeFiles {
    /** As git itself decides whether a file is a text. */
    private static final int LOOKED_AT_FOR_TEXT = 8_000;

    private final Scratch scratch;
    private final FilesQuestion question;
    private final FileBounds bounds;
    private final SortedMap<String, TreeEntry> entries = new TreeMap<>();
    private final Map<String, String> wanted = new LinkedHashMap<>(); // path to blob

    TreeFiles(Scratch scratch, FilesQuestion question) {
        this.scratch = scratch;
        this.question = question;
        this.bounds = question.bounds();
    }

    Files told() throws GitTrouble, Refused {
        list();
        read(sized());
        return new Files.Told(entries);
    }

    private void list() throws GitTrouble, Refused {
        List<String> arguments =
                new ArrayList<>(List.of("ls-tree", "-r", "-t", "-z", "--full-tree", question.revision(), "--"));
        // A name beyond ASCII may reach a program in another encoding than it has in the tree.
        if (question.below().stream().allMatch(path -> path.chars().allMatch(character -> character < 128))) {
            arguments.addAll(question.below());
        }
        String said = scratch.must(arguments.toArray(String[]::new)).text();
        int listed = 0;
        for (String line : said.split("\0")) { // 100644 blob ID TAB PATH
            int tab = line.indexOf('\t');
            if (tab < 0) {
                continue;
            }
            if (++listed > bounds.entriesMax()) {
                throw Refused.forGood("Revision %s has more than %,d files and folders, too many to be looked through"
                        .formatted(Names.brief(question.revision()), bounds.entriesMax()));
            }
            String[] fields = line.substring(0, tab).split(" ");
            entry(fields[0], fields[2], line.substring(tab + 1));
        }
    }

    private void entry(String mode, String id, String path) throws Refused {
        EntryKind kind = switch (mode) {
            case "040000" -> EntryKind.FOLDER;
            case "120000" -> EntryKind.LINK;
            case "160000" -> EntryKind.SUBMODULE;
            default -> EntryKind.FILE;
        };
        entries.put(path, new TreeEntry(kind, null));
        if (kind != EntryKind.FILE || !question.wanted().test(path)) {
            return;
        }
        if (path.chars().filter(character -> character == '/').count() > bounds.depthMax()) {
            throw Refused.forGood(
                    "%s lies in more than %d folders, too deep to be read".formatted(path, bounds.depthMax()));
        }
        wanted.put(path, id);
        if (wanted.size() > bounds.filesMax()) {
            throw Refused.forGood("More than %,d files of revision %s are to be read; name fewer"
                    .formatted(bounds.filesMax(), Names.brief(question.revision())));
        }
    }

    /** Those that are small enough. */
    private List<String> sized() throws GitTrouble, Refused {
        if (wanted.isEmpty()) {
            return List.of();
        }
        String[] sizes = scratch.fed(ids(wanted.keySet()), "cat-file", "--batch-check=%(objectsize)")
                .text()
                .split("\n");
        List<String> small = new ArrayList<>();
        long together = 0;
        int at = 0;
        for (String path : wanted.keySet()) {
            long size = size(path, sizes, at++);
            if (size > bounds.fileBytesMax()) {
                entries.put(path, new TreeEntry(EntryKind.TOO_LARGE, null));
            } else {
                small.add(path);
                together += size;
            }
        }
        if (together > bounds.bytesMax()) {
            throw Refused.forGood("The files of revision %s that are to be read have %,d bytes, %,d at most are read"
                    .formatted(Names.brief(question.revision()), together, bounds.bytesMax()));
        }
        return small;
    }

    private long size(String path, String[] sizes, int at) throws GitTrouble {
        String size = at < sizes.length ? sizes[at] : "nothing";
        if (!size.matches("[0-9]{1,18}")) {
            throw new GitTrouble("git cat-file says of %s: %s".formatted(path, Words.ofErrors(size)));
        }
        return Long.parseLong(size);
    }

    /** {@code ID blob SIZE}, a line feed, the content, a line feed; one after the other. */
    private void read(List<String> paths) throws GitTrouble {
        if (paths.isEmpty()) {
            return;
        }
        byte[] out = scratch.fed(ids(paths), "cat-file", "--batch").out();
        int at = 0;
        for (String path : paths) {
            int end = at;
            while (end < out.length && out[end] != '\n') {
                end++;
            }
            String[] header = new String(out, at, end - at, StandardCharsets.US_ASCII).split(" ");
            if (header.length != 3 || !header[1].equals("blob")) {
                throw new GitTrouble("git cat-file says of %s: %s".formatted(path, String.join(" ", header)));
            }
            int size = Integer.parseInt(header[2]);
            byte[] content = Arrays.copyOfRange(out, end + 1, end + 1 + size);
            entries.put(
                    path,
                    isText(content) ? new TreeEntry(EntryKind.FILE, content) : new TreeEntry(EntryKind.BINARY, null));
            at = end + 1 + size + 1;
        }
    }

    private String ids(Iterable<String> paths) {
        StringBuilder ids = new StringBuilder();
        paths.forEach(path -> ids.append(wanted.get(path)).append('\n'));
        return ids.toString();
    }

    private static boolean isText(byte[] content) {
        for (int i = 0; i < Math.min(content.length, LOOKED_AT_FOR_TEXT); i++) {
            if (content[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
