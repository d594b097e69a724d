package dev.slipway.deployment.target;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.messaging.MessagingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Everything of one key on disk: its record, its lock, its log and its work directory. The lock is the operating
 * system's, so that it ends with its holder, and holds between the instances of this service on one machine.
 */
final class KeyFolder {
    private static final int NAME_CHARS_MAX = 120;
    private static final int HASH_DIGITS = 8;
    private static final int STRIPES = 1024; // a slow end of one process holds up next to no other
    private static final long JOURNAL_BYTES_MAX = 64 * 1024;

    /** A file lock is held by a whole JVM; inside it these hold. */
    private static final List<ReentrantLock> LOCKS =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    private final String key;
    private final Path folder;

    KeyFolder(Path directory, String key) {
        this.key = key;
        this.folder = directory.resolve("processes").resolve(name(key));
    }

    interface Work<T> {
        T run(ProcessRecord record) throws IOException, InterruptedException;
    }

    /** Does something while nobody else does anything with this key. */
    <T> T locked(Work<T> work) throws InterruptedException {
        ReentrantLock lock = LOCKS.get(Math.floorMod(folder.hashCode(), STRIPES));
        lock.lockInterruptibly();
        try {
            Files.createDirectories(workDirectory());
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IOException("Lost the lock of " + key);
                }
                return work.run(read());
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException("Cannot keep the process record of " + key, trouble);
        } finally {
            lock.unlock();
        }
    }

    /** The record as it is, {@link ProcessRecord#none} if there is none. */
    ProcessRecord read() throws IOException {
        Path file = recordFile();
        return Files.exists(file)
                ? MessagingJson.mapper().readValue(Files.readAllBytes(file), ProcessRecord.class)
                : ProcessRecord.none(key);
    }

    boolean known() {
        return Files.exists(recordFile());
    }

    ProcessRecord write(ProcessRecord record) throws IOException {
        Path incoming = folder.resolve("process.json.new");
        Files.write(incoming, MessagingJson.mapper().writeValueAsBytes(record));
        Files.move(incoming, recordFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return record;
    }

    Path workDirectory() {
        return folder.resolve("work");
    }

    /** Says of which process Slipway itself made an end. */
    Path ourEnd() {
        return folder.resolve(OurEnd.FILE);
    }

    /** What its programs wrote. */
    ProgramLog output() {
        return new ProgramLog(folder);
    }

    /** Where the program that runs writes to. */
    Path log() {
        return output().current();
    }

    /** Something else of this key, beside what this class keeps. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Adds a line to the journal of what was done on this target: each start and each end of a process. */
    void note(EffectLine line) throws IOException {
        Path journal = folder.resolve("starts.jsonl");
        if (Files.exists(journal) && Files.size(journal) > JOURNAL_BYTES_MAX) {
            Files.move(journal, folder.resolve("starts.1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                journal,
                MessagingJson.mapper().writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Keeps how the process is to be ended, for whoever ends it. */
    void keepStop(@Nullable Stop how) throws IOException {
        Path file = folder.resolve("stop.json");
        if (how == null) {
            Files.deleteIfExists(file);
        } else {
            Files.write(file, MessagingJson.mapper().writeValueAsBytes(how));
        }
    }

    /** How the process is to be ended, where its policy says it. */
    Optional<Stop> stop() throws IOException {
        Path file = folder.resolve("stop.json");
        return Files.exists(file)
                ? Optional.of(MessagingJson.mapper().readValue(Files.readAllBytes(file), Stop.class))
                : Optional.empty();
    }

    /** Adds a line of Slipway's own to the process's log, where whoever looks for its reasons looks. */
    void tell(String line) throws IOException {
        Files.writeString(log(), "slipway: " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What a process left in its work directory goes with it; record and log stay. */
    void clean() throws IOException {
        Handover.takeBack(workDirectory());
        Sweeping.delete(workDirectory());
    }

    /**
     * Deletes the folders of the longest stopped processes, past the newest so many, and none before its time: with a
     * folder goes its fence, and a worker that slept must still be refused by it.
     */
    static int forget(Path directory, int keptMax, Instant stoppedBefore) throws IOException {
        Path processes = directory.resolve("processes");
        if (!Files.isDirectory(processes)) {
            return 0;
        }
        List<Path> stopped;
        try (Stream<Path> all = Files.list(processes)) {
            stopped = all.filter(KeyFolder::stopped)
                    .sorted(Comparator.comparingLong(KeyFolder::writtenAt).reversed())
                    .skip(keptMax)
                    .filter(folder -> writtenAt(folder) < stoppedBefore.toEpochMilli())
                    .toList();
        }
        for (Path folder : stopped) {
            FileSystemUtils.deleteRecursively(folder);
        }
        return stopped.size();
    }

    /** The records of all keys that can be read. */
    static List<ProcessRecord> records(Path directory) throws IOException {
        Path processes = directory.resolve("processes");
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(processes)) {
            return all.map(KeyFolder::recordIn).flatMap(Optional::stream).toList();
        }
    }

    private static Optional<ProcessRecord> recordIn(Path folder) {
        try {
            byte[] record = Files.readAllBytes(folder.resolve("process.json"));
            return Optional.of(MessagingJson.mapper().readValue(record, ProcessRecord.class));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty(); // none yet, or being written just now
        }
    }

    private static boolean stopped(Path folder) {
        return recordIn(folder)
                .filter(record -> record.state() == ProcessRecord.State.STOPPED)
                .isPresent();
    }

    private static long writtenAt(Path folder) {
        return folder.resolve("process.json").toFile().lastModified();
    }

    private Path recordFile() {
        return folder.resolve("process.json");
    }

    /** Readable, and different for different keys. */
    static String name(String key) {
        String readable = key.replaceAll("[^A-Za-z0-9@.+~-]", "_");
        return readable.substring(0, Math.min(readable.length(), NAME_CHARS_MAX)) + "-"
                + Digest.of(key).hex().substring(0, HASH_DIGITS);
    }
}
