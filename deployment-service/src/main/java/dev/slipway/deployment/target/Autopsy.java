package dev.slipway.deployment.target;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** What can be told of a program that ended or is not well: how it ended, the last that it wrote, and what to try. */
final class Autopsy {
    private static final Logger log = LoggerFactory.getLogger(Autopsy.class);
    private static final String FILE = "exit.json";
    private static final int TAIL_BYTES_MAX = 16 * 1024;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private Autopsy() {}

    /** Writes down how a process ends, as long as this service lives to see it. */
    static void attend(Process process, @Nullable String birth, KeyFolder folder) {
        long pid = process.pid();
        var _ = process.onExit()
                .thenAccept(ended -> note(folder, new Exit(pid, birth, ended.exitValue(), Instant.now())));
    }

    private static void note(KeyFolder folder, Exit exit) {
        try {
            Path incoming = folder.file(FILE + ".new");
            Files.write(incoming, MessagingJson.mapper().writeValueAsBytes(exit));
            Files.move(
                    incoming, folder.file(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException forgotten) {
            log.debug("How process {} ended is not kept: {}", exit.pid(), forgotten.toString());
        }
    }

    static Optional<Exit> exit(KeyFolder folder, ProcessRecord record) {
        try {
            Path file = folder.file(FILE);
            return Files.exists(file)
                    ? Optional.of(MessagingJson.mapper().readValue(Files.readAllBytes(file), Exit.class))
                            .filter(exit -> exit.of(record))
                    : Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Of a process that is gone.
     *
     * @param beginning what is said of it in general, without a full stop
     */
    static Trouble ofEnded(String beginning, KeyFolder folder, ProcessRecord record, Masking masking, Instant now) {
        Optional<Exit> exit = exit(folder, record);
        Instant began = record.startedAt();
        Long seconds = began == null
                ? null
                : Math.max(
                        0,
                        Duration.between(began, exit.map(Exit::at).orElse(now)).toSeconds());
        String lived = began == null || exit.isEmpty()
                ? ""
                : " after " + Texts.words(Duration.ofSeconds(seconds == null ? 0 : seconds));
        String text = exit.map(it -> "%s: %s%s".formatted(beginning, it.words(), lived))
                .orElse(
                        beginning
                                + ": how is not known (exit status unknown), as the instance of deployment-service that had started it lives no more, and only that one learns it");
        List<String> lines = lastLines(folder.log(), masking);
        return new Trouble(
                text,
                exit.filter(it -> it.signal().isEmpty()).map(Exit::status).orElse(null),
                exit.flatMap(Exit::signal).orElse(null),
                seconds,
                lines,
                folder.log().toString(),
                remedy(record.key(), exit, lines, seconds));
    }

    /** Of a process that runs. */
    static Trouble ofRunning(String text, KeyFolder folder, ProcessRecord record, Masking masking) {
        return new Trouble(
                text,
                null,
                null,
                null,
                lastLines(folder.log(), masking),
                folder.log().toString(),
                "Try: " + logs(record.key()));
    }

    private static String remedy(String key, Optional<Exit> exit, List<String> lines, @Nullable Long seconds) {
        String more = exit.map(it -> more(it, lines, seconds)).orElse("");
        return "Try: " + logs(key) + more;
    }

    private static String more(Exit exit, List<String> lines, @Nullable Long seconds) {
        String signal = exit.signal().orElse("");
        boolean memory =
                lines.stream().anyMatch(line -> line.contains("OutOfMemory") || line.contains("out of memory"));
        boolean taken = lines.stream()
                .map(line -> line.toLowerCase(java.util.Locale.ROOT))
                .anyMatch(line -> line.contains("address already in use") || line.contains("eaddrinuse"));
        if (taken) {
            return ", and let it listen on the port that it is given in its environment, as another one is taken";
        }
        if (memory || signal.equals("KILL")) {
            return ", and look whether memory ran out: dmesg | grep -i oom; more of it, or less used, helps";
        }
        if (signal.equals("SEGV") || signal.equals("ILL") || signal.equals("BUS")) {
            return ", and look whether it was built for this machine: file ARTIFACT, uname -m";
        }
        if (exit.status() == NOT_FOUND || exit.status() == NOT_EXECUTABLE) {
            return ", and look whether what target.command starts is there and may be run";
        }
        boolean silent = lines.isEmpty() && seconds != null && seconds <= AT_ONCE.toSeconds();
        return silent ? ", and run the same command by hand: it ended at once and wrote nothing" : "";
    }

    /** The command that shows the whole log. */
    static String logs(String key) {
        String[] parts = key.split("/", -1);
        return parts.length < 2
                ? "./slipway logs " + key
                : "./slipway logs %s --environment %s".formatted(parts[0], parts[1]);
    }

    static List<String> lastLines(Path log, Masking masking) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES_MAX);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            int read = file.read(bytes);
            List<String> lines = new ArrayList<>(new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            if (from > 0 && !lines.isEmpty()) {
                lines.removeFirst(); // its beginning is cut off
            }
            return lines.subList(Math.max(0, lines.size() - Trouble.LINES_MAX), lines.size()).stream()
                    .map(line -> Texts.oneLine(masking.masked(line), Trouble.LINE_CHARACTERS_MAX))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
