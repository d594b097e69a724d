package dev.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** JUnit's console launcher, run as a process of its own with this JDK's {@code java}. */
record JUnitConsole(Path jar) {
    private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";
    private static final int KILLED_WITHIN_SECONDS = 5;
    /** As the program timeout says it. */
    private static final int TOOK_TOO_LONG = 124;

    /**
     * Finds the jar from which this program's class path has the launcher; one that is nested in another jar is copied
     * out, as a process of its own cannot be started from there.
     */
    static JUnitConsole locate(Path copies) throws IOException {
        return at(location(), copies);
    }

    static JUnitConsole at(URL location, Path copies) throws IOException {
        if (location.getProtocol().equals("file")) {
            return new JUnitConsole(
                    Path.of(URI.create(location.toString().replace(" ", "%20"))).toAbsolutePath());
        }
        Path copy = Files.createDirectories(copies).resolve("junit-platform-console-standalone.jar");
        try (InputStream content = location.openStream()) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return new JUnitConsole(copy);
    }

    private static URL location() {
        try {
            Class<?> launcher = Class.forName(LAUNCHER, false, JUnitConsole.class.getClassLoader());
            @Nullable CodeSource source = launcher.getProtectionDomain().getCodeSource();
            if (source != null) {
                return source.getLocation();
            }
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "junit-platform-console-standalone is not on the class path; the sample's tests need it", absent);
        }
        throw new IllegalStateException("it is not known from which jar " + LAUNCHER + " comes");
    }

    /**
     * How the tests ended.
     *
     * @param exit status of their process
     * @param output the end of what they printed, if they did not all pass in time
     */
    record Ended(int exit, Optional<String> output) {}

    /** Runs the tests. */
    Ended run(RunFolder folder, CiLimits limits) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(folder));
        builder.directory(folder.root().toFile());
        builder.environment().clear();
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(folder.testOutput().toFile());
        Process tests = builder.start();
        try {
            if (!tests.waitFor(limits.testsMax())) {
                return new Ended(
                        TOOK_TOO_LONG,
                        Optional.of("the tests took longer than " + limits.testsMax() + "\n" + tail(folder, limits)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the tests ran", interrupted);
        } finally {
            kill(tests);
        }
        int exit = tests.exitValue();
        return new Ended(exit, exit == 0 ? Optional.empty() : Optional.of(tail(folder, limits)));
    }

    private List<String> command(RunFolder folder) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-jar",
                jar.toString(),
                "execute",
                "--class-path",
                folder.classes() + File.pathSeparator + folder.testClasses(),
                "--scan-class-path",
                folder.testClasses().toString(),
                "--include-engine",
                "junit-jupiter",
                "--reports-dir",
                folder.reports().toString(),
                "--fail-if-no-tests",
                "--disable-banner",
                "--disable-ansi-colors");
    }

    private static void kill(Process tests) {
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        tests.destroyForcibly();
        try {
            tests.waitFor(KILLED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String tail(RunFolder folder, CiLimits limits) {
        try (RandomAccessFile output = new RandomAccessFile(folder.testOutput().toFile(), "r")) {
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
