package dev.slipway.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository of whoever runs this, in which git does what they could type themselves: with their configuration and in
 * their name, unlike {@link Git}, which trusts nobody's. For the command line and the demo.
 */
public final class OwnRepository {
    private static final int OUTPUT_BYTES_MAX = 64_000_000;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    /** Where a hook or a script around us points git to; the folder counts, as people expect. */
    private static final List<String> NOT_PASSED_ON = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_NAMESPACE",
            "GIT_PREFIX");

    private final GitRunner runner;
    private final Path folder;

    private OwnRepository(GitProgram program, Path folder) {
        this.runner = new GitRunner(program.path(), OUTPUT_BYTES_MAX);
        this.folder = folder.toAbsolutePath();
    }

    /**
     * The repository that a folder is in; empty if it is in none.
     *
     * @throws GitTrouble if git cannot be run
     */
    public static Optional<OwnRepository> around(GitProgram program, Path folder) throws GitTrouble {
        OwnRepository there = new OwnRepository(program, folder);
        return there.ask("rev-parse", "--git-dir").isPresent() ? Optional.of(there) : Optional.empty();
    }

    /** A bare one at exactly that place, made if it is not there; its HEAD is at that branch then. */
    public static OwnRepository bare(GitProgram program, Path place, String branch) throws IOException {
        OwnRepository there = new OwnRepository(program, place);
        if (!Files.exists(place.resolve("HEAD"))) {
            Files.createDirectories(place);
            there.must(new byte[0], "init", "--quiet", "--bare", "--template=", "--initial-branch=" + branch, ".");
        }
        return there;
    }

    /** One at exactly that place, with or without a working tree. */
    public static OwnRepository at(GitProgram program, Path place) throws IOException {
        if (Files.exists(place.resolve("HEAD")) || Files.exists(place.resolve(".git"))) {
            return new OwnRepository(program, place);
        }
        throw new IOException("there is no Git repository at " + place);
    }

    /** What git prints, without white space around it; empty if it ends with another status than 0. */
    public Optional<String> ask(String... arguments) throws GitTrouble {
        GitRunner.Ran ran = run(new byte[0], arguments);
        return ran.exit() == 0 ? Optional.of(ran.text().strip()) : Optional.empty();
    }

    /**
     * What git prints.
     *
     * @throws GitTrouble in its words, if it ends with another status than 0
     */
    public byte[] must(byte[] input, String... arguments) throws GitTrouble {
        return Scratch.succeeded(run(input, arguments), arguments[0]).out();
    }

    /** Full id of the commit that a name, a tag or the beginning of an id stands for. */
    public Optional<String> commit(String revision) throws GitTrouble {
        return ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .filter(Names::isId);
    }

    public Optional<String> head(String branch) throws GitTrouble {
        return ask("rev-parse", "--verify", "--quiet", "--end-of-options", Heads.BRANCH + branch)
                .filter(Names::isId);
    }

    /** Of the working tree, or of the repository itself where it has none. */
    public Path root() throws GitTrouble {
        Optional<String> top = ask("rev-parse", "--show-toplevel").filter(path -> !path.isEmpty());
        String root = top.isPresent() ? top.get() : text("rev-parse", "--absolute-git-dir");
        return Path.of(root);
    }

    private String text(String... arguments) throws GitTrouble {
        return new String(must(new byte[0], arguments), StandardCharsets.UTF_8).strip();
    }

    private GitRunner.Ran run(byte[] input, String... arguments) throws GitTrouble {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeAll(NOT_PASSED_ON);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_PAGER", "cat");
        List<String> all = new ArrayList<>(List.of("-c", "core.fsmonitor=false"));
        all.addAll(List.of(arguments));
        return runner.run(new GitRunner.Call(all, folder, environment, input, WITHIN));
    }
}
