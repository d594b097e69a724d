package dev.slipway.release.files;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.MongoCollection;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.unit.DataSize;

/**
 * Files in two collections. {@code files} has a small document for each: its number of chunks, whether all are there, and for
 * which releases it is kept. {@code file_chunks} has the bytes, {@code digest/copy/00000} and so on, never changed. A file that
 * was let go of and comes again is another copy, so that who deletes the old one cannot hit the new.
 */
public final class MongoFiles implements FileBytes {
    private static final String INDEX = "files";
    private static final String CHUNKS = "file_chunks";
    private static final int TRIES_MAX = 5;

    private final MongoOperations mongo;
    private final int chunkBytes;
    private final DataSize bytesMax;
    private final InstantSource clock;
    private final AtomicLong bytesKept = new AtomicLong();

    /**
     * @param chunk of which size pieces are stored, below the largest document of the store
     * @param bytesMax of all files together; a file beyond is refused
     */
    public MongoFiles(MongoOperations mongo, DataSize chunk, DataSize bytesMax, InstantSource clock) {
        this.mongo = mongo;
        this.chunkBytes = Math.toIntExact(chunk.toBytes());
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    @Override
    public void keep(Digest digest, byte[] content, ReleaseId release) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Document entry = entry(digest).orElseGet(() -> begin(digest, content.length));
            if (touched(entry, release) && (entry.getBoolean("whole") || written(entry, content))) {
                return;
            }
        }
        throw new IllegalStateException("The file " + digest.brief() + " comes and goes all the time");
    }

    private Document begin(Digest digest, int bytes) {
        if (bytesKept.get() + bytes > bytesMax.toBytes()) {
            throw new FilesFull("No room for another file of %d bytes: at most %d bytes are kept"
                    .formatted(bytes, bytesMax.toBytes()));
        }
        Document entry = new Document("_id", digest.hex())
                .append("copy", UUID.randomUUID().toString())
                .append("chunks", Math.max(1, Math.ceilDiv(bytes, chunkBytes)))
                .append("bytes", (long) bytes)
                .append("at", now())
                .append("whole", false)
                .append("releases", List.of());
        insert(INDEX, entry); // if another was faster, the next look at it finds that
        bytesKept.addAndGet(bytes);
        return entry;
    }

    /** False if it was let go of before. */
    private boolean touched(Document entry, ReleaseId release) {
        return changed(
                entry,
                new Document("$set", new Document("at", now()))
                        .append("$addToSet", new Document("releases", release.value())));
    }

    private boolean written(Document entry, byte[] content) {
        for (int number = 0; number < entry.getInteger("chunks"); number++) {
            int from = number * chunkBytes;
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + chunkBytes));
            insert(CHUNKS, new Document("_id", chunkId(entry, number)).append("bytes", new Binary(part)));
        }
        return changed(entry, new Document("$set", new Document("whole", true)));
    }

    private boolean changed(Document entry, Document change) {
        Document same = new Document("_id", entry.getString("_id")).append("copy", entry.getString("copy"));
        return done(mongo.execute(INDEX, all -> all.updateOne(same, change).getMatchedCount()));
    }

    private void insert(String collection, Document document) {
        try {
            mongo.execute(collection, all -> all.insertOne(document));
        } catch (DuplicateKeyException alreadyThere) {
            // the same bytes under the same digest
        }
    }

    @Override
    public Optional<Long> wanted(Digest digest, ReleaseId release) {
        return entry(digest)
                .filter(found -> found.getBoolean("whole")
                        && found.getList("releases", String.class).contains(release.value()))
                .filter(found -> touched(found, release))
                .map(found -> found.get("bytes", Number.class).longValue());
    }

    @Override
    public Optional<Content> find(Digest digest) {
        return entry(digest)
                .filter(found -> found.getBoolean("whole"))
                .map(found -> new Content(
                        found.get("bytes", Number.class).longValue(),
                        new SequenceInputStream(Collections.enumeration(chunks(found)))));
    }

    /** Each is fetched when its turn comes. */
    private List<InputStream> chunks(Document entry) {
        return new AbstractList<>() {
            @Override
            public InputStream get(int number) {
                String id = chunkId(entry, number);
                Document chunk = first(CHUNKS, new Document("_id", id));
                if (chunk == null) {
                    throw new UncheckedIOException(new IOException("Chunk %s is gone".formatted(id)));
                }
                return new ByteArrayInputStream(chunk.get("bytes", Binary.class).getData());
            }

            @Override
            public int size() {
                return entry.getInteger("chunks");
            }
        };
    }

    @Override
    public int of(ReleaseId release) {
        Document its = new Document("releases", release.value());
        return Math.toIntExact(Objects.requireNonNullElse(mongo.execute(INDEX, all -> all.countDocuments(its)), 0L));
    }

    @Override
    public List<Kept> page(@Nullable Digest after, int max) {
        Document later = after == null ? new Document() : new Document("_id", new Document("$gt", after.hex()));
        List<Document> found = new ArrayList<>();
        mongo.execute(
                INDEX,
                all -> all.find(later).sort(new Document("_id", 1)).limit(max).into(found));
        return found.stream().map(MongoFiles::kept).toList();
    }

    private static Kept kept(Document entry) {
        return new Kept(
                new Digest("sha256:" + entry.getString("_id")),
                entry.get("bytes", Number.class).longValue(),
                entry.getDate("at").toInstant(),
                entry.getList("releases", String.class).stream()
                        .map(ReleaseId::new)
                        .toList());
    }

    /** The entry goes first, and only as it was seen; its chunks are then nobody's. */
    @Override
    public boolean letGo(Kept seen, Set<ReleaseId> releases) {
        Document known = entry(seen.digest()).orElse(null);
        if (known == null) {
            return false;
        }
        Document same = new Document("_id", known.getString("_id"))
                .append("copy", known.getString("copy"))
                .append("at", Date.from(seen.at()));
        if (!releases.containsAll(seen.releases())) {
            for (ReleaseId release : releases) {
                Document without = new Document("$pull", new Document("releases", release.value()));
                mongo.execute(INDEX, all -> all.updateOne(same, without));
            }
            return false;
        }
        if (!done(mongo.execute(INDEX, all -> all.deleteOne(same).getDeletedCount()))) {
            return false;
        }
        bytesKept.addAndGet(-seen.bytes());
        for (int number = 0; number < known.getInteger("chunks"); number++) {
            Document chunk = new Document("_id", chunkId(known, number));
            mongo.execute(CHUNKS, all -> all.deleteOne(chunk));
        }
        return true;
    }

    /** Adds up what is kept; between two such looks an instance adds what it takes in itself. */
    public long measure() {
        Document sum =
                new Document("$group", new Document("_id", null).append("bytes", new Document("$sum", "$bytes")));
        Document total = mongo.execute(INDEX, (MongoCollection<Document> all) -> {
            AggregateIterable<Document> sums = all.aggregate(List.of(sum));
            return sums.first();
        });
        bytesKept.set(total == null ? 0 : total.get("bytes", Number.class).longValue());
        return bytesKept.get();
    }

    /** As the last look or this instance's own doing has it. */
    public long bytesKept() {
        return bytesKept.get();
    }

    private Optional<Document> entry(Digest digest) {
        return Optional.ofNullable(first(INDEX, new Document("_id", digest.hex())));
    }

    private @Nullable Document first(String collection, Document filter) {
        return mongo.execute(
                collection, (MongoCollection<Document> all) -> all.find(filter).first());
    }

    private static boolean done(@Nullable Long documents) {
        return documents != null && documents > 0;
    }

    private Date now() {
        return Date.from(clock.instant());
    }

    private static String chunkId(Document entry, int number) {
        return "%s/%s/%05d".formatted(entry.getString("_id"), entry.getString("copy"), number);
    }
}
