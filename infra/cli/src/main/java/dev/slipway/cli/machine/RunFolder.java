package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of everything that runs, named by its content, so that a build beside it disturbs nothing. {@code NAME.jars}
 * lists a program's jars; {@code lib} holds them, each once, however many programs share it.
 *
 * @param hash of the content
 */
public record RunFolder(Path root, String hash) {
    private static final String CLI = "cli";
    private static final String CACHES = "aot";
    private static final int HASH_DIGITS = 16;
    private static final int KEPT = 2;

    /** The folder of what is built now; copied unless it is there already. Older folders than the last are removed. */
    public static RunFolder prepare(Home home, Path source) {
        home.prepare();
        Map<String, List<JarSource>> programs = built(source);
        String hash = hashOf(programs);
        RunFolder folder = new RunFolder(home.runs().resolve(hash), hash);
        try {
            if (!Files.isDirectory(folder.root)) {
                copy(programs, folder.root);
            }
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
                    case PLATFORM, SUPERVISOR, CACHES, LOAD -> CLI;
                    case RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION, GATEWAY -> program.processName();
                });
    }

    /** What the command itself is started with. */
    private String commandArguments() throws IOException {
        List<String> lines = new ArrayList<>(JvmFlags.shape());
        JvmFlags.using(cache(Program.LOAD)).stream()
                .filter(flag -> !flag.startsWith("-Xlog:all"))
                .map(flag -> "\"" + quoted(flag) + "\"")
                .forEach(lines::add);
        lines.add("-cp");
        lines.add("\"" + quoted(classPath(CLI)) + "\"");
        return String.join("\n", lines) + "\n";
    }

    /**
     * Where a program's ahead-of-time cache is, if it has been made. It belongs to exactly these jars and this JDK.
     */
    Path cache(Program program) {
        String name = switch (program) {
            case SUPERVISOR, CACHES, LOAD -> CLI;
            case PLATFORM, RELEASE, VALIDATION, DEPLOYMENT, NOTIFICATION, GATEWAY -> program.processName();
        };
        return caches().resolve("%s-%s.aot".formatted(name, JvmFlags.identity()));
    }

    Path caches() {
        return root.resolve(CACHES);
    }

    private String classPath(String program) throws IOException {
        return Files.readAllLines(root.resolve(program + ".jars")).stream()
                .map(jar -> root.resolve(jar).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** As a Java argument file wants it. */
    static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static Map<String, List<JarSource>> built(Path source) {
        Map<String, List<JarSource>> programs = new LinkedHashMap<>();
        try {
            for (Program service : Program.services()) {
                Path executable = jar(source, service.module(), service.artifact(), "-exec");
                String plain = executable.getFileName().toString().replace("-exec.jar", ".jar");
                List<JarSource> jars = new ArrayList<>();
                jars.add(JarSource.of(executable.resolveSibling(plain)));
                jars.addAll(BootJar.libraries(executable));
                programs.put(service.processName(), jars);
            }
            programs.put(CLI, cli(source));
            return programs;
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "Slipway is not built, or is being built (%s): run ./slipway up again, or mvn -DskipTests package"
                            .formatted(unreadable.getMessage()),
                    unreadable);
        }
    }

    private static List<JarSource> cli(Path source) throws IOException {
        Path jar = jar(source, Program.PLATFORM.module(), Program.PLATFORM.artifact(), "");
        List<JarSource> jars = new ArrayList<>();
        jars.add(JarSource.of(jar));
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            for (Path library : libraries.sorted().toList()) {
                jars.add(JarSource.of(library));
            }
        }
        return jars;
    }

    private static Path jar(Path source, String module, String artifact, String classifier) throws IOException {
        Path target = source.resolve(module).resolve("target");
        String name = artifact + "-\\d[^/]*?(?<!-exec|-sources|-javadoc|-tests)" + classifier + "\\.jar";
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .max(Comparator.comparing(Path::toFile, Comparator.comparingLong(File::lastModified)))
                    .orElseThrow(() -> new IOException("no " + artifact + classifier + " jar in " + target));
        }
    }

    private static String hashOf(Map<String, List<JarSource>> programs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            programs.forEach((program, jars) -> {
                digest.update((program + "\n").getBytes(StandardCharsets.UTF_8));
                jars.forEach(jar -> digest.update((jar.fingerprint() + "\n").getBytes(StandardCharsets.UTF_8)));
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
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
