package dev.slipway.validation.files;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import dev.slipway.validation.files.FilesRecord.Entry;
import dev.slipway.validation.files.FilesRecord.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a gate looks at: which paths there are, and what is in those that were read. */
public final class RevisionFiles {
    private static final String LARGE_FILE_STORAGE = "version https://git-lfs.github.com/spec/";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final FilesRecord record;
    private final Map<Digest, byte[]> contents;
    private final Map<String, Entry> byPath = new HashMap<>();

    /** @param contents of all files that the record has a digest of */
    public RevisionFiles(FilesRecord record, Map<Digest, byte[]> contents) {
        this.record = record;
        this.contents = Map.copyOf(contents);
        record.entries().forEach(entry -> byPath.put(entry.path(), entry));
    }

    /** What is at a path. */
    sealed interface Look {
        record Text(String text) implements Look {}

        /** There is nothing. */
        record Absent() implements Look {}

        /** There is something that is no text that was read; the rest of a sentence. */
        record Other(String why) implements Look {}
    }

    /**
     * Of all that lies in a revision what a rule is about.
     *
     * @param tree what lies where
     * @param contents of the files that were read, by path
     */
    public static RevisionFiles of(
            Sha revision, FilesRule rule, SortedMap<String, Kind> tree, Map<String, byte[]> contents) {
        SortedMap<String, Kind> about = new TreeMap<>();
        tree.forEach((path, kind) -> {
            if (kind != Kind.FOLDER && rule.reads(path)) {
                about.put(path, kind);
            }
        });
        named(rule).forEach(path -> about.put(path, tree.getOrDefault(path, Kind.ABSENT)));
        if (!rule.links().isEmpty()) {
            contents.forEach((path, content) -> Links.targets(path, new String(content, StandardCharsets.UTF_8))
                    .forEach(target -> about.put(target, tree.getOrDefault(target, Kind.ABSENT))));
        }
        List<Entry> entries = new ArrayList<>();
        Map<Digest, byte[]> kept = new HashMap<>();
        about.forEach((path, kind) -> {
            byte[] content = rule.reads(path) ? contents.get(path) : null;
            Digest digest = content == null ? null : Digest.of(content);
            if (content != null && digest != null) {
                kept.put(digest, content);
            }
            entries.add(new Entry(path, kind, digest));
        });
        return new RevisionFiles(FilesRecord.of(revision, entries), kept);
    }

    private static Stream<String> named(FilesRule rule) {
        @Nullable VersionStrings versions = rule.versions();
        Stream<String> places =
                versions == null ? Stream.empty() : versions.files().stream().map(VersionString::path);
        return Stream.concat(places, rule.schema().stream().flatMap(entry -> Stream.ofNullable(entry.schema())));
    }

    public FilesRecord record() {
        return record;
    }

    public Map<Digest, byte[]> contents() {
        return contents;
    }

    /** What a verdict rests on: the record, then what was read, each once. */
    public List<Digest> inputs() {
        List<Digest> inputs = new ArrayList<>(List.of(Digest.of(record.bytes())));
        record.entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.digest()))
                .distinct()
                .forEach(inputs::add);
        return inputs;
    }

    Look at(String path) {
        Entry entry = byPath.get(path);
        if (entry == null) {
            return new Look.Absent();
        }
        return switch (entry.kind()) {
            case ABSENT -> new Look.Absent();
            case FILE -> text(entry);
            case FOLDER -> new Look.Other("is a folder");
            case LINK -> new Look.Other("is a symbolic link, which is not followed; name the file itself");
            case SUBMODULE -> new Look.Other("is another repository, of which nothing is read");
            case BINARY -> new Look.Other("is no text");
            case TOO_LARGE -> new Look.Other("is larger than files are read");
            case UNKNOWN -> new Look.Other("is of a kind that is not known");
        };
    }

    private Look text(Entry entry) {
        byte[] content = entry.digest() == null ? null : contents.get(entry.digest());
        if (content == null) {
            return new Look.Other("was not read");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.startsWith(LARGE_FILE_STORAGE)) {
                return new Look.Other("is kept elsewhere (Git LFS), and the repository has a pointer to it alone");
            }
            return new Look.Text(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException other) {
            return new Look.Other("is not UTF-8");
        }
    }

    /** Whether there is anything. */
    boolean has(String path) {
        Entry entry = byPath.get(path);
        return entry != null && entry.kind() != Kind.ABSENT;
    }

    /** Paths of all that is no folder, in their order. */
    List<String> fitting(Predicate<String> pattern) {
        return record.entries().stream()
                .filter(entry -> entry.kind() != Kind.ABSENT && entry.kind() != Kind.FOLDER)
                .map(Entry::path)
                .filter(pattern)
                .toList();
    }
}
