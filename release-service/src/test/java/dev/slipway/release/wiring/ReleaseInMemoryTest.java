package dev.slipway.release.wiring;

import static dev.slipway.release.wiring.Examples.ADA;
import static dev.slipway.release.wiring.Examples.AUTHOR;
import static dev.slipway.release.wiring.Examples.BEN;
import static dev.slipway.release.wiring.Examples.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.ChainCheck;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.WireRecord;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingCore;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LookingBack;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import dev.slipway.release.wiring.Peers.Answer;
import dev.slipway.release.wiring.Peers.Fate;
import dev.slipway.testkit.ServiceInMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on one thread: cores, recipe, routes; Git and the other services are stand-ins. */
final class ReleaseInMemoryTest {
    private static final Cause TEST = Cause.of("user:test");

    @TempDir
    private static Path keys;

    private final ServiceInMemory service = new ServiceInMemory("release-service");
    private final Peers peers = new Peers();
    private final Aggregates<Application, ApplicationInput> applications =
            ReleaseWiring.applications(service.recipe(), new ApplicationCore(Examples.APPLICATION_LIMITS), this::look);
    private final Aggregates<Dossier, ReleaseInput> releases = ReleaseWiring.releases(
            service.recipe(),
            new ReleaseSaga(Examples.SAGA_LIMITS),
            new KnownRevisions(),
            new KeyFolder(keys),
            _ -> List.of());
    private final RetentionWiring.Forgetting forgetting = new RetentionWiring.Forgetting();
    private final Aggregates<Keeping, KeepingInput> keepings = RetentionWiring.keepings(
            service.recipe(), new KeepingCore(Duration.ofSeconds(5)), new KeyFolder(keys), forgetting);
    private final PolicyReading.Accepted policy = Examples.demoPolicy();
    private final List<Moved> moves = new ArrayList<>();
    private @Nullable Sha head;
    private boolean answering = true;
    private boolean refusing;
    private int answered;

    private final class KnownRevisions implements Revisions {
        @Override
        public ReleaseInput read(Work.ReadRevision read) {
            return refusing
                    ? new ReleaseInput.RevisionRefused("It is not there.")
                    : new ReleaseInput.RevisionRead(List.of(AUTHOR));
        }

        @Override
        public ReleaseInput merge(Work.MergeRevision merge) {
            return new ReleaseInput.Merged(new Sha("2".repeat(40)));
        }
    }

    private ApplicationInput.HeadSeen look(SourceBranch.Look look) {
        return new ApplicationInput.HeadSeen(look.pushed(), head);
    }

    @BeforeEach
    void givenAPolicy() {
        ReleaseWiring.listen(service.recipe(), applications, releases, keepings, moves::add);
        forgetting.by(releases::forget);
        applications.submit("hello", new ApplicationInput.PutPolicy(policy.policy(), policy.hash(), "admin"), TEST);
    }

    /** Lets the other services answer until nothing is left to say. */
    private void converse() {
        service.settle();
        while (answering && answered < service.bus().records().size()) {
            WireRecord record = service.bus().records().get(answered++);
            for (Answer answer : peers.answer(record.headers().getOrDefault("ce_type", ""), record.body())) {
                service.receive(
                        answer.topic(), answer.key(), answer.type(), answer.body(), answer.source(), answer.version());
            }
            service.settle();
        }
    }

    private void publish(String eventId, Proposal proposal) {
        Map<String, Object> event = new HashMap<>();
        event.put("context", Map.of("id", eventId));
        event.put("customData", proposal);
        publish(eventId, MessagingJson.mapper().writeValueAsString(event), Map.of("ce_publisher", PUBLISHER));
    }

    private void publish(String eventId, String json, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", eventId);
        headers.put("ce_source", "/ci/hello");
        headers.put("ce_type", CiTypes.ARTIFACT_PUBLISHED + "0.3.0");
        service.bus().send(new WireRecord(Topics.CI_EVENTS, "hello", headers, json.getBytes(StandardCharsets.UTF_8)));
        converse();
    }

    private Outcome<Dossier> approve(String release, String email) {
        Dossier d = release(release);
        Outcome<Dossier> outcome = releases.submit(
                release,
                new ReleaseInput.Approve(
                        email,
                        d.release().proposal().sha(),
                        List.of(d.release()
                                .proposal()
                                .artifacts()
                                .getFirst()
                                .digest()
                                .value()),
                        d.release().policyHash(),
                        null),
                Cause.of("user:" + email));
        converse();
        return outcome;
    }

    private Dossier release(String id) {
        return releases.find(id).map(Snapshot::state).orElseThrow();
    }

    private ReleasePhase phase(String id) {
        return release(id).state().phase();
    }

    private void after(Duration time) {
        service.advance(time);
        converse();
    }

    @Test
    void what_a_release_was_told_and_decided_is_a_chain_that_its_end_closes() throws Exception {
        new KeyFolder(keys).ensure();
        publish("1", Examples.proposal("1.0.0"));
        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);

        assertThat(proof("hello@1.0.0").check().faults()).isEmpty();
        assertThat(proof("hello@1.0.0").check().closed()).isNull(); // it goes on

        after(Duration.ofSeconds(11));

        Proof proof = proof("hello@1.0.0");
        ChainCheck.Result result = proof.check();
        assertThat(result.faults()).isEmpty();
        assertThat(result.before()).isZero();
        assertThat(Objects.requireNonNull(result.closed()).records()).isEqualTo(result.records());
        assertThat(proof.records())
                .extracting(link -> link.record().path("input").asString())
                .contains("Approve", "Assessed", "RolloutChanged");
        assertThat(proof.chain()).isEqualTo("release-service/release/hello@1.0.0");
        String sent = MessagingJson.mapper().writeValueAsString(proof);
        assertThat(MessagingJson.mapper().readValue(sent, Proof.class).check()).isEqualTo(result);
        String forged = sent.replaceFirst("user:" + BEN, "user:eve@example.test");
        assertThat(MessagingJson.mapper().readValue(forged, Proof.class).check().faults())
                .singleElement()
                .asString()
                .contains("does not say what its hash was made of");
    }

    @Test
    void notes_of_a_release_that_is_over_are_edited_by_one_more_signed_record_of_its_chain() throws Exception {
        new KeyFolder(keys).ensure();
        completed("1.0.0", "a");
        Snapshot<Dossier> ended = releases.find("hello@1.0.0").orElseThrow();
        assertThat(ended.finished()).isTrue();
        int before = proof("hello@1.0.0").records().size();

        releases.submit(
                "hello@1.0.0",
                new ReleaseInput.EditNotes(ADA, "Turn the cache on.", "learned since", null),
                Cause.of("user:" + ADA));

        Snapshot<Dossier> after = releases.find("hello@1.0.0").orElseThrow();
        assertThat(Objects.requireNonNull(after.state().prose()).text()).isEqualTo("Turn the cache on.");
        assertThat(after.finished()).isTrue();
        assertThat(after.updatedAt()).as("its end").isEqualTo(ended.updatedAt());
        Proof proof = proof("hello@1.0.0");
        assertThat(proof.check().faults()).isEmpty();
        assertThat(proof.records()).hasSize(before + 1);
        assertThat(proof.records().getLast().record().path("actor").asString()).isEqualTo("user:" + ADA);
        assertThat(Objects.requireNonNull(proof.check().closed()).records())
                .as("each later word is signed")
                .isEqualTo(before + 1);
    }

    @Test
    void what_is_refused_of_a_release_that_is_over_stands_in_its_chain_counted_and_signed() throws Exception {
        new KeyFolder(keys).ensure();
        completed("1.0.0", "a");
        Snapshot<Dossier> ended = releases.find("hello@1.0.0").orElseThrow();
        int before = proof("hello@1.0.0").records().size();
        ReleaseInput pause = new ReleaseInput.Pause("user:" + ADA, "too late", null);

        for (int i = 0; i < 5; i++) {
            assertThat(releases.submit("hello@1.0.0", pause, Cause.of("user:" + ADA))
                            .refusal())
                    .isNotNull();
        }

        Snapshot<Dossier> after = releases.find("hello@1.0.0").orElseThrow();
        assertThat(after.finished()).isTrue();
        assertThat(after.state().state()).isEqualTo(ended.state().state());
        assertThat(after.updatedAt()).as("its end").isEqualTo(ended.updatedAt());
        assertThat(Objects.requireNonNull(after.state().refusedNow()).told())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.by()).isEqualTo("user:" + ADA);
                    assertThat(refused.asked()).isEqualTo("pause");
                    assertThat(refused.times()).isEqualTo(5);
                });
        Proof proof = proof("hello@1.0.0");
        assertThat(proof.check().faults()).isEmpty();
        assertThat(proof.records()).as("told of the 1st, 2nd and 4th").hasSize(before + 3);
        assertThat(proof.records().getLast().record().path("reason").asString())
                .startsWith("refused to pause by user:" + ADA);
        assertThat(Objects.requireNonNull(proof.check().closed()).records()).isEqualTo(before + 3);
    }

    @Test
    void items_and_feedback_of_a_release_that_is_over_are_records_of_its_chain_each_signed() throws Exception {
        new KeyFolder(keys).ensure();
        completed("1.0.0", "a");
        int before = proof("hello@1.0.0").records().size();

        for (ReleaseInput.Request said : List.of(
                new ReleaseInput.RaiseItem(ADA, "Warm the cache up", BEN, null, false, null),
                new ReleaseInput.GiveFeedback("ci:/support", "support", "Greetings are quicker.", null, null),
                new ReleaseInput.CloseItem(BEN, 1, RetroView.State.DONE, "it is warm", null))) {
            releases.submit("hello@1.0.0", said, Cause.of(said.by()));
        }

        Snapshot<Dossier> after = releases.find("hello@1.0.0").orElseThrow();
        assertThat(after.finished()).isTrue();
        RetroView retro = LookingBack.said(after.state());
        assertThat(retro.items().getFirst().state()).isEqualTo(RetroView.State.DONE);
        assertThat(retro.feedback()).hasSize(1);
        Proof proof = proof("hello@1.0.0");
        assertThat(proof.check().faults()).isEmpty();
        assertThat(proof.records()).hasSize(before + 3);
        assertThat(Objects.requireNonNull(proof.check().closed()).records()).isEqualTo(before + 3);
    }

    @Test
    void feedback_leaves_in_the_record_what_was_added_to_it_and_no_more_however_much_there_is() throws Exception {
        new KeyFolder(keys).ensure();
        completed("1.0.0", "a");
        releases.submit(
                "hello@1.0.0", new ReleaseInput.RaiseItem(ADA, "Warm it up", BEN, null, false, null), Cause.of(ADA));
        int before = proof("hello@1.0.0").records().size();

        for (int i = 0; i < 60; i++) {
            releases.submit(
                    "hello@1.0.0",
                    new ReleaseInput.GiveFeedback("ci:/support", "support", i + " " + "x".repeat(900), null, null),
                    Cause.of("ci:/support"));
        }
        releases.submit(
                "hello@1.0.0",
                new ReleaseInput.CloseItem(BEN, 1, RetroView.State.DONE, "it is warm", null),
                Cause.of(BEN));

        Proof proof = proof("hello@1.0.0");
        assertThat(proof.check().faults()).isEmpty();
        assertThat(proof.records()).hasSize(before + 61);
        assertThat(proof.records().subList(before, before + 61))
                .as("characters of a record, with its words once more as its reason")
                .allSatisfy(link -> assertThat(link.record().toString()).hasSizeLessThan(2_500));
        Dossier state = releases.find("hello@1.0.0").orElseThrow().state();
        assertThat(LookingBack.said(state).feedback()).hasSize(60);
        assertThat(Journal.fold(releases.journal("hello@1.0.0")).path("feedback"))
                .isEqualTo(MessagingJson.mapper().valueToTree(state).path("feedback"));
    }

    @Test
    void what_users_say_comes_as_an_event_and_counts_once_and_tickets_of_others_are_passed_over() {
        completed("1.0.0", "a");
        Map<String, Object> said = Map.of(
                "customData",
                Map.of(
                        "application", "hello",
                        "release", "hello@1.0.0",
                        "from", "support",
                        "text", "Greetings are quicker."));
        for (int i = 0; i < 2; i++) {
            service.receive(Topics.CI_EVENTS, "hello", "dev.cdevents.ticket.created.0.1.0", said, "/support", 0);
        }
        service.receive(
                Topics.CI_EVENTS,
                "hello",
                "dev.cdevents.ticket.created.0.1.0",
                Map.of("customData", Map.of("application", "hello", "queue", "x")),
                "/support",
                0);
        service.settle();

        RetroView retro =
                LookingBack.said(releases.find("hello@1.0.0").orElseThrow().state());
        assertThat(retro.feedback()).singleElement().satisfies(each -> {
            assertThat(each.text()).isEqualTo("Greetings are quicker.");
            assertThat(each.by()).startsWith("ci:");
        });
    }

    @Test
    void reports_and_then_the_record_go_by_policy_a_hold_keeps_them_and_what_production_runs_stays() throws Exception {
        new KeyFolder(keys).ensure();
        for (String version : List.of("1.0.0", "1.1.0")) {
            publish(version, Examples.proposal(version));
            approve("hello@" + version, ADA);
            approve("hello@" + version, BEN);
            after(Duration.ofSeconds(11));
        }
        long records = releases.journal("hello@1.0.0").size();
        RetentionSweep sweep = new RetentionSweep(applications, releases, keepings, service.clock(), 1);
        after(Duration.ofDays(399));
        assertThat(looks(sweep)).isZero();
        keepings.submit("hello@1.0.0", new KeepingInput.Hold("ada", "an audit", null), TEST);
        after(Duration.ofDays(2));
        assertThat(looks(sweep)).isZero();

        keepings.submit("hello@1.0.0", new KeepingInput.Lift("ada", "it is over", null), TEST);
        assertThat(looks(sweep)).isEqualTo(1);
        service.settle();
        assertThat(service.sent(Topics.VALIDATION_COMMANDS, ValidationTypes.FORGET_EVIDENCE, ForgetEvidence.class))
                .containsExactly(new ForgetEvidence(
                        new QuestionKey(new ReleaseId("hello@1.0.0"), "retention", 1), "evidence: 400 days"));
        service.receive(
                Topics.VALIDATION_RESULTS,
                "hello@1.0.0",
                ValidationTypes.EVIDENCE_FORGOTTEN,
                new EvidenceForgotten(
                        new QuestionKey(new ReleaseId("hello@1.0.0"), "retention", 1),
                        2,
                        service.clock().instant()),
                "validation-service/forgetting/hello@1.0.0",
                2);
        service.settle();
        assertThat(looks(sweep)).as("its record is kept for longer").isZero();

        after(Duration.ofDays(3650 - 401));
        assertThat(looks(sweep)).isEqualTo(1);
        service.settle();
        assertThat(releases.find("hello@1.0.0")).isEmpty();
        assertThat(releases.journal("hello@1.0.0")).isEmpty();
        assertThat(releases.find("hello@1.1.0")).isPresent();
        assertThat(looks(sweep)).isZero();

        Snapshot<Keeping> told = keepings.find("hello@1.0.0").orElseThrow();
        assertThat(told.finished()).isTrue();
        assertThat(Objects.requireNonNull(told.state().records()).pieces()).isEqualTo(records);
        Aggregates.Chained chained = keepings.chained("hello@1.0.0");
        Proof proof = new Proof(
                chained.chain(),
                Journal.links(chained.entries()),
                chained.head(),
                new KeyFolder(keys).publicKeys(),
                null);
        assertThat(proof.check().faults()).isEmpty();
        assertThat(Objects.requireNonNull(proof.check().closed()).records())
                .isEqualTo(proof.check().records());
        assertThat(proof.records())
                .extracting(link -> link.record().path("input").asString())
                .containsExactly("Hold", "Lift", "EvidenceDue", "EvidenceWent", "RecordsDue", "RecordsWent");
    }

    /** As many looks as there are pages, with what was found in all of them. */
    private static int looks(RetentionSweep sweep) {
        return IntStream.range(0, 3).map(_ -> sweep.look()).sum();
    }

    private Proof proof(String release) throws IOException {
        Aggregates.Chained chained = releases.chained(release);
        return new Proof(
                chained.chain(),
                Journal.links(chained.entries()),
                chained.head(),
                new KeyFolder(keys).publicKeys(),
                null);
    }

    @Test
    void a_good_release_goes_all_the_way() {
        publish("1", Examples.proposal("1.0.0"));
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(approve("hello@1.0.0", ADA).refusal()).isNull();
        assertThat(approve("hello@1.0.0", BEN).refusal()).isNull();
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.BAKING);

        after(Duration.ofSeconds(11));

        Snapshot<Dossier> found = releases.find("hello@1.0.0").orElseThrow();
        assertThat(found.state().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(found.finished()).isTrue();
        assertThat(found.state().milestones())
                .extracting(Milestone::kind)
                .containsExactly(
                        Milestone.Kind.PROPOSED,
                        Milestone.Kind.APPROVAL_ASKED,
                        Milestone.Kind.APPROVED,
                        Milestone.Kind.STAGED,
                        Milestone.Kind.ROLLING_OUT,
                        Milestone.Kind.BAKING,
                        Milestone.Kind.COMPLETED);
        assertThat(applications.find("hello").orElseThrow().state().live()).isEmpty();
        assertThat(service.stores().deadLetters()).isEmpty();
    }

    @Test
    void a_worse_release_is_rolled_back() {
        peers.fate(Fate.WORSE);
        publish("1", Examples.proposal("1.0.0"));
        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);

        Dossier d = release("hello@1.0.0");
        assertThat(d.state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(d.cause()).isNotNull().extracting(why -> why.observed()).isEqualTo("30 %");
        assertThat(d.milestones())
                .extracting(Milestone::kind)
                .endsWith(Milestone.Kind.ROLLING_OUT, Milestone.Kind.ROLLING_BACK, Milestone.Kind.ROLLED_BACK);
        assertThat(releases.find("hello@1.0.0").orElseThrow().finished()).isTrue();
    }

    @Test
    void a_failed_gate_rejects() {
        peers.fate(Fate.FAILS_ITS_GATE);
        publish("1", Examples.proposal("1.0.0"));

        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(release("hello@1.0.0").cause()).text())
                .contains("3 tests failed");
    }

    @Test
    void the_same_event_again_changes_nothing() {
        publish("1", Examples.proposal("1.0.0"));
        Dossier before = release("hello@1.0.0");

        publish("1", Examples.proposal("1.0.0"));
        publish("2", Examples.proposal("1.0.0"));

        assertThat(release("hello@1.0.0")).isEqualTo(before);
        assertThat(releases.live(10)).hasSize(1);
    }

    @Test
    void a_version_that_is_not_above_what_production_had_is_a_visible_rejection_of_its_own() {
        publish("1", Examples.proposal("1.1.0"));
        approve("hello@1.1.0", ADA);
        approve("hello@1.1.0", BEN);
        publish("2", Examples.proposal("1.0.0"));
        publish("3", Examples.proposal("1.1.0", "b"));

        List<String> rejected =
                releases.finished(null, 10).stream().map(Snapshot::id).toList();
        assertThat(rejected).hasSize(2).allMatch(id -> id.matches("hello@1\\.[01]\\.0~[0-9a-f]{10}"));
        assertThat(rejected).allMatch(id -> phase(id) == ReleasePhase.REJECTED);
        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.BAKING);
    }

    @Test
    void what_was_aborted_is_proposed_again_under_the_same_version_as_the_next_attempt() {
        publish("1", Examples.proposal("1.0.0"));
        releases.submit("hello@1.0.0", new ReleaseInput.Abort("user:op", "typo", null), TEST);
        converse();
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.ABORTED);

        publish("1", Examples.proposal("1.0.0"));
        assertThat(releases.live(10)).as("the same event is no new attempt").isEmpty();
        publish("2", Examples.proposal("1.0.0", "b"));

        assertThat(phase("hello@1.0.0~2")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        approve("hello@1.0.0~2", ADA);
        approve("hello@1.0.0~2", BEN);
        after(Duration.ofSeconds(11));
        assertThat(phase("hello@1.0.0~2")).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.ABORTED);
        publish("3", Examples.proposal("1.0.0", "b"));
        publish("4", Examples.proposal("1.0.0", "c"));
        assertThat(releases.live(10)).as("it is used up").isEmpty();
    }

    @Test
    void a_proposal_whose_revision_is_refused_leaves_alone_what_waits_for_approval() {
        publish("1", Examples.proposal("1.0.0"));
        refusing = true;

        publish("2", Examples.proposal("1.1.0", "b"));

        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.REJECTED);
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void what_is_pushed_away_while_approvals_wait_does_not_reach_production() {
        publish("1", Examples.proposal("1.0.0"));
        refusing = true;

        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);

        Dossier d = release("hello@1.0.0");
        assertThat(d.state().phase()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(d.cause()).isNotNull().extracting("kind").isEqualTo("revision-gone");
        assertThat(d.rollout("production")).isEmpty();
    }

    @Test
    void a_freeze_that_is_declared_while_a_release_waits_holds_it_and_ends_with_the_policy_that_ends_it() {
        publish("1", Examples.proposal("1.0.0"));
        Policy p = policy.policy();
        Policy frozen = Examples.policy(
                p.application(),
                p.source(),
                p.contacts(),
                p.approvals(),
                p.checks(),
                p.gates(),
                p.environments(),
                p.merge(),
                p.onPush(),
                List.of(new Policy.Freeze(
                        service.clock().instant(), service.clock().instant().plus(Duration.ofDays(1)), "stocktaking")));
        applications.submit("hello", new ApplicationInput.PutPolicy(frozen, "frozen", "admin"), TEST);
        converse();
        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.CANDIDATE);

        applications.submit("hello", new ApplicationInput.PutPolicy(p, policy.hash(), "admin"), TEST);
        converse();

        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.BAKING);
    }

    @Test
    void a_newer_release_supersedes_an_older_one_that_has_not_started_production() {
        publish("1", Examples.proposal("1.0.0"));
        publish("2", Examples.proposal("1.1.0", "b"));

        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.SUPERSEDED);
        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void an_event_that_says_nothing_to_slipway_is_passed_over_and_a_broken_one_is_a_dead_letter() {
        publish("1", "{\"context\": {}, \"subject\": {}}", Map.of("ce_publisher", PUBLISHER));
        assertThat(service.stores().deadLetters()).isEmpty();

        publish(
                "2",
                "{\"customData\": {\"application\": \"hello\", \"version\": \"1.0.0\"}}",
                Map.of("ce_publisher", PUBLISHER));
        publish(
                "3",
                MessagingJson.mapper().writeValueAsString(Map.of("customData", Examples.proposal("1.0.0"))),
                Map.of());

        assertThat(service.stores().deadLetters()).hasSize(2);
        assertThat(releases.live(10)).isEmpty();
    }

    @Test
    void questions_are_asked_again_until_they_are_answered() {
        answering = false;
        publish("1", Examples.proposal("1.0.0"));
        int asked = service.bus().records(Topics.VALIDATION_COMMANDS).size();

        after(Duration.ofSeconds(21));

        assertThat(asked).isEqualTo(1);
        assertThat(service.bus().records(Topics.VALIDATION_COMMANDS)).hasSize(5);
        answering = true;
        converse();
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void nobody_answering_at_all_ends_as_expired() {
        answering = false;
        publish("1", Examples.proposal("1.0.0"));

        after(Duration.ofMinutes(40));

        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.EXPIRED);
    }

    @Test
    void the_end_is_told_again_until_everyone_has_planned_to_tell_it() {
        peers.fate(Fate.FAILS_ITS_GATE);
        publish("1", Examples.proposal("1.0.0"));
        assertThat(releases.find("hello@1.0.0").orElseThrow().finished()).isTrue();

        answering = false;
        publish("2", Examples.proposal("1.1.0"));
        answering = true;
        converse();
        answering = false;
        int told = service.sent(Topics.RELEASE_EVENTS, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class)
                .size();
        after(Duration.ofMinutes(5));

        assertThat(service.sent(Topics.RELEASE_EVENTS, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class))
                .hasSize(told);
    }

    @Test
    void an_end_that_nobody_plans_to_tell_is_told_again() {
        answering = false;
        publish("1", Examples.proposal("1.0.0"));
        releases.submit("hello@1.0.0", new ReleaseInput.Abort("user:op", "", null), TEST);
        service.settle();
        int told = service.sent(Topics.RELEASE_EVENTS, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class)
                .size();

        after(Duration.ofSeconds(61));

        assertThat(service.sent(Topics.RELEASE_EVENTS, ReleaseTypes.RELEASE_STATUS, ReleaseStatus.class))
                .hasSize(told + 2);
        answering = true;
        converse();
        assertThat(releases.find("hello@1.0.0").orElseThrow().finished()).isTrue();
    }

    private void completed(String version, String digit) {
        publish(version, Examples.proposal(version, digit));
        approve("hello@" + version, ADA);
        approve("hello@" + version, BEN);
        after(Duration.ofSeconds(11));
        assertThat(phase("hello@" + version)).isEqualTo(ReleasePhase.COMPLETED);
    }

    private Outcome<Application> rollBack(String key) {
        Outcome<Application> outcome =
                applications.submit("hello", new ApplicationInput.RollBack(null, "orders are lost", "op", key), TEST);
        converse();
        return outcome;
    }

    @Test
    void a_completed_release_is_rolled_back_by_a_release_of_its_own() {
        completed("1.0.0", "a");
        completed("1.1.0", "b");

        assertThat(rollBack("k").refusal()).isNull();
        assertThat(phase("hello@1.0.0~rollback-3")).isEqualTo(ReleasePhase.BAKING);
        after(Duration.ofSeconds(11));

        Dossier d = release("hello@1.0.0~rollback-3");
        assertThat(d.state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(releases.find("hello@1.0.0~rollback-3").orElseThrow().finished())
                .isTrue();
        assertThat(rollBack("k2").refusal()).isNotNull();
        assertThat(applications.find("hello").orElseThrow().state().live()).isEmpty();
        assertThat(service.stores().deadLetters()).isEmpty();
        assertThat(moves).extracting(Moved::left).contains(ReleasePhase.ROLLING_OUT, ReleasePhase.BAKING);
    }

    private void bad(String version, boolean goesBack, long said) {
        service.receive(
                Topics.DEPLOYMENT_EVENTS,
                "hello@" + version,
                DeploymentTypes.INCIDENT_STATUS,
                new IncidentStatus(
                        EnvironmentId.parse("hello/production"),
                        new ReleaseId("hello@" + version),
                        version,
                        7,
                        IncidentStatus.Kind.CRASH_LOOP,
                        Instant.parse("2026-01-05T10:00:00Z"),
                        null,
                        null,
                        2,
                        Trouble.of("Its process ended by itself: exit status 3 after 2 s"),
                        goesBack,
                        List.of()),
                "deployment-service/environment/hello/production",
                said);
        converse();
    }

    @Test
    void a_verified_version_that_is_bad_is_left_by_a_release_of_its_own_once_if_its_policy_says_so() {
        completed("1.0.0", "a");
        completed("1.1.0", "b");

        bad("1.1.0", false, 1);
        assertThat(releases.find("hello@1.0.0~rollback-3"))
                .as("the policy only wants it told")
                .isEmpty();
        bad("1.0.0", true, 2);
        assertThat(releases.find("hello@1.0.0~rollback-3"))
                .as("production has left that version")
                .isEmpty();
        assertThat(service.sent(Topics.RELEASE_EVENTS, DeploymentTypes.INCIDENT_STATUS, IncidentStatus.class))
                .as("its contacts hear why")
                .singleElement()
                .extracting(IncidentStatus::notBack)
                .isEqualTo("Production of hello has left 1.0.0 already and is at 1.1.0.");

        bad("1.1.0", true, 3);
        bad("1.1.0", true, 4);
        after(Duration.ofSeconds(11));
        Dossier d = release("hello@1.0.0~rollback-3");
        assertThat(d.state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(d.release().publisher()).isEqualTo("service:deployment-service");
        assertThat(Objects.requireNonNull(d.release().rollback()).reason())
                .isEqualTo("1.1.0 went bad in production, and its policy says whenBad: roll-back."
                        + " Its process ended by itself: exit status 3 after 2 s");
        assertThat(releases.find("hello@1.0.0~rollback-4")).isEmpty();
        assertThat(service.stores().deadLetters()).isEmpty();
    }

    private void push(String eventId, Sha sha) {
        Map<String, Object> event =
                Map.of("context", Map.of("id", eventId), "customData", Map.of("application", "hello", "sha", sha));
        Map<String, String> headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                eventId,
                "ce_source",
                "/forge/hello",
                "ce_type",
                CiTypes.CHANGE_MERGED + "0.2.0",
                "ce_publisher",
                PUBLISHER);
        service.bus()
                .send(new WireRecord(
                        Topics.CI_EVENTS,
                        "hello",
                        headers,
                        MessagingJson.mapper().writeValueAsBytes(event)));
        converse();
    }

    @Test
    void a_push_supersedes_what_is_on_its_way_once_git_shows_it() {
        publish("1", Examples.proposal("1.0.0"));
        Sha pushed = new Sha("9".repeat(40));
        push("p1", pushed);
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);

        head = pushed;
        push("p2", pushed);

        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.SUPERSEDED);
    }

    @Test
    void a_release_on_its_way_is_held_when_the_one_before_it_is_rolled_back() {
        publish("1", Examples.proposal("1.0.0"));
        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.BAKING);
        publish("2", Examples.proposal("1.1.0", "b"));
        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.AWAITING_APPROVAL);

        peers.worse("hello@1.0.0")
                .forEach(bad ->
                        service.receive(bad.topic(), bad.key(), bad.type(), bad.body(), bad.source(), bad.version()));
        converse();
        assertThat(phase("hello@1.0.0")).isEqualTo(ReleasePhase.ROLLED_BACK);
        approve("hello@1.1.0", ADA);
        approve("hello@1.1.0", BEN);

        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.CANDIDATE);
        releases.submit("hello@1.1.0", new ReleaseInput.Resume("user:op", "looked", null), TEST);
        converse();
        assertThat(phase("hello@1.1.0")).isEqualTo(ReleasePhase.BAKING);
    }

    @Test
    void the_journal_folds_to_the_state() {
        publish("1", Examples.proposal("1.0.0"));
        approve("hello@1.0.0", ADA);
        approve("hello@1.0.0", BEN);

        var folded = Journal.fold(releases.journal("hello@1.0.0"));
        var state = MessagingJson.mapper().<tools.jackson.databind.node.ObjectNode>valueToTree(release("hello@1.0.0"));
        state.remove(List.of("judgement", "heard"));
        assertThat(folded.toString()).isNotEmpty();
        state.properties()
                .forEach(field -> assertThat(folded.path(field.getKey()))
                        .as(field.getKey())
                        .isEqualTo(
                                MessagingJson.mapper().readTree(field.getValue().toString())));
    }
}
