package dev.slipway.release.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReleaseMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OneRelease releases = new OneRelease();
    private final ReleaseMeters seen = new ReleaseMeters(meters, releases, Duration.ofMinutes(10), 100, 2);

    /** One that nobody has proposed yet, and how often somebody looked. */
    private static final class OneRelease implements Aggregates<Dossier, ReleaseInput> {
        private final Dossier state = new ReleaseSaga(Examples.SAGA_LIMITS).initial("hello@1.0.0");
        private int looks;

        @Override
        public List<Snapshot<Dossier>> between(String above, String below, int limit) {
            return List.of();
        }

        @Override
        public List<Snapshot<Dossier>> live(@Nullable String afterId, int limit) {
            looks++;
            return List.of(new Snapshot<>("hello@1.0.0", state, 1, Instant.EPOCH, Instant.EPOCH, false));
        }

        @Override
        public Outcome<Dossier> submit(String id, ReleaseInput input, Cause cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Snapshot<Dossier>> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Snapshot<Dossier>> finished(@Nullable String afterId, int limit) {
            return List.of();
        }

        @Override
        public List<JournalEntry> journal(String id) {
            return List.of();
        }

        @Override
        public Chained chained(String id) {
            return new Chained(id, List.of(), null);
        }
    }

    private double gauge(ReleasePhase phase) {
        return meters.get("slipway.releases").tag("state", phase.name()).gauge().value();
    }

    @Test
    void releases_on_their_way_are_counted_by_state_and_not_at_every_look() {
        assertThat(gauge(ReleasePhase.PROPOSED)).isEqualTo(1);
        assertThat(gauge(ReleasePhase.BAKING)).isZero();
        assertThat(releases.looks).isEqualTo(1);
    }

    @Test
    void the_time_in_a_state_is_recorded_on_leaving_it() {
        ReleaseId id = new ReleaseId("hello@1.0.0");
        seen.left(new Moved(id, ReleasePhase.PROPOSED, false, false, null, null, null, false));
        seen.left(new Moved(
                id, ReleasePhase.VALIDATING, false, false, null, ReleasePhase.PROPOSED, Duration.ofSeconds(3), false));

        assertThat(meters.get("slipway.release.time.in.state")
                        .tag("state", "PROPOSED")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    private double ended(String application, String kind, ReleasePhase state) {
        return meters.get("slipway.releases.ended")
                .tags("application", application, "kind", kind, "state", state.name())
                .counter()
                .count();
    }

    private void moved(String release, ReleasePhase from, ReleasePhase to) {
        seen.left(new Moved(new ReleaseId(release), to, false, false, null, from, Duration.ofSeconds(3), false));
    }

    @Test
    void ends_are_counted_once_by_application_and_are_there_at_zero_before() {
        moved("hello@1.0.0", ReleasePhase.PROPOSED, ReleasePhase.VALIDATING);
        assertThat(ended("hello", "STANDARD", ReleasePhase.COMPLETED)).isZero();
        assertThat(ended("hello", "STANDARD", ReleasePhase.ROLLED_BACK)).isZero();

        moved("hello@1.0.0", ReleasePhase.MERGING, ReleasePhase.COMPLETED);
        moved("hello@1.0.0", ReleasePhase.MERGING, ReleasePhase.COMPLETED);
        moved("hello@1.1.0", ReleasePhase.ROLLING_BACK, ReleasePhase.ROLLED_BACK);
        moved("hello@1.0.0~rollback-3", ReleasePhase.MERGING, ReleasePhase.COMPLETED);

        assertThat(ended("hello", "STANDARD", ReleasePhase.COMPLETED)).isEqualTo(1);
        assertThat(ended("hello", "STANDARD", ReleasePhase.ROLLED_BACK)).isEqualTo(1);
        assertThat(ended("hello", "ROLLBACK", ReleasePhase.COMPLETED)).isEqualTo(1);
    }

    @Test
    void applications_past_the_bound_share_a_label() {
        for (String application : new String[] {"a", "b", "c", "d"}) {
            moved(application + "@1.0.0", ReleasePhase.VALIDATING, ReleasePhase.REJECTED);
        }

        assertThat(ended("b", "STANDARD", ReleasePhase.REJECTED)).isEqualTo(1);
        assertThat(ended("other", "STANDARD", ReleasePhase.REJECTED)).isEqualTo(2);
    }
}
