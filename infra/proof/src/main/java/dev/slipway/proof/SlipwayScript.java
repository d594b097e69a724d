package dev.slipway.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The script at the top of the repository, run as a person would, but with a home of its own and without building. */
public final class SlipwayScript {
    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

    private final Path home;
    private final Map<String, String> settings;
    private int runs;

    public SlipwayScript(Path home) {
        this(home, Map.of());
    }

    /** @param settings that an administrator gives it besides, as environment variables */
    public SlipwayScript(Path home, Map<String, String> settings) {
        this.home = home.toAbsolutePath();
        this.settings = Map.copyOf(settings);
    }

    /**
     * How a run ended.
     *
     * @param lines of its standard output
     */
    public record Run(int exitCode, List<String> lines) {
        public Run {
            lines = List.copyOf(lines);
        }

        public String lastLine() {
            return lines.getLast();
        }

        public String text() {
            return String.join("\n", lines);
        }
    }

    /** Runs a command; past the limit it is ended and has failed. Its output stays in a file beside the home. */
    public Run run(Duration limit, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(REPOSITORY.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        return run(limit, command, home.resolveSibling("."), arguments[0]);
    }

    /** Runs a person's commands, as a shell would in that folder, where {@code slipway} is on the path. */
    Run shell(Duration limit, Path commands, Path folder) throws IOException, InterruptedException {
        List<String> command = List.of("sh", "-e", commands.toAbsolutePath().toString());
        return run(limit, command, folder, String.valueOf(commands.getFileName()));
    }

    private Run run(Duration limit, List<String> command, Path folder, String name)
            throws IOException, InterruptedException {
        Path out = home.resolveSibling("%s-%d-%s.out".formatted(home.getFileName(), ++runs, name));
        Files.createDirectories(out.resolveSibling("."));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(out.resolveSibling(out.getFileName() + ".err").toFile());
        builder.environment().put("SLIPWAY_HOME", home.toString());
        builder.environment().put("SLIPWAY_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", REPOSITORY.toString(), (path, own) -> own + File.pathSeparator + path);
        for (String who : List.of("AUTHOR", "COMMITTER")) { // whoever runs the tests need not have told Git
            builder.environment().put("GIT_%s_NAME".formatted(who), "Ada");
            builder.environment().put("GIT_%s_EMAIL".formatted(who), "ada@example.test");
        }
        builder.environment().keySet().removeIf(SlipwayScript::wouldLeadElsewhere);
        builder.environment().putAll(settings);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw new AssertionError(
                    "%s is not done after %s:%n%s".formatted(String.join(" ", command), limit, Files.readString(out)));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(out));
        Path err = out.resolveSibling(out.getFileName() + ".err");
        if (process.exitValue() != 0) {
            lines.addAll(0, Files.readAllLines(err));
        }
        return new Run(process.exitValue(), lines);
    }

    private static boolean wouldLeadElsewhere(String variable) {
        return variable.startsWith("SLIPWAY_TOKEN")
                || variable.startsWith("SLIPWAY_URL")
                || variable.startsWith("SLIPWAY_SLACK")
                || variable.startsWith("SPRING_");
    }
}
