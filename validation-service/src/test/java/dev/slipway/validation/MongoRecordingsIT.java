package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.testkit.PlatformExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** Recordings on the real store: what is kept, what is cut, what is let go of. */
@ExtendWith(PlatformExtension.class)
final class MongoRecordingsIT {
    private static final EnvironmentId PRODUCTION = EnvironmentId.parse("hello/production");

    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(PlatformExtension.mongodb(PlatformExtension.freshDatabase()));
    private final MongoTemplate mongo = new MongoTemplate(database);
    private final MongoRecordings recordings = new MongoRecordings(mongo, 2, 3);

    @AfterEach
    void close() throws Exception {
        database.destroy();
    }

    @Test
    void parts_come_back_in_order_and_say_whether_another_follows() {
        recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of("{\"a\": \"é\"}", "{\"b\": 2}"));
        recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of("{\"c\": 3}"));

        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 0))
                .contains(new Recordings.Part(rollout("1.0.0", 1), List.of("{\"a\": \"é\"}", "{\"b\": 2}"), true));
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 1))
                .contains(new Recordings.Part(rollout("1.0.0", 1), List.of("{\"c\": 3}"), false));
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 2)).isEmpty();
        assertThat(recordings.part(PRODUCTION, release("2.0.0"), 0)).isEmpty();
    }

    @Test
    void a_rollout_beyond_its_bound_ends_with_a_word_about_it() {
        for (int part = 0; part < 5; part++) {
            recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of("{\"part\": " + part + "}"));
        }

        Recordings.Part last = recordings.part(PRODUCTION, release("1.0.0"), 2).orElseThrow();
        assertThat(last.more()).isFalse();
        assertThat(last.lines()).first().isEqualTo("{\"part\": 2}");
        assertThat(last.lines()).last().asString().startsWith("#").contains("ends here");
        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 3)).isEmpty();
    }

    @Test
    void the_newest_rollouts_are_kept_and_of_a_release_the_newest_one_is_shown() {
        recordings.add(PRODUCTION, rollout("1.0.0", 1), List.of("old"));
        recordings.add(PRODUCTION, rollout("1.1.0", 1), List.of("first"));
        recordings.add(PRODUCTION, rollout("1.1.0", 2), List.of("second"));

        assertThat(recordings.part(PRODUCTION, release("1.0.0"), 0)).isEmpty();
        assertThat(recordings
                        .part(PRODUCTION, release("1.1.0"), 0)
                        .orElseThrow()
                        .lines())
                .containsExactly("second");
        assertThat(mongo.getCollection("recording_parts").countDocuments()).isEqualTo(2);
    }

    private static QuestionKey rollout(String version, int attempt) {
        return new QuestionKey(release(version), "production", attempt);
    }

    private static ReleaseId release(String version) {
        return new ReleaseId("hello@" + version);
    }
}
