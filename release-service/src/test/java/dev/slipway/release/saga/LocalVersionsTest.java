package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.release.application.Hold;
import dev.slipway.release.saga.ReleaseInput.FreezesChanged;
import dev.slipway.release.saga.ReleaseInput.HoldChanged;
import org.junit.jupiter.api.Test;

/** What aggregates of one service say to each other carries its version like every other status. */
final class LocalVersionsTest {
    private static final ReleaseId BROKEN = new ReleaseId("hello@0.9.0");

    @Test
    void an_older_hold_that_comes_late_does_not_undo_a_newer_one() {
        Journey journey = new Journey().awaitingApproval();

        journey.take(new HoldChanged(new Hold(BROKEN, Hold.Kind.BLOCKED, 0), 7));
        assertThat(journey.dossier().hold()).isNotNull();
        journey.take(new HoldChanged(new Hold(BROKEN, Hold.Kind.LIFTED, 0), 9));
        assertThat(journey.dossier().hold()).isNull();
        journey.take(new HoldChanged(new Hold(BROKEN, Hold.Kind.BLOCKED, 0), 8));

        assertThat(journey.dossier().hold()).as("said before it was lifted").isNull();
    }

    @Test
    void holds_of_different_releases_are_different_sources() {
        Journey journey = new Journey().awaitingApproval();

        journey.take(new HoldChanged(new Hold(BROKEN, Hold.Kind.LIFTED, 0), 9));
        journey.take(new HoldChanged(new Hold(new ReleaseId("hello@0.8.0"), Hold.Kind.BLOCKED, 0), 8));

        assertThat(journey.dossier().hold()).isNotNull();
    }

    @Test
    void older_freezes_do_not_undo_newer_ones() {
        Journey journey = new Journey().awaitingApproval();
        journey.take(new FreezesChanged(Journey.freezes(), 9));
        Dossier frozen = journey.dossier();

        journey.take(new FreezesChanged(
                new dev.slipway.release.application.Freezes(java.util.List.of(), java.util.List.of()), 8));

        assertThat(journey.dossier()).isEqualTo(frozen);
    }
}
