package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits for whom a line asks, and what is left to do when nothing waits any more. */
class DutyMomentTest {
    private final Lines guide = Lines.of("""
            ## Preparation
            - [ ] Ask the translators what is missing
            ## Staging
            - [ ] Ask the help desk to try it in staging
            ## Post-release activities
            - [ ] Discuss what went slowly
            - [ ] Merge the release branch back
            - [ ] Set the next development version
            - [ ] Check with the help desk whether users complain
            - [ ] Review the way we ship, two weeks after the release
            - [ ] Thank everybody, within two days
            ## Continuous improvement
            - [ ] Agree on what to change
            """);

    @Test
    void work_that_is_left_is_asked_for_after_the_release_and_nothing_waits_for_it() {
        assertThat(moment("Discuss")).isEqualTo(DutyMoment.ENDED);
        assertThat(moment("Review")).isEqualTo(DutyMoment.ENDED);
        assertThat(moment("Agree")).isEqualTo(DutyMoment.ENDED);
        assertThat(guide.at("Discuss").answer().policy()).contains("after: end").doesNotContain("before:");
    }

    /** Of a version that was taken back nothing is merged back, and no next one begins. */
    @Test
    void what_needs_the_version_is_asked_for_only_of_a_release_that_was_kept() {
        assertThat(moment("Merge")).isEqualTo(DutyMoment.COMPLETED);
        assertThat(moment("next development")).isEqualTo(DutyMoment.COMPLETED);
        assertThat(DutyMoment.COMPLETED.words()).isEqualTo("after: completed");
        assertThat(DutyMoment.COMPLETED.isLeft()).isTrue();
        assertThat(DutyMoment.END.isLeft()).isFalse();
    }

    @Test
    void what_says_whether_it_may_stay_is_asked_for_before_the_end() {
        assertThat(moment("Check with")).isEqualTo(DutyMoment.END);
        assertThat(guide.at("Check with").answer().policy()).contains("before: end");
        assertThat(moment("translators")).isEqualTo(DutyMoment.STAGING);
        assertThat(moment("in staging")).isEqualTo(DutyMoment.PRODUCTION);
    }

    @Test
    void its_time_is_the_one_that_the_line_says_counted_from_the_end() {
        assertThat(DutyMoment.within(guide.at("Review"))).contains(Duration.ofDays(14));
        assertThat(DutyMoment.within(guide.at("Thank"))).contains(Duration.ofDays(2));
        assertThat(DutyMoment.within(guide.at("Discuss"))).isEmpty();
    }

    private DutyMoment moment(String part) {
        return DutyMoment.of(guide.at(part));
    }
}
