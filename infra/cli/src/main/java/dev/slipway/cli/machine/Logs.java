package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the programs wrote. */
public final class Logs {
    private static final long TAIL_BYTES_MAX = 4L << 20;
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final Home home;

    public Logs(Home home) {
        this.home = home;
    }

    /**
     * The last lines, at most; what a program printed before it had a log counts when that is newer or all there is. Of one
     * that was started again and has said nothing yet, what it said the time before.
     */
    public List<String> last(Instance instance, int lines) {
        Path file = saidLast(file(instance));
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            List<String> all = tail(file).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot read %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /** Says what comes, until the command is ended. A log that began anew is read from its beginning. */
    public void follow(Instance instance, Shell shell) {
        Path file = file(instance);
        try {
            long at = Files.exists(file) ? Files.size(file) : 0;
            while (true) {
                long size = Files.exists(file) ? Files.size(file) : 0;
                at = size < at ? 0 : at;
                if (size > at) {
                    shell.out().print(read(file, at, Math.min(size - at, TAIL_BYTES_MAX)));
                    shell.out().flush();
                    at += Math.min(size - at, TAIL_BYTES_MAX);
                }
                Deadline.pause(LOOK_EVERY);
            }
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot read %s: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static Path saidLast(Path file) {
        Path before = file.resolveSibling(file.getFileName() + ".1");
        return file.toFile().length() == 0 && Files.exists(before) ? before : file;
    }

    private Path file(Instance instance) {
        Path log = Wiring.logFile(home, instance);
        Path out = home.logs().resolve(instance.name() + ".out");
        boolean outCounts = !Files.exists(log)
                || (out.toFile().length() > 0
                        && out.toFile().lastModified() > log.toFile().lastModified());
        return outCounts ? out : log;
    }

    private static String tail(Path file) throws IOException {
        long size = Files.size(file);
        long from = Math.max(0, size - TAIL_BYTES_MAX);
        return read(file, from, size - from);
    }

    private static String read(Path file, long from, long bytes) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            content.seek(from);
            byte[] read = new byte[Math.toIntExact(bytes)];
            int count = content.read(read);
            return new String(read, 0, Math.max(0, count), StandardCharsets.UTF_8);
        }
    }
}
