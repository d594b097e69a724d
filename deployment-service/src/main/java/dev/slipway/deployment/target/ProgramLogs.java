package dev.slipway.deployment.target;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.deployment.target.ProgramLog.Bytes;
import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the programs that run here, or ran here, wrote: found by version and environment, never by a path, and shown with
 * secrets masked. Logs of stopped programs stay as long as their folders do.
 */
public final class ProgramLogs {
    private static final String PROCESSES = "processes";

    private final TargetSettings settings;
    private final Supplier<Masking> masking;

    ProgramLogs(TargetSettings settings, Supplier<Masking> masking) {
        this.settings = settings;
        this.masking = masking;
    }

    /**
     * What somebody wants to see.
     *
     * @param version of which the newest attempt is meant, or an attempt, such as {@code 1.0.0~2}
     * @param from place to begin at, from an earlier answer; null for the last lines
     * @param linesMax how many lines at most
     */
    public record Asked(
            EnvironmentId environment,
            String version,
            @Nullable Long from,
            int linesMax) {}

    /**
     * Lines of a program's log.
     *
     * @param key of the version
     * @param file where the log is on this machine
     * @param running whether its program is there
     * @param next place to go on from
     * @param skippedBytes what was written between the place that was asked for and the first line, and is not shown,
     *     because it is no longer kept
     */
    public record Found(QuestionKey key, Path file, boolean running, List<String> lines, long next, long skippedBytes) {
        public Found {
            lines = List.copyOf(lines);
        }
    }

    /** Empty if nothing of it is kept here. */
    public Optional<Found> read(Asked asked) throws IOException {
        Optional<ProcessRecord> known = newest(asked);
        return known.isEmpty() ? Optional.empty() : Optional.of(read(known.get(), asked));
    }

    private Found read(ProcessRecord record, Asked asked) throws IOException {
        KeyFolder folder = new KeyFolder(settings.directory(), record.key());
        int bytesMax = Math.toIntExact(settings.logShownMax().toBytes());
        boolean running = ProcessTable.find(record.pid(), record.startedAt(), record.birth())
                .isPresent(); // before reading: what it wrote to its end is there then
        Long place = asked.from();
        ProgramLog log = folder.output();
        Bytes bytes = place == null ? log.last(bytesMax) : log.read(Math.max(0, place - 1), bytesMax);
        long from = place == null ? bytes.from() : Math.min(place, bytes.end());
        LogLines lines = LogLines.of(bytes, from, !running);
        LogLines shown = place == null ? lines.last(asked.linesMax()) : lines;
        Masking masks = masking.get();
        return new Found(
                QuestionKey.parse(record.key()),
                folder.log(),
                running,
                shown.lines().stream().map(masks::masked).toList(),
                shown.next(),
                place == null ? 0 : Math.max(0, bytes.first() - from));
    }

    /** Of several attempts at the version the one that was started, or stopped, last. */
    private Optional<ProcessRecord> newest(Asked asked) throws IOException {
        Path processes = settings.directory().resolve(PROCESSES);
        if (!Files.isDirectory(processes)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(processes)) {
            return folders.flatMap(folder -> record(folder).stream())
                    .filter(record -> isMeant(record.key(), asked))
                    .max(Comparator.comparing(ProcessRecord::at));
        }
    }

    private static Optional<ProcessRecord> record(Path folder) {
        try {
            byte[] json = Files.readAllBytes(folder.resolve("process.json"));
            return Optional.of(MessagingJson.mapper().readValue(json, ProcessRecord.class));
        } catch (IOException | JacksonException none) {
            return Optional.empty(); // not written yet, or removed just now
        }
    }

    private static boolean isMeant(String key, Asked asked) {
        try {
            QuestionKey version = QuestionKey.parse(key);
            String release = version.release().value();
            String wanted = asked.environment().application() + "@" + asked.version();
            return version.step().equals(asked.environment().environment())
                    && (release.equals(wanted) || release.startsWith(wanted + "~"));
        } catch (IllegalArgumentException ofAnotherKind) {
            return false; // such as a second instance that proves a way back
        }
    }
}
