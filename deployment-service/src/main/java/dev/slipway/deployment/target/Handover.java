package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program of another user may do with what Slipway keeps: pass through its folders without seeing what else is
 * there, read its artifacts, write its work directory and its log. Files are placed while the work directory is Slipway's:
 * whoever owns a folder can put a link in the way of root.
 */
final class Handover {
    private static final Set<PosixFilePermission> PASS = EnumSet.of(PosixFilePermission.OTHERS_EXECUTE);

    private Handover() {}

    /** Before anything is placed in it: the work directory is Slipway's, whosever it was. */
    static void takeBack(Path workDirectory) throws IOException {
        UserPrincipal ours = Files.getOwner(workDirectory.resolveSibling(""));
        if (!Files.getOwner(workDirectory, LinkOption.NOFOLLOW_LINKS).equals(ours)) {
            Files.setOwner(workDirectory, ours);
        }
    }

    /** Once everything is placed. */
    static void give(Path directory, KeyFolder folder, Layout layout, Account account) throws IOException {
        Path work = folder.workDirectory();
        for (Path passed : List.of(directory, directory.resolve("processes"), folder.file("."))) {
            allow(passed, PASS);
        }
        for (Path part : layout.parts().values()) {
            if (part.startsWith(work)) {
                Files.setAttribute(part, "unix:gid", account.group(), LinkOption.NOFOLLOW_LINKS);
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r-xr-x---"));
            } else {
                open(part);
            }
        }
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(work, "unix:gid", account.group(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(work, "unix:uid", account.user(), LinkOption.NOFOLLOW_LINKS);
    }

    /** So that a program may also open its output by its name, as /dev/stdout. */
    static void giveLog(Path log, @Nullable Account account) throws IOException {
        if (account == null) {
            return;
        }
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        Files.setAttribute(log, "unix:uid", account.user());
    }

    /** What an archive held is shared by versions, and so by users: whoever knows its digest may read it, nobody writes it. */
    private static void open(Path unpacked) throws IOException {
        allow(unpacked.resolveSibling(""), PASS);
        if (Files.getPosixFilePermissions(unpacked).contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return; // its top is opened last
        }
        Files.walkFileTree(unpacked, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                allowToRead(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                allowToRead(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void allowToRead(Path path) throws IOException {
        Set<PosixFilePermission> more = EnumSet.of(PosixFilePermission.OTHERS_READ);
        if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_EXECUTE)) {
            more.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        allow(path, more);
    }

    private static void allow(Path path, Set<PosixFilePermission> more) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.addAll(more)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
