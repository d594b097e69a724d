package dev.slipway.deployment.target;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a folder holds: for each file whether it may be run, and the digest of its content, by its path from the folder.
 * Kept as text beside the folder, so that a folder that was changed since can be told.
 */
final class FolderSums {
    private FolderSums() {}

    static String line(boolean program, Digest digest) {
        return (program ? "x " : "- ") + digest.hex();
    }

    /** As it is written beside a folder. */
    static String text(SortedMap<String, String> sums) {
        return sums.entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** Of what is there now; a link in it is no file of it and so makes it another folder. */
    static SortedMap<String, String> of(Path folder) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String sum = attributes.isRegularFile()
                        ? line(Files.isExecutable(file), ArtifactStore.digest(file))
                        : "? no file";
                sums.put(folder.relativize(file).toString(), sum);
                return FileVisitResult.CONTINUE;
            }
        });
        return sums;
    }

    /** Nobody writes it any more, and no other user has to do with it. */
    static void close(Path path, boolean program) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "r-x------" : "r--------"));
        }
    }

    /** Closes all folders below and itself: a program writes nothing beside itself that another one would read. */
    static void closeFolders(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                close(left, true);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a folder that may have been closed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) throws IOException {
                if (Files.getFileStore(entered).supportsFileAttributeView(PosixFileAttributeView.class)) {
                    Files.setPosixFilePermissions(entered, PosixFilePermissions.fromString("rwx------"));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
