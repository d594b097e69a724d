package dev.slipway.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A line per event, in a file that is begun anew past a bound; a logging library would be half of this process. */
final class SupervisorLog {
    private static final long BYTES_MAX = 1 << 20;

    private final Path file;
    private String last = "";

    SupervisorLog(Path file) {
        this.file = file;
    }

    synchronized void say(String event) {
        if (event.equals(last)) {
            return; // the same trouble, round after round
        }
        last = event;
        try {
            if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + event + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            System.err.println(event + " (and the log cannot be written: " + unwritable + ")");
        }
    }
}
