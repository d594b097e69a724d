package dev.slipway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this module as a process of its own. It lives for as long as its standard input is open, so it ends with
 * whoever started it, whatever becomes of that.
 */
final class Child implements AutoCloseable {
    private static final String READY = "READY";
    private static final int END_SECONDS_MAX = 5;
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-Dlogback.configurationFile=dev/slipway/cli/logback-cli.xml");

    private final Process process;
    private final BufferedReader says;
    private final Writer hears;
    private final String ready;

    private Child(Process process) throws IOException {
        this.process = process;
        this.says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.hears = process.outputWriter(StandardCharsets.UTF_8);
        this.ready = firstLine();
    }

    private String firstLine() throws IOException {
        String line = says.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = says.readLine();
        }
        if (line == null) {
            throw new IOException("a program of the bench ended before it was ready");
        }
        return line.substring(READY.length()).strip();
    }

    static Child start(Class<?> program) {
        return start(program, List.of());
    }

    /** @param more flags, which count where they contradict the usual ones */
    static Child start(Class<?> program, List<String> more) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(FLAGS);
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        try {
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    /** What it said beside that it is ready. */
    String ready() {
        return ready;
    }

    long pid() {
        return process.pid();
    }

    void say(String line) {
        try {
            hears.write(line + "\n");
            hears.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("a program of the bench has ended", gone);
        }
    }

    String hear() {
        try {
            String line = says.readLine();
            if (line == null) {
                throw new IOException("a program of the bench has ended");
            }
            return line;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        try {
            hears.close();
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
