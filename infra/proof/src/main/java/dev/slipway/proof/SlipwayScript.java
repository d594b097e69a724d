package dev.slipway.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script at the top of the repository, run as a person would, but with a home of its own and without building. */
final class SlipwayScript {
    private static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

    private final Path home;
    private int runs;

    SlipwayScript(Path home) {
        this.home = home.toAbsolutePath();
    }

    /**
     * How a run ended.
     *
     * @param lines of its standard output
     */
    record Run(int exitCode, List<String> lines) {
        Run {
            lines = List.copyOf(lines);
        }

        String lastLine() {
            return lines.getLast();
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    /** Runs a command; past the limit it is ended and has failed. Its output stays in a file beside the home. */
    Run run(Duration limit, String... arguments) throws IOException, InterruptedException {
        Path out = home.resolveSibling("%s-%d-%s.out".formatted(home.getFileName(), ++runs, arguments[0]));
        Files.createDirectories(out.resolveSibling("."));
        List<String> command =
                new ArrayList<>(List.of(REPOSITORY.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.resolveSibling(".").toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(out.resolveSibling(out.getFileName() + ".err").toFile());
        builder.environment().put("SLIPWAY_HOME", home.toString());
        builder.environment().put("SLIPWAY_BUILD", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(SlipwayScript::wouldLeadElsewhere);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw new AssertionError("./slipway %s is not done after %s:%n%s"
                    .formatted(String.join(" ", arguments), limit, Files.readString(out)));
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
