package dev.slipway.demo;

import dev.slipway.demo.SampleRepository.Signatures;
import dev.slipway.git.GitProgram;
import dev.slipway.git.GitTrouble;
import dev.slipway.git.OwnRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and commits text files in a Git repository, leaving a working tree alone where it has one. */
final class GitFiles {
    private static final int FILES_MAX = 500;
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    private final OwnRepository git;

    private GitFiles(OwnRepository git) {
        this.git = git;
    }

    /** @throws IOException if there is no repository, or no git program */
    static GitFiles at(Path repository) throws IOException {
        return new GitFiles(OwnRepository.at(GitProgram.find(), repository));
    }

    /** A bare one, made if it is not there. */
    static GitFiles bare(Path repository, String branch) throws IOException {
        return new GitFiles(OwnRepository.bare(GitProgram.find(), repository, branch));
    }

    Optional<String> head(String branch) throws IOException {
        return git.head(branch);
    }

    /** The first lines of all messages of a branch, newest first. */
    List<String> titles(String branch) throws IOException {
        String titles = text(git.must(NOTHING, "log", "--format=%s", "refs/heads/" + branch, "--"));
        return titles.lines().toList();
    }

    /**
     * The files of a commit by path.
     *
     * @throws IOException if the commit is not there, or holds more or larger files than a sample may, or other things
     *     than plain files
     */
    Map<String, String> read(String commit) throws IOException {
        String listed = text(git.must(NOTHING, "ls-tree", "-r", "-z", "--long", commit));
        List<String> paths = new ArrayList<>();
        StringBuilder ids = new StringBuilder();
        for (String entry : listed.split("\0", -1)) {
            if (entry.isEmpty()) {
                continue;
            }
            String path = entry.substring(entry.indexOf('\t') + 1);
            String[] facts = entry.substring(0, entry.indexOf('\t')).split(" +", -1); // mode, type, id, size
            if (!facts[0].equals("100644")
                    || paths.size() == FILES_MAX
                    || Long.parseLong(facts[3].strip()) > FILE_BYTES_MAX) {
                throw new IOException("only up to %d plain files are checked out, not %s".formatted(FILES_MAX, path));
            }
            paths.add(path);
            ids.append(facts[2]).append('\n');
        }
        return contents(paths, bytes(ids.toString()));
    }

    /** What {@code cat-file --batch} prints: for each a line with its size, then its bytes and a line feed. */
    private Map<String, String> contents(List<String> paths, byte[] ids) throws IOException {
        Map<String, String> files = new TreeMap<>();
        byte[] out = paths.isEmpty() ? NOTHING : git.must(ids, "cat-file", "--batch=%(objectsize)");
        int at = 0;
        for (String path : paths) {
            int end = at;
            while (out[end] != '\n') {
                end++;
            }
            int size = Integer.parseInt(new String(out, at, end - at, StandardCharsets.US_ASCII));
            files.put(path, new String(out, end + 1, size, StandardCharsets.UTF_8));
            at = end + 1 + size + 1;
        }
        return files;
    }

    /**
     * Adds a commit with the changed files to a branch, which need not exist yet; the id of the commit.
     *
     * @throws IllegalStateException if somebody else moved the branch meanwhile
     */
    String commit(String branch, Map<String, String> changed, String message, Signatures signatures)
            throws IOException {
        String ref = "refs/heads/" + branch;
        Optional<String> parent = head(branch);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(bytes(
                "commit %s\nauthor %s\ncommitter %s\n".formatted(ref, signatures.author(), signatures.committer())));
        data(stream, message);
        if (parent.isPresent()) {
            stream.write(bytes("from %s\n".formatted(parent.get())));
        }
        for (Map.Entry<String, String> file : new TreeMap<>(changed).entrySet()) {
            stream.write(bytes("M 100644 inline %s\n".formatted(file.getKey())));
            data(stream, file.getValue());
        }
        try {
            git.must(stream.toByteArray(), "fast-import", "--quiet", "--date-format=raw");
        } catch (GitTrouble refused) {
            if (!head(branch).equals(parent)) {
                throw new IllegalStateException("branch %s moved meanwhile".formatted(branch), refused);
            }
            throw refused;
        }
        return head(branch).orElseThrow(() -> new IllegalStateException("branch %s is gone".formatted(branch)));
    }

    /** @throws IllegalStateException if there is such a branch meanwhile */
    void branch(String branch, String commit) throws IOException {
        if (git.ask("update-ref", "refs/heads/" + branch, commit, "").isEmpty()) {
            throw new IllegalStateException("branch %s moved meanwhile".formatted(branch));
        }
    }

    private static void data(ByteArrayOutputStream stream, String text) throws IOException {
        byte[] content = bytes(text);
        stream.write(bytes("data %d\n".formatted(content.length)));
        stream.write(content);
        stream.write('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
