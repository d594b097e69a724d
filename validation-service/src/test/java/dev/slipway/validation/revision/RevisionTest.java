package dev.slipway.validation.revision;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.testkit.GoldenTraces;
import dev.slipway.testkit.ListedPairs;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionInput.CheckArrived;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.Expired;
import dev.slipway.validation.revision.RevisionInput.Subscribed;
import dev.slipway.validation.revision.RevisionInput.UnreadableArrived;
import dev.slipway.validation.revision.RevisionInput.Unsubscribed;
import dev.slipway.validation.revision.RevisionMessages.RevisionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

final class RevisionTest {
    private static final String ID = "hello@" + "a".repeat(40);
    private static final String ASSESSMENT = "hello@1.0.0/assess-pre-release/1";
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(100);
    private static final Revision CORE = new Revision(new Revision.Bounds(3, 100, 2, 2, Duration.ofDays(30)));

    @TestFactory
    Stream<DynamicTest> traces() {
        return GoldenTraces.of(CORE, RevisionState.class, RevisionInput.class)
                .in("revision")
                .tests();
    }

    @Test
    void a_report_is_kept_once_however_often_it_is_sent() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID).when(evidence("1", 5), NOW);
        RevisionState once = scenario.state();

        scenario.when(evidence("1", 5), NOW.plusSeconds(60)).state(once).effects();
    }

    @Test
    void whoever_subscribed_is_told_of_the_newest_report_of_a_suite() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(evidence("1", 5), NOW)
                .when(new Subscribed(ASSESSMENT), NOW)
                .when(evidence("2", 7), NOW);

        RevisionStatus told = (RevisionStatus) scenario.messages().getFirst().body();
        assertThat(told.suites()).singleElement().satisfies(suite -> {
            assertThat(suite.facts().toString()).isEqualTo("tests.total 7");
            assertThat(suite.digests()).containsExactly(digest("2"));
            assertThat(suite.older()).isEqualTo(1);
        });
    }

    @Test
    void the_latest_run_of_a_check_counts() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(check("build", false, "event-1"), NOW)
                .when(check("build", true, "event-2"), NOW)
                .when(check("build", false, "event-1"), NOW);

        assertThat(scenario.state().latestChecks())
                .singleElement()
                .satisfies(latest -> assertThat(latest.succeeded()).isTrue());
    }

    @Test
    void one_report_too_many_is_refused_and_changes_nothing() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID);
        for (String digest : List.of("1", "2", "3")) {
            scenario.when(evidence(digest, 1), NOW);
        }
        RevisionState full = scenario.state();

        scenario.when(evidence("4", 1), NOW).refused("revision-full").state(full);
        scenario.when(evidence("3", 1), NOW).accepted();
    }

    @Test
    void the_oldest_subscriber_makes_room() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(new Subscribed("hello@1.0.0/a/1"), NOW)
                .when(new Subscribed("hello@1.0.0/b/1"), NOW)
                .when(new Subscribed("hello@1.0.0/c/1"), NOW);

        assertThat(scenario.state().subscribers()).containsExactly("hello@1.0.0/b/1", "hello@1.0.0/c/1");
    }

    @Test
    void what_has_expired_takes_nothing_in_and_still_answers() {
        givenNew(CORE, ID)
                .when(evidence("1", 1), NOW)
                .effects(Effect.startTimer(Revision.EXPIRE, NOW.plus(Duration.ofDays(30))))
                .when(new Expired(), NOW.plus(Duration.ofDays(30)))
                .where(state -> assertThat(CORE.finished(state)).isTrue())
                .when(evidence("2", 1), NOW.plus(Duration.ofDays(31)))
                .refused("revision-expired")
                .when(new Subscribed(ASSESSMENT), NOW.plus(Duration.ofDays(31)))
                .sends(RevisionMessages.CHANGED);
    }

    @Test
    void each_arrival_is_a_field_of_the_document_of_its_own() {
        RevisionState state = givenNew(CORE, ID)
                .when(evidence("1", 1), NOW)
                .when(check("build", true, "event-1"), NOW)
                .when(new Subscribed(ASSESSMENT), NOW)
                .state();

        String json = MessagingJson.mapper().writerFor(RevisionState.class).writeValueAsString(state);
        ObjectNode tree = (ObjectNode) MessagingJson.mapper().readTree(json);
        assertThat(tree.propertyNames())
                .containsExactlyInAnyOrder("id", "subscribers", "expired", "arrival-00001", "arrival-00002");
        assertThat(MessagingJson.mapper().readValue(json, RevisionState.class)).isEqualTo(state);
    }

    @Test
    void the_class_doc_lists_every_pair() {
        CoreScenario<RevisionState, RevisionInput> open = givenNew(CORE, ID)
                .when(evidence("1", 5), NOW)
                .when(check("build", true, "event-1"), NOW)
                .when(new Subscribed(ASSESSMENT), NOW);
        RevisionState heard = open.state();
        RevisionState full = open.when(evidence("2", 1), NOW)
                .when(evidence("3", 1), NOW)
                .when(check("build", true, "event-2"), NOW)
                .state();
        RevisionState unread = givenNew(CORE, ID)
                .when(evidence("1", 5), NOW)
                .when(unreadable("8"), NOW)
                .state();
        ListedPairs.of(CORE)
                .state("UNHEARD", CORE.initial(ID))
                .state("OPEN, with a report, a check and a subscriber", heard)
                .state("OPEN, full, with a subscriber", full)
                .state("OPEN, with a report and an unreadable one", unread)
                .state("EXPIRED", heard.expire())
                .input("EvidenceArrived new", evidence("4", 1), NOW)
                .input("EvidenceArrived again", evidence("1", 5), NOW)
                .input("UnreadableArrived new", unreadable("9"), NOW)
                .input("UnreadableArrived again", unreadable("8"), NOW)
                .input("CheckArrived new", check("build", false, "event-9"), NOW)
                .input("CheckArrived again", check("build", true, "event-1"), NOW)
                .input("Subscribed", new Subscribed("hello@1.0.0/other/1"), NOW)
                .input("Subscribed again", new Subscribed(ASSESSMENT), NOW)
                .input("Unsubscribed", new Unsubscribed(ASSESSMENT), NOW)
                .input("Unsubscribed unknown", new Unsubscribed("hello@1.0.0/never/1"), NOW)
                .input("Expired", new Expired(), NOW)
                .check(RevisionState.class, RevisionInput.class);
    }

    @Test
    void a_run_that_is_repeated_and_fails_takes_its_success_back_whatever_the_order_of_arrival() {
        CheckArrived first = run("run-1", 1, true, 0);
        CheckArrived second = run("run-1", 2, false, 60);

        for (List<CheckArrived> order : List.of(List.of(first, second), List.of(second, first))) {
            CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID);
            order.forEach(arrived -> scenario.when(arrived, NOW));
            assertThat(scenario.state().latestChecks())
                    .singleElement()
                    .satisfies(latest -> assertThat(latest.succeeded()).isFalse());
        }
    }

    @Test
    void of_several_runs_the_one_that_finished_last_counts() {
        CoreScenario<RevisionState, RevisionInput> scenario =
                givenNew(CORE, ID).when(run("run-2", 1, true, 90), LATER).when(run("run-1", 3, false, 30), LATER);

        assertThat(scenario.state().latestChecks())
                .singleElement()
                .satisfies(latest -> assertThat(latest.succeeded()).isTrue());
    }

    @Test
    void a_clock_that_is_a_day_ahead_wins_over_no_later_run() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(run("run-1", 1, true, Duration.ofDays(1).toSeconds()), NOW)
                .when(run("run-2", 1, false, 60), NOW.plusSeconds(61));

        assertThat(scenario.state().latestChecks()).singleElement().satisfies(latest -> {
            assertThat(latest.succeeded()).isFalse();
            assertThat(latest.at()).isEqualTo(NOW.plusSeconds(60));
        });
    }

    @Test
    void the_same_attempt_told_under_another_event_is_the_same_fact() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID).when(run("run-1", 1, true, 0), NOW);
        RevisionState once = scenario.state();
        Check same = run("run-1", 1, false, 5).check();

        scenario.when(
                        new CheckArrived(new Check(
                                same.name(), false, "another", same.run(), same.attempt(), same.at(), same.by())),
                        NOW)
                .state(once)
                .effects();
    }

    @Test
    void a_report_that_cannot_be_read_is_told_until_one_comes_that_can() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(new Subscribed(ASSESSMENT), NOW)
                .when(evidence("1", 5), NOW)
                .when(unreadable("8"), NOW);
        RevisionStatus told = (RevisionStatus) scenario.messages().getFirst().body();
        assertThat(told.suites()).singleElement().satisfies(suite -> {
            assertThat(suite.unreadable()).isEqualTo("not XML");
            assertThat(suite.digests()).isEmpty();
            assertThat(suite.older()).isEqualTo(1);
        });

        scenario.when(evidence("1", 5), NOW);

        told = (RevisionStatus) scenario.messages().getFirst().body();
        assertThat(told.suites())
                .singleElement()
                .satisfies(suite -> assertThat(suite.unreadable()).isNull());
    }

    @Test
    void whoever_waits_for_a_revision_keeps_it_from_expiring() {
        givenNew(CORE, ID)
                .when(evidence("1", 1), NOW)
                .when(new Subscribed(ASSESSMENT), NOW)
                .when(new Expired(), NOW.plus(Duration.ofDays(30)))
                .sends(RevisionMessages.CHANGED)
                .effectsInclude(Effect.startTimer(Revision.EXPIRE, NOW.plus(Duration.ofDays(33))))
                .when(new Unsubscribed(ASSESSMENT), NOW.plus(Duration.ofDays(30)))
                .when(new Expired(), NOW.plus(Duration.ofDays(33)))
                .where(state -> assertThat(CORE.finished(state)).isTrue());
    }

    private static UnreadableArrived unreadable(String digest) {
        return new UnreadableArrived(
                new Unreadable("junit", "unit", digest(digest), "not XML", NOW, "cy@example.test"));
    }

    private static CheckArrived run(String run, int attempt, boolean succeeded, long seconds) {
        String event = run + " " + attempt;
        return new CheckArrived(
                new Check("build", succeeded, event, run, attempt, NOW.plusSeconds(seconds), "cy@example.test"));
    }

    private static EvidenceArrived evidence(String digest, long total) {
        Facts facts = new Facts(List.of(Fact.count("tests.total", total)));
        return new EvidenceArrived(new Evidence("junit", "unit", digest(digest), facts, NOW, "cy@example.test"));
    }

    private static CheckArrived check(String name, boolean succeeded, String event) {
        return new CheckArrived(new Check(name, succeeded, event, null, null, NOW, "cy@example.test"));
    }

    private static Digest digest(String digit) {
        return new Digest("sha256:" + digit.repeat(64));
    }
}
