package dev.slipway.validation;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.MongoCollection;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.validation.simulation.SealedSeconds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.util.unit.DataSize;

/**
 * Recordings in two collections. {@code recordings} has a document for each release, with its newest rollouts: how many parts
 * and lines each has, and the hash that all lines come to. {@code recording_parts} has the lines, compressed, as {@code
 * rollout/00000} and so on. Everything is addressed by {@code _id}. They are kept until the release needs its reports no
 * longer. Documents from before that are one for each environment; they are read, and nothing is added to them.
 */
final class MongoRecordings implements Recordings {
    private static final String INDEX = "recordings";
    private static final String PARTS = "recording_parts";
    private static final String ROLLOUTS = "rollouts";
    private static final String ROLLOUT = "rollout";
    private static final String BYTES = "bytes";
    private static final String INTERRUPTIONS = "interruptions";
    private static final String CUT = "# more was judged than is kept of one rollout: the recording ends here";

    private final MongoOperations mongo;
    private final Bounds bounds;
    private final AtomicLong bytesKept = new AtomicLong();

    /**
     * How much is kept.
     *
     * @param rolloutsMax of one release, the newest
     * @param partsMax of one rollout
     * @param bytesMax of all, compressed
     */
    record Bounds(int rolloutsMax, int partsMax, DataSize bytesMax) {}

    MongoRecordings(MongoOperations mongo, Bounds bounds) {
        this.mongo = mongo;
        this.bounds = bounds;
    }

    @Override
    public void begin(EnvironmentId environment, QuestionKey rollout) {
        Document index = index(rollout.release());
        Document known = known(index, rollout);
        if (known == null) {
            boolean startedBefore = old(environment).stream()
                    .anyMatch(each -> each.getString(ROLLOUT).equals(rollout.toString()));
            Document begun = new Document(ROLLOUT, rollout.toString())
                    .append("environment", environment.toString())
                    .append("parts", 0)
                    .append(BYTES, 0L)
                    .append("lines", 0L)
                    .append("hash", "")
                    .append(INTERRUPTIONS, startedBefore ? 1 : 0);
            List<Document> rollouts = index.getList(ROLLOUTS, Document.class);
            rollouts.add(begun);
            while (rollouts.size() > bounds.rolloutsMax()) {
                drop(rollouts.removeFirst());
            }
        } else {
            interrupted(known);
        }
        save(rollout.release(), index);
    }

    private void save(ReleaseId release, Document index) {
        long bytes = index.getList(ROLLOUTS, Document.class).stream()
                .mapToLong(rollout -> rollout.getLong(BYTES))
                .sum();
        put(INDEX, release.value(), index.append(BYTES, bytes));
    }

    private static void interrupted(Document rollout) {
        rollout.put(INTERRUPTIONS, rollout.getInteger(INTERRUPTIONS) + 1);
    }

    @Override
    public Optional<JudgedSeconds> add(EnvironmentId environment, QuestionKey rollout, List<String> lines) {
        Document index = index(rollout.release());
        Document known = known(index, rollout);
        if (known == null) {
            throw new IllegalStateException("Nobody has begun to note " + rollout);
        }
        Optional<JudgedSeconds> before = kept(known);
        int number = known.getInteger("parts");
        if (lines.isEmpty() || number > bounds.partsMax()) {
            return before;
        }
        if (number == bounds.partsMax()) { // once
            interrupted(known);
            known.put("parts", number + 1);
            save(rollout.release(), index);
            return kept(known);
        }
        SealedSeconds seal =
                before.map(head -> SealedSeconds.after(rollout, head)).orElseGet(() -> SealedSeconds.of(rollout));
        List<String> sealed = new ArrayList<>(lines.stream().map(seal::add).toList());
        if (number == bounds.partsMax() - 1) {
            sealed.add(CUT);
        }
        byte[] packed = packed(sealed);
        if (bytesKept.get() + packed.length > bounds.bytesMax().toBytes()) {
            throw new IllegalStateException(
                    "there is no room: at most %d bytes of recordings are kept (slipway.validation.recordings.bytes-max)"
                            .formatted(bounds.bytesMax().toBytes()));
        }
        put(PARTS, partId(rollout.toString(), number), new Document("lines", new Binary(packed)));
        JudgedSeconds head = seal.head(known.getInteger(INTERRUPTIONS)).orElseThrow();
        known.put("parts", number + 1);
        known.put("lines", head.lines());
        known.put("hash", head.digest().hex());
        known.put(BYTES, known.getLong(BYTES) + packed.length);
        save(rollout.release(), index);
        bytesKept.addAndGet(packed.length);
        return Optional.of(head);
    }

    private static Optional<JudgedSeconds> kept(Document rollout) {
        long lines = rollout.getLong("lines");
        return lines == 0
                ? Optional.empty()
                : Optional.of(new JudgedSeconds(
                        lines, new Digest("sha256:" + rollout.getString("hash")), rollout.getInteger(INTERRUPTIONS)));
    }

    /** This release needs what it was judged by no longer. Done again it does the rest. */
    void forget(ReleaseId release) {
        Document index = index(release);
        index.getList(ROLLOUTS, Document.class).forEach(this::drop);
        mongo.execute(INDEX, all -> all.deleteOne(new Document("_id", release.value())));
        for (String name : List.of(EnvironmentId.STAGING, EnvironmentId.PRODUCTION)) {
            forgetOld(new EnvironmentId(release.application(), name), release);
        }
    }

    private void forgetOld(EnvironmentId environment, ReleaseId release) {
        List<Document> before = old(environment);
        List<Document> its = before.stream().filter(each -> isOf(each, release)).toList();
        if (!its.isEmpty()) {
            its.forEach(this::drop);
            List<Document> left =
                    before.stream().filter(each -> !isOf(each, release)).toList();
            put(INDEX, environment.toString(), new Document(ROLLOUTS, left));
        }
    }

    private void drop(Document rollout) {
        for (int number = 0; number < rollout.getInteger("parts"); number++) {
            Document id = new Document("_id", partId(rollout.getString(ROLLOUT), number));
            mongo.execute(PARTS, all -> all.deleteOne(id));
        }
        bytesKept.addAndGet(-Objects.requireNonNullElse(rollout.getLong(BYTES), 0L));
    }

    /** Counts anew what all instances keep together; what is from before there was a count has none. */
    void measure() {
        Document sum =
                new Document("$group", new Document("_id", null).append(BYTES, new Document("$sum", "$" + BYTES)));
        Document found = mongo.execute(INDEX, (MongoCollection<Document> all) -> {
            AggregateIterable<Document> sums = all.aggregate(List.of(sum));
            return sums.first();
        });
        bytesKept.set(found == null ? 0 : found.get(BYTES, Number.class).longValue());
    }

    long bytesKept() {
        return bytesKept.get();
    }

    @Override
    public Optional<Part> part(EnvironmentId environment, ReleaseId release, int number) {
        List<Document> rollouts = new ArrayList<>(old(environment));
        rollouts.addAll(index(release).getList(ROLLOUTS, Document.class));
        Document newest = null;
        for (Document rollout : rollouts) {
            boolean there = environment.toString().equals(rollout.get("environment", environment.toString()));
            newest = there && isOf(rollout, release) && rollout.getInteger("parts") > 0 ? rollout : newest;
        }
        int parts = newest == null ? 0 : Math.min(newest.getInteger("parts"), bounds.partsMax());
        if (newest == null || number >= parts) {
            return Optional.empty();
        }
        String rollout = newest.getString(ROLLOUT);
        return get(PARTS, partId(rollout, number))
                .map(part -> new Part(
                        QuestionKey.parse(rollout),
                        unpacked(part.get("lines", Binary.class).getData()),
                        number + 1 < parts));
    }

    private static boolean isOf(Document rollout, ReleaseId release) {
        return QuestionKey.parse(rollout.getString(ROLLOUT)).release().equals(release);
    }

    private Document index(ReleaseId release) {
        return get(INDEX, release.value())
                .map(found -> new Document(ROLLOUTS, new ArrayList<>(found.getList(ROLLOUTS, Document.class))))
                .orElseGet(() -> new Document(ROLLOUTS, new ArrayList<Document>()));
    }

    private static @Nullable Document known(Document index, QuestionKey rollout) {
        return index.getList(ROLLOUTS, Document.class).stream()
                .filter(each -> each.getString(ROLLOUT).equals(rollout.toString()))
                .findFirst()
                .orElse(null);
    }

    private List<Document> old(EnvironmentId environment) {
        return get(INDEX, environment.toString())
                .map(index -> index.getList(ROLLOUTS, Document.class))
                .orElse(List.of());
    }

    private Optional<Document> get(String collection, String id) {
        @Nullable
        Document found = mongo.execute(
                collection, all -> all.find(new Document("_id", id)).first());
        return Optional.ofNullable(found);
    }

    private void put(String collection, String id, Document content) {
        Document same = new Document("_id", id);
        Document whole = new Document("_id", id);
        whole.putAll(content);
        long replaced = Objects.requireNonNullElse(
                mongo.execute(collection, all -> all.replaceOne(same, whole).getMatchedCount()), 0L);
        if (replaced == 0) {
            mongo.execute(collection, all -> all.insertOne(whole));
        }
    }

    private static String partId(String rollout, int number) {
        return "%s/%05d".formatted(rollout, number);
    }

    private static byte[] packed(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static List<String> unpacked(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
