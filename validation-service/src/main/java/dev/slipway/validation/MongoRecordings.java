package dev.slipway.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Recordings in two collections. {@code recordings} has a document for each environment, with its newest rollouts and how many
 * parts each has; {@code recording_parts} has the lines, compressed, as {@code rollout/00000} and so on. Everything is
 * addressed by {@code _id}; who begins a rollout too many deletes the oldest.
 */
final class MongoRecordings implements Recordings {
    private static final String INDEX = "recordings";
    private static final String PARTS = "recording_parts";
    private static final String CUT = "# more was judged than is kept of one rollout: the recording ends here";

    private final MongoOperations mongo;
    private final int rolloutsMax;
    private final int partsMax;

    MongoRecordings(MongoOperations mongo, int rolloutsMax, int partsMax) {
        this.mongo = mongo;
        this.rolloutsMax = rolloutsMax;
        this.partsMax = partsMax;
    }

    @Override
    public void add(EnvironmentId environment, QuestionKey rollout, List<String> lines) {
        List<Document> rollouts = new ArrayList<>(rollouts(environment));
        Document known = rollouts.stream()
                .filter(each -> each.getString("rollout").equals(rollout.toString()))
                .findFirst()
                .orElse(null);
        int number = known == null ? 0 : known.getInteger("parts");
        if (number >= partsMax) {
            return;
        }
        List<String> all = new ArrayList<>(lines);
        if (number == partsMax - 1) {
            all.add(CUT);
        }
        put(PARTS, partId(rollout.toString(), number), new Document("lines", new Binary(packed(all))));
        rollouts.remove(known);
        rollouts.add(new Document("rollout", rollout.toString()).append("parts", number + 1));
        while (rollouts.size() > rolloutsMax) {
            forget(rollouts.removeFirst());
        }
        put(INDEX, environment.toString(), new Document("rollouts", rollouts));
    }

    private void forget(Document rollout) {
        for (int number = 0; number < rollout.getInteger("parts"); number++) {
            Document id = new Document("_id", partId(rollout.getString("rollout"), number));
            mongo.execute(PARTS, all -> all.deleteOne(id));
        }
    }

    @Override
    public Optional<Part> part(EnvironmentId environment, ReleaseId release, int number) {
        Document newest = null;
        for (Document rollout : rollouts(environment)) {
            boolean same =
                    QuestionKey.parse(rollout.getString("rollout")).release().equals(release);
            newest = same ? rollout : newest;
        }
        if (newest == null || number >= newest.getInteger("parts")) {
            return Optional.empty();
        }
        String rollout = newest.getString("rollout");
        boolean more = number + 1 < newest.getInteger("parts");
        return get(PARTS, partId(rollout, number))
                .map(part -> new Part(
                        QuestionKey.parse(rollout),
                        unpacked(part.get("lines", Binary.class).getData()),
                        more));
    }

    private List<Document> rollouts(EnvironmentId environment) {
        return get(INDEX, environment.toString())
                .map(index -> index.getList("rollouts", Document.class))
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
