package dev.slipway.cli.first;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of program a file is: by its ending, else by its first bytes. */
enum FileKind {
    JAR,
    PYTHON,
    SHELL,
    NODE,
    /** An ELF binary. */
    NATIVE,
    /** A script of no known ending that says by #! what runs it. */
    SCRIPT,
    /** What lies in it is started; what that is only its maker knows. */
    ARCHIVE;

    private static final String ARTIFACT = "{artifact}";
    private static final int MAGIC_BYTES = 4;
    private static final int ENTRIES_MAX = 1_000;
    /** Where builds leave programs, looked into one after the other. */
    private static final List<String> BUILT = List.of("", "bin", "dist", "build", "target/release", "zig-out/bin");

    /** How it is started; empty for an archive. */
    List<String> command() {
        return switch (this) {
            case JAR -> List.of("java", "-jar", ARTIFACT);
            case PYTHON -> List.of("python3", ARTIFACT);
            case SHELL -> List.of("sh", ARTIFACT);
            case NODE -> List.of("node", ARTIFACT);
            case NATIVE, SCRIPT -> List.of(ARTIFACT);
            case ARCHIVE -> List.of();
        };
    }

    /** @param file may be missing: then its ending alone tells */
    static Optional<FileKind> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".tar.gz")) {
            return Optional.of(ARCHIVE);
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jar" -> Optional.of(JAR);
            case "py", "pyz" -> Optional.of(PYTHON);
            case "sh" -> Optional.of(SHELL);
            case "js", "mjs", "cjs" -> Optional.of(NODE);
            case "tgz", "zip" -> Optional.of(ARCHIVE);
            default -> byContent(file);
        };
    }

    /** The program that a build left in a folder, as a path from there: the only one, or the one with the folder's name. */
    static Optional<String> built(Path folder, FileKind kind) {
        String own = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        for (String place : BUILT) {
            List<String> programs = programs(folder.resolve(place), kind);
            Optional<String> found = programs.size() == 1
                    ? Optional.of(programs.getFirst())
                    : programs.stream().filter(own::equals).findFirst();
            if (found.isPresent()) {
                return found.map(name -> place.isEmpty() ? name : place + "/" + name);
            }
        }
        return Optional.empty();
    }

    private static List<String> programs(Path folder, FileKind wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(ENTRIES_MAX)
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .filter(file -> of(file).filter(wanted::equals).isPresent())
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.matches("gradlew|mvnw|configure"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of(); // a proposal is all that it would be
        }
    }

    private static Optional<FileKind> byContent(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file)) {
            String magic = new String(content.readNBytes(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
            if (magic.equals("\u007fELF")) {
                return Optional.of(NATIVE);
            }
            return magic.startsWith("#!") ? Optional.of(SCRIPT) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
