package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Nothing is verified, and nothing merged, while nobody watches: the release, the environment and the judge together.
 */
class UnwatchedBakeTest {
    private static final Duration BAKE = Duration.ofSeconds(30);
    private static final Duration HELD = BAKE.plusSeconds(60 + 10 + 1); // the step's own time, and the last question
    private static final String ONE = "hello@1.0.0/production/1";
    private static final String TWO = "hello@1.1.0/production/1";

    @Test
    void a_bake_passes_by_the_seconds_that_were_seen() {
        ServicesTogether services = baking("hold");
        Instant began = services.now();
        assertThat(services.table().shares()).extracting(Share::percent).containsExactly(5, 95);

        while (services.phase("1.1.0") != ReleasePhase.COMPLETED) {
            services.pass(Duration.ofSeconds(1));
        }

        assertThat(Duration.between(began, services.now())).isBetween(BAKE, BAKE.plusSeconds(5));
        assertThat(services.verified()).contains(TWO);
        assertThat(services.table().shares()).extracting(Share::percent).containsExactly(100);
    }

    @Test
    void with_validation_service_killed_nothing_is_verified_and_it_heals_when_it_is_back_in_time() {
        ServicesTogether services = baking("hold");
        services.validationKilled();
        services.pass(BAKE.plusSeconds(50));

        assertThat(services.rollout("1.1.0").phase()).isEqualTo(Phase.BAKING);
        assertThat(services.verified()).contains(ONE);

        services.validationBack();
        services.pass(Duration.ofSeconds(5));
        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(services.told("1.1.0")).doesNotContain(Milestone.Kind.PAUSED);
    }

    @Test
    void with_validation_service_killed_for_long_people_are_told_and_it_goes_on_when_they_say_so() {
        ServicesTogether services = baking("hold");
        services.validationKilled();
        services.pass(HELD);

        assertThat(services.rollout("1.1.0").paused()).isTrue();
        assertThat(Objects.requireNonNull(services.rollout("1.1.0").cause()).kind())
                .isEqualTo("inconclusive");
        assertThat(services.told("1.1.0")).endsWith(Milestone.Kind.BAKING, Milestone.Kind.PAUSED);

        services.pass(Duration.ofMinutes(20));
        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.BAKING);
        assertThat(services.verified()).contains(ONE);
        assertThat(services.table().shares()).extracting(Share::percent).containsExactly(5, 95);

        services.validationBack();
        services.resume("1.1.0");
        services.pass(Duration.ofSeconds(5));
        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(services.verified()).contains(TWO);
    }

    @Test
    void a_fault_that_came_while_the_judge_was_away_is_found_when_it_is_back() {
        ServicesTogether services = baking("hold");
        services.validationKilled();
        services.newVersionFails(30);
        services.pass(BAKE.plusSeconds(20));
        assertThat(services.rollout("1.1.0").phase()).isEqualTo(Phase.BAKING);

        services.validationBack();
        services.pass(Duration.ofSeconds(5));
        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(services.verified()).contains(ONE);
    }

    @Test
    void with_samples_lost_or_nobody_coming_by_the_policy_decides_and_may_go_back() {
        ServicesTogether services = baking("roll-back");
        services.samples(false);
        services.pass(HELD);

        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(services.verified()).contains(ONE);
        assertThat(services.told("1.1.0")).endsWith(Milestone.Kind.ROLLING_BACK, Milestone.Kind.ROLLED_BACK);
    }

    @Test
    void a_first_release_is_not_verified_unwatched_either() {
        ServicesTogether services = new ServicesTogether("hold");
        services.propose("1.0.0", 1);
        reaches(services, "1.0.0", ReleasePhase.BAKING);
        services.validationKilled();
        services.pass(HELD.plus(Duration.ofMinutes(10)));

        assertThat(services.phase("1.0.0")).isEqualTo(ReleasePhase.BAKING);
        assertThat(services.verified()).isEmpty();
        assertThat(services.told("1.0.0")).contains(Milestone.Kind.PAUSED);

        services.validationBack();
        services.resume("1.0.0");
        services.pass(Duration.ofSeconds(5));
        assertThat(services.phase("1.0.0")).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(services.verified()).contains(ONE);
    }

    /** 1.0.0 is in production, and 1.1.0 has passed its steps. */
    private static ServicesTogether baking(String onInconclusive) {
        ServicesTogether services = new ServicesTogether(onInconclusive);
        services.propose("1.0.0", 1);
        reaches(services, "1.0.0", ReleasePhase.COMPLETED);
        services.propose("1.1.0", 2);
        reaches(services, "1.1.0", ReleasePhase.BAKING);
        return services;
    }

    private static void reaches(ServicesTogether services, String version, ReleasePhase phase) {
        for (int second = 0; second < 300 && services.phase(version) != phase; second++) {
            services.pass(Duration.ofSeconds(1));
        }
        assertThat(services.phase(version)).isEqualTo(phase);
    }
}
