package dev.slipway.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.gateway.event.CiEvent;
import dev.slipway.gateway.event.EventLimits;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.gateway.event.EventRefused;
import dev.slipway.gateway.intake.Lookup.Looked;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the answer to an event says about its effect. */
final class OutlooksTest {
    private static final IntakeSettings.Outlook BOUNDS =
            new IntakeSettings.Outlook(Duration.ofMillis(50), Duration.ofSeconds(10), 3, 2, 2);
    private static final String POLICY = "/api/v1/applications/hello/policy";

    private final Map<String, CompletableFuture<Looked>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private long nanos;
    private final Outlooks outlooks = new Outlooks(this::look, BOUNDS, () -> nanos);

    private CompletableFuture<Looked> look(String path, String token) {
        asked.add(path);
        return answers.getOrDefault(path, CompletableFuture.completedFuture(new Looked.Missing()));
    }

    private void known(String policy) {
        answers.put(
                POLICY,
                CompletableFuture.completedFuture(new Looked.Found(
                        JsonMapper.shared().readTree("{\"policy\": %s, \"hash\": \"h\"}".formatted(policy)))));
    }

    private static CiEvent event(String type, String customData) {
        String body = """
                {"context": {"version": "0.4.1", "id": "e", "source": "/ci", "type": "%s"},
                 "subject": {"id": "s", "content": {}}, "customData": %s}""".formatted(type, customData);
        return new EventReader(new EventLimits(10_000, 10))
                .read("application/json", Map.of(), body.getBytes(StandardCharsets.UTF_8))
                .getFirst();
    }

    private static CiEvent proposal(String more) {
        return event("dev.cdevents.artifact.published.0.3.0", """
                {"application": "hello", "version": "1.0.0", "sha": "%s",
                 "artifacts": [{"uri": "file:/x", "digest": "sha256:%s"}]%s}""".formatted("1".repeat(40), "a".repeat(64), more));
    }

    private static CiEvent check(String name) {
        return event(
                "dev.cdevents.pipelinerun.finished.0.3.0",
                "{\"application\": \"hello\", \"sha\": \"%s\", \"check\": \"%s\"}".formatted("1".repeat(40), name));
    }

    private static CiEvent branch(String customData) {
        return event("dev.cdevents.branch.created.0.3.0", customData);
    }

    private String leadsTo(CiEvent event) {
        return outlooks.begin(List.of(event), "token").of(event.subject());
    }

    @Test
    void what_slipway_does_not_act_on_leads_to_nothing() {
        assertThat(leadsTo(event("dev.cdevents.service.deployed.0.2.0", "{}")))
                .startsWith("Nothing:")
                .contains("artifact.published");
        assertThat(leadsTo(event("dev.cdevents.artifact.published.0.3.0", "{}")))
                .isEqualTo(
                        "Nothing: customData.application is missing. Slipway needs customData {application, version, sha, artifacts: [{uri, digest}]}.");
        assertThat(leadsTo(event("dev.cdevents.pipelinerun.finished.0.3.0", "{\"team\": \"x\"}")))
                .isEqualTo(
                        "Nothing: customData.application is missing. Slipway needs customData {application, sha, check}.");
        assertThat(leadsTo(branch("{\"application\": \"hello\"}")))
                .isEqualTo("Nothing: customData.sha is missing. Slipway needs customData {application, sha}.");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_unknown_application_is_named() {
        assertThat(leadsTo(proposal("")))
                .startsWith("A release that is rejected: there is no application hello with a policy.");
        assertThat(leadsTo(check("build")))
                .startsWith("Nothing so far, though it is kept: there is no application hello");
        assertThat(leadsTo(branch("{\"application\": \"hello\", \"sha\": \"%s\"}".formatted("1".repeat(40)))))
                .startsWith("Nothing: there is no application hello");
    }

    @Test
    void a_check_that_the_policy_does_not_ask_for_is_named_with_those_that_it_asks_for() {
        known("""
                {"checks": ["build"], "gates": [{"check": "merge"}, {"check": "required-check:lint"}, {"check": null}]}""");

        assertThat(leadsTo(check("build"))).isEqualTo("It counts as check build of the commit.");
        assertThat(leadsTo(check("lint"))).isEqualTo("It counts as check lint of the commit.");
        assertThat(leadsTo(check("Build")))
                .isEqualTo(
                        "Nothing, though it is kept: the policy of hello asks for no check Build. It asks for: build, lint.");
    }

    @Test
    void a_policy_that_asks_for_all_checks_counts_each_and_waits_for_those_that_have_begun() {
        CiEvent begun = event(
                "dev.cdevents.pipelinerun.started.0.3.0",
                "{\"application\": \"hello\", \"sha\": \"%s\", \"check\": \"e2e\"}".formatted("1".repeat(40)));
        known("""
                {"checks": [], "gates": [{"check": "all-checks:3"}]}""");

        assertThat(leadsTo(check("whatever"))).isEqualTo("It counts as check whatever of the commit.");
        assertThat(leadsTo(begun)).isEqualTo("Check e2e of the commit is waited for.");
        assertThat(leadsTo(event("dev.cdevents.pipelinerun.queued.0.1.0", "{\"application\": \"hello\"}")))
                .as("what is not whole is for others")
                .startsWith("Nothing: Slipway keeps it, but acts only on");
    }

    @Test
    void a_run_that_begins_is_nothing_where_only_its_end_counts() {
        known("{\"checks\": [\"e2e\"], \"gates\": []}");

        assertThat(leadsTo(event(
                        "dev.cdevents.pipelinerun.started.0.3.0",
                        "{\"application\": \"hello\", \"sha\": \"%s\", \"check\": \"e2e\"}".formatted("1".repeat(40)))))
                .startsWith("Nothing, though it is kept: the policy of hello does not ask for all checks");
    }

    @Test
    void a_proposal_leads_to_a_release_and_one_that_fixes_nothing_to_a_rejected_one() {
        known("{}");

        assertThat(leadsTo(proposal("")))
                .isEqualTo("A release of hello 1.0.0: ./slipway release list --application hello");
        assertThat(leadsTo(proposal(", \"fixes\": \"hello@0.9.0\"")))
                .isEqualTo("A release that is rejected: there is no release hello@0.9.0 that it could fix.");
    }

    @Test
    void a_push_supersedes_unless_the_policy_ignores_it() {
        CiEvent push = branch("{\"application\": \"hello\", \"sha\": \"%s\"}".formatted("1".repeat(40)));
        known("{\"onPush\": \"SUPERSEDE\"}");
        assertThat(leadsTo(push)).contains("are superseded, if Git shows the branch there");

        nanos += Duration.ofSeconds(11).toNanos();
        known("{\"onPush\": \"IGNORE\"}");
        assertThat(leadsTo(push)).isEqualTo("Nothing: the policy of hello says onPush: ignore.");
    }

    @Test
    void what_users_say_leads_to_the_release_that_it_is_of_and_other_tickets_to_nothing() {
        String release = "/api/v1/releases/hello@1.0.0";
        String said =
                "{\"application\": \"hello\", \"release\": \"hello@1.0.0\", \"from\": \"support\", \"text\": \"Fine.\"}";

        assertThat(leadsTo(event("dev.cdevents.ticket.created.0.1.0", said)))
                .isEqualTo("Nothing: there is no release hello@1.0.0 of which anybody could say something.");
        nanos += Duration.ofSeconds(11).toNanos();
        answers.put(
                release,
                CompletableFuture.completedFuture(
                        new Looked.Found(JsonMapper.shared().readTree("{}"))));
        assertThat(leadsTo(event("dev.cdevents.ticket.created.0.1.0", said)))
                .isEqualTo("It stands with release hello@1.0.0: ./slipway feedback list hello@1.0.0");
        assertThat(leadsTo(event("dev.cdevents.ticket.created.0.1.0", "{\"queue\": \"x\"}")))
                .startsWith("Nothing: Slipway keeps it");
        assertThat(leadsTo(event("dev.cdevents.ticket.created.0.1.0", "{\"application\": \"hello\"}")))
                .isEqualTo(
                        "Nothing: customData.release is missing. Slipway needs customData {application, release, from, text}.");
    }

    @Test
    void feedback_of_another_applications_release_or_without_words_is_refused() {
        for (String wrong : List.of(
                "{\"application\": \"hello\", \"release\": \"shop@1.0.0\", \"from\": \"support\", \"text\": \"Fine.\"}",
                "{\"application\": \"hello\", \"release\": \"hello@1.0.0\", \"from\": \"support\"}",
                "{\"application\": \"hello\", \"release\": \"hello@1.0.0\", \"from\": \"\", \"text\": \"Fine.\"}")) {
            assertThatThrownBy(() -> event("dev.cdevents.ticket.created.0.1.0", wrong))
                    .as(wrong)
                    .isInstanceOf(EventRefused.class);
        }
    }

    @Test
    void what_was_found_is_kept_for_a_while_and_what_is_under_way_is_asked_once() {
        answers.put(POLICY, new CompletableFuture<>());

        CompletableFuture<Looked> slow = answers.get(POLICY);
        assertThat(leadsTo(check("build"))).endsWith("if the policy of hello asks for one of that name.");
        Outlook next = outlooks.begin(List.of(check("lint")), "token");
        assertThat(next.of(check("lint").subject()))
                .as("nobody waits for it again")
                .contains("asks for one");
        assertThat(asked).containsExactly(POLICY);
        java.util.Objects.requireNonNull(slow).complete(new Looked.Missing());
        assertThat(leadsTo(check("build"))).startsWith("Nothing so far");

        nanos += Duration.ofSeconds(11).toNanos();
        leadsTo(check("build"));
        assertThat(asked).containsExactly(POLICY, POLICY);
    }

    @Test
    void beyond_the_bounds_nothing_is_asked_and_less_is_said() {
        List<CiEvent> events = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            answers.put("/api/v1/applications/" + name + "/policy", new CompletableFuture<>());
            events.add(branch("{\"application\": \"%s\", \"sha\": \"%s\"}".formatted(name, "1".repeat(40))));
        }

        Outlook outlook = outlooks.begin(events, "token");
        outlooks.begin(events.subList(2, 3), "token");

        assertThat(asked).as("two of a request, and two at a time").hasSize(2);
        assertThat(outlook.of(events.getLast().subject())).contains("if the policy of c says so");
    }
}
