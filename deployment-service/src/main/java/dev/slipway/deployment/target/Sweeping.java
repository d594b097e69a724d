package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import org.springframework.util.FileSystemUtils;

/**
 * Deletes what a program left. Each folder is held open while it is emptied: a path that is followed anew each time could
 * lead elsewhere by now, if what is left of the program puts a link in its place, and root would follow it.
 */
final class Sweeping {
    private Sweeping() {}

    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries instanceof SecureDirectoryStream<Path> held) {
                empty(held);
            }
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    private static void empty(SecureDirectoryStream<Path> folder) throws IOException {
        for (Path entry : folder) {
            Path name = entry.getFileName();
            boolean isFolder = folder.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
            if (isFolder) {
                try (SecureDirectoryStream<Path> held = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    empty(held);
                }
                folder.deleteDirectory(name);
            } else {
                folder.deleteFile(name);
            }
        }
    }
}
