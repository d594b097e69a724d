package dev.slipway.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that nobody but their owner may read: they hold keys and tokens, or lead to them. */
final class OwnerOnly {
    private static final boolean POSIX =
            java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    static void directories(Path folder) throws IOException {
        Files.createDirectories(folder, permissions("rwx------"));
    }

    /** Takes what a folder holds from all but its owner; one path in it stays as it is. */
    static void closeAllBut(Path folder, Path open) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.filter(each -> POSIX && !each.equals(open) && !Files.isSymbolicLink(each))
                    .toList()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
                permissions.retainAll(PosixFilePermissions.fromString("rwx------"));
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    /** Lets others through to what they know the name of. */
    static void letPass(Path folder) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    /** Writes the file so that whoever reads sees the old content or the new, never half of it. */
    static void write(Path file, String content) throws IOException {
        Path unfinished = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part", permissions("rw-------"));
        try {
            Files.writeString(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
