package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.guide.Deciding;
import dev.slipway.cli.guide.PolicyGuide;
import dev.slipway.cli.guide.Question;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.Guide;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.Rerun;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
    private static final List<String> APPROVERS = List.of("ben@example.test", "cleo@example.test");
    private static final int SECONDS_MAX = 900;

    private record Imported(Policy policy, Rerun rerun, List<Question> questions) {}

    @Test
    void under_the_guide_that_this_project_began_with_the_demo_ships_and_no_line_is_left_open() throws IOException {
        assumeTrue(
                Files.isRegularFile(FIRST),
                "skipped: no guide at " + FIRST.toAbsolutePath().normalize());
        Imported imported = imported(GuideFile.read(FIRST));

        ServicesTogether together = shipped(imported.policy());

        GuideView second = assertShipped(together, "1.1.0");
        assertThat(second.lines()).hasSize(62);
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

    /** The sample's policy with this guide in place of its own, each question answered as it is proposed. */
    private static Imported imported(Guide guide) {
        Policy before = policy(DemoPolicy.sample());
        Rerun first = Rerun.of(guide, Decisions.none(guide.file()));
        List<Question> questions =
                PolicyGuide.of(guide.file(), first.proposals(), before).questions();
        Decisions decided = first.known();
        for (Question question : questions) {
            assertThat(question.proposed()).as(question.text()).isNotEmpty();
            decided = decided.deciding(question.line(), Deciding.of(question.proposed()));
        }
        Rerun then = Rerun.of(guide, decided);
        String yaml = PolicyGuide.of(guide.file(), then.proposals(), before).in(DemoPolicy.sample());
        return new Imported(policy(yaml), then, questions);
    }

    private static Policy policy(String yaml) {
        byte[] bytes = DemoPolicy.yaml(yaml, Path.of("hello.git"), 1).getBytes(StandardCharsets.UTF_8);
        return switch (new PolicyReader(1 << 20).read(bytes)) {
            case PolicyReading.Accepted accepted -> accepted.policy();
            case PolicyReading.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** The first release of all, and one that has something to be compared with and to go back to. */
    private static ServicesTogether shipped(Policy policy) {
        ServicesTogether together = new ServicesTogether(policy);
        ship(together, "1.0.0", 1);
        assertShipped(together, "1.0.0");
        ship(together, "1.1.0", 2);
        return together;
    }

    private static void ship(ServicesTogether together, String version, long ordinal) {
        together.propose(version, ordinal);
        for (int second = 0; second < SECONDS_MAX && !together.phase(version).terminal(); second++) {
            people(together, version);
            together.pass(Duration.ofSeconds(1));
        }
        people(together, version); // and what is left to do after it
    }

    private static GuideView assertShipped(ServicesTogether together, String version) {
        GuideView view = GuideStates.of(together.dossier(version));
        Map<String, LineState> states =
                view.lines().stream().collect(Collectors.toMap(GuideView.Line::id, GuideView.Line::state));
        assertThat(together.phase(version)).as(states.toString()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(view.tally().open()).isZero();
        assertThat(states.values())
                .as(states.toString())
                .isSubsetOf(LineState.PASSED, LineState.VALUE, LineState.NOTHING, LineState.DOES_NOT_APPLY)
                .contains(LineState.PASSED);
        return view;
    }

    // ---- people

    private static void people(ServicesTogether together, String version) {
        Dossier now = together.dossier(version);
        if (now.state().phase() == ReleasePhase.AWAITING_APPROVAL
                && now.approvals().isEmpty()) {
            for (String person : APPROVERS) {
                ReleaseInput.Triple exactly = exactly(now);
                together.said(
                        version,
                        new ReleaseInput.Approve(person, exactly.sha(), exactly.digests(), exactly.policyHash(), null));
            }
        }
        due(together, version).forEach(duty -> answer(together, version, duty, Result.PASSED));
    }

    private static List<Duty> due(ServicesTogether together, String version) {
        Dossier now = together.dossier(version);
        Policy policy = Objects.requireNonNull(now.release().policy());
        return GuideStates.of(now).lines().stream()
                .filter(line -> line.state() == LineState.DUE && line.answer().by() == GuideAnswer.By.DUTY)
                .flatMap(line -> policy.duty(line.answer().name()).stream())
                .distinct()
                .toList();
    }

    private static void answer(ServicesTogether together, String version, Duty duty, Result result) {
        Dossier now = together.dossier(version);
        String person = Objects.requireNonNull(now.release().policy()).contacts().stream()
                .filter(contact -> contact.role().equals(duty.by()))
                .flatMap(contact -> contact.address().stream())
                .findFirst()
                .orElseThrow();
        together.said(
                version,
                new ReleaseInput.AnswerDuty(
                        person,
                        duty.id(),
                        result,
                        "done and seen",
                        duty.fields().stream().collect(Collectors.toMap(field -> field, _ -> "seen")),
                        List.of(),
                        exactly(now),
                        null));
    }

    private static ReleaseInput.Triple exactly(Dossier now) {
        return new ReleaseInput.Triple(
                now.release().proposal().sha(),
                now.release().proposal().artifacts().stream()
                        .map(Artifact::digest)
                        .map(Object::toString)
                        .toList(),
                now.release().policyHash());
    }
}
