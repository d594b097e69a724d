package dev.slipway.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The git program of this machine.
 *
 * @param path absolute
 * @param version as it says itself, for example 2.39.5
 */
public record GitProgram(Path path, String version) {
    /** The first version whose {@code merge-tree} merges. */
    static final String LEAST = "2.38";

    private static final int LEAST_MAJOR = 2;
    private static final int LEAST_MINOR = 38;
    private static final Pattern VERSION =
            Pattern.compile("git version ((\\d{1,4})\\.(\\d{1,4})[^\\s]*).*", Pattern.DOTALL);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    /**
     * The one that this process finds on its PATH.
     *
     * @throws GitMissing if there is none, or only one that is too old
     */
    public static GitProgram find() {
        return find(System.getenv().getOrDefault("PATH", ""));
    }

    /** The first on that path, which is written as PATH is. */
    static GitProgram find(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, "git").toAbsolutePath();
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return new GitProgram(program, versionOf(program));
            }
        }
        throw new GitMissing("there is none");
    }

    private static String versionOf(Path program) {
        String said;
        try {
            said = new GitRunner(program, 1 << 16)
                    .run(new GitRunner.Call(List.of("version"), Path.of("/"), Map.of(), new byte[0], ANSWERS_WITHIN))
                    .text();
        } catch (IOException unusable) {
            throw new GitMissing(program + " does not run: " + unusable.getMessage());
        }
        Matcher version = VERSION.matcher(said);
        if (!version.matches()) {
            throw new GitMissing(program + " does not say its version");
        }
        int major = Integer.parseInt(version.group(2));
        int minor = Integer.parseInt(version.group(3));
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
            throw new GitMissing("%s is %s".formatted(program, version.group(1)));
        }
        return version.group(1);
    }
}
