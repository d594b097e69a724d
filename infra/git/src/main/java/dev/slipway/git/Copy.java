package dev.slipway.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What was fetched of a repository on another machine, kept so that the next time only news is. Held by one at a time. */
final class Copy implements AutoCloseable {
    private final Path folder;
    private final long bytesMax;
    private final ReentrantLock lock;
    private final FileChannel held;

    private Copy(Path folder, long bytesMax, ReentrantLock lock, FileChannel held) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.lock = lock;
        this.held = held;
    }

    /** Waits until no other thread and no other process holds it. */
    static Copy hold(Path folder, long bytesMax, ReentrantLock lock) throws IOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
            throw new GitTrouble("waiting for another look at the same repository was stopped", unwanted);
        }
        boolean done = false;
        try {
            FileChannel held = FileChannel.open(
                    folder.resolveSibling(folder.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            held.lock();
            done = true;
            return new Copy(folder, bytesMax, lock, held);
        } finally {
            if (!done) {
                lock.unlock();
            }
        }
    }

    /** Names in the copy are numbers of their own, as a branch that was a folder of branches may be a branch now. */
    void fetch(Opened from, Heads heads, List<String> branches) throws GitTrouble, Refused {
        List<String> wanted = new ArrayList<>();
        String format = "sha1";
        for (String branch : branches) {
            String id = heads.branch(branch).orElse("");
            if (!id.isEmpty()) {
                format = id.length() > 40 ? "sha256" : "sha1";
                wanted.add("+" + Heads.BRANCH + branch + ":refs/kept/" + Opening.digest(branch));
            }
        }
        if (!wanted.isEmpty()) {
            fetch(from, format, wanted);
        }
    }

    /** The tag itself, which a branch does not bring along. */
    void fetchTag(Opened from, String tag, String id) throws GitTrouble, Refused {
        String kept = ":refs/kept/" + Opening.digest("tag " + tag);
        fetch(from, id.length() > 40 ? "sha256" : "sha1", List.of("+" + Heads.TAG + tag + kept));
    }

    private void fetch(Opened from, String format, List<String> wanted) throws GitTrouble, Refused {
        List<String> arguments = new ArrayList<>(List.of(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--no-recurse-submodules",
                "--end-of-options",
                from.url()));
        arguments.addAll(wanted);
        try {
            Path kept = folder.resolveSibling(folder.getFileName() + "-" + format);
            lay(kept, format);
            from.scratch().format(format);
            GitRunner.Ran ran =
                    from.scratch().run(arguments, new byte[0], from.patience(), Map.of("GIT_DIR", kept.toString()));
            requireSmall(kept, from);
            Scratch.succeeded(ran, "fetch");
            from.scratch().borrow(kept.resolve("objects"));
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            tidy(from, kept);
        } catch (IOException broken) {
            throw Opened.unusable(broken);
        }
    }

    private static void lay(Path kept, String format) throws IOException {
        if (Files.exists(kept.resolve("HEAD"))) {
            return;
        }
        Files.createDirectories(kept.resolve("objects"));
        Files.createDirectories(kept.resolve("refs"));
        Files.writeString(kept.resolve("config"), """
                [core]
                \trepositoryFormatVersion = %d
                \tbare = true
                \thooksPath = /dev/null
                [http]
                \tfollowRedirects = false
                %s""".formatted(
                        format.equals("sha1") ? 0 : 1,
                        format.equals("sha1") ? "" : "[extensions]\n\tobjectFormat = " + format + "\n"));
        Files.writeString(kept.resolve("HEAD"), "ref: refs/heads/none\n");
    }

    private void requireSmall(Path kept, Opened from) throws IOException, Refused {
        if (Folders.bytesOf(kept) > bytesMax) {
            Folders.delete(kept);
            throw Refused.forGood(
                    "%s is larger than %,d bytes; an administrator raises slipway.git.copy-bytes-max, or makes a clone under one of slipway.git.roots"
                            .formatted(from.address().shown(), bytesMax));
        }
    }

    /** Packs it anew now and then, while nobody else looks. */
    private void tidy(Opened from, Path kept) throws IOException {
        from.scratch()
                .run(
                        List.of("gc", "--auto", "--quiet", "--no-detach"),
                        new byte[0],
                        from.patience(),
                        Map.of("GIT_DIR", kept.toString()));
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException _) {
            // it is let go with the process
        } finally {
            lock.unlock();
        }
    }
}
