package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of everything that runs, named by its content, so that a build beside it disturbs nothing. {@code NAME.jars}
 * lists a program's jars; {@code lib} holds them, each once, however many programs share it.
 *
 * @param hash of the content
 */
public record RunFolder(Path root, String hash) {
    private static final String CACHES = "aot";
    /** The JVM believes a cache only if the jars are as old as they were. */
    private static final FileTime JARS_AGE = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private static final int KEPT = 2;

    /** The folder of what is built now; copied unless it is there already. Older folders than the last are removed. */
    public static RunFolder prepare(Home home, Path source) {
        home.prepare();
        BuiltJars built = BuiltJars.of(source);
        String hash = built.hash();
        RunFolder folder = new RunFolder(home.runs().resolve(hash), hash);
        try {
            if (!Files.isDirectory(folder.root)) {
                copy(built.byName(), folder.root);
            }
            folder.takeCaches(builtCaches(source).resolve(hash));
            Files.setLastModifiedTime(folder.root, FileTime.from(Instant.now()));
            removeOld(home, hash);
            OwnerOnly.write(home.runs().resolve("current"), hash + "\n");
            OwnerOnly.write(home.runs().resolve("cli.args"), folder.commandArguments());
            return folder;
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    /** The folder that was prepared last. */
    public static RunFolder current(Home home) {
        try {
            String hash = Files.readString(home.runs().resolve("current")).strip();
            return new RunFolder(home.runs().resolve(hash), hash);
        } catch (IOException absent) {
            throw new CommandFailed(
                    ExitCode.FAILED, "nothing is prepared in " + home.root() + ": run ./slipway up", absent);
        }
    }

    /** A program's class path. The platform and the load run from the command's own jars. */
    String classPath(Program program) throws IOException {
        return classPath(
                switch (program) {
                    case PLATFORM, SUPERVISOR, LOAD -> BuiltJars.CLI;
                    case RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION, GATEWAY -> program.processName();
                });
    }

    /** With this begins the class path of each service that has a store. */
    String classPathShared() throws IOException {
        return classPath(BuiltJars.SHARED);
    }

    /** With this it goes on. */
    String classPathApart(Program program) throws IOException {
        List<String> jars = new ArrayList<>(jars(program.processName()));
        jars.removeAll(jars(BuiltJars.SHARED));
        return String.join(File.pathSeparator, jars);
    }

    /** What the command itself is started with. */
    private String commandArguments() throws IOException {
        List<String> lines = new ArrayList<>(JvmFlags.brief());
        JvmFlags.using(cache(Program.LOAD)).stream()
                .filter(flag -> !flag.startsWith("-Xlog:all"))
                .map(flag -> "\"" + quoted(flag) + "\"")
                .forEach(lines::add);
        lines.add("-cp");
        lines.add("\"" + quoted(classPath(BuiltJars.CLI)) + "\"");
        return String.join("\n", lines) + "\n";
    }

    /**
     * Where a program's ahead-of-time cache is, if the build made one. It belongs to exactly these jars and this JDK; the
     * services that have a store share one.
     */
    Path cache(Program program) {
        String name = switch (program) {
            case SUPERVISOR, LOAD -> BuiltJars.CLI;
            case RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION -> BuiltJars.SHARED;
            case PLATFORM, GATEWAY -> program.processName();
        };
        return caches().resolve("%s-%s.aot".formatted(name, JvmFlags.identity()));
    }

    Path caches() {
        return root.resolve(CACHES);
    }

    /** Where the build leaves the caches of what it built, in a folder named by its content. */
    static Path builtCaches(Path source) {
        return source.resolve("infra").resolve("aot").resolve("target").resolve("caches");
    }

    /** Takes over what the build made: a link where both are on one disk. */
    private void takeCaches(Path made) throws IOException {
        if (!Files.isDirectory(made)) {
            return;
        }
        Files.createDirectories(caches());
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Path taken = caches().resolve(file.getFileName());
                if (!Files.exists(taken)) {
                    linkOrCopy(file, taken);
                }
            }
        }
    }

    private static void linkOrCopy(Path file, Path to) throws IOException {
        try {
            Files.createLink(to, file);
        } catch (FileSystemException | UnsupportedOperationException otherDisk) {
            Files.copy(file, to);
        }
    }

    private String classPath(String program) throws IOException {
        return String.join(File.pathSeparator, jars(program));
    }

    private List<String> jars(String program) throws IOException {
        return Files.readAllLines(root.resolve(program + ".jars")).stream()
                .map(jar -> root.resolve(jar).toString())
                .toList();
    }

    /** As a Java argument file wants it. */
    static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void copy(Map<String, List<JarSource>> programs, Path root) throws IOException {
        Path unfinished = Files.createTempDirectory(root.toAbsolutePath().getParent(), ".unfinished");
        Map<String, String> paths = new LinkedHashMap<>();
        for (Map.Entry<String, List<JarSource>> program : programs.entrySet()) {
            List<String> lines = new ArrayList<>();
            for (JarSource jar : program.getValue()) {
                lines.add(place(jar, unfinished, paths));
            }
            Files.write(unfinished.resolve(program.getKey() + ".jars"), lines);
        }
        Files.move(unfinished, root);
    }

    /** Of two jars with one name but different content the second gets a folder of its own. */
    private static String place(JarSource jar, Path root, Map<String, String> paths) throws IOException {
        String known = paths.get(jar.fingerprint());
        if (known != null) {
            return known;
        }
        String path = "lib/" + jar.fileName();
        if (paths.containsValue(path)) {
            path = "lib/%08x/%s".formatted(jar.crc(), jar.fileName());
        }
        Path target = root.resolve(path);
        Files.createDirectories(target.resolveSibling("."));
        jar.copy().to(target);
        Files.setLastModifiedTime(target, JARS_AGE);
        paths.put(jar.fingerprint(), path);
        return path;
    }

    private static void removeOld(Home home, String current) throws IOException {
        Set<String> kept = new HashSet<>(Set.of(current));
        ProcessTable.load(home).processes().stream()
                .filter(ProcessRecord::alive)
                .forEach(process -> kept.add(process.run()));
        try (Stream<Path> entries = Files.list(home.runs())) {
            List<Path> folders = entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::toFile, Comparator.comparingLong(File::lastModified))
                            .reversed())
                    .toList();
            for (int i = 0; i < folders.size(); i++) {
                if (kept.contains(folders.get(i).getFileName().toString())) {
                    continue;
                }
                Folders.delete(i >= KEPT ? folders.get(i) : folders.get(i).resolve(CACHES));
            }
        }
    }
}
