package dev.slipway.platform;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Holds the answer to every command that may change something until it is committed. Reads are answered at once and may
 * show a change that is not committed yet, as read concern {@code local} does on a real server; a read with concern
 * {@code majority} or {@code linearizable} waits for what it may have seen.
 */
final class DurableBackend implements MongoBackend {
    /** Code that drivers know as "this server is going away": the outcome is unknown, and the next try may differ. */
    private static final int SHUTDOWN_IN_PROGRESS = 91;

    private static final Set<String> READS = Set.of(
            "find",
            "aggregate",
            "count",
            "distinct",
            "getmore",
            "listcollections",
            "listindexes",
            "dbstats",
            "collstats");
    private static final Set<String> STATELESS = Set.of(
            "ismaster",
            "hello",
            "ping",
            "buildinfo",
            "whatsmyuri",
            "serverstatus",
            "killcursors",
            "endsessions",
            "hostinfo",
            "getlog",
            "connectionstatus",
            "getlasterror");

    private final MongoBackend backend;
    private final GroupCommit commits;
    private final Reads reads;
    private final Set<String> knownDatabases = ConcurrentHashMap.newKeySet();

    /** Runs a read while keeping the pages that it looks at, which a commit beside it may otherwise give away. */
    interface Reads {
        <T> T keepingPages(Supplier<T> read);
    }

    DurableBackend(MongoBackend backend, GroupCommit commits, Reads reads) {
        this.backend = backend;
        this.commits = commits;
        this.reads = reads;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document query = message.getDocument();
        String command = query.keySet().iterator().next();
        return answer(message.getChannel(), message.getDatabaseName(), command, query);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return answer(channel, database, command, query);
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return read(query.getDatabaseName(), () -> backend.handleQuery(query));
    }

    private Document answer(Channel channel, String database, String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        if (name.equals("hello")) {
            return backend.handleCommand(channel, database, "ismaster", query).append("isWritablePrimary", true);
        }
        if (STATELESS.contains(name)) {
            return backend.handleCommand(channel, database, command, query);
        }
        try {
            Supplier<Document> work = () -> backend.handleCommand(channel, database, command, query);
            if (!READS.contains(name) || writesItsResult(query)) {
                Document written = commits.write(work);
                knownDatabases.add(database);
                return written;
            }
            Document seen = read(database, work);
            if (wantsDurable(query)) {
                commits.awaitAllSeen();
            }
            return seen;
        } catch (CommitFailedException e) {
            throw new MongoServerError(SHUTDOWN_IN_PROGRESS, "ShutdownInProgress", e.getMessage(), e);
        }
    }

    private <T> T read(String database, Supplier<T> work) {
        commits.refuseWhenBroken();
        if (!knownDatabases.contains(database)) {
            commits.write(() -> backend.resolveDatabase(database)); // the first look at a database creates it
            knownDatabases.add(database);
        }
        return reads.keepingPages(work);
    }

    private static boolean writesItsResult(Document query) {
        return query.get("pipeline") instanceof Collection<?> stages
                && stages.stream()
                        .anyMatch(stage -> stage instanceof Document one
                                && (one.containsKey("$out") || one.containsKey("$merge")));
    }

    private static boolean wantsDurable(Document query) {
        return query.get("readConcern") instanceof Document concern
                && ("majority".equals(concern.get("level")) || "linearizable".equals(concern.get("level")));
    }

    @Override
    public void handleClose(Channel channel) {
        backend.handleClose(channel);
    }

    @Override
    public void dropDatabase(String database) {
        commits.write(() -> {
            backend.dropDatabase(database);
            return database;
        });
    }

    @Override
    public Collection<Document> getCurrentOperations(MongoQuery query) {
        return backend.getCurrentOperations(query);
    }

    @Override
    public Document getServerStatus() {
        return backend.getServerStatus();
    }

    @Override
    public void close() {
        commits.close();
        backend.close();
    }

    @Override
    public void closeCursors(List<Long> cursors) {
        backend.closeCursors(cursors);
    }

    @Override
    public Clock getClock() {
        return backend.getClock();
    }

    @Override
    public void enableOplog() {
        backend.enableOplog();
    }

    @Override
    public void disableOplog() {
        backend.disableOplog();
    }

    @Override
    public MongoDatabase resolveDatabase(String database) {
        return backend.resolveDatabase(database);
    }

    @Override
    public MongoBackend version(MongoVersion version) {
        backend.version(version);
        return this;
    }
}
