package dev.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A tool of the CI, run by this JDK's {@code java} as a process of its own, in the run's folder and with nothing of this
 * process's environment. When it is closed it is ended with all that it started.
 *
 * @param name what it does, such as {@code the tests}
 */
record ToolProcess(String name, Process process, Path said) implements AutoCloseable {
    private static final int KILLED_WITHIN_SECONDS = 5;
    /** As the program timeout says it. */
    private static final int TOOK_TOO_LONG = 124;
    /** It lives for seconds: to compile itself well, or in several threads, would not pay. */
    private static final List<String> BRIEF = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");

    /** Starts it. */
    static ToolProcess start(RunFolder folder, String name, List<String> arguments) throws IOException {
        Path said = folder.said(name);
        Files.createDirectories(said.resolveSibling("."));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(BRIEF);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.root().toFile());
        builder.environment().clear();
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(said.toFile());
        return new ToolProcess(name, builder.start(), said);
    }

    /**
     * How it ended.
     *
     * @param exit its status
     * @param output the end of what it printed, if it did not end well in time
     */
    record Ended(int exit, Optional<String> output) {}

    Ended ended(CiLimits limits) throws IOException {
        try {
            if (!process.waitFor(limits.testsMax())) {
                String late = "%s took longer than %d s\n"
                        .formatted(name, limits.testsMax().toSeconds());
                return new Ended(TOOK_TOO_LONG, Optional.of(late + tail(limits)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while %s ran".formatted(name), interrupted);
        }
        int exit = process.exitValue();
        return new Ended(exit, exit == 0 ? Optional.empty() : Optional.of(tail(limits)));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(KILLED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of what it printed so far. */
    String tail(CiLimits limits) {
        try (RandomAccessFile output = new RandomAccessFile(said.toFile(), "r")) {
            int length = (int) Math.min(limits.outputBytesMax(), output.length());
            output.seek(output.length() - length);
            byte[] end = new byte[length];
            output.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
