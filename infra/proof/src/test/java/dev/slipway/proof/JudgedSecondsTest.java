package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.proof.Verified;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.saga.Dossier.SecondsJudged;
import dev.slipway.release.saga.ReleaseInput;
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

    @Test
    void what_was_told_along_the_way_is_what_the_judge_says_over_the_stored_seconds() {
        ServicesTogether services = new ServicesTogether("hold");
        ends(services, "1.0.0", 1, ReleasePhase.COMPLETED);
        ends(services, "1.1.0", 2, ReleasePhase.COMPLETED);
        services.newVersionFails(50);
        ends(services, "1.2.0", 3, ReleasePhase.ROLLED_BACK);

        agrees(services, "1.0.0", "not worse; they are those of the record");
        agrees(services, "1.1.0", "not worse; they are those of the record");
        agrees(services, "1.2.0", "worse");
    }

    @Test
    void a_person_who_has_it_go_on_is_no_fault() {
        ServicesTogether services = new ServicesTogether("hold");
        ends(services, "1.0.0", 1, ReleasePhase.COMPLETED);
        services.propose("1.1.0", 2);
        for (int second = 0; second < 60 && services.rollout("1.1.0").step() < 1; second++) {
            services.pass(Duration.ofSeconds(1));
        }
        services.pass(Duration.ofSeconds(1));
        services.said("1.1.0", new ReleaseInput.Promote("user:op", "it is urgent", false, null));
        assertThat(services.rollout("1.1.0").step()).isEqualTo(2);
        assertThat(services.rollout("1.1.0").notes())
                .anyMatch(note -> note.startsWith("promoted past step 1: it is urgent"));
        for (int second = 0; second < 300 && services.phase("1.1.0") != ReleasePhase.COMPLETED; second++) {
            services.pass(Duration.ofSeconds(1));
        }

        assertThat(services.phase("1.1.0")).isEqualTo(ReleasePhase.COMPLETED);
        agrees(services, "1.1.0", "not worse");
    }

    /** Gates are stand-ins here, and nobody signs; all that is said of seconds and rollouts has to agree. */
    private static void agrees(ServicesTogether services, String version, String judged) {
        Verified verified = services.verified(version);
        assertThat(verified.judgement()).contains("seconds judged again: " + judged);
        assertThat(verified.faults())
                .noneMatch(fault -> fault.contains("recorded second")
                        || fault.contains("the release was told")
                        || fault.contains("over the stored seconds"));
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
