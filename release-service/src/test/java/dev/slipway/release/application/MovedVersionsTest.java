package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a release is carries the release's version: an older word that comes late undoes no newer one. */
final class MovedVersionsTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final ReleaseId FIRST = new ReleaseId("hello@1.0.0");
    private static final ReleaseId SECOND = new ReleaseId("hello@1.1.0");

    private final ApplicationCore core = new ApplicationCore(Examples.APPLICATION_LIMITS);
    private Application application = core.initial("hello");
    private Decision<Application> last = Decision.stay(application);

    private void take(ApplicationInput input) {
        last = core.decide(application, input, NOW);
        application = last.state();
    }

    private void moved(ReleaseId release, ReleasePhase phase, boolean wentBack, long said) {
        take(new ReleaseMoved(new Moved(release, phase, wentBack, false, null, null, null, false), said));
    }

    private Application.Standing standing() {
        return application.standing(FIRST).orElseThrow();
    }

    @BeforeEach
    void twoOnTheirWay() {
        take(new PutPolicy(Examples.demoPolicy().policy(), "h1", "admin@example.test"));
        take(new Propose(Examples.proposal("1.0.0"), "ci@example.test", "one", false));
        take(new Propose(Examples.proposal("1.1.0"), "ci@example.test", "two", false));
    }

    @Test
    void an_older_word_that_comes_late_changes_nothing_and_tells_nobody() {
        moved(FIRST, ReleasePhase.ROLLING_BACK, true, 9);
        assertThat(standing().holds()).isEqualTo(Hold.Kind.HELD);

        moved(FIRST, ReleasePhase.ROLLING_OUT, false, 8);

        assertThat(standing().phase()).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(standing().holds()).isEqualTo(Hold.Kind.HELD);
        assertThat(last.effects()).isEmpty();
    }

    @Test
    void an_older_word_does_not_end_a_release_that_has_not_ended() {
        moved(FIRST, ReleasePhase.NEEDS_OPERATOR, false, 9);

        moved(FIRST, ReleasePhase.REJECTED, false, 8);

        assertThat(application.live()).contains(FIRST);
    }

    @Test
    void an_equal_and_a_newer_word_count() {
        moved(FIRST, ReleasePhase.ROLLING_OUT, false, 9);
        moved(FIRST, ReleasePhase.BAKING, false, 9);
        assertThat(standing().phase()).isEqualTo(ReleasePhase.BAKING);

        moved(FIRST, ReleasePhase.MERGING, false, 10);
        assertThat(standing().phase()).isEqualTo(ReleasePhase.MERGING);
    }

    @Test
    void versions_of_different_releases_are_not_compared() {
        moved(FIRST, ReleasePhase.ROLLING_OUT, false, 90);

        moved(SECOND, ReleasePhase.STAGING, false, 8);

        assertThat(application.standing(SECOND).orElseThrow().phase()).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void what_comes_without_a_version_as_from_before_counts() {
        moved(FIRST, ReleasePhase.ROLLING_OUT, false, 9);

        moved(FIRST, ReleasePhase.BAKING, false, 0);

        assertThat(standing().phase()).isEqualTo(ReleasePhase.BAKING);
    }
}
