package dev.slipway.testkit.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real repository, made by the git program without this machine's and this user's configuration. Commands run in its
 * folder; one that fails is an error that shows what git said.
 */
public final class TestRepository {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private TestRepository(Path folder) {
        this.folder = folder;
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ALLOW_PROTOCOL", "file");
        environment.put("LC_ALL", "C");
        by("Ada", "ada@example.test");
    }

    /** With a working tree and no commit, on the branch {@code main}. */
    public static TestRepository in(Path folder) {
        return made(folder, List.of("init", "-q", "-b", "main", "."));
    }

    /** Without a working tree, its HEAD at {@code main}. */
    public static TestRepository bare(Path folder) {
        return made(folder, List.of("init", "-q", "--bare", "-b", "main", "."));
    }

    /** With a working tree and ids of 64 digits. */
    public static TestRepository sha256(Path folder) {
        return made(folder, List.of("init", "-q", "-b", "main", "--object-format=sha256", "."));
    }

    /** One that is there already. */
    public static TestRepository at(Path folder) {
        return new TestRepository(folder.toAbsolutePath());
    }

    private static TestRepository made(Path folder, List<String> command) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        TestRepository made = at(folder);
        made.git(command.toArray(String[]::new));
        return made;
    }

    /** Who writes and commits from here on. */
    public TestRepository by(String name, String email) {
        return by(name, email, name, email);
    }

    /** Who writes, and who commits, from here on. */
    public TestRepository by(String author, String authorEmail, String committer, String committerEmail) {
        environment.put("GIT_AUTHOR_NAME", author);
        environment.put("GIT_AUTHOR_EMAIL", authorEmail);
        environment.put("GIT_COMMITTER_NAME", committer);
        environment.put("GIT_COMMITTER_EMAIL", committerEmail);
        return this;
    }

    public Path folder() {
        return folder;
    }

    /** As a policy names it. */
    public String url() {
        return "file:" + folder;
    }

    /** Checks a branch out, made here where there is none. */
    public TestRepository on(String branch) {
        if (ran("show-ref", "--verify", "--quiet", "refs/heads/" + branch).exit() == 0) {
            git("switch", "-q", branch);
        } else {
            git("switch", "-q", "-c", branch);
        }
        return this;
    }

    public TestRepository branch(String name, String at) {
        git("branch", "-q", "--no-track", name, at);
        return this;
    }

    /** Writes a file, without a commit. */
    public TestRepository write(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Commits one file; the id of the commit. */
    public String commit(String file, String content) {
        return write(file, content).commitAll("feat: " + file);
    }

    /** Commits everything as it lies there, even nothing; the id of the commit. */
    public String commitAll(String message) {
        git("add", "-A");
        fed(message, "commit", "-q", "--allow-empty", "--allow-empty-message", "--no-gpg-sign", "-F", "-");
        return git("rev-parse", "HEAD");
    }

    /** Full id of a branch's head. */
    public String head(String branch) {
        return git("rev-parse", "--verify", "refs/heads/" + branch);
    }

    /** Full id of what that names; "nothing" if it names nothing. */
    public String resolve(String revision) {
        Ran ran = ran("rev-parse", "--verify", "--quiet", revision);
        return ran.exit() == 0 ? ran.out().strip() : "nothing";
    }

    public List<String> parents(String commit) {
        String line = git("rev-list", "--parents", "-n", "1", commit);
        List<String> ids = List.of(line.split(" "));
        return ids.subList(1, ids.size());
    }

    /** What git printed, without white space around it. */
    public String git(String... arguments) {
        return fed("", arguments);
    }

    /** The same, with something on standard input. */
    public String fed(String input, String... arguments) {
        Ran ran = run(input.getBytes(StandardCharsets.UTF_8), List.of(arguments));
        if (ran.exit() != 0) {
            throw new IllegalStateException("git %s ended with %d: %s%s"
                    .formatted(String.join(" ", arguments), ran.exit(), ran.out(), ran.err()));
        }
        return ran.out().strip();
    }

    /** What happened, whatever it was. */
    public Ran ran(String... arguments) {
        return run(new byte[0], List.of(arguments));
    }

    /** How a command ended. */
    public record Ran(int exit, String out, String err) {}

    private Ran run(byte[] input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        try {
            Path errors = Files.createTempFile("git", ".err");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
                builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
                builder.environment().putAll(environment);
                Process process = builder.start();
                try (var in = process.getOutputStream()) {
                    in.write(input);
                } catch (IOException _) {
                    // it did not want all of it; what it says tells why
                }
                byte[] out = process.getInputStream().readAllBytes();
                return new Ran(process.waitFor(), new String(out, StandardCharsets.UTF_8), Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
