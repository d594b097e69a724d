package dev.slipway.validation;

import com.mongodb.client.MongoCollection;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Reports in the collection {@code evidence_chunks}: documents {@code digest/00000} and so on, each with its number of
 * chunks, never changed. The first chunk is written last, so a report of which it is there is whole.
 */
final class MongoEvidence implements EvidenceBytes {
    private static final String COLLECTION = "evidence_chunks";

    private final MongoOperations mongo;
    private final int chunkBytes;

    MongoEvidence(MongoOperations mongo, int chunkBytes) {
        this.mongo = mongo;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void keep(Digest digest, byte[] report) {
        int chunks = Math.max(1, Math.ceilDiv(report.length, chunkBytes));
        if (chunk(digest, 0) != null) {
            return;
        }
        for (int number = chunks - 1; number >= 0; number--) {
            int from = number * chunkBytes;
            byte[] part = Arrays.copyOfRange(report, from, Math.min(report.length, from + chunkBytes));
            insert(new Document("_id", id(digest, number))
                    .append("chunks", chunks)
                    .append("bytes", new Binary(part)));
        }
    }

    private void insert(Document chunk) {
        try {
            mongo.execute(COLLECTION, all -> all.insertOne(chunk));
        } catch (DuplicateKeyException alreadyThere) {
            // the same bytes under the same digest
        }
    }

    @Override
    public Optional<byte[]> find(Digest digest) {
        Document first = chunk(digest, 0);
        if (first == null) {
            return Optional.empty();
        }
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        for (int number = 0; number < first.getInteger("chunks"); number++) {
            Document chunk = number == 0 ? first : chunk(digest, number);
            if (chunk == null) {
                return Optional.empty();
            }
            report.writeBytes(chunk.get("bytes", Binary.class).getData());
        }
        return Optional.of(report.toByteArray());
    }

    private @Nullable Document chunk(Digest digest, int number) {
        Document id = new Document("_id", id(digest, number));
        return mongo.execute(
                COLLECTION, (MongoCollection<Document> all) -> all.find(id).first());
    }

    private static String id(Digest digest, int number) {
        return "%s/%05d".formatted(digest.hex(), number);
    }
}
