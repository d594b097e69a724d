package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.simulation.SealedSeconds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.unit.DataSize;

/** Recordings on the real store: what is kept, what is cut, what is let go of. */
@ExtendWith(PlatformExtension.class)
final class MongoRecordingsIT {
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");

    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(PlatformExtension.mongodb(PlatformExtension.freshDatabase()));
    private final MongoTemplate mongo = new MongoTemplate(database);
    private final MongoRecordings recordings =
            new MongoRecordings(mongo, new MongoRecordings.Bounds(2, 3, DataSize.ofMegabytes(1)));
    private final Set<QuestionKey> begun = new HashSet<>();

    @AfterEach
    void close() throws Exception {
        database.destroy();
    }

    @Test
    void parts_come_back_in_order_sealed_and_say_whether_another_follows() {
        add(rollout("1.0.0", 1), "{\"a\":\"é\"}", "{\"b\":2}");
        JudgedSeconds head = add(rollout("1.0.0", 1), "{\"c\":3}").orElseThrow();

        Recordings.Part first = part("1.0.0", 0);
        Recordings.Part second = part("1.0.0", 1);
        assertThat(first.more()).isTrue();
        assertThat(second.more()).isFalse();
        SealedSeconds seals = SealedSeconds.of(rollout("1.0.0", 1));
        assertThat(Stream.of(first, second).flatMap(part -> part.lines().stream()))
                .hasSize(3)
                .allMatch(seals::hear);
        assertThat(seals.head(0)).contains(head);
        assertThat(first.lines().getFirst()).startsWith("{\"a\":\"é\",\"seal\":\"");
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 2)).isEmpty();
        assertThat(recordings.part(PRODUCTION, release("2.0.0"), 0)).isEmpty();
    }

    @Test
    void a_rollout_beyond_its_bound_ends_with_a_word_about_it_and_an_interruption() {
        for (int part = 0; part < 5; part++) {
            add(rollout("1.0.0", 1), "{\"part\":" + part + "}");
        }

        Recordings.Part last = part("1.0.0", 2);
        assertThat(last.more()).isFalse();
        assertThat(last.lines()).first().asString().startsWith("{\"part\":2,");
        assertThat(last.lines()).last().asString().startsWith("#").contains("ends here");
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 3)).isEmpty();
        assertThat(recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of())).hasValueSatisfying(head -> {
            assertThat(head.lines()).isEqualTo(3);
            assertThat(head.interruptions()).isEqualTo(1);
        });
    }

    @Test
    void of_a_release_the_newest_rollouts_are_kept_and_the_newest_one_is_shown() {
        add(rollout("1.1.0", 1), "{\"n\":1}");
        add(rollout("1.1.0", 2), "{\"n\":2}");
        add(rollout("1.1.0", 3), "{\"n\":3}");

        assertThat(part("1.1.0", 0).lines()).singleElement().asString().startsWith("{\"n\":3,");
        assertThat(mongo.getCollection("recording_parts").countDocuments()).isEqualTo(2);
    }

    @Test
    void no_number_of_later_releases_takes_one_away_and_retention_does() {
        for (int minor = 0; minor < 25; minor++) {
            add(rollout("1." + minor + ".0", 1), "{\"n\":" + minor + "}");
        }
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 0)).isPresent();

        recordings.forget(release("1.0.0"));
        recordings.forget(release("1.0.0"));

        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 0)).isEmpty();
        assertThat(recordings.part(PRODUCTION, release("1.1.0"), 0)).isPresent();
        assertThat(mongo.getCollection("recording_parts").countDocuments()).isEqualTo(24);
        long kept = recordings.bytesKept();
        recordings.measure();
        assertThat(recordings.bytesKept()).isEqualTo(kept).isPositive();
    }

    @Test
    void a_store_that_is_full_takes_no_more_until_something_went() {
        MongoRecordings small = new MongoRecordings(mongo, new MongoRecordings.Bounds(2, 3, DataSize.ofBytes(80)));
        small.begin(PRODUCTION, rollout("1.0.0", 1));
        small.begin(PRODUCTION, rollout("1.1.0", 1));
        small.add(PRODUCTION, rollout("1.0.0", 1), List.of("{\"n\":1}"));

        assertThatThrownBy(() -> small.add(PRODUCTION, rollout("1.1.0", 1), List.of("{\"n\":2}")))
                .hasMessageContaining("slipway.validation.recordings.bytes-max");
        small.forget(release("1.0.0"));
        assertThat(small.add(PRODUCTION, rollout("1.1.0", 1), List.of("{\"n\":2}")))
                .isPresent();
    }

    @Test
    void what_was_noted_before_there_were_seals_is_read_and_goes_with_its_release() {
        Document old = new Document("rollout", rollout("1.0.0", 1).toString()).append("parts", 1);
        Document other = new Document("rollout", rollout("0.9.0", 1).toString()).append("parts", 1);
        mongo.getCollection("recordings")
                .insertOne(new Document("_id", PRODUCTION.toString()).append("rollouts", List.of(other, old)));
        for (String version : List.of("0.9.0", "1.0.0")) {
            mongo.getCollection("recording_parts")
                    .insertOne(new Document("_id", rollout(version, 1) + "/00000")
                            .append("lines", new Binary(packed("{\"of\":\"" + version + "\"}"))));
        }

        assertThat(part("1.0.0", 0).lines()).containsExactly("{\"of\":\"1.0.0\"}");
        recordings.begin(PRODUCTION, rollout("1.0.0", 1));
        assertThat(recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of("{\"n\":1}")))
                .as("what came before is not among them")
                .map(JudgedSeconds::interruptions)
                .contains(1);
        recordings.forget(release("1.0.0"));
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 0)).isEmpty();
        assertThat(part("0.9.0", 0).lines()).containsExactly("{\"of\":\"0.9.0\"}");
    }

    private Optional<JudgedSeconds> add(QuestionKey rollout, String... lines) {
        if (begun.add(rollout)) {
            recordings.begin(PRODUCTION, rollout);
        }
        return recordings.add(PRODUCTION, rollout, List.of(lines));
    }

    private Recordings.Part part(String version, int number) {
        return recordings.part(PRODUCTION, release(version), number).orElseThrow();
    }

    private static byte[] packed(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static QuestionKey rollout(String version, int attempt) {
        return new QuestionKey(release(version), "production", attempt);
    }

    private static ReleaseId release(String version) {
        return new ReleaseId("hello@" + version);
    }
}
