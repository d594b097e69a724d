package dev.slipway.validation.revision;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.testkit.GoldenTraces;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionInput.CheckArrived;
import dev.slipway.validation.revision.RevisionInput.EvidenceArrived;
import dev.slipway.validation.revision.RevisionInput.Expired;
import dev.slipway.validation.revision.RevisionInput.Subscribed;
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
    private static final Revision CORE = new Revision(new Revision.Bounds(3, 2, 2, Duration.ofDays(30)));

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
    void reports_of_the_same_suite_are_summed_for_whoever_subscribed() {
        CoreScenario<RevisionState, RevisionInput> scenario = givenNew(CORE, ID)
                .when(evidence("1", 5), NOW)
                .when(new Subscribed(ASSESSMENT), NOW)
                .when(evidence("2", 7), NOW);

        RevisionStatus told = (RevisionStatus) scenario.messages().getFirst().body();
        assertThat(told.suites()).hasSize(1);
        assertThat(told.suites().getFirst().facts().toString()).isEqualTo("tests.total 12");
        assertThat(told.suites().getFirst().digests()).containsExactly(digest("1"), digest("2"));
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

    private static EvidenceArrived evidence(String digest, long total) {
        Facts facts = new Facts(List.of(Fact.count("tests.total", total)));
        return new EvidenceArrived(new Evidence("junit", "unit", digest(digest), facts, NOW, "cy@example.test"));
    }

    private static CheckArrived check(String name, boolean succeeded, String event) {
        return new CheckArrived(new Check(name, succeeded, event, NOW, "cy@example.test"));
    }

    private static Digest digest(String digit) {
        return new Digest("sha256:" + digit.repeat(64));
    }
}
