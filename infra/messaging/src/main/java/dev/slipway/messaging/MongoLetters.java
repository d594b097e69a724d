package dev.slipway.messaging;

import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/** Dead letters in two collections, so that the one that is counted again and again stays small. */
public final class MongoLetters implements Letters {
    private static final String WAITING = "letters";
    private static final String SETTLED = "letters_settled";

    private final MongoOperations mongo;

    public MongoLetters(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public void keep(Letter waiting) {
        try {
            in(WAITING, all -> all.insertOne(write(waiting)));
        } catch (DuplicateKeyException waitsAlready) {
            return; // heard again after a restart
        }
    }

    @Override
    public Optional<Letter> find(String id) {
        return find(WAITING, id).or(() -> find(SETTLED, id));
    }

    private Optional<Letter> find(String collection, String id) {
        Optional<Document> found = in(
                collection,
                all -> Optional.ofNullable(all.find(new Document("_id", id)).first()));
        return found.map(MongoLetters::read);
    }

    @Override
    public List<Letter> waiting(@Nullable String afterId, int limit) {
        return list(WAITING, afterId, limit);
    }

    @Override
    public List<Letter> settled(@Nullable String afterId, int limit) {
        return list(SETTLED, afterId, limit);
    }

    private List<Letter> list(String collection, @Nullable String afterId, int limit) {
        Document after = afterId == null ? new Document() : new Document("_id", new Document("$gt", afterId));
        List<Document> found = in(
                collection,
                all -> all.find(after)
                        .projection(exclude("body"))
                        .sort(ascending("_id"))
                        .limit(limit)
                        .into(new ArrayList<>()));
        return found.stream().map(MongoLetters::read).toList();
    }

    @Override
    public Map<String, Long> waitingByTopic() {
        List<Document> found =
                in(WAITING, all -> all.find().projection(include("topic")).into(new ArrayList<>()));
        Map<String, Long> counts = new TreeMap<>();
        found.forEach(letter -> counts.merge(letter.getString("topic"), 1L, Long::sum));
        return counts;
    }

    @Override
    public void triedInVain(Letter waiting) {
        Document said = new Document("reason", waiting.reason()).append("tries", waiting.tries());
        in(WAITING, all -> all.updateOne(new Document("_id", waiting.id()), new Document("$set", said)));
    }

    @Override
    public void settle(Letter settled) {
        Document id = new Document("_id", settled.id());
        Document copy = write(settled);
        in(SETTLED, all -> all.replaceOne(id, copy, new ReplaceOptions().upsert(true)));
        in(WAITING, all -> all.deleteOne(id));
    }

    private static Document write(Letter letter) {
        List<Document> headers = letter.headers().entrySet().stream() // as a list: names of headers may hold dots
                .map(header -> new Document("name", header.getKey()).append("value", header.getValue()))
                .toList();
        return new Document("_id", letter.id())
                .append("topic", letter.topic())
                .append("key", letter.key())
                .append("group", letter.group())
                .append("headers", headers)
                .append("body", new Binary(letter.body()))
                .append("reason", letter.reason())
                .append("at", letter.at())
                .append("tries", letter.tries())
                .append("state", letter.state().name())
                .append("by", letter.by())
                .append("why", letter.why())
                .append("settledAt", letter.settledAt());
    }

    private static Letter read(Document document) {
        Map<String, String> headers = new HashMap<>();
        document.getList("headers", Document.class, List.of())
                .forEach(header -> headers.put(header.getString("name"), header.getString("value")));
        Binary body = document.get("body", Binary.class);
        return new Letter(
                document.getString("_id"),
                document.getString("topic"),
                document.getString("key"),
                document.getString("group"),
                headers,
                body == null ? new byte[0] : body.getData(),
                document.getString("reason"),
                Objects.requireNonNull(instant(document, "at"), "a letter without its time"),
                document.getInteger("tries", 0),
                Letter.State.valueOf(document.getString("state")),
                document.getString("by"),
                document.getString("why"),
                instant(document, "settledAt"));
    }

    private static @Nullable Instant instant(Document document, String name) {
        Date date = document.getDate(name);
        return date == null ? null : date.toInstant();
    }

    private <T> T in(String collection, Function<MongoCollection<Document>, T> work) {
        return Objects.requireNonNull(mongo.execute(collection, work::apply));
    }
}
