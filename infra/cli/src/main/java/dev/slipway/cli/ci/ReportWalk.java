package dev.slipway.cli.ci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** All files below a folder, by name, through links too; each link that leads back to where one came from is left alone. */
final class ReportWalk extends SimpleFileVisitor<Path> {
    static final int DEPTH_MAX = 32;

    private final Path from;
    private final Set<String> passedBy;
    private final BiConsumer<Path, IOException> unreadable;
    private final List<Path> files = new ArrayList<>();

    private ReportWalk(Path from, Set<String> passedBy, BiConsumer<Path, IOException> unreadable) {
        this.from = from;
        this.passedBy = passedBy;
        this.unreadable = unreadable;
    }

    /**
     * Looks into every folder.
     *
     * @param passedBy names of folders that are not looked into
     * @param unreadable is told what cannot be, and of folders that lie too deep
     */
    static List<Path> of(Path from, Set<String> passedBy, BiConsumer<Path, IOException> unreadable) {
        ReportWalk walk = new ReportWalk(from, passedBy, unreadable);
        if (!Files.isDirectory(from)) {
            return List.of();
        }
        try {
            Files.walkFileTree(from, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, walk);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        walk.files.sort(null);
        return walk.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(from) && passedBy.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            files.add(file);
        } else if (attributes.isDirectory()) {
            unreadable.accept(file, new IOException("it lies more than %d folders deep".formatted(DEPTH_MAX)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException trouble) {
        if (!(trouble instanceof FileSystemLoopException)) {
            unreadable.accept(file, trouble);
        }
        return FileVisitResult.CONTINUE;
    }
}
