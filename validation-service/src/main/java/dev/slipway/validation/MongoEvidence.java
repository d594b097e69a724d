package dev.slipway.validation;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.MongoCollection;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.GoneReport;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.unit.DataSize;

/**
 * Reports in two collections. {@code evidence} has a small document for each: its number of chunks, whether all are there,
 * which revisions it is about, whether a verdict rests on it. {@code evidence_chunks} has the bytes, {@code
 * digest/copy/00000} and so on, never changed. A report that was let go of and comes again is another copy, so that who
 * deletes the old one cannot hit the new.
 */
final class MongoEvidence implements EvidenceBytes {
    private static final String INDEX = "evidence";
    private static final String CHUNKS = "evidence_chunks";
    private static final int TRIES_MAX = 5;
    /** Of so many revisions that share a report it is known that they do, the latest. */
    private static final int REVISIONS_MAX = 200;

    private final MongoOperations mongo;
    private final MongoUses uses;
    private final int chunkBytes;
    private final DataSize bytesMax;
    private final InstantSource clock;
    private final AtomicLong bytesKept = new AtomicLong();

    MongoEvidence(MongoOperations mongo, DataSize chunk, DataSize bytesMax, InstantSource clock) {
        this.mongo = mongo;
        this.uses = new MongoUses(mongo);
        this.chunkBytes = Math.toIntExact(chunk.toBytes());
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    @Override
    public void keep(Digest digest, byte[] report, String revision) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Document entry = entry(digest).orElseGet(() -> begin(digest, report.length));
            if (touched(entry, revision) && (entry.getBoolean("whole") || written(entry, report))) {
                return;
            }
        }
        throw new IllegalStateException("The report " + digest.brief() + " comes and goes all the time");
    }

    private Document begin(Digest digest, int bytes) {
        if (bytesKept.get() + bytes > bytesMax.toBytes()) {
            throw new EvidenceFull("No room for another report of %d bytes: at most %d bytes are kept"
                    .formatted(bytes, bytesMax.toBytes()));
        }
        Document entry = new Document("_id", digest.hex())
                .append("copy", UUID.randomUUID().toString())
                .append("chunks", Math.max(1, Math.ceilDiv(bytes, chunkBytes)))
                .append("bytes", (long) bytes)
                .append("at", now())
                .append("whole", false)
                .append("used", false)
                .append("listed", true)
                .append("revisions", List.of());
        insert(INDEX, entry); // if another was faster, the next look at it finds that
        bytesKept.addAndGet(bytes);
        return entry;
    }

    /** Whoever would let go of it sees that it was wanted again; false if it was let go of before. */
    private boolean touched(Document entry, String revision) {
        List<String> known = entry.getList("revisions", String.class);
        if (known.size() >= REVISIONS_MAX && !known.contains(revision)) {
            changed(entry, new Document("$pop", new Document("revisions", -1)));
        }
        return changed(
                entry,
                new Document("$set", new Document("at", now()))
                        .append("$addToSet", new Document("revisions", revision)));
    }

    private boolean written(Document entry, byte[] report) {
        for (int number = 0; number < entry.getInteger("chunks"); number++) {
            int from = number * chunkBytes;
            byte[] part = Arrays.copyOfRange(report, from, Math.min(report.length, from + chunkBytes));
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
    public void name(Digest digest, String file) {
        Document named = new Document("$set", new Document("file", file));
        mongo.execute(INDEX, all -> all.updateOne(new Document("_id", digest.hex()), named));
    }

    @Override
    public Optional<String> nameOf(Digest digest) {
        return entry(digest).map(found -> found.getString("file"));
    }

    /** Who needs it is written down before it is marked, so that whoever lets go of it finds the one or the other. */
    @Override
    public void use(Collection<Digest> digests, Use by) {
        for (Digest digest : digests) {
            uses.add(digest, by);
            set(digest, new Document("used", true));
        }
    }

    private void set(Digest digest, Document fields) {
        mongo.execute(INDEX, all -> all.updateOne(new Document("_id", digest.hex()), new Document("$set", fields)));
    }

    /** Those of which it was not written down from the first who needs them. */
    Set<Digest> unlisted(Collection<Digest> digests) {
        return digests.stream()
                .filter(digest -> entry(digest)
                        .filter(found -> !found.getBoolean("listed", false))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    void listed(Collection<Digest> digests) {
        digests.forEach(digest -> set(digest, new Document("listed", true)));
    }

    /**
     * This release needs its reports no longer. Those that no other release needs go with the next look at what is old, unless
     * a revision remembers them. Whoever begins to need one meanwhile is seen at the second look.
     *
     * @param rule by which rule, as in {@code evidence: 400 days}
     */
    void forget(String release, String rule) {
        for (MongoUses.Used use : uses.of(release)) {
            Digest digest = use.digest();
            if (!uses.neededBesides(digest, release)) {
                set(
                        digest,
                        new Document("used", false)
                                .append("rule", rule)
                                .append("kind", use.by().kind()));
                if (uses.neededBesides(digest, release)) {
                    set(digest, new Document("used", true));
                }
            }
            uses.remove(digest, release);
        }
    }

    @Override
    public Optional<GoneReport> goneOf(Digest digest) {
        return entry(digest).isPresent() ? Optional.empty() : uses.gone(digest);
    }

    @Override
    public Optional<byte[]> find(Digest digest) {
        return entry(digest).filter(found -> found.getBoolean("whole")).flatMap(this::bytes);
    }

    private Optional<byte[]> bytes(Document entry) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        for (int number = 0; number < entry.getInteger("chunks"); number++) {
            Document chunk = first(CHUNKS, new Document("_id", chunkId(entry, number)));
            if (chunk == null) {
                return Optional.empty();
            }
            report.writeBytes(chunk.get("bytes", Binary.class).getData());
        }
        return Optional.of(report.toByteArray());
    }

    /**
     * Lets go of reports that no verdict rests on, that nobody has sent since, and that no revision remembers.
     *
     * @param remembers whether the revision still holds the digest
     * @param max how many are looked at
     * @return how many were let go of
     */
    int expire(Instant notSentSince, BiPredicate<String, Digest> remembers, int max) {
        Document old = new Document("used", false).append("at", new Document("$lt", Date.from(notSentSince)));
        List<Document> candidates = new ArrayList<>();
        mongo.execute(INDEX, all -> all.find(old).limit(max).into(candidates));
        int gone = 0;
        for (Document entry : candidates) {
            Digest digest = new Digest("sha256:" + entry.getString("_id"));
            boolean remembered = entry.getList("revisions", String.class).stream()
                    .anyMatch(revision -> remembers.test(revision, digest));
            if (remembered) {
                changed(entry, new Document("$set", new Document("at", now())));
            } else if (letGo(entry)) {
                gone++;
            }
        }
        return gone;
    }

    /** What went is told before it goes. The entry goes first, and only as it was seen; its chunks are then nobody's. */
    private boolean letGo(Document entry) {
        Document seen = new Document("_id", entry.getString("_id"))
                .append("copy", entry.getString("copy"))
                .append("at", entry.getDate("at"))
                .append("used", false);
        @Nullable String rule = entry.getString("rule");
        Digest digest = new Digest("sha256:" + entry.getString("_id"));
        if (rule != null) {
            uses.went(new GoneReport(
                    digest,
                    entry.getString("kind"),
                    entry.getString("file"),
                    entry.get("bytes", Number.class).longValue(),
                    clock.instant(),
                    rule));
        }
        if (!done(mongo.execute(INDEX, all -> all.deleteOne(seen).getDeletedCount()))) {
            uses.cameBack(digest);
            return false;
        }
        for (int number = 0; number < entry.getInteger("chunks"); number++) {
            Document chunk = new Document("_id", chunkId(entry, number));
            mongo.execute(CHUNKS, all -> all.deleteOne(chunk));
        }
        return true;
    }

    /** Adds up what is kept; between two such looks an instance adds what it takes in itself. */
    long measure() {
        Document sum =
                new Document("$group", new Document("_id", null).append("bytes", new Document("$sum", "$bytes")));
        Document total = mongo.execute(INDEX, (MongoCollection<Document> all) -> {
            AggregateIterable<Document> sums = all.aggregate(List.of(sum));
            return sums.first();
        });
        bytesKept.set(total == null ? 0 : total.get("bytes", Number.class).longValue());
        return bytesKept.get();
    }

    long bytesKept() {
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
