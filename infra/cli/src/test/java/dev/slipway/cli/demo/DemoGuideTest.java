package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.DefaultGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide that the demo goes by: the whole default one, each line answered by something or somebody. */
class DemoGuideTest {
    private static final Path FIRST =
            Path.of(System.getProperty("slipway.guides", "../../../shared/vectors/guides"), "first-guide.md");

    @TempDir
    Path folder;

    private Policy policy;
    private Map<String, GuideLine> lines;

    @BeforeEach
    void read() {
        policy = PolicyCheck.of(folder.resolve("slipway.yaml"), DemoPolicy.yaml(folder, 1))
                .policy();
        Guide guide = Objects.requireNonNull(policy.guide());
        lines = guide.lines().stream().collect(Collectors.toMap(GuideLine::text, Function.identity()));
    }

    @Test
    void it_holds_each_line_of_the_default_guide_under_its_heading_in_its_order() {
        List<String> shipped = lines.values().stream().map(GuideLine::text).toList();

        assertThat(shipped)
                .containsAll(DefaultGuide.lines().stream()
                        .map(DefaultGuide.Line::text)
                        .toList());
        assertThat(DefaultGuide.lines())
                .allSatisfy(line -> assertThat(
                                Objects.requireNonNull(lines.get(line.text())).under())
                        .as(line.text())
                        .containsExactly(line.heading()));
        assertThat(Objects.requireNonNull(policy.guide()).lines().stream()
                        .map(GuideLine::text)
                        .filter(text -> DefaultGuide.lines().stream()
                                .anyMatch(line -> line.text().equals(text))))
                .containsExactlyElementsOf(DefaultGuide.lines().stream()
                        .map(DefaultGuide.Line::text)
                        .toList());
    }

    @Test
    void each_line_of_the_guide_that_this_project_began_with_is_answered() throws IOException {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "skipped: no guide at " + FIRST.toAbsolutePath().normalize());
        List<String> first = Files.readAllLines(FIRST);
        Map<Integer, DefaultGuide.Line> covered = DefaultGuide.lines().stream()
                .collect(Collectors.toMap(line -> Integer.parseInt(line.of().split(" ", 2)[0]), Function.identity()));

        for (int number = 1; number <= first.size(); number++) {
            if (first.get(number - 1).matches("\\s*(-|\\d+\\.) .*")) {
                DefaultGuide.Line line = Objects.requireNonNull(covered.get(number), first.get(number - 1));
                GuideAnswer answer = Objects.requireNonNull(lines.get(line.text()), line.text())
                        .answer();
                assertThat(answer.by()).as(first.get(number - 1)).isNotIn(By.UNANSWERED, By.UNKNOWN);
            }
        }
    }

    @Test
    void each_duty_answers_a_line_and_somebody_of_the_demo_is_asked() {
        assertThat(lines.values())
                .noneMatch(line -> line.answer().by() == By.UNANSWERED)
                .extracting(line -> line.answer().by())
                .contains(By.GATE, By.APPROVAL, By.DUTY, By.DOCUMENT, By.ACTION, By.VALUE, By.NOTHING);
        assertThat(policy.duties()).extracting(Duty::before).contains(Duty.Before.STAGING, Duty.Before.PRODUCTION);
        assertThat(policy.duties())
                .filteredOn(Duty::isAfterWork)
                .as("asked for whether production kept it or went back")
                .extracting(Duty::id, Duty::after)
                .containsExactly(
                        tuple("insights", Announcing.After.END),
                        tuple("lessons", Announcing.After.END),
                        tuple("review", Announcing.After.END));
        assertThat(policy.duties()).allSatisfy(duty -> {
            assertThat(lines.values())
                    .as(duty.id())
                    .anyMatch(line -> line.answer().equals(new GuideAnswer(By.DUTY, duty.id())));
            assertThat(policy.contacts())
                    .as(duty.id())
                    .anyMatch(contact -> contact.role().equals(duty.by())
                            && contact.address().isPresent());
        });
    }

    @Test
    void each_line_that_names_what_was_before_is_answered_by_a_gate_that_compares_with_it() {
        List<GuideLine> compared = lines.values().stream()
                .filter(line -> line.text().matches("(?i).*\\b(baseline|last verified release)\\b.*"))
                .toList();

        assertThat(compared).hasSize(3).allSatisfy(line -> {
            assertThat(line.answer().by()).isEqualTo(By.GATE);
            assertThat(policy.gates())
                    .filteredOn(gate -> gate.id().equals(line.answer().name()))
                    .singleElement()
                    .satisfies(gate -> assertThat(gate.rule())
                            .extracting(Gate.Threshold::fact)
                            .anyMatch(fact -> fact.startsWith("baseline.")));
        });
    }

    /** Each by a means that looks itself, where there is one: no person is asked for what a file, a tag or a figure says. */
    @Test
    void what_slipway_can_see_itself_no_person_is_asked_for() {
        assertThat(answer("Version: {version}")).isEqualTo(new GuideAnswer(By.GATE, "version"));
        assertThat(answer("Validate the configuration files")).isEqualTo(new GuideAnswer(By.GATE, "configuration"));
        assertThat(answer("Have the deployment scripts reviewed by somebody else"))
                .isEqualTo(new GuideAnswer(By.APPROVAL, GuideAnswer.PATHS));
        assertThat(answer("Verify the settings of each environment")).isEqualTo(new GuideAnswer(By.GATE, "settings"));
        assertThat(answer("Checks: all pipelines of the revision")).isEqualTo(new GuideAnswer(By.GATE, "checks"));
        assertThat(answer("Verify that staging shares nothing with production"))
                .isEqualTo(new GuideAnswer(By.GATE, "isolated"));
        assertThat(answer("The documentation is complete")).isEqualTo(new GuideAnswer(By.GATE, "links"));
        assertThat(answer("Tag what was merged")).isEqualTo(new GuideAnswer(By.GATE, "tagged"));
        assertThat(answer("Report how many answers failed, and for how long"))
                .isEqualTo(new GuideAnswer(By.DOCUMENT, "report"));
    }

    private GuideAnswer answer(String text) {
        return Objects.requireNonNull(lines.get(text), text).answer();
    }

    @Test
    void whoever_starts_from_it_gets_neither_its_guide_nor_its_duties() {
        Policy start = PolicyCheck.of(folder.resolve("slipway.yaml"), DemoPolicy.yaml(DemoPolicy.sample(), folder, 1))
                .policy();

        assertThat(start.guide()).isNull();
        assertThat(start.duties()).isEmpty();
        assertThat(start.gates()).isEqualTo(policy.gates());
    }
}
