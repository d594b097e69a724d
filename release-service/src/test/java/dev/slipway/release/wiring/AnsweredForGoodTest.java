package dev.slipway.release.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingCore;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that comes again after more others than its application remembers. */
final class AnsweredForGoodTest {
    private static final Cause TEST = Cause.of("user:test");
    private static final PolicyReading.Accepted POLICY = Examples.demoPolicy();

    private final ServiceInMemory service = new ServiceInMemory("release-service");
    private final Aggregates<Application, ApplicationInput> applications = ReleaseWiring.applications(
            service.recipe(),
            new ApplicationCore(Examples.APPLICATION_LIMITS),
            look -> new HeadSeen(look.pushed(), null));
    private final Aggregates<Dossier, ReleaseInput> releases = ReleaseWiring.releases(
            service.recipe(), new ReleaseSaga(Examples.SAGA_LIMITS), new NoGit(), (_, _, _) -> null, _ -> List.of());

    private static final class NoGit implements Revisions {
        @Override
        public ReleaseInput read(Work.ReadRevision read) {
            return new ReleaseInput.RevisionRefused("It is not there.");
        }

        @Override
        public ReleaseInput merge(Work.MergeRevision merge) {
            return new ReleaseInput.Merged(new Sha("2".repeat(40)));
        }
    }

    @BeforeEach
    void listens() {
        Aggregates<Keeping, KeepingInput> keepings = RetentionWiring.keepings(
                service.recipe(),
                new KeepingCore(Duration.ofSeconds(5)),
                (_, _, _) -> null,
                new RetentionWiring.Forgetting());
        ReleaseWiring.listen(service.recipe(), applications, releases, keepings, _ -> {});
    }

    private void policy() {
        applications.submit("hello", new PutPolicy(POLICY.policy(), POLICY.hash(), "admin"), TEST);
    }

    private Application propose(String key, Proposal proposal) {
        applications.submit("hello", new Propose(proposal, "ci@example.test", key, false), TEST);
        service.settle();
        return applications.find("hello").orElseThrow().state();
    }

    private void manyOthers() {
        for (int patch = 1; patch <= 2 * Examples.APPLICATION_LIMITS.proposalsRemembered(); patch++) {
            propose("other " + patch, Examples.proposal("2.0." + patch));
        }
    }

    private List<String> attempts() {
        return releases.between("hello@1.0.0", "hello@1.0.1", 10).stream()
                .map(Snapshot::id)
                .toList();
    }

    @Test
    void an_old_event_of_a_version_that_ended_without_traffic_starts_no_other_attempt() {
        policy();
        propose("event", Examples.proposal("1.0.0"));
        assertThat(releases.find("hello@1.0.0").orElseThrow().state().state().phase())
                .isEqualTo(ReleasePhase.REJECTED);
        manyOthers();
        long ordinal = applications.find("hello").orElseThrow().state().ordinal();

        Application after = propose("event", Examples.proposal("1.0.0"));

        assertThat(after.answerTo("event")).contains(new ReleaseId("hello@1.0.0"));
        assertThat(after.ordinal()).isEqualTo(ordinal);
        assertThat(attempts()).doesNotContain("hello@1.0.0~2").hasSizeLessThanOrEqualTo(1);
        assertThat(propose("another event", Examples.proposal("1.0.0")).ordinal())
                .as("one that is new may try it again")
                .isEqualTo(ordinal + 1);
    }

    @Test
    void an_old_event_that_was_refused_is_not_let_begin_when_what_it_lacked_has_come() {
        ReleaseId refused =
                propose("event", Examples.proposal("1.0.0")).answerTo("event").orElseThrow();
        policy();
        manyOthers();

        assertThat(propose("event", Examples.proposal("1.0.0")).answerTo("event"))
                .contains(refused);
        assertThat(releases.find("hello@1.0.0")).isEmpty();
    }

    @Test
    void what_an_application_remembers_stays_bounded_and_each_answer_is_a_finished_document() {
        policy();
        manyOthers();

        assertThat(applications.find("hello").orElseThrow().state().answered())
                .hasSize(Examples.APPLICATION_LIMITS.proposalsRemembered());
        assertThat(service.stores().of("answer").listLive(null, 10)).isEmpty();
        assertThat(service.stores().of("answer").listFinished(null, 100))
                .hasSize(2 * Examples.APPLICATION_LIMITS.proposalsRemembered());
    }
}
