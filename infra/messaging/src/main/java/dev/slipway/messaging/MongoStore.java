package dev.slipway.messaging;

import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps documents in MongoDB: collection {@code <kind>} for the live ones, {@code <kind>_finished} and
 * {@code <kind>_journal} beside it. Filters are flat and hold exactly the keys of a unique index, because the embedded
 * store scans for every other one; transactions and pipeline updates are not used.
 */
public final class MongoStore implements AggregateStore {
    private static final List<String> SCALARS = List.of("updatedAt", "finished", "due", "head");
    private static final List<String> MAPS = List.of("state", "outbox", "timers", "tasks");

    private final MongoOperations mongo;
    private final BsonForm form;
    private final String live;
    private final String finished;
    private final String journal;

    public MongoStore(MongoOperations mongo, JsonMapper json, String kind) {
        this.mongo = mongo;
        this.form = new BsonForm(json);
        this.live = kind;
        this.finished = kind + "_finished";
        this.journal = kind + "_journal";
    }

    public void createIndexes() {
        IndexOptions unique = new IndexOptions().unique(true); // the embedded store uses no other
        in(live, all -> all.createIndex(Indexes.ascending("_id", "version"), unique));
        in(finished, all -> all.createIndex(Indexes.descending("updatedAt", "_id"), unique));
        in(finished, all -> all.createIndex(Indexes.ascending("_id", "version"), unique));
    }

    @Override
    public Optional<StoredAggregate> live(String id) {
        return find(live, id).map(form::read);
    }

    @Override
    public Optional<StoredAggregate> finished(String id) {
        return find(finished, id).map(form::read);
    }

    @Override
    public boolean insert(StoredAggregate first) {
        if (!insert(live, form.write(first))) {
            return false;
        }
        if (find(finished, first.id()).isPresent()) { // lived and ended while the writer was asleep
            in(live, all -> all.deleteOne(atVersion(first)));
            return false;
        }
        return true;
    }

    @Override
    public boolean update(StoredAggregate before, StoredAggregate after) {
        Document old = form.write(before);
        Document fresh = form.write(after);
        Document set = new Document();
        Document unset = new Document();
        edit("", only(SCALARS, old), only(SCALARS, fresh), set, unset);
        for (String map : MAPS) {
            edit(map + ".", old.get(map, Document.class), fresh.get(map, Document.class), set, unset);
        }
        Document update = new Document("$inc", new Document("version", 1L));
        if (!set.isEmpty()) {
            update.append("$set", set);
        }
        if (!unset.isEmpty()) {
            update.append("$unset", unset);
        }
        if (after.journal().size() > before.journal().size()) {
            Document entry = fresh.getList("journal", Document.class).getLast();
            update.append("$push", new Document("journal", entry));
        }
        return updated(atVersion(before), update);
    }

    private static Document only(List<String> names, Document whole) {
        Document part = new Document();
        names.stream().filter(whole::containsKey).forEach(name -> part.append(name, whole.get(name)));
        return part;
    }

    private static void edit(String path, Document old, Document fresh, Document set, Document unset) {
        fresh.forEach((key, value) -> {
            if (!old.containsKey(key) || !Objects.equals(old.get(key), value)) {
                set.append(path + key, value);
            }
        });
        old.keySet().stream().filter(key -> !fresh.containsKey(key)).forEach(key -> unset.append(path + key, ""));
    }

    /** Flat, with exactly the keys of the unique index. */
    private static Document atVersion(StoredAggregate document) {
        return new Document("_id", document.id()).append("version", document.version());
    }

    @Override
    public void acknowledge(String id, Set<String> outboxKeys) {
        Document unset = new Document();
        outboxKeys.forEach(key -> unset.append(path("outbox", key), ""));
        updated(new Document("_id", id), new Document("$unset", unset));
    }

    @Override
    public boolean beat(String id, String taskId, long fence, long beat) {
        String task = path("tasks", taskId);
        return updated(
                new Document("_id", id).append(task + ".fence", fence),
                new Document("$set", new Document(task + ".beat", beat)));
    }

    @Override
    public boolean archive(StoredAggregate last) {
        Document copy = form.write(last);
        Document there =
                insert(finished, copy) ? null : find(finished, last.id()).orElse(null);
        if (there != null && version(there) < last.version()) { // of an earlier try
            Document earlier = new Document("_id", last.id()).append("version", there.get("version"));
            in(finished, all -> all.replaceOne(earlier, copy));
        }
        return in(live, all -> all.deleteOne(atVersion(last)).getDeletedCount() == 1);
    }

    private static long version(Document document) {
        return document.get("version", Number.class).longValue();
    }

    @Override
    public boolean amend(StoredAggregate before, StoredAggregate after) {
        Document fresh = form.write(after);
        return in(finished, all -> all.replaceOne(atVersion(before), fresh).getMatchedCount() == 1);
    }

    @Override
    public List<StoredAggregate> due(Instant now, int skip, int limit) {
        Document due = new Document("due", new Document("$lte", now));
        return list(live, due, ascending("due"), skip, limit);
    }

    @Override
    public List<StoredAggregate> unsettled(int skip, int limit) {
        Document unsent = new Document("outbox", new Document("$ne", new Document()));
        Document ended = new Document("finished", true);
        return list(live, new Document("$or", List.of(unsent, ended)), ascending("updatedAt"), skip, limit);
    }

    @Override
    public List<StoredAggregate> withTasks(int skip, int limit) {
        Document some = new Document("tasks", new Document("$ne", new Document()));
        return list(live, some, ascending("updatedAt"), skip, limit);
    }

    @Override
    public List<StoredAggregate> listLive(@Nullable String afterId, int limit) {
        Document after = afterId == null ? new Document() : new Document("_id", new Document("$gt", afterId));
        return list(live, after, ascending("_id"), 0, limit);
    }

    @Override
    public List<StoredAggregate> liveBetween(String above, String below, int limit) {
        return list(live, between(above, below), ascending("_id"), 0, limit);
    }

    @Override
    public List<StoredAggregate> finishedBetween(String above, String below, int limit) {
        return list(finished, between(above, below), ascending("_id"), 0, limit);
    }

    private static Document between(String above, String below) {
        return new Document("_id", new Document("$gt", above).append("$lt", below));
    }

    @Override
    public List<StoredAggregate> listFinished(@Nullable String afterId, int limit) {
        Document after = afterId == null ? null : find(finished, afterId).orElse(null);
        Document filter = new Document();
        if (after != null) {
            Instant ended = after.getDate("updatedAt").toInstant();
            Document earlier = new Document("updatedAt", new Document("$lt", ended));
            Document before = new Document("updatedAt", ended).append("_id", new Document("$lt", after.get("_id")));
            filter = new Document("$or", List.of(earlier, before));
        }
        return list(finished, filter, orderBy(descending("updatedAt"), descending("_id")), 0, limit);
    }

    @Override
    public Optional<List<JournalEntry>> chunk(String id, long lastVersion) {
        return find(journal, Journal.chunkId(id, lastVersion)).map(form::entries);
    }

    @Override
    public void saveChunk(String id, long lastVersion, List<JournalEntry> entries) {
        List<Document> values = entries.stream().map(form::value).toList();
        insert(journal, new Document("_id", Journal.chunkId(id, lastVersion)).append("entries", values));
    }

    @Override
    public void trim(String id, Set<Long> versions) {
        Document contained = new Document("version", new Document("$in", List.copyOf(versions)));
        updated(new Document("_id", id), new Document("$pull", new Document("journal", contained)));
    }

    @Override
    public boolean forget(String id) {
        Document ended = find(finished, id).orElse(null);
        if (ended == null) {
            return false;
        }
        long version = version(ended);
        for (long end = Journal.CHUNK_VERSIONS; end <= version; end += Journal.CHUNK_VERSIONS) {
            Document chunk = new Document("_id", Journal.chunkId(id, end));
            in(journal, all -> all.deleteOne(chunk));
        }
        return in(finished, all -> all.deleteOne(new Document("_id", id)).getDeletedCount() == 1);
    }

    private boolean insert(String collection, Document document) {
        try {
            in(collection, all -> all.insertOne(document));
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private boolean updated(Document filter, Document update) {
        return in(live, all -> all.updateOne(filter, update).getMatchedCount() == 1);
    }

    private Optional<Document> find(String collection, String id) {
        return in(
                collection,
                all -> Optional.ofNullable(all.find(new Document("_id", id)).first()));
    }

    private List<StoredAggregate> list(String collection, Document filter, Bson order, int skip, int limit) {
        List<Document> found = in(collection, all -> {
            FindIterable<Document> documents =
                    all.find(filter).sort(order).skip(skip).limit(limit);
            return documents.into(new ArrayList<>());
        });
        return found.stream().map(form::read).toList();
    }

    /** Spring translates the driver's exceptions on this way; what else comes out of the driver passes like they do. */
    private <T> T in(String collection, Function<MongoCollection<Document>, T> work) {
        try {
            return Objects.requireNonNull(mongo.execute(collection, work::apply));
        } catch (DataAccessException | MongoException known) {
            throw StoreTrouble.isTooLarge(known)
                    ? new RefusedByBound("A document of " + collection + " is larger than the store takes", known)
                    : known;
        } catch (RuntimeException unknown) {
            throw new TryAgain("The store's driver failed", unknown);
        }
    }

    private static String path(String map, String key) {
        return map + "." + BsonForm.escape(key);
    }

    /** One database per service. */
    static final class InMongo implements Stores {
        private final MongoOperations mongo;
        private final JsonMapper json;
        private final Map<String, MongoStore> kinds = new ConcurrentHashMap<>();
        private final MongoLetters letters;
        private volatile boolean prepared;

        InMongo(MongoOperations mongo, JsonMapper json) {
            this.mongo = mongo;
            this.json = json;
            this.letters = new MongoLetters(mongo);
        }

        @Override
        public AggregateStore of(String kind) {
            return kinds.computeIfAbsent(kind, name -> new MongoStore(mongo, json, name));
        }

        @Override
        public void prepare() {
            if (!prepared) {
                kinds.values().forEach(MongoStore::createIndexes);
                prepared = true;
            }
        }

        @Override
        public Letters letters() {
            return letters;
        }
    }
}
