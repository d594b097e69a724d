package dev.slipway.release.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReportView.Candidate;
import dev.slipway.contracts.release.ReportView.CandidateKind;
import dev.slipway.contracts.release.ReportView.Stretch;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How long a release was where, and what of that may be worth a look. */
final class CourseTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant END = START.plusSeconds(1_000);

    private static final List<JournalEntry> JOURNAL = List.of(
            entry(0, "{\"type\": \"PROPOSED\", \"waits\": {}}"),
            entry(10, "{\"type\": \"VALIDATING\", \"waits\": {}}"),
            entry(20, "{\"type\": \"VALIDATING\", \"waits\": {\"asked\": true}}"),
            entry(100, "{\"type\": \"AWAITING_APPROVAL\"}"),
            new JournalEntry(5, "w", at(300), "user:ada", "Approve", null, node("{}"), List.of()),
            entry(700, "{\"type\": \"STAGING\", \"part\": \"ROLLING_OUT\"}"),
            entry(720, "{\"type\": \"STAGING\", \"part\": \"VERIFYING\"}"),
            entry(750, "{\"type\": \"CANDIDATE\", \"ahead\": \"VERIFYING\"}"),
            entry(760, "{\"type\": \"ROLLING_OUT\"}"),
            entry(950, "{\"type\": \"MERGING\"}"),
            entry(960, "{\"type\": \"MERGING\", \"arrival\": 1}"),
            entry(1_000, "{\"type\": \"ENDED\", \"phase\": \"COMPLETED\"}"));

    @Test
    void each_stay_in_a_state_is_told_with_its_part_and_its_length() {
        List<Stretch> course = Course.of(JOURNAL, END.plusSeconds(500));

        assertThat(course)
                .startsWith(
                        new Stretch(ReleasePhase.PROPOSED, null, START, at(10), 10),
                        new Stretch(ReleasePhase.VALIDATING, null, at(10), at(100), 90),
                        new Stretch(ReleasePhase.AWAITING_APPROVAL, null, at(100), at(700), 600),
                        new Stretch(ReleasePhase.STAGING, "rolling-out", at(700), at(720), 20),
                        new Stretch(ReleasePhase.STAGING, "verifying", at(720), at(750), 30))
                .endsWith(
                        new Stretch(ReleasePhase.MERGING, null, at(950), at(960), 10),
                        new Stretch(ReleasePhase.MERGING, "looking", at(960), END, 40));
    }

    @Test
    void one_that_has_not_ended_goes_on_until_now() {
        List<Stretch> course = Course.of(JOURNAL.subList(0, 4), at(400));

        assertThat(course.getLast()).isEqualTo(new Stretch(ReleasePhase.AWAITING_APPROVAL, null, at(100), null, 300));
        assertThat(Course.of(List.of(), END)).isEmpty();
    }

    @Test
    void waits_for_people_gates_and_duties_are_told_by_length_and_flaky_tests_by_number() {
        List<Candidate> candidates = new Candidates("hello@1.1.0", Course.of(JOURNAL, END))
                .of(
                        List.of(
                                gate("unit", Stage.PRE_RELEASE, at(90), "tests.failed 0, tests.flaky 2"),
                                gate("smoke", Stage.STAGING, at(745), "answered"),
                                gate("open", Stage.STAGING, null, "")),
                        List.of(duty(at(500))));

        assertThat(candidates)
                .extracting(Candidate::kind, Candidate::what, Candidate::seconds, Candidate::percent)
                .startsWith(
                        tuple(CandidateKind.PEOPLE, "AWAITING_APPROVAL", 600L, 60),
                        tuple(CandidateKind.DUTY, "read-notes", 400L, 40),
                        tuple(CandidateKind.STATE, "ROLLING_OUT", 190L, 19))
                .contains(tuple(CandidateKind.GATE, "unit", 80L, 8), tuple(CandidateKind.GATE, "smoke", 25L, 3))
                .endsWith(tuple(CandidateKind.FLAKY_TESTS, "unit", 0L, 0));
        assertThat(candidates).extracting(Candidate::what).doesNotContain("open");
        assertThat(candidates.getFirst().text())
                .isEqualTo("10 min (60 % of its time) it waited for people in AWAITING_APPROVAL");
        assertThat(candidates.getLast().text())
                .isEqualTo("2 flaky tests of gate unit: ./slipway gate explain hello@1.1.0 unit names them");
    }

    private static DutyView duty(Instant answered) {
        return new DutyView(
                "read-notes",
                "Read the notes",
                "devops",
                Duty.Before.STAGING,
                1,
                List.of(),
                GuideView.LineState.PASSED,
                "done",
                List.of(new DutyView.Answer(
                        DutyView.Result.PASSED,
                        "ben@example.test",
                        answered,
                        "read",
                        Map.of(),
                        List.of(),
                        List.of(),
                        null)),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    private static GateVerdict gate(String id, Stage stage, @Nullable Instant at, String observed) {
        return new GateVerdict(
                id,
                "",
                stage,
                at == null ? Verdict.INCONCLUSIVE : Verdict.PASSED,
                at != null,
                "rule",
                observed,
                "",
                null,
                null,
                at == null ? START : at);
    }

    private static JournalEntry entry(long second, String state) {
        ObjectNode set = node("{}");
        set.set("state", MessagingJson.mapper().readTree(state));
        return new JournalEntry(second + 1, "w", at(second), "release-service", "Told", null, set, List.of());
    }

    private static ObjectNode node(String json) {
        return (ObjectNode) MessagingJson.mapper().readTree(json);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
