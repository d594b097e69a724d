package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Cell;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A duty with a matrix: asked for, answered, counted and shown cell by cell. */
final class DutyMatrixTest {
    private static final String CARL = "carl@example.test";
    private static final List<MatrixAxis> MATRIX = List.of(
            new MatrixAxis("platforms", List.of("linux", "macos")),
            new MatrixAxis("browsers", List.of("firefox", "chrome")));

    /** Ben and Carl are DevOps, and so many of them are asked before staging. */
    private static Journey asked(int people) {
        Duty duty = new Duty("try-it", "Try it", "devops", Before.STAGING, people, List.of(), Duration.ofHours(2))
                .withMatrix(MATRIX);
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Carl", CARL, null));
        Policy.Approvals none = new Policy.Approvals(0, Duration.ofHours(1));
        return new Journey(Examples.demoPolicy(contacts, none, List.of(duty))).awaitingApproval();
    }

    private static Journey answered(Journey journey, String email, Result result, String... cells) {
        return journey.take(new ReleaseInput.AnswerDuty(
                email, "try-it", result, "tried it", Map.of(), List.of(), List.of(cells), journey.triple(), null));
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static List<LineState> cells(Journey journey) {
        return duty(journey).cells().stream().map(Cell::state).toList();
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Refusal refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal());
    }

    @Test
    void it_goes_on_once_each_cell_has_passed() {
        Journey journey = asked(1);
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).what())
                .isEqualTo("the duty try-it of devops (0 of 4 cells)");
        assertThat(Objects.requireNonNull(Telling.waiting(journey.dossier())).command())
                .isEqualTo(
                        "./slipway release duty hello@1.0.0 try-it pass --cell linux/firefox --reason WHY --as EMAIL");
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .contains(
                        "try-it of devops (Try it; cell by cell: linux/firefox, linux/chrome, macos/firefox, macos/chrome)",
                        "--cell CELL --as EMAIL");

        answered(journey, Examples.BEN, Result.PASSED, "macos/firefox", "linux/firefox");

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(cells(journey)).containsExactly(LineState.PASSED, LineState.DUE, LineState.PASSED, LineState.DUE);
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);
        assertThat(duty(journey).why())
                .isEqualTo("2 of 4 cells are answered by the role devops; open: linux/chrome, macos/chrome");
        assertThat(duty(journey).answers().getFirst().cells()).containsExactly("linux/firefox", "macos/firefox");

        answered(journey, CARL, Result.PASSED, DutyView.ALL_CELLS);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(duty(journey).answers().getLast().cells()).containsExactly("linux/chrome", "macos/chrome");
    }

    @Test
    void one_cell_that_failed_stops_it() {
        Journey journey = answered(asked(1), Examples.BEN, Result.FAILED, "macos/chrome");

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text())
                .isEqualTo("Duty try-it: ben@example.test says that macos/chrome failed: tried it");
        assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
        assertThat(cells(journey)).endsWith(LineState.FAILED);
    }

    @Test
    void a_cell_that_does_not_apply_is_waited_for_no_longer_and_the_others_still_are() {
        Journey journey = answered(asked(1), Examples.BEN, Result.NOT_APPLICABLE, "macos/firefox", "macos/chrome");
        assertThat(cells(journey))
                .containsExactly(LineState.DUE, LineState.DUE, LineState.DOES_NOT_APPLY, LineState.DOES_NOT_APPLY);

        answered(journey, Examples.BEN, Result.PASSED, DutyView.ALL_CELLS);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        Journey none = answered(asked(1), Examples.BEN, Result.NOT_APPLICABLE, DutyView.ALL_CELLS);
        assertThat(duty(none).state()).isEqualTo(LineState.DOES_NOT_APPLY);
    }

    @Test
    void two_people_answer_each_cell_where_the_duty_wants_two() {
        Journey journey = answered(asked(2), Examples.BEN, Result.PASSED, DutyView.ALL_CELLS);
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);

        answered(journey, CARL, Result.PASSED, "linux/firefox", "linux/chrome", "macos/firefox");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(duty(journey).cells().getLast())
                .isEqualTo(
                        new Cell(
                                "macos/chrome",
                                LineState.DUE,
                                "1 of 2 of the role devops has answered: ben@example.test says that each of linux/firefox, linux/chrome, macos/firefox, macos/chrome passed: tried it"));
        answered(journey, Examples.BEN, Result.FAILED, "macos/chrome");
        assertThat(refusal(journey).code()).isEqualTo("answered-before");

        answered(journey, CARL, Result.PASSED, DutyView.ALL_CELLS);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void an_answer_names_its_cells_and_says_the_same_again_without_effect() {
        Journey journey = asked(1);
        answered(journey, Examples.BEN, Result.PASSED);
        assertThat(refusal(journey).code()).isEqualTo("which-cell");
        assertThat(refusal(journey).detail()).contains("--cell CELL", "--all-cells", "Open: linux/firefox,");
        answered(journey, Examples.BEN, Result.PASSED, "linux/firefix");
        assertThat(refusal(journey).detail())
                .isEqualTo("Duty try-it has no cell \"linux/firefix\"; did you mean linux/firefox?");

        answered(journey, Examples.BEN, Result.PASSED, "linux/firefox");
        answered(journey, Examples.BEN, Result.PASSED, "linux/firefox");
        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).answers()).hasSize(1);
        answered(journey, CARL, Result.PASSED, "linux/firefox", "linux/chrome");
        assertThat(refusal(journey).detail())
                .isEqualTo(
                        "Cell linux/firefox of duty try-it has passed by the word of ben@example.test; only that it failed is still taken.");
        assertThat(duty(journey).answers()).hasSize(1);
    }

    @Test
    void a_duty_that_is_asked_as_a_whole_has_no_cells_to_name() {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("try-it", Before.STAGING))).staging();

        answered(journey, Examples.BEN, Result.PASSED, "linux/firefox");

        assertThat(refusal(journey).code()).isEqualTo("no-cells");
    }

    @Test
    void whoever_has_answered_some_cells_hands_the_others_over() {
        Journey journey = answered(asked(1), Examples.BEN, Result.PASSED, "linux/firefox");

        journey.take(new ReleaseInput.HandOver(Examples.BEN, Examples.ADA, null, "try-it", "on leave", false, null));

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).asked()).contains(Examples.ADA, CARL).doesNotContain(Examples.BEN);
        answered(journey, Examples.ADA, Result.PASSED, DutyView.ALL_CELLS);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }
}
