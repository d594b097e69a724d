package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Line;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Tally;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A release on each part of its way, and where it is in each line of its guide. */
final class GuideStatesTest {
    private static final Policy POLICY = policy("""
        waivers: [{gates: [unit-tests], roles: [technical-lead]}]
        guide:
          file: RELEASE.md
          lines:
            - {id: tests, line: 3, under: [Testing], text: Unit tests pass, gate: unit-tests}
            - {id: build, text: CI is green, gate: check-build}
            - {id: conflicts, text: No conflicts, gate: merge}
            - {id: smoke, text: Smoke tests pass, gate: smoke}
            - {id: back, text: The way back is prepared, gate: way-back}
            - {id: yes, text: Two people say yes, approval: required}
            - {id: staged, text: Deploy to staging, action: stage}
            - {id: deploy, text: Deploy to production, action: deploy}
            - {id: rollback, text: Roll back if it is bad, action: rollback}
            - {id: merge, text: Merge, action: merge}
            - {id: tag, text: Tag, action: tag}
            - {id: tell, text: Tell the teams, action: notify}
            - {id: record, text: Keep a record, document: record}
            - {id: limits, text: List known limitations, document: known-limitations}
            - {id: notes, text: Write release notes, document: notes}
            - {id: runbook, text: Document the deployment steps, document: runbook}
            - {id: two, text: "Approvals: 2", value: approvals.required}
            - {id: calm, text: Small before large, nothing: a principle}
            - {id: press, text: Tell the press}
            - {id: patch, text: Backport, when: patch, gate: unit-tests}
        """);

    private static Policy policy(String guide) {
        PolicyReading reading =
                new PolicyReader(100_000).read((Examples.demoYaml() + guide).getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Journey journey() {
        return new Journey(POLICY);
    }

    private static GuideView view(Journey journey) {
        return GuideStates.of(journey.dossier());
    }

    private static Line line(Journey journey, String id) {
        return view(journey).lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Expected states, as in {@code "tests PASSED, smoke OPEN"}. */
    private static void assertStates(Journey journey, String expected) {
        Map<String, LineState> states = view(journey).lines().stream().collect(Collectors.toMap(Line::id, Line::state));
        Map<String, LineState> wanted = Arrays.stream(expected.strip().split(",\\s*"))
                .map(each -> each.split(" "))
                .collect(Collectors.toMap(each -> each[0], each -> LineState.valueOf(each[1])));

        assertThat(states).as(journey.dossier().state().toString()).containsAllEntriesOf(wanted);
    }

    @Test
    void at_its_beginning_all_is_open_but_what_is_the_same_in_each_release() {
        assertStates(
                journey().proposed(),
                "tests OPEN, build OPEN, smoke OPEN, back OPEN, yes OPEN, staged OPEN, deploy OPEN, rollback OPEN,"
                        + " merge OPEN, tag OPEN, tell DUE, record DUE, limits DUE, notes DUE, runbook PASSED, two VALUE,"
                        + " calm NOTHING, press UNANSWERED, patch DOES_NOT_APPLY");
    }

    @Test
    void a_gate_is_due_while_it_is_asked_and_then_says_what_its_verdict_says() {
        assertStates(journey().validating(), "tests DUE, build DUE, conflicts DUE, smoke OPEN, back OPEN");
        assertStates(journey().awaitingApproval(), "tests PASSED, build PASSED, conflicts PASSED, smoke OPEN");
        assertStates(journey().verifyingStaging(), "smoke DUE, staged DUE");
        assertStates(journey().candidate(), "smoke PASSED, back DUE, staged PASSED");
        assertStates(journey().rollingOut(), "back PASSED, conflicts PASSED");
        assertThat(line(journey().awaitingApproval(), "tests").why()).isEqualTo("seen");
    }

    @Test
    void people_who_say_yes_answer_a_line_with_their_names() {
        Journey one = journey().awaitingApproval();
        assertStates(one, "yes DUE");
        one.take(one.approve(Examples.ADA));
        assertThat(line(one, "yes").why()).isEqualTo("1 of 2 approvals");

        assertStates(journey().staging(), "yes PASSED");
        assertThat(line(journey().staging(), "yes").why()).contains(Examples.ADA, Examples.BEN);
    }

    @Test
    void approvals_that_did_not_come_in_time_have_failed() {
        Journey late = journey().awaitingApproval().overdue();

        assertThat(late.dossier().state().phase()).isEqualTo(ReleasePhase.EXPIRED);
        assertStates(late, "yes FAILED, staged OPEN, tests PASSED");
        assertThat(line(late, "staged").why()).startsWith("the release ended as EXPIRED before");
    }

    @Test
    void what_slipway_does_is_due_while_it_does_it_and_passed_when_it_is_done() {
        assertStates(journey().stepping(), "deploy DUE, rollback OPEN, merge OPEN, tag OPEN");
        assertThat(line(journey().stepping(), "deploy").why()).isEqualTo("10 % of traffic");
        assertStates(journey().merging(), "deploy PASSED, merge DUE, tag DUE, rollback DOES_NOT_APPLY, tell DUE");
        assertStates(
                journey().completed().told(),
                "deploy PASSED, merge PASSED, tag PASSED, tell PASSED, record PASSED, limits PASSED, notes PASSED,"
                        + " runbook PASSED, rollback DOES_NOT_APPLY, press UNANSWERED");
    }

    @Test
    void what_production_took_back_has_failed_and_the_way_back_has_passed() {
        Journey back = journey().rollingBack();
        assertStates(back, "deploy FAILED, rollback DUE, merge OPEN");
        assertThat(line(back, "deploy").why()).isEqualTo("It is worse.");

        assertStates(
                back.take(back.rollout("production", Phase.RESTORED)), "deploy FAILED, rollback PASSED, merge OPEN");
        assertStates(journey().needsOperatorForProduction(), "deploy FAILED, rollback FAILED");
        assertStates(journey().nothingToRestore(), "deploy FAILED, rollback FAILED");
    }

    @Test
    void a_merge_that_was_refused_has_failed_though_production_runs_the_version() {
        assertStates(journey().needsOperatorForMerging(), "deploy PASSED, merge FAILED, tag FAILED");
        assertStates(journey().needsOperatorForConfirming(), "deploy DUE");
    }

    @Test
    void a_release_that_a_gate_stopped_shows_it_and_what_never_got_its_turn() {
        Journey failed = journey().validating();
        failed.take(failed.onlyFailed(Steps.ASSESS_PRE_RELEASE, "check-build"));
        assertStates(failed, "build FAILED, tests PASSED, smoke OPEN, deploy OPEN, rollback DOES_NOT_APPLY");
        assertThat(line(failed, "build").why()).isEqualTo("because");

        Journey unknown = journey().validating();
        unknown.take(unknown.onlyInconclusive(Steps.ASSESS_PRE_RELEASE, "check-build"));
        assertStates(unknown, "build INCONCLUSIVE");

        assertStates(journey().restoring(), "smoke FAILED, staged FAILED");
    }

    @Test
    void a_waived_gate_is_told_with_who_why_and_until_when() {
        assertStates(journey().unwaived(), "tests FAILED");
        assertStates(journey().halfWaived(), "tests FAILED");

        Journey waived = journey().waived();
        assertStates(waived, "tests WAIVED, yes DUE");
        WaiverView waiver = Objects.requireNonNull(line(waived, "tests").waiver());
        assertThat(waiver.by()).isEqualTo(Examples.ADA);
        assertThat(waiver.confirmedBy()).isEqualTo(Examples.BEN);
        assertThat(waiver.reason()).isEqualTo("flaky, see 12");
        assertThat(waiver.until()).isAfter(waived.now());
        assertThat(line(waived, "limits").why()).contains("gate unit-tests waived until");
    }

    @Test
    void a_way_back_passes_no_gates_and_asks_nobody() {
        assertStates(
                journey().rollback(),
                "tests DOES_NOT_APPLY, yes DOES_NOT_APPLY, staged DOES_NOT_APPLY, merge DOES_NOT_APPLY, two VALUE, "
                        + "press UNANSWERED");
    }

    @Test
    void a_line_that_a_duty_answers_is_open_due_and_passed_failed_or_late() {
        Policy asks = policy("""
            duties: [{id: try-it, text: Try it, by: devops, before: production, within: 2h}]
            guide: {lines: [{id: hand, text: Try it by hand, duty: try-it}]}
            """);

        assertStates(new Journey(asks).staging(), "hand OPEN");
        Journey due = new Journey(asks).candidate();
        assertStates(due, "hand DUE");
        assertThat(line(due, "hand").why()).isEqualTo("0 of 1 of the role devops has answered");
        assertStates(due.take(due.answer("try-it", Examples.BEN, Result.PASSED)), "hand PASSED");
        assertThat(line(due, "hand").why()).isEqualTo("ben@example.test says that it passed: tried it");
        Journey bad = new Journey(asks).candidate();
        assertStates(bad.take(bad.answer("try-it", Examples.BEN, Result.NOT_POSSIBLE)), "hand FAILED");
        Journey late = new Journey(asks).candidate().overdue();
        assertStates(late, "hand FAILED");
        assertThat(line(late, "hand").why()).contains("was not answered in time");
        assertStates(new Journey(asks).rollback(), "hand DOES_NOT_APPLY");
        assertThat(view(due).tally()).isEqualTo(new Tally(1, 1, 1, 0));
    }

    @Test
    void a_line_whose_duty_does_not_apply_by_its_rule_or_by_peoples_word_does_not_apply_and_is_not_tallied() {
        Policy asks = policy("""
                duties:
                  - {id: by-rule, text: Try it, by: devops, before: production, when: patch}
                  - {id: by-word, text: Try it, by: devops, before: production}
                guide: {lines: [{id: rule, text: Try it, duty: by-rule}, {id: word, text: Try it, duty: by-word}]}
                """);

        Journey journey = new Journey(asks).candidate();
        assertStates(journey, "rule DOES_NOT_APPLY, word DUE");
        journey.take(journey.answer("by-word", Examples.BEN, Result.NOT_APPLICABLE));

        assertStates(journey, "rule DOES_NOT_APPLY, word DOES_NOT_APPLY");
        assertThat(line(journey, "rule").why())
                .isEqualTo("it holds for patch, and this release is major, first, final");
        assertThat(line(journey, "word").waiver()).isNull();
        assertThat(view(journey).tally()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    @Test
    void lines_are_tallied_without_those_that_do_not_apply() {
        GuideView view = view(journey().awaitingApproval());

        assertThat(view.tally()).isEqualTo(new Tally(19, 18, 4, 1));
        assertThat(view.guideHash())
                .isEqualTo(Objects.requireNonNull(POLICY.guide()).hash());
        assertThat(view.file()).isEqualTo("RELEASE.md");
        assertThat(line(journey().proposed(), "patch").why())
                .isEqualTo("it holds for patch, and this release is major, first, final");
    }

    @Test
    void before_the_first_release_nothing_has_begun_and_gaps_are_seen_already() {
        GuideView view = GuideStates.before(new ApplicationName("hello"), POLICY, "h");

        assertThat(view.release()).isNull();
        assertThat(view.lines())
                .extracting(Line::state)
                .contains(LineState.OPEN, LineState.VALUE, LineState.NOTHING, LineState.UNANSWERED)
                .doesNotContain(LineState.DOES_NOT_APPLY, LineState.DUE);
    }

    @Test
    void without_a_guide_there_are_no_lines() {
        GuideView view = view(new Journey().completed());

        assertThat(view.lines()).isEmpty();
        assertThat(view.guideHash()).isNull();
        assertThat(view.tally()).isEqualTo(new Tally(0, 0, 0, 0));
    }

    @Test
    void what_a_heading_says_holds_for_all_lines_under_it_besides_what_they_say_themselves() {
        Journey journey = new Journey(policy("""
            guide:
              headings:
                - {under: Hotfix, when: hotfix}
                - {under: Small, when: version.minor > 0}
              lines:
                - {id: backport, under: [Hotfix], text: Backport it, gate: unit-tests}
                - {id: below, under: [Hotfix, Then], text: Tell them, when: major, document: notes}
                - {id: small, under: [Small], text: Look at it, document: notes}
                - {id: major, under: [Then], text: Tell those who upgrade, when: major, document: notes}
                - {id: patch, under: [Then], text: Say what is mended, when: patch, document: notes}
            """)).proposed();

        assertStates(
                journey,
                "backport DOES_NOT_APPLY, below DOES_NOT_APPLY, small DOES_NOT_APPLY, major DUE, patch DOES_NOT_APPLY");
        assertThat(line(journey, "below").why())
                .isEqualTo("what stands under Hotfix holds for hotfix, and this release is major, first, final");
        assertThat(line(journey, "small").why())
                .isEqualTo(
                        "what stands under Small applies where version.minor > 0, which does not hold of this release");
        assertThat(view(journey).tally()).isEqualTo(new Tally(1, 1, 0, 0));
        assertThat(view(journey).headings())
                .extracting(GuideHeading::under, GuideHeading::rule)
                .containsExactly(tuple("Hotfix", "hotfix"), tuple("Small", "version.minor > 0"));
    }

    @Test
    void a_line_applies_where_its_expression_holds_whatever_answers_it() {
        Journey journey = new Journey(policy("""
            guide:
              lines:
                - {id: later, text: Tell those who upgrade, when: version.major > 1}
                - {id: first, text: Tell the press, when: kind.first == 1 && release.attempt == 1, document: notes}
                - {id: never, text: Divide, when: version.major / (release.attempt - 1) > 3}
            """)).proposed();

        assertStates(journey, "later DOES_NOT_APPLY, first DUE, never UNANSWERED");
        assertThat(line(journey, "later").why())
                .isEqualTo("it applies where version.major > 1, which does not hold of this release");
        assertThat(line(journey, "later").where()).isEqualTo("version.major > 1");
        assertThat(view(journey).tally()).isEqualTo(new Tally(2, 1, 0, 1));
    }
}
