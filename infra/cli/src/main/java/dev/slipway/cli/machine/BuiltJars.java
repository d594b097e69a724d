package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the build made, as class paths: of each service, of the command, and of what the services with a store share.
 *
 * @param byName jars in class path order
 */
record BuiltJars(Map<String, List<JarSource>> byName) {
    static final String CLI = "cli";
    /** Jars that begin the class paths of the four services that have a store, so that one cache holds for all of them. */
    static final String SHARED = "shared";

    private static final List<Program> SHARING =
            List.of(Program.RELEASE, Program.VALIDATION, Program.DEPLOYMENT, Program.NOTIFICATION);
    private static final int HASH_DIGITS = 16;

    static BuiltJars of(Path source) {
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
            shareBeginning(programs);
            programs.put(CLI, cli(source));
            return new BuiltJars(programs);
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "Slipway is not built, or is being built (%s): run ./slipway up again, or mvn -DskipTests package"
                            .formatted(unreadable.getMessage()),
                    unreadable);
        }
    }

    /** Puts the jars that all of them have before those that a service has for itself, in one order for all. */
    private static void shareBeginning(Map<String, List<JarSource>> programs) {
        List<List<JarSource>> sharing =
                SHARING.stream().map(service -> jarsOf(programs, service)).toList();
        Set<String> inAll = fingerprints(sharing.getFirst());
        sharing.forEach(jars -> inAll.retainAll(fingerprints(jars)));
        List<JarSource> shared = sharing.getFirst().stream()
                .filter(jar -> inAll.contains(jar.fingerprint()))
                .toList();
        for (Program service : SHARING) {
            List<JarSource> jars = new ArrayList<>(shared);
            jarsOf(programs, service).stream()
                    .filter(jar -> !inAll.contains(jar.fingerprint()))
                    .forEach(jars::add);
            programs.put(service.processName(), jars);
        }
        programs.put(SHARED, shared);
    }

    private static List<JarSource> jarsOf(Map<String, List<JarSource>> programs, Program program) {
        return Objects.requireNonNull(programs.get(program.processName()));
    }

    private static Set<String> fingerprints(List<JarSource> jars) {
        return jars.stream().map(JarSource::fingerprint).collect(Collectors.toCollection(HashSet::new));
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

    /** Of their content, by which a run folder is named. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byName.forEach((program, jars) -> {
                digest.update((program + "\n").getBytes(StandardCharsets.UTF_8));
                jars.forEach(jar -> digest.update((jar.fingerprint() + "\n").getBytes(StandardCharsets.UTF_8)));
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
