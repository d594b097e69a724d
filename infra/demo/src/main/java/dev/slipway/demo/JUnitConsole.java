package dev.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JUnit's console launcher, run as a process of its own with this JDK's {@code java}. */
record JUnitConsole(Path jar) {
    private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";

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
     * What the tests' process is started with.
     *
     * @param agent a flag for whoever looks on
     */
    List<String> arguments(RunFolder folder, List<Path> libraries, String agent) {
        String classPath = Stream.concat(
                        Stream.of(folder.classes(), folder.testClasses(), folder.testResources()), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                agent,
                "-jar",
                jar.toString(),
                "execute",
                "--class-path",
                classPath,
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
}
