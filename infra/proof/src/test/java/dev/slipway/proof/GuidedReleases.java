package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.slipway.guide.Guide;
import dev.slipway.guide.Rerun;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Releases of the demo on the shipped cores, under a guide that was imported: gates pass, people answer what they are asked. */
final class GuidedReleases {
    static final int SECONDS_MAX = 900;
    private static final List<String> APPROVERS = List.of("ben@example.test", "cleo@example.test");

    private GuidedReleases() {}

    /** A guide as part of a policy, with what was asked on the way. */
    record Imported(Policy policy, Rerun rerun, List<Question> questions) {}

    /** The sample's policy with this guide in place of its own, each question answered as it is proposed. */
    static Imported imported(Guide guide) {
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

    static Policy policy(String yaml) {
        byte[] bytes = DemoPolicy.yaml(yaml, Path.of("hello.git"), 1).getBytes(StandardCharsets.UTF_8);
        return switch (new PolicyReader(1 << 20).read(bytes)) {
            case PolicyReading.Accepted accepted -> accepted.policy();
            case PolicyReading.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** The first release of all, and one that has something to be compared with and to go back to. */
    static ServicesTogether shipped(Policy policy) {
        ServicesTogether together = new ServicesTogether(policy);
        ship(together, "1.0.0", 1);
        assertShipped(together, "1.0.0");
        ship(together, "1.1.0", 2);
        return together;
    }

    /**
     * Who does what of people's part.
     *
     * @param approvers who say yes, in this order
     * @param unanswered duties of which nobody says anything
     */
    record People(List<String> approvers, Set<String> unanswered) {
        static final People ALL = new People(APPROVERS, Set.of());

        People {
            approvers = List.copyOf(approvers);
            unanswered = Set.copyOf(unanswered);
        }
    }

    static void ship(ServicesTogether together, String version, long ordinal) {
        ship(together, version, ordinal, People.ALL, SECONDS_MAX);
    }

    /** Until it has ended, or so many seconds are over. */
    static void ship(ServicesTogether together, String version, long ordinal, People people, int seconds) {
        together.propose(version, ordinal);
        for (int second = 0; second < seconds && !together.phase(version).terminal(); second++) {
            people(together, version, people);
            together.pass(Duration.ofSeconds(1));
        }
        people(together, version, people); // and what is left to do after it
    }

    static GuideView assertShipped(ServicesTogether together, String version) {
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

    private static void people(ServicesTogether together, String version, People people) {
        Dossier now = together.dossier(version);
        if (now.state().phase() == ReleasePhase.AWAITING_APPROVAL
                && now.approvals().isEmpty()) {
            for (String person : people.approvers()) {
                ReleaseInput.Triple exactly = exactly(now);
                together.said(
                        version,
                        new ReleaseInput.Approve(person, exactly.sha(), exactly.digests(), exactly.policyHash(), null));
            }
        }
        due(together, version).stream()
                .filter(duty -> !people.unanswered().contains(duty.id()))
                .forEach(duty -> answer(together, version, duty, Result.PASSED));
    }

    static List<Duty> due(ServicesTogether together, String version) {
        Dossier now = together.dossier(version);
        Policy policy = Objects.requireNonNull(now.release().policy());
        return GuideStates.of(now).lines().stream()
                .filter(line -> line.state() == LineState.DUE && line.answer().by() == GuideAnswer.By.DUTY)
                .flatMap(line -> policy.duty(line.answer().name()).stream())
                .distinct()
                .toList();
    }

    static void answer(ServicesTogether together, String version, Duty duty, Result result) {
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

    /** What people say something of. */
    static ReleaseInput.Triple exactly(Dossier now) {
        return new ReleaseInput.Triple(
                now.release().proposal().sha(),
                now.release().proposal().artifacts().stream()
                        .map(Artifact::digest)
                        .map(Object::toString)
                        .toList(),
                now.release().policyHash());
    }
}
