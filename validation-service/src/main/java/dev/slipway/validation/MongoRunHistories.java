package dev.slipway.validation;

import com.mongodb.client.MongoCollection;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.WireJson;
import dev.slipway.validation.evidence.stability.RunHistory;
import dev.slipway.validation.evidence.stability.TestPush;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * A document for each branch in {@code run_histories}, under its name in JSON, changed by comparing its version. There are as
 * many as are allowed, some thousand, so that looking through them is nothing; a new branch beyond takes the place of the one that has rested longest.
 */
final class MongoRunHistories implements RunHistories {
    private static final String COLLECTION = "run_histories";
    private static final int TRIES_MAX = 20;
    private static final Logger log = LoggerFactory.getLogger(MongoRunHistories.class);

    private final MongoOperations mongo;
    private final RunHistory.Bounds bounds;
    private final int branchesMax;
    private final InstantSource clock;

    MongoRunHistories(MongoOperations mongo, RunHistory.Bounds bounds, int branchesMax, InstantSource clock) {
        this.mongo = mongo;
        this.bounds = bounds;
        this.branchesMax = branchesMax;
        this.clock = clock;
    }

    @Override
    public void add(Of branch, TestPush push) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<Document> before = find(branch);
            RunHistory known = before.map(MongoRunHistories::history).orElse(RunHistory.NONE);
            RunHistory next = known.with(push, bounds);
            if (next.equals(known) || written(branch, before.orElse(null), next)) {
                return;
            }
        }
        throw new IllegalStateException("The runs of %s change all the time".formatted(branch));
    }

    @Override
    public RunHistory of(Of branch) {
        return find(branch).map(MongoRunHistories::history).orElse(RunHistory.NONE);
    }

    private boolean written(Of branch, @Nullable Document before, RunHistory next) {
        Document whole = new Document("_id", id(branch))
                .append("application", branch.application().value())
                .append("kind", branch.kind())
                .append("suite", branch.suite())
                .append("branch", branch.branch())
                .append("version", before == null ? 1 : before.getInteger("version") + 1)
                .append("at", Date.from(clock.instant()))
                .append("history", WireJson.mapper().writeValueAsString(next));
        if (before == null) {
            return begun(whole);
        }
        Document same = new Document("_id", id(branch)).append("version", before.getInteger("version"));
        return Objects.requireNonNullElse(
                        mongo.execute(
                                COLLECTION, all -> all.replaceOne(same, whole).getMatchedCount()),
                        0L)
                > 0;
    }

    private boolean begun(Document whole) {
        try {
            mongo.execute(COLLECTION, all -> all.insertOne(whole));
        } catch (DuplicateKeyException another) {
            return false; // it was faster, and is seen now
        }
        forgetTheLongestAtRest();
        return true;
    }

    private void forgetTheLongestAtRest() {
        List<Document> all = new ArrayList<>();
        mongo.execute(
                COLLECTION,
                (MongoCollection<Document> found) ->
                        found.find().projection(new Document("at", 1)).into(all));
        if (all.size() <= branchesMax) {
            return;
        }
        all.stream().min(Comparator.comparing(one -> one.getDate("at"))).ifPresent(oldest -> {
            log.info("Runs of {} are forgotten: at most {} branches are remembered", oldest, branchesMax);
            mongo.execute(COLLECTION, found -> found.deleteOne(new Document("_id", oldest.getString("_id"))));
        });
    }

    private Optional<Document> find(Of branch) {
        @Nullable
        Document found = mongo.execute(
                COLLECTION,
                (MongoCollection<Document> all) ->
                        all.find(new Document("_id", id(branch))).first());
        return Optional.ofNullable(found);
    }

    @Override
    public List<String> branches(ApplicationName application, String kind, @Nullable String suite) {
        Document ofSuite = new Document("application", application.value())
                .append("kind", kind)
                .append("suite", suite);
        List<Document> found = new ArrayList<>();
        mongo.execute(
                COLLECTION,
                (MongoCollection<Document> all) ->
                        all.find(ofSuite).projection(new Document("branch", 1)).into(found));
        return found.stream()
                .map(one -> one.getString("branch"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static RunHistory history(Document found) {
        return WireJson.mapper().readValue(found.getString("history"), RunHistory.class);
    }

    private static String id(Of branch) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(branch.application().value());
        parts.add(branch.kind());
        parts.add(branch.suite());
        parts.add(branch.branch());
        return WireJson.mapper().writeValueAsString(parts);
    }
}
