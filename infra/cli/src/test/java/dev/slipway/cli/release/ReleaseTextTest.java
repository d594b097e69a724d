package dev.slipway.cli.release;

import static dev.slipway.cli.Releases.AT;
import static dev.slipway.cli.Releases.asking;
import static dev.slipway.cli.Releases.dated;
import static dev.slipway.cli.Releases.release;
import static dev.slipway.cli.Releases.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.Waiting;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReleaseTextTest {
    private final ReleaseText text = new ReleaseText(ZoneOffset.UTC);

    @Test
    void show_begins_with_state_cause_who_is_waited_for_and_the_next_command() {
        ReleaseView release = release(
                ReleasePhase.NEEDS_OPERATOR,
                new Cause("worse", "the error rate is too high", "31 %", "< 5 %"),
                new Waiting("people", "an operator", AT, AT.plusSeconds(3600), "./slipway release abort hello@1.1.0"),
                null);

        List<String> lines = text.show(release);

        assertThat(lines)
                .startsWith(
                        "state      NEEDS_OPERATOR since 2026-03-01 10:00:00",
                        "cause      the error rate is too high (observed 31 %, limit < 5 %)",
                        "waits for  people: an operator",
                        "           since 2026-03-01 10:00:00, until 2026-03-01 11:00:00",
                        "next       ./slipway release abort hello@1.1.0");
    }

    @Test
    void a_date_of_what_is_no_duty_says_where_that_is_and_how_late() {
        DateView date = new DateView(
                "approval:required",
                "technical-lead",
                GuideView.LineState.DUE,
                "1 of 2 approvals",
                new DutyView.Timing(
                        DutyView.TimeState.LATE,
                        "on the release day (office)",
                        LocalDate.parse("2026-03-02"),
                        AT,
                        null,
                        null));

        assertThat(text.show(dated(date)))
                .containsSubsequence(
                        "timetable  the approvals due (technical-lead): 1 of 2 approvals",
                        "           due on the release day (office): by 2026-03-01T10:00:00Z, counted from 2026-03-02; it is late");
        assertThat(ReleaseText.timetable(release(ReleasePhase.VALIDATING, null, null, null)))
                .isEmpty();
    }

    @Test
    void whom_to_ask_stands_with_what_is_asked_of_people() {
        DutyView duty = new DutyView(
                "try-it",
                "Try it",
                "support",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                GuideView.LineState.DUE,
                "0 of 1",
                List.of());

        assertThat(text.show(asking(duty)))
                .containsSubsequence(
                        "owner      ada@example.test",
                        "contacts   technical-lead Ada (ada@example.test, #hello)",
                        "           support Cy (cy@example.test)",
                        "duties     try-it due (support, before production): Try it");
        assertThat(ReleaseText.contacts(release(ReleasePhase.VALIDATING, null, null, null)))
                .isEmpty();
    }

    @Test
    void a_release_that_waits_for_nobody_names_the_command_that_follows_it() {
        assertThat(text.head(release(ReleasePhase.ROLLING_OUT, null, null, stepping(10))))
                .containsExactly(
                        "state      ROLLING_OUT since 2026-03-01 10:00:00",
                        "next       nothing to do; watch it with ./slipway release watch hello@1.1.0");
    }

    @Test
    void a_release_at_its_end_asks_for_nothing() {
        assertThat(text.head(release(ReleasePhase.ROLLED_BACK, Cause.of("worse", "judged worse"), null, null)))
                .last()
                .isEqualTo("next       nothing: this is where it stays");
    }

    @Test
    void show_tells_gates_approvals_rollout_and_milestones() {
        assertThat(text.show(release(ReleasePhase.ROLLING_OUT, null, null, stepping(10))))
                .contains(
                        "           and by names that nobody logs in by; look whether one is yours: GitHub <noreply@github.com>",
                        "approvals  1 of 2: ada@example.test",
                        "rollout    hello/production: STEPPING, step 1 of 4, 10 % of traffic",
                        "           a note",
                        "  PASSED       unit-tests           PRE_RELEASE    tests.total 14, tests.failed 0",
                        "  INCONCLUSIVE smoke                STAGING        no answer yet",
                        "  2026-03-01 10:00:08  ROLLING_BACK    judged worse");
    }

    @Test
    void show_says_what_its_configuration_has_otherwise_than_what_runs() {
        ObjectNode view = WireJson.mapper().valueToTree(release(ReleasePhase.ROLLING_OUT, null, null, stepping(10)));
        view.set(
                "changes",
                WireJson.mapper()
                        .valueToTree(List.of(
                                new SettingChange("env.GREETING", "\"hello\"", "\"hi\""),
                                new SettingChange("limits.memoryBytes", null, "536870912"))));

        assertThat(text.show(WireJson.mapper().treeToValue(view, ReleaseView.class)))
                .containsSequence(
                        "otherwise  env.GREETING: \"hello\" -> \"hi\"",
                        "           limits.memoryBytes: added, 536870912");
    }

    @Test
    void a_list_says_for_each_why_or_what_it_waits_for() {
        Waiting waiting = new Waiting("people", "1 of 2 approvals", AT, AT, null);

        assertThat(text.list(List.of(release(ReleasePhase.AWAITING_APPROVAL, null, waiting, null))))
                .last()
                .asString()
                .startsWith("hello@1.1.0")
                .endsWith("1 of 2 approvals");
    }
}
