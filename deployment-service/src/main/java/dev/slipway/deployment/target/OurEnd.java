package dev.slipway.deployment.target;

import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Slipway's own end of a process, written beside its record by whoever stops all of Slipway, before the process is asked to
 * end. So it is told from an end that the process came to by itself.
 *
 * @param pid of the process that was ended
 * @param startedAt its start instant, as its record has it
 */
record OurEnd(long pid, @Nullable Instant startedAt) {
    static final String FILE = "ended-by-slipway.json";

    /** Whether a process that is gone ended with Slipway or with its machine. */
    static boolean of(Path file, ProcessRecord record) throws IOException {
        return ProcessTable.beforeThisMachine(record.birth())
                || (Files.exists(file) && read(file).names(record));
    }

    private static OurEnd read(Path file) throws IOException {
        try {
            return MessagingJson.mapper().readValue(Files.readAllBytes(file), OurEnd.class);
        } catch (JacksonException halfWritten) {
            return new OurEnd(0, null); // Slipway's end was cut short before it came to the process
        }
    }

    private boolean names(ProcessRecord record) {
        return pid == record.pid() && startedAt != null && startedAt.equals(record.startedAt());
    }
}
