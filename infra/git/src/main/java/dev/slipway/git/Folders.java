package dev.slipway.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that scratch repositories and copies live in; nobody else may look into it. */
final class Folders implements AutoCloseable {
    private static final String SCRATCH = "scratch-";
    /** Longer than anything that is done in one. */
    private static final Duration LEFT_BEHIND_AFTER = Duration.ofHours(12);

    private final Path base;
    private final boolean temporary;

    Folders(@Nullable Path configured) {
        this.temporary = configured == null;
        try {
            if (configured == null) {
                base = Files.createTempDirectory("slipway-git-");
            } else {
                base = configured.toAbsolutePath().normalize();
                Files.createDirectories(base);
                Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
            }
            sweep();
        } catch (IOException | UnsupportedOperationException unusable) {
            throw new IllegalStateException(
                    "slipway.git.folder: %s cannot be used: %s".formatted(configured, unusable.getMessage()), unusable);
        }
    }

    /** What a crash left. */
    private void sweep() throws IOException {
        Instant before = Instant.now().minus(LEFT_BEHIND_AFTER);
        try (Stream<Path> all = Files.list(base)) {
            for (Path folder : all.filter(path -> path.getFileName().toString().startsWith(SCRATCH))
                    .toList()) {
                if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(before)) {
                    delete(folder);
                }
            }
        }
    }

    Path scratch() throws IOException {
        return Files.createTempDirectory(base, SCRATCH);
    }

    Path copies() throws IOException {
        return Files.createDirectories(base.resolve("copies"));
    }

    /** Whose process this is, as the file system names them. */
    String owner() throws IOException {
        return Files.getOwner(base).getName();
    }

    @Override
    public void close() {
        if (temporary) {
            delete(base);
        }
    }

    /** With all that is in it; what is gone already is fine, and links are not followed. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | UncheckedIOException left) {
            // the next start sweeps it
        }
    }

    static long bytesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
                } catch (NoSuchFileException _) {
                    // git's own temporary file
                }
            }
            return bytes;
        } catch (UncheckedIOException moved) {
            throw moved.getCause();
        }
    }

    static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
