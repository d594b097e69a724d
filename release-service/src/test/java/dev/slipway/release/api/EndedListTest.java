package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ended releases are read from the newest on, two at a time and six at most. */
final class EndedListTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApiSettings SETTINGS = new ApiSettings(1_000, 2, 2, 3, 6, 50, Duration.ofSeconds(1));

    private final List<Snapshot<Dossier>> live = new ArrayList<>();
    private final List<Snapshot<Dossier>> finished = new ArrayList<>(); // latest end first
    private final EndedList list = new EndedList(new Stored(), SETTINGS);

    /** Those of the test. */
    private final class Stored implements Aggregates<Dossier, ReleaseInput> {
        @Override
        public Outcome<Dossier> submit(String id, ReleaseInput input, Cause cause) {
            throw new UnsupportedOperationException("A list only reads");
        }

        @Override
        public Optional<Snapshot<Dossier>> find(String id) {
            throw new UnsupportedOperationException("A list looks for none");
        }

        @Override
        public List<Snapshot<Dossier>> live(@Nullable String afterId, int limit) {
            return live.stream()
                    .filter(each -> afterId == null || each.id().compareTo(afterId) > 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Snapshot<Dossier>> between(String above, String below, int limit) {
            throw new UnsupportedOperationException("A list reads by time");
        }

        @Override
        public List<Snapshot<Dossier>> finished(@Nullable String afterId, int limit) {
            return finished.stream()
                    .dropWhile(each -> afterId != null && !each.id().equals(afterId))
                    .skip(afterId == null ? 0 : 1)
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<JournalEntry> journal(String id) {
            return List.of();
        }

        @Override
        public Chained chained(String id) {
            throw new UnsupportedOperationException("A list shows no proof");
        }
    }

    private static Snapshot<Dossier> release(String id, int minute) {
        Instant at = START.plus(Duration.ofMinutes(minute));
        Dossier dossier = EndedReleases.of(EndedReleases.launch(id, at), ReleasePhase.COMPLETED, at);
        return new Snapshot<>(id, dossier, 1, at, at, true);
    }

    private EndedList.Ended<String> since(Instant since) {
        return list.since(since, each -> Optional.of(each.id().value()));
    }

    private void finished(int releases) {
        for (int i = 0; i < releases; i++) {
            finished.add(release("hello@1.%d.0".formatted(releases - i), releases - i));
        }
    }

    @Test
    void those_that_ended_before_are_not_read() {
        finished(5);

        EndedList.Ended<String> ended = since(START.plus(Duration.ofMinutes(3)));

        assertThat(ended.releases()).containsExactly("hello@1.5.0", "hello@1.4.0", "hello@1.3.0");
        assertThat(ended.whole()).isTrue();
    }

    @Test
    void what_has_ended_and_is_told_of_still_is_among_them_once() {
        finished(1);
        live.add(release("hello@1.1.0", 1));
        live.add(release("hello@2.0.0", 2));

        assertThat(since(START).releases()).containsExactlyInAnyOrder("hello@1.1.0", "hello@2.0.0");
    }

    @Test
    void beyond_the_bound_the_oldest_are_missing_and_that_is_said() {
        finished(9);

        EndedList.Ended<String> ended = since(START);

        assertThat(ended.releases()).hasSize(6).startsWith("hello@1.9.0");
        assertThat(ended.whole()).isFalse();
        finished.subList(5, 9).clear();
        assertThat(since(START).whole()).isTrue();
    }
}
