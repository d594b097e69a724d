package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps two commands from starting and stopping processes of the same home at once. */
final class HomeInUse implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(150);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final FileChannel channel;

    private HomeInUse(FileChannel channel) {
        this.channel = channel;
    }

    static HomeInUse take(Home home) {
        try {
            FileChannel channel = FileChannel.open(
                    home.root().resolve("command.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Deadline deadline = Deadline.in(WAIT_MAX);
            while (true) {
                @Nullable FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new HomeInUse(channel);
                }
                if (deadline.passed()) {
                    channel.close();
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "another ./slipway up, down, restart or demo is at work in " + home.root()
                                    + ": wait for it, or end it");
                }
                Deadline.pause(LOOK_EVERY);
            }
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
