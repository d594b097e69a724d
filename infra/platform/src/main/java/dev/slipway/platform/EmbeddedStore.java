package dev.slipway.platform;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A store that speaks the MongoDB protocol inside this JVM, on 127.0.0.1 only, over one file. Every write is committed
 * before it is answered, so what was acknowledged survives the death of the process; not a power loss, because nothing
 * is synced. A client needs {@code retryWrites=false}: there are no sessions and no transactions.
 */
public final class EmbeddedStore implements AutoCloseable {
    private static final int CACHE_MEBIBYTES = 32;
    private static final int WORKER_THREADS = 64; // a slow answer holds up the connections that share its worker
    private static final Duration TIDY_EVERY = Duration.ofSeconds(1);

    private static final int FILL_TARGET_PERCENT = 60;
    private static final int TIDIED_BYTES_MAX = 2 * 1024 * 1024;

    private final MongoServer server;

    private EmbeddedStore(MongoServer server) {
        this.server = server;
    }

    /**
     * Opens the store, creating it if missing, and returns when it takes requests.
     *
     * @param directory for its file, created if missing
     * @param port 0 for a free one
     * @param onFailure hears once when a commit fails; from then on the store refuses every request
     * @throws PlatformException if it cannot start
     */
    public static EmbeddedStore start(Path directory, int port, Listening listening, Consumer<Throwable> onFailure) {
        Ports.requireFree(port, "--mongo-port");
        MVStore file = open(directory);
        GroupCommit commits = new GroupCommit(new StoreLog(file), TIDY_EVERY, onFailure);
        MongoServer server = new MongoServer(new DurableBackend(new H2Backend(file), commits, new PinnedReads(file)));
        server.bind(new InetSocketAddress(listening.address(), port), 1, WORKER_THREADS);
        return new EmbeddedStore(server);
    }

    public int port() {
        return server.getLocalAddress().getPort();
    }

    public String connectionString() {
        return "mongodb://" + Ports.HOST + ":" + port();
    }

    /** Closes the connections, commits what is there and closes the file. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    private static MVStore open(Path directory) {
        Path file = directory.resolve("store.mv");
        try {
            Files.createDirectories(directory);
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0) // else a large change commits its first half by itself
                    .cacheSize(CACHE_MEBIBYTES)
                    .open();
            store.setRetentionTime(0);
            return store;
        } catch (IOException e) {
            throw PlatformException.notWritable(directory, e);
        } catch (MVStoreException e) {
            String remedy = switch (e.getErrorCode()) {
                case DataUtils.ERROR_FILE_LOCKED -> "another process holds it; stop that one first";
                case DataUtils.ERROR_FILE_CORRUPT -> "it is damaged; `down --wipe` starts with an empty one";
                default -> "make sure that it is writable and its disk has room";
            };
            throw new PlatformException("cannot open " + file, remedy, e);
        }
    }

    private record StoreLog(MVStore file) implements GroupCommit.Log {
        @Override
        public void commit() {
            file.commit();
            if (file.isClosed()) { // a closed file takes a commit without a word
                throw new IllegalStateException("the store's file was closed", file.getPanicException());
            }
        }

        @Override
        public void tidy() {
            // A document that is written again leaves a hole where it was. Without this the file grows by as much as is
            // written; with it, it stays at a few times its live content. It takes about 3 ms.
            file.compact(FILL_TARGET_PERCENT, TIDIED_BYTES_MAX);
        }
    }

    private record PinnedReads(MVStore file) implements DurableBackend.Reads {
        @Override
        public <T> T keepingPages(Supplier<T> read) {
            MVStore.TxCounter pin = file.registerVersionUsage();
            try {
                return read.get();
            } finally {
                file.deregisterVersionUsage(pin);
            }
        }
    }
}
