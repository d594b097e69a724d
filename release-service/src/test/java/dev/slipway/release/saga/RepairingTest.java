package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.Flaw;
import dev.slipway.contracts.release.GuideView.Repair;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.release.saga.Repairing.Ended;
import dev.slipway.release.saga.Repairing.Went;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Lines that the last releases show to be of no use as they are. */
final class RepairingTest {
    private static final Policy POLICY = VotesTest.policy("required: 2", """
        waivers: [{gates: [unit-tests], roles: [technical-lead]}]
        calendars: [{name: office, zone: UTC}]
        duties:
          - {id: by-rule, text: Try it, by: devops, before: staging, when: patch}
          - {id: by-word, text: Try it, by: devops, before: staging}
          - {id: lessons, text: Write down what we learned, by: devops, after: rolled-back, within: 5d}
        timetable: [{approval: required, by: devops, due: {days: 0, after: "gate:check-build"}}]
        guide:
          headings: [{under: Small, when: patch}]
          lines:
            - {id: tests, text: Unit tests pass, gate: unit-tests}
            - {id: yes, text: Two people say yes, approval: required}
            - {id: rule, text: Try it on a patch, duty: by-rule}
            - {id: word, text: Try it, duty: by-word}
            - {id: learn, text: Learn, duty: lessons}
            - {id: back, text: Roll back if it is bad, action: rollback}
            - {id: patch, text: Backport, when: patch}
            - {id: small, under: [Small], text: Say what is mended, document: notes}
            - {id: press, text: Tell the press}
        """);

    private static Guide guide() {
        return Objects.requireNonNull(POLICY.guide());
    }

    private static Went went(Journey journey, String id) {
        return Repairing.of(journey.dossier()).stream()
                .filter(ended -> ended.line().id().equals(id))
                .findFirst()
                .orElseThrow()
                .went();
    }

    /** Up to its end, with a duty that does not apply by people's word; people say yes after that time. */
    private static Journey completed(Duration yesAfter, boolean waived) {
        Journey journey = new Journey(POLICY).validating();
        if (waived) {
            journey.take(journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"))
                    .take(journey.waive("unit-tests", Examples.ADA))
                    .take(journey.confirm("unit-tests", Examples.BEN));
        } else {
            journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
        }
        journey.take(journey.answer("by-word", Examples.BEN, Result.NOT_APPLICABLE))
                .after(yesAfter);
        journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.BEN));
        return journey.take(new ReleaseInput.Abort("user:op", "seen enough", null))
                .take(journey.rollout("staging", Phase.RESTORED));
    }

    @Test
    void how_a_line_went_is_told_apart() {
        Journey onTime = completed(Duration.ofHours(1), false);
        assertThat(onTime.dossier().state()).isInstanceOf(ReleaseState.Ended.class);

        assertThat(went(onTime, "tests")).isEqualTo(Went.DONE);
        assertThat(went(onTime, "yes")).isEqualTo(Went.DONE);
        assertThat(went(onTime, "rule")).isEqualTo(Went.LEFT_OUT);
        assertThat(went(onTime, "word")).isEqualTo(Went.LEFT_OUT);
        assertThat(went(onTime, "patch")).isEqualTo(Went.LEFT_OUT);
        assertThat(went(onTime, "small")).isEqualTo(Went.LEFT_OUT);
        assertThat(went(onTime, "press")).isEqualTo(Went.UNREACHED);
        assertThat(went(onTime, "back")).as("nothing went wrong that it is for").isEqualTo(Went.UNREACHED);
        assertThat(went(onTime, "learn")).as("it did not end so").isEqualTo(Went.UNREACHED);
        assertThat(went(completed(Duration.ofDays(2), false), "yes")).isEqualTo(Went.LATE);
        assertThat(went(completed(Duration.ofHours(1), true), "tests")).isEqualTo(Went.WAIVED);
    }

    @Test
    void a_line_that_people_dismiss_counts_as_left_out() {
        Journey journey = completed(Duration.ofHours(1), false)
                .take(new ReleaseInput.SayOfLine(Examples.ADA, "press", false, "nobody will notice", false, null));

        assertThat(went(journey, "press")).isEqualTo(Went.LEFT_OUT);
    }

    @Test
    void what_has_not_ended_and_a_way_back_say_nothing() {
        assertThat(Repairing.of(new Journey(POLICY).awaitingApproval().dossier()))
                .isEmpty();
        assertThat(Repairing.of(new Journey(POLICY).rollback().dossier())).isEmpty();
        assertThat(Repairing.of(new Journey().completed().dossier())).isEmpty();
    }

    private static List<Ended> release(String id, Went went) {
        GuideLine line = GuideInForce.line(guide(), id).orElseThrow();
        return List.of(new Ended(
                line,
                guide().headings().stream().filter(each -> each.covers(line)).toList(),
                went));
    }

    private static List<Repair> lines(String id, Went... releases) {
        return Repairing.lines(
                guide(), Arrays.stream(releases).map(went -> release(id, went)).toList(), 3);
    }

    @Test
    void a_line_is_for_repair_when_each_of_at_least_three_releases_says_the_same() {
        assertThat(lines("small", Went.LEFT_OUT, Went.LEFT_OUT, Went.LEFT_OUT))
                .extracting(Repair::id, Repair::flaw, Repair::releases, Repair::looked)
                .containsExactly(tuple("small", Flaw.NEVER_APPLIED, 3, 3));
        assertThat(lines("small", Went.LEFT_OUT, Went.LEFT_OUT)).isEmpty();
        assertThat(lines("small", Went.LEFT_OUT, Went.LEFT_OUT, Went.LEFT_OUT, Went.DONE))
                .isEmpty();
        assertThat(lines("tests", Went.WAIVED, Went.WAIVED, Went.WAIVED, Went.UNREACHED, Went.LEFT_OUT))
                .extracting(Repair::flaw, Repair::releases, Repair::looked)
                .containsExactly(tuple(Flaw.ALWAYS_WAIVED, 3, 5));
        assertThat(lines("tests", Went.WAIVED, Went.WAIVED, Went.DONE)).isEmpty();
        assertThat(lines("yes", Went.LATE, Went.LATE, Went.LATE))
                .extracting(Repair::flaw)
                .containsExactly(Flaw.ALWAYS_LATE);
        assertThat(lines("yes", Went.LATE, Went.LATE, Went.UNREACHED)).isEmpty();
        assertThat(lines("yes", Went.UNREACHED, Went.UNREACHED, Went.UNREACHED)).isEmpty();
    }

    @Test
    void a_line_that_was_mended_since_begins_anew() {
        List<List<Ended>> before = List.of(
                release("patch", Went.LEFT_OUT), release("patch", Went.LEFT_OUT), release("patch", Went.LEFT_OUT));
        assertThat(Repairing.lines(guide(), before, 3)).hasSize(1);

        for (String mended : List.of(
                "{id: patch, text: Backport}",
                "{id: patch, text: Backport it, when: patch}",
                "{id: patch, text: Backport, when: patch, gate: unit-tests}",
                "{id: patch, under: [Small], text: Backport, when: patch}")) {
            Guide other = Objects.requireNonNull(VotesTest.policy(
                            "required: 2",
                            "guide: {headings: [{under: Small, when: minor}], lines: [{id: x, under: [Small], text: X}, %s]}\n"
                                    .formatted(mended))
                    .guide());
            assertThat(Repairing.lines(other, before, 3)).as(mended).isEmpty();
        }
    }
}
