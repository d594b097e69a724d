package dev.slipway.deployment.target;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended; a file beside its record, written by whoever started it and was still there to see it.
 *
 * @param pid of the process
 * @param birth as in {@link ProcessRecord}
 * @param status as a shell has it: that of the program, or 128 and the number of the signal that killed it
 */
record Exit(long pid, @Nullable String birth, int status, Instant at) {
    private static final int SIGNALLED = 128;
    /** signal(7), as Linux and most others number them. */
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(6, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(11, "SEGV"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(31, "SYS"));

    boolean of(ProcessRecord record) {
        return pid == record.pid() && (birth == null || birth.equals(record.birth()));
    }

    /** The signal that killed it, without SIG. */
    Optional<String> signal() {
        return Optional.ofNullable(SIGNALS.get(status - SIGNALLED));
    }

    String words() {
        return signal().map(name -> "killed by signal %d (%s)".formatted(status - SIGNALLED, name))
                .orElse("exit status " + status);
    }
}
