package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.saga.Dossier.SecondsJudged;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the judge saw is named by the release's record: the judge, the environment and the release together. */
class JudgedSecondsTest {
    @Test
    void a_completed_release_names_what_its_last_word_rests_on() {
        ServicesTogether services = new ServicesTogether("hold");
        ends(services, "1.0.0", 1, ReleasePhase.COMPLETED);
        SecondsJudged first = seconds(services, "1.0.0");

        ends(services, "1.1.0", 2, ReleasePhase.COMPLETED);

        assertThat(seconds(services, "1.0.0")).isEqualTo(first);
        assertThat(seconds(services, "1.1.0").stored().lines())
                .isGreaterThan(first.stored().lines());
        assertThat(seconds(services, "1.1.0").rollout()).hasToString("hello@1.1.0/production/1");
    }

    @Test
    void a_release_that_was_rolled_back_names_what_found_it_worse() {
        ServicesTogether services = new ServicesTogether("hold");
        ends(services, "1.0.0", 1, ReleasePhase.COMPLETED);
        services.newVersionFails(50);

        ends(services, "1.1.0", 2, ReleasePhase.ROLLED_BACK);

        assertThat(seconds(services, "1.1.0").rollout()).hasToString("hello@1.1.0/production/1");
    }

    private static SecondsJudged seconds(ServicesTogether services, String version) {
        return Objects.requireNonNull(services.seconds(version));
    }

    private static void ends(ServicesTogether services, String version, long ordinal, ReleasePhase end) {
        services.propose(version, ordinal);
        for (int second = 0; second < 300 && services.phase(version) != end; second++) {
            services.pass(Duration.ofSeconds(1));
        }
        assertThat(services.phase(version)).isEqualTo(end);
    }
}
