package dev.slipway.validation;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceBytes.Use;
import dev.slipway.validation.evidence.GoneReport;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Who needs which report, and which went. {@code evidence_uses} has a document for each report and release whose verdicts rest
 * on it, {@code digest/release}; {@code evidence_gone} has one for each report that went.
 */
final class MongoUses {
    private static final String USES = "evidence_uses";
    private static final String GONE = "evidence_gone";

    private final MongoOperations mongo;

    MongoUses(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** A report and who needs it. */
    record Used(Digest digest, Use by) {}

    void add(Digest digest, Use by) {
        Document use = new Document("_id", id(digest, by.release()))
                .append("digest", digest.hex())
                .append("release", by.release())
                .append("kind", by.kind());
        try {
            mongo.execute(USES, all -> all.insertOne(use));
        } catch (DuplicateKeyException alreadyThere) {
            // another verdict of the same release
        }
    }

    /** All that this release needs. */
    List<Used> of(String release) {
        List<Document> found = new ArrayList<>();
        mongo.execute(USES, (MongoCollection<Document> all) -> {
            all.createIndex(Indexes.ascending("release")); // there already but for the first time
            all.createIndex(Indexes.ascending("digest"));
            return all.find(new Document("release", release)).into(found);
        });
        return found.stream()
                .map(use -> new Used(
                        new Digest("sha256:" + use.getString("digest")), new Use(release, use.getString("kind"))))
                .toList();
    }

    /** Whether another release than this one needs it. */
    boolean neededBesides(Digest digest, String release) {
        List<Document> two = new ArrayList<>();
        mongo.execute(
                USES,
                (MongoCollection<Document> all) ->
                        all.find(new Document("digest", digest.hex())).limit(2).into(two));
        return two.stream().anyMatch(use -> !use.getString("release").equals(release));
    }

    void remove(Digest digest, String release) {
        mongo.execute(USES, all -> all.deleteOne(new Document("_id", id(digest, release))));
    }

    void went(GoneReport report) {
        Document gone = new Document("_id", report.digest().hex())
                .append("kind", report.kind())
                .append("file", report.file())
                .append("bytes", report.bytes())
                .append("at", Date.from(report.at()))
                .append("rule", report.rule());
        Document same = new Document("_id", report.digest().hex());
        mongo.execute(GONE, all -> all.replaceOne(same, gone, new ReplaceOptions().upsert(true)));
    }

    void cameBack(Digest digest) {
        mongo.execute(GONE, all -> all.deleteOne(new Document("_id", digest.hex())));
    }

    Optional<GoneReport> gone(Digest digest) {
        List<Document> found = new ArrayList<>();
        mongo.execute(
                GONE,
                (MongoCollection<Document> all) ->
                        all.find(new Document("_id", digest.hex())).into(found));
        return found.stream()
                .findFirst()
                .map(gone -> new GoneReport(
                        digest,
                        gone.getString("kind"),
                        gone.getString("file"),
                        gone.get("bytes", Number.class).longValue(),
                        gone.getDate("at").toInstant(),
                        gone.getString("rule")));
    }

    private static String id(Digest digest, String release) {
        return digest.hex() + "/" + release;
    }
}
