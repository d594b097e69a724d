package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.EvidenceBytes.Use;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.GoneReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.unit.DataSize;

/** Reports on the real store: who needs them, when they go, and what is told of them then. */
@Tag("thorough")
@ExtendWith(PlatformExtension.class)
final class EvidenceRetentionIT {
    private static final String RULE = "evidence: 400 days";
    private static final Use FIRST = new Use("hello@1.0.0", "junit");
    private static final Use SECOND = new Use("hello@1.1.0", "sarif");
    private static final byte[] REPORT = "a report".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(REPORT);

    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(PlatformExtension.mongodb(PlatformExtension.freshDatabase()));
    private final MongoTemplate mongo = new MongoTemplate(database);
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private final MongoEvidence evidence =
            new MongoEvidence(mongo, DataSize.ofBytes(4), DataSize.ofBytes(12), () -> now);

    @AfterEach
    void close() throws Exception {
        database.destroy();
    }

    private int expire() {
        now = now.plus(Duration.ofDays(400));
        return evidence.expire(now.minus(Duration.ofDays(30)), (_, _) -> false, 100);
    }

    private long documents(String collection) {
        return Objects.requireNonNull(mongo.execute(collection, all -> all.countDocuments()));
    }

    @Test
    void a_report_stays_until_the_last_release_that_needs_it_needs_it_no_more() {
        evidence.keep(DIGEST, REPORT, "hello@a");
        evidence.name(DIGEST, "TEST-a.xml");
        evidence.use(List.of(DIGEST), FIRST);
        evidence.use(List.of(DIGEST), FIRST);
        evidence.use(List.of(DIGEST), SECOND);

        evidence.forget(FIRST.release(), RULE);
        assertThat(expire()).isZero();
        assertThat(evidence.find(DIGEST)).contains(REPORT);

        evidence.forget(FIRST.release(), RULE);
        evidence.forget(SECOND.release(), "evidence: 10 days");
        assertThat(evidence.find(DIGEST)).as("it goes with the next look").contains(REPORT);
        assertThat(evidence.goneOf(DIGEST)).isEmpty();
        assertThat(expire()).isEqualTo(1);

        assertThat(evidence.find(DIGEST)).isEmpty();
        assertThat(evidence.goneOf(DIGEST))
                .contains(new GoneReport(DIGEST, "sarif", "TEST-a.xml", 8, now, "evidence: 10 days"));
        assertThat(List.of(documents("evidence"), documents("evidence_chunks"), documents("evidence_uses")))
                .containsOnly(0L);
        assertThat(evidence.goneOf(DIGEST).orElseThrow().text())
                .isEqualTo("report %s went on 2028-03-15 by retention (evidence: 10 days)".formatted(DIGEST));
    }

    @Test
    void what_went_makes_room_and_what_comes_again_is_there_again() {
        evidence.keep(DIGEST, REPORT, "hello@a");
        evidence.use(List.of(DIGEST), FIRST);
        byte[] other = "another".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> evidence.keep(Digest.of(other), other, "hello@b"))
                .isInstanceOf(EvidenceFull.class);

        evidence.forget(FIRST.release(), RULE);
        expire();
        evidence.measure();
        evidence.keep(Digest.of(other), other, "hello@b");
        assertThat(evidence.find(Digest.of(other))).contains(other);

        expire();
        assertThat(evidence.goneOf(Digest.of(other)))
                .as("no verdict ever rested on it")
                .isEmpty();
        evidence.measure();
        evidence.keep(DIGEST, REPORT, "hello@c");
        assertThat(evidence.find(DIGEST)).contains(REPORT);
        assertThat(evidence.goneOf(DIGEST)).isEmpty();
    }

    @Test
    void a_release_that_begins_to_need_it_meanwhile_keeps_it_and_so_does_a_revision_that_remembers_it() {
        evidence.keep(DIGEST, REPORT, "hello@a");
        evidence.use(List.of(DIGEST), FIRST);
        evidence.forget(FIRST.release(), RULE);
        evidence.use(List.of(DIGEST), SECOND);
        assertThat(expire()).isZero();

        evidence.forget(SECOND.release(), RULE);
        now = now.plus(Duration.ofDays(400));
        assertThat(evidence.expire(now.minus(Duration.ofDays(30)), (_, _) -> true, 100))
                .isZero();
        assertThat(evidence.find(DIGEST)).contains(REPORT);
    }

    @Test
    void of_a_report_from_before_it_was_written_down_who_needs_it_nobody_is_taken_for_the_last() {
        evidence.keep(DIGEST, REPORT, "hello@a");
        mongo.execute(
                "evidence",
                all -> all.updateOne(
                        new Document("_id", DIGEST.hex()),
                        new Document("$set", new Document("used", true)).append("$unset", new Document("listed", ""))));

        assertThat(evidence.unlisted(List.of(DIGEST))).containsExactly(DIGEST);
        evidence.use(List.of(DIGEST), FIRST);
        evidence.use(List.of(DIGEST), SECOND);
        evidence.listed(Set.of(DIGEST));

        assertThat(evidence.unlisted(List.of(DIGEST))).isEmpty();
        evidence.forget(FIRST.release(), RULE);
        assertThat(expire()).isZero();
    }

    @Test
    void a_report_that_very_many_revisions_share_is_not_kept_for_good() {
        for (int revision = 0; revision < 205; revision++) {
            evidence.keep(DIGEST, REPORT, "hello@" + revision);
        }
        Document entry = Objects.requireNonNull(mongo.execute(
                "evidence", all -> all.find(new Document("_id", DIGEST.hex())).first()));

        assertThat(entry.getList("revisions", String.class)).hasSize(200).contains("hello@204", "hello@5");
        assertThat(expire()).isEqualTo(1);
    }
}
