package dev.slipway.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository for one piece of work: its own configuration, an empty working tree, the objects of others as alternates.
 * Neither the system's nor the user's configuration is read, nothing prompts, and only the protocol that is named is spoken.
 * What it is given of the process's environment is the PATH and the proxies.
 */
final class Scratch implements AutoCloseable {
    private static final List<String> PASSED_ON =
            List.of("PATH", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY");

    private static final int BESIDE_OUTPUT_BYTES_MAX = 100_000;

    private final GitRunner runner;
    private final Duration within;
    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();

    Scratch(GitRunner runner, Duration within, Path root) throws IOException {
        this.runner = runner;
        this.within = within;
        this.root = root;
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("HOME", root.resolve("home").toString());
        environment.put("XDG_CONFIG_HOME", root.resolve("home").toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", root.resolve("config").toString());
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_NO_LAZY_FETCH", "1");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_PAGER", "cat");
        environment.put("GIT_CEILING_DIRECTORIES", root.toString());
        environment.put("GIT_ALLOW_PROTOCOL", "none");
        environment.put("GIT_DIR", gitDir().toString());
        environment.put("GIT_WORK_TREE", tree().toString());
        lay();
    }

    private void lay() throws IOException {
        Files.createDirectories(root.resolve("home"));
        Files.createDirectories(tree());
        Files.createDirectories(gitDir().resolve("refs"));
        Files.createDirectories(gitDir().resolve("objects/info"));
        Files.writeString(root.resolve("config"), "");
        Files.writeString(gitDir().resolve("HEAD"), "ref: refs/heads/none\n");
        format("sha1");
    }

    /** What its ids are: {@code sha1} or {@code sha256}. */
    void format(String format) throws IOException {
        boolean old = format.equals("sha1");
        // Hooks, monitors and clean-up of this repository alone; those of where it pushes to are not its business.
        Files.writeString(
                gitDir().resolve("config"),
                """
                [core]
                \trepositoryFormatVersion = %d
                \tbare = false
                \thooksPath = /dev/null
                \tfsmonitor = false
                \tquotePath = false
                [gc]
                \tauto = 0
                [maintenance]
                \tauto = false
                [log]
                \tshowSignature = false
                [http]
                \tfollowRedirects = false
                """.formatted(old ? 0 : 1) + (old ? "" : "[extensions]\n\tobjectFormat = %s\n".formatted(format)));
    }

    /** Whose objects are there to be read too. */
    void borrow(Path objects) throws IOException {
        Files.writeString(gitDir().resolve("objects/info/alternates"), objects + "\n");
    }

    /** What git is told as a user's configuration: whom to trust, who to be at a host. */
    void user(String configuration) throws IOException {
        Files.writeString(root.resolve("config"), configuration);
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    /** A name for a commit, by which git speaks of it. */
    void name(String ref, String id) throws IOException {
        Path file = gitDir().resolve(ref);
        Files.createDirectories(file.getParent());
        Files.writeString(file, id + "\n");
    }

    Path gitDir() {
        return root.resolve("repo");
    }

    /** Empty, or with the attributes of a commit. */
    Path tree() {
        return root.resolve("tree");
    }

    /** Runs git here, however it ends. */
    GitRunner.Ran run(List<String> arguments, byte[] input, Duration longest, Map<String, String> besides)
            throws GitTrouble {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(besides);
        return runner.run(new GitRunner.Call(arguments, tree(), all, input, longest));
    }

    GitRunner.Ran run(String... arguments) throws GitTrouble {
        return run(List.of(arguments), new byte[0], within, Map.of());
    }

    /** Runs git on another repository, which is read with its own configuration: nothing that starts programs. */
    GitRunner.Ran elsewhere(Path gitDir, String... arguments) throws GitTrouble {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.remove("GIT_WORK_TREE");
        all.put("GIT_DIR", gitDir.toString());
        return runner.run(new GitRunner.Call(List.of(arguments), root, all, new byte[0], within));
    }

    /** Runs another program that git itself would start here. */
    GitRunner.Ran beside(Path program, List<String> arguments, byte[] input, Map<String, String> besides)
            throws GitTrouble {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(besides);
        return new GitRunner(program, BESIDE_OUTPUT_BYTES_MAX)
                .run(new GitRunner.Call(arguments, tree(), all, input, within));
    }

    /** Runs git here. @throws GitTrouble if it fails, in its own words */
    GitRunner.Ran must(String... arguments) throws GitTrouble {
        return succeeded(run(arguments), arguments[0]);
    }

    /** The same, with something on standard input; each character of it is a byte. */
    GitRunner.Ran fed(String raw, String... arguments) throws GitTrouble {
        byte[] input = raw.getBytes(StandardCharsets.ISO_8859_1);
        return succeeded(run(List.of(arguments), input, within, Map.of()), arguments[0]);
    }

    static GitRunner.Ran succeeded(GitRunner.Ran ran, String what) throws GitTrouble {
        if (ran.exit() != 0) {
            String words = Words.ofErrors(ran.err());
            throw new GitTrouble("git %s: %s".formatted(what, words.isEmpty() ? "status " + ran.exit() : words));
        }
        return ran;
    }

    /** The options with these arguments behind them. */
    static List<String> arguments(List<String> options, String... rest) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(rest));
        return all;
    }

    @Override
    public void close() {
        Folders.delete(root);
    }
}
