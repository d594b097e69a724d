package dev.slipway.proof;

import static dev.slipway.proof.GuidedReleases.SECONDS_MAX;
import static dev.slipway.proof.GuidedReleases.answer;
import static dev.slipway.proof.GuidedReleases.assertShipped;
import static dev.slipway.proof.GuidedReleases.due;
import static dev.slipway.proof.GuidedReleases.imported;
import static dev.slipway.proof.GuidedReleases.policy;
import static dev.slipway.proof.GuidedReleases.ship;
import static dev.slipway.proof.GuidedReleases.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.GuideFile;
import dev.slipway.proof.GuidedReleases.Imported;
import dev.slipway.release.saga.GuideStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A guide becomes a policy by the questions that its import asks, each answered as proposed, and under that policy releases of
 * the demo ship on the shipped cores: gates pass, people answer what they are asked, and at the end no line is open.
 */
class FirstGuideTest {
    private static final Path FIRST =
            Path.of(System.getProperty("slipway.guides", "../../../shared/vectors/guides"), "first-guide.md");
    private static final Path PAPER = Path.of("../docs/first-guide.md");
    private static final boolean REWRITE = Boolean.getBoolean("slipway.guide.rewrite");

    @Test
    void under_the_guide_that_this_project_began_with_the_demo_ships_and_no_line_is_left_open() throws IOException {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "skipped: no guide at " + FIRST.toAbsolutePath().normalize());
        Imported imported = imported(GuideFile.read(FIRST));

        ServicesTogether together = shipped(imported.policy());

        GuideView second = assertShipped(together, "1.1.0");
        assertThat(second.lines()).hasSize(62);
        assertThat(second.lines())
                .filteredOn(line -> line.answer().equals(new GuideAnswer(GuideAnswer.By.GATE, "settings")))
                .as("the settings of each environment are compared, and no CI's word is taken for it")
                .extracting(GuideView.Line::state)
                .containsExactly(LineState.PASSED);
        String paper = FirstGuidePaper.of(imported.rerun(), imported.questions(), second, imported.policy());
        if (REWRITE) {
            Files.writeString(PAPER, paper);
        }
        assertThat(Files.readString(PAPER))
                .as("anew with -Dslipway.guide.rewrite=true")
                .isEqualTo(paper);
    }

    @Test
    void under_the_shipped_guide_the_demo_ships_and_no_line_is_left_open() {
        Imported imported = imported(GuideFile.parse("RELEASE.md", DefaultGuide.markdown()));

        assertShipped(shipped(imported.policy()), "1.1.0");
    }

    /** Who is told is told by another service, which is not here. */
    @Test
    void under_the_policy_that_the_demo_goes_by_a_release_ships_and_no_line_is_left_open() {
        ServicesTogether together = new ServicesTogether(policy(DemoPolicy.shipped()));

        ship(together, "1.0.0", 1);

        GuideView view = GuideStates.of(together.dossier("1.0.0"));
        assertThat(together.phase("1.0.0")).as(view.toString()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(view.tally().open()).isZero();
        assertThat(view.lines())
                .filteredOn(line -> !line.id().equals("tell"))
                .extracting(GuideView.Line::state)
                .containsOnly(LineState.PASSED, LineState.VALUE, LineState.NOTHING, LineState.DOES_NOT_APPLY);
        assertThat(view.lines())
                .filteredOn(line -> line.answer().by() == GuideAnswer.By.DUTY)
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line.state()).isEqualTo(LineState.PASSED));
        assertThat(view.lines())
                .filteredOn(line -> line.state() == LineState.DOES_NOT_APPLY)
                .as("nothing went wrong, and the first one is a major one")
                .extracting(GuideView.Line::id)
                .containsExactly("rollback");
    }

    @Test
    void a_duty_of_it_that_failed_stops_the_release() {
        Imported imported = imported(GuideFile.parse("RELEASE.md", DefaultGuide.markdown()));
        ServicesTogether together = new ServicesTogether(imported.policy());
        together.propose("1.0.0", 1);
        for (int second = 0; second < SECONDS_MAX && due(together, "1.0.0").isEmpty(); second++) {
            together.pass(Duration.ofSeconds(1));
        }

        answer(together, "1.0.0", due(together, "1.0.0").getFirst(), Result.FAILED);

        assertThat(together.phase("1.0.0")).isEqualTo(ReleasePhase.REJECTED);
        assertThat(GuideStates.of(together.dossier("1.0.0")).lines())
                .filteredOn(line -> line.state() == LineState.FAILED)
                .hasSize(1);
    }
}
