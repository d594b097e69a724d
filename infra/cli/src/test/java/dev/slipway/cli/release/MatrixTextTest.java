package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Cell;
import dev.slipway.contracts.release.GuideView.LineState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for cell by cell, as a table. */
class MatrixTextTest {
    private static List<String> lines(Cell... cells) {
        return MatrixText.lines(new DutyView(
                "browsers",
                "Try it",
                "devops",
                Duty.Before.PRODUCTION,
                1,
                List.of(),
                LineState.DUE,
                "2 of 4 cells",
                List.of(),
                null,
                List.of(),
                List.of(
                        new MatrixAxis("platforms", List.of("linux", "macos")),
                        new MatrixAxis("browsers", List.of("firefox", "chrome"))),
                List.of(cells),
                null));
    }

    @Test
    void cells_that_are_waived_say_by_whom_and_why_once_for_each_waiver() {
        assertThat(lines(
                        new Cell("linux/firefox", LineState.PASSED, "works"),
                        new Cell("linux/chrome", LineState.WAIVED, "Known limitation, waived until noon."),
                        new Cell("macos/firefox", LineState.WAIVED, "Known limitation, waived until noon."),
                        new Cell("macos/chrome", LineState.WAIVED, "Known limitation, waived until two.")))
                .containsExactly(
                        "platforms  firefox  chrome",
                        "linux      passed   waived",
                        "macos      waived   waived",
                        "linux/chrome, macos/firefox: Known limitation, waived until noon.",
                        "macos/chrome: Known limitation, waived until two.");
    }
}
