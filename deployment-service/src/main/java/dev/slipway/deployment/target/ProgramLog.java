package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one program wrote, in all its lives: a file that it appends to by itself, whoever of us lives, and older pieces
 * that were moved out of it. A place in it is the number of bytes that were written before, so that it stays right when
 * files are moved; a piece has the place of its first byte in its name.
 *
 * <p>The program holds the file open and knows nothing of this. So a piece is copied, and the file is cut where it stands:
 * what is written in the instant between the last copy and the cut is lost, and nothing else is. All of it happens under a
 * lock of its own, which no start or stop of the program waits for long.
 */
final class ProgramLog {
    private static final String CURRENT = "output.log";
    private static final String INCOMING = "output.incoming";
    private static final Pattern PIECE = Pattern.compile("output\\.(\\d{1,18})\\.log");
    private static final int STRIPES = 64;
    private static final int COPIED_AT_ONCE = 1 << 20;

    /** A file lock is held by a whole JVM; inside it these hold. */
    private static final List<ReentrantLock> LOCKS =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    private final Path folder;

    ProgramLog(Path folder) {
        this.folder = folder;
    }

    Path current() {
        return folder.resolve(CURRENT);
    }

    /**
     * How much is kept.
     *
     * @param pieceBytesMax of the current file, and of each older piece
     * @param piecesMax older pieces
     */
    record Bounds(long pieceBytesMax, int piecesMax) {}

    /** A file of bytes that follow one another, and the place of the first. */
    private record Piece(Path file, long from, long bytes) {
        long end() {
            return from + bytes;
        }
    }

    /**
     * Bytes of the log.
     *
     * @param from place of the first of them
     * @param end place behind the last that there is by now
     * @param first place of the first byte that is still kept
     */
    record Bytes(long from, byte[] bytes, long first, long end) {
        static final Bytes NONE = new Bytes(0, new byte[0], 0, 0);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T exclusively(Work<T> work) throws IOException {
        ReentrantLock lock = LOCKS.get(Math.floorMod(folder.hashCode(), STRIPES));
        lock.lock();
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("output.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("Lost the lock of a log");
            }
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** A program is about to be started: what the one before wrote becomes an older piece. */
    void begin(Bounds bounds) throws IOException {
        exclusively(() -> {
            if (Files.exists(current()) && Files.size(current()) > 0) {
                endLine();
                Files.move(current(), piece(base()));
                forget(bounds.piecesMax());
            }
            return true;
        });
    }

    /** So that what the next one writes begins a line. */
    private void endLine() throws IOException {
        try (FileChannel file = FileChannel.open(current(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            if (file.read(last, file.size() - 1) == 1 && last.get(0) != '\n') {
                file.write(ByteBuffer.wrap(new byte[] {'\n'}), file.size());
            }
        }
    }

    /** Moves what is in the current file to an older piece once it is too much; cheap otherwise. */
    void bound(Bounds bounds) throws IOException {
        if (!Files.exists(current()) || Files.size(current()) <= bounds.pieceBytesMax()) {
            return;
        }
        exclusively(() -> {
            rotate(bounds);
            forget(bounds.piecesMax());
            return true;
        });
    }

    /**
     * Into as many pieces as it takes; of more than all of them may hold the end is kept, and the places of what follows
     * count what was not. A crash in here may leave what was copied in both places, and never in none.
     */
    private void rotate(Bounds bounds) throws IOException {
        long base = base();
        try (FileChannel from = FileChannel.open(current(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (from.size() <= bounds.pieceBytesMax()) {
                return; // another instance was quicker
            }
            long at = Math.max(0, from.size() - bounds.pieceBytesMax() * bounds.piecesMax());
            while (from.size() - at > bounds.pieceBytesMax()) {
                at = moved(from, at, bounds.pieceBytesMax(), base);
            }
            moved(from, at, Long.MAX_VALUE, base);
        }
    }

    /** The last piece takes what comes meanwhile, and then the file is cut. */
    private long moved(FileChannel from, long start, long bytesMax, long base) throws IOException {
        Path incoming = folder.resolve(INCOMING);
        try (FileChannel to = FileChannel.open(
                incoming, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = copied(from, start, bytesMax, to);
            Files.move(
                    incoming, piece(base + start), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (bytesMax == Long.MAX_VALUE) {
                copied(from, at, bytesMax, to);
                from.truncate(0);
            }
            return at;
        }
    }

    private static long copied(FileChannel from, long start, long bytesMax, FileChannel to) throws IOException {
        long at = start;
        long copied = 1;
        while (copied > 0) {
            copied = from.transferTo(at, Math.min(COPIED_AT_ONCE, bytesMax - (at - start)), to);
            at += copied;
        }
        return at;
    }

    private void forget(int piecesMax) throws IOException {
        List<Piece> pieces = pieces();
        for (Piece old : pieces.subList(0, Math.max(0, pieces.size() - piecesMax))) {
            Files.deleteIfExists(old.file());
        }
    }

    /**
     * What was written from a place on, or from the first that is kept.
     *
     * @param from a place; one that lies behind the end means the end
     * @param bytesMax how much at most
     */
    Bytes read(long from, int bytesMax) throws IOException {
        return Files.isDirectory(folder) ? exclusively(() -> readNow(from, bytesMax)) : Bytes.NONE;
    }

    /** The end of what was written. */
    Bytes last(int bytesMax) throws IOException {
        return Files.isDirectory(folder)
                ? exclusively(() -> readNow(Math.max(0, end(all()) - bytesMax), bytesMax))
                : Bytes.NONE;
    }

    private Bytes readNow(long asked, int bytesMax) throws IOException {
        List<Piece> all = all();
        long first = all.isEmpty() ? 0 : all.getFirst().from();
        long end = end(all);
        long from = Math.clamp(asked, first, end);
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(bytesMax, end - from));
        long begun = from;
        for (Piece piece : all) {
            if (piece.end() <= from || !bytes.hasRemaining()) {
                continue;
            }
            if (piece.from() > from) { // what lay between was not kept: what follows begins anew
                if (bytes.position() > 0) {
                    break;
                }
                from = piece.from();
                begun = from;
            }
            from += fill(piece, from, bytes);
        }
        return new Bytes(begun, Arrays.copyOf(bytes.array(), bytes.position()), first, end);
    }

    private static long fill(Piece piece, long from, ByteBuffer into) throws IOException {
        int limit = into.limit();
        int start = into.position();
        try (FileChannel file = FileChannel.open(piece.file(), StandardOpenOption.READ)) {
            into.limit((int) Math.min(limit, start + piece.end() - from));
            while (into.hasRemaining() && file.read(into, from - piece.from() + into.position() - start) > 0) {
                // as much as there is
            }
        } catch (NoSuchFileException gone) {
            return 0; // removed with its folder just now
        } finally {
            into.limit(limit);
        }
        return (long) into.position() - start;
    }

    /** The older pieces, oldest first. */
    private List<Piece> pieces() throws IOException {
        List<Piece> pieces = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = PIECE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    pieces.add(new Piece(file, Long.parseLong(name.group(1)), Files.size(file)));
                }
            }
        }
        pieces.sort(Comparator.comparingLong(Piece::from));
        return pieces;
    }

    private List<Piece> all() throws IOException {
        List<Piece> all = pieces();
        if (Files.exists(current())) {
            all.add(new Piece(current(), end(all), Files.size(current())));
        }
        return all;
    }

    /** Place of the first byte of the current file. */
    private long base() throws IOException {
        return end(pieces());
    }

    private static long end(List<Piece> pieces) {
        return pieces.isEmpty() ? 0 : pieces.getLast().end();
    }

    private Path piece(long from) {
        return folder.resolve("output.%012d.log".formatted(from));
    }
}
