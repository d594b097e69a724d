package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that waits in production's queue behind another is looked at once more before it begins. */
class QueueTest {
    private static final int SECONDS_MAX = 300;

    private final ServicesTogether services = new ServicesTogether("hold");

    @BeforeEach
    void one_is_on_its_way_through_production_and_another_waits() {
        services.propose("1.0.0", 1);
        until(() -> services.phase("1.0.0") == ReleasePhase.COMPLETED);
        services.propose("1.1.0", 2);
        until(() -> isAt("1.1.0", Phase.STEPPING));
        services.propose("1.2.0", 3);
        until(() -> isAt("1.2.0", Phase.WAITING));
    }

    private boolean isAt(String version, Phase phase) {
        return services.phase(version) == ReleasePhase.ROLLING_OUT
                && services.dossier(version)
                        .rollout("production")
                        .filter(status -> status.phase() == phase)
                        .isPresent();
    }

    private void until(BooleanSupplier reached) {
        for (int second = 0; second < SECONDS_MAX && !reached.getAsBoolean(); second++) {
            services.pass(Duration.ofSeconds(1));
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }

    @Test
    void what_git_still_shows_begins_at_its_turn_and_goes_all_the_way() {
        int looks = services.looks();

        until(() -> services.phase("1.2.0") == ReleasePhase.COMPLETED);

        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(services.looks()).as("once, at its turn").isEqualTo(looks + 1);
    }

    @Test
    void what_git_does_not_show_any_more_never_begins() {
        services.gitForgets();

        until(() -> services.phase("1.2.0").terminal());

        assertThat(services.phase("1.2.0")).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(services.dossier("1.2.0").cause()).kind())
                .isEqualTo("revision-gone");
        assertThat(services.rollout("1.2.0").phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(services.phase("1.1.0")).as("which had begun").isEqualTo(ReleasePhase.COMPLETED);
        assertThat(services.verified().orElseThrow()).contains("1.1.0");
    }
}
