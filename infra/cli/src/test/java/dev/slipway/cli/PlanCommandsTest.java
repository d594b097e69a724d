package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.SecretCheck;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.contracts.notification.PageCheck;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.contracts.validation.IssuesCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What comes of a release, asked of a stand-in for Slipway: its plan, and its runbook. */
class PlanCommandsTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private static PlanView plan() {
        Asked approval = new Asked(
                AskedKind.APPROVAL,
                "technical-lead",
                "one of them by a person of the role technical-lead",
                List.of("Ada (technical-lead)"),
                Duration.ofHours(72),
                LineState.DUE,
                "nobody has said yes");
        return new PlanView(
                new ReleaseId("shop@1.2.0"),
                "shop",
                "1.2.0",
                new Sha("1".repeat(40)),
                "STANDARD",
                ReleasePhase.AWAITING_APPROVAL,
                AT,
                "00ff",
                "11ee",
                "1 step comes after this one.",
                new Waiting(
                        "people", "0 of 1 approval", AT, AT.plusSeconds(60), "./slipway release approve shop@1.2.0"),
                List.of(
                        new Step(
                                "people",
                                ReleasePhase.AWAITING_APPROVAL,
                                Progress.NOW,
                                "People say yes",
                                "They are asked.",
                                List.of(approval),
                                "Nothing runs yet."),
                        new Step(
                                "end",
                                ReleasePhase.COMPLETED,
                                Progress.AHEAD,
                                "It ends",
                                "All hear of it.",
                                List.of(),
                                "slipway app rollback shop")));
    }

    @Test
    void a_plan_is_told_step_by_step_with_whom_it_asks_and_each_way_back() throws IOException {
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/releases/shop@1.2.0/plan",
                            200,
                            WireJson.mapper().writeValueAsString(plan()));

            assertThat(shell.run("release", "plan", "shop@1.2.0"))
                    .as(shell.err())
                    .isZero();

            assertThat(shell.out())
                    .containsSubsequence(
                            "shop@1.2.0 is AWAITING_APPROVAL since 2026-01-05T10:00:00Z",
                            "1 step comes after this one.",
                            "waits for people: 0 of 1 approval",
                            "next      ./slipway release approve shop@1.2.0",
                            "by policy 00ff, guide 11ee",
                            " 1. People say yes (now)",
                            "due           approval technical-lead, of Ada (technical-lead), within 72 h: one of them",
                            "way back: Nothing runs yet.",
                            " 2. It ends\n",
                            "way back: slipway app rollback shop");
            assertThat(shell.run("release", "plan", "shop@1.2.0", "--json")).isZero();
            assertThat(JsonMapper.shared()
                            .readTree(shell.out())
                            .at("/steps/0/progress")
                            .asString())
                    .isEqualTo("NOW");
        }
    }

    @Test
    void a_runbook_is_printed_as_slipway_writes_it_in_the_form_that_is_asked_for() throws IOException {
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway().on("GET /api/v1/releases/shop@1.2.0/runbook", 200, "# Runbook of shop 1.2.0\n\n- *a*\n");

            assertThat(shell.run("release", "runbook", "shop@1.2.0"))
                    .as(shell.err())
                    .isZero();
            assertThat(shell.out()).isEqualTo("# Runbook of shop 1.2.0\n\n- *a*\n");
            assertThat(shell.gateway().last("GET").header("accept")).startsWith("text/markdown");

            assertThat(shell.run("release", "runbook", "shop@1.2.0", "--format", "html"))
                    .isZero();
            assertThat(shell.gateway().last("GET").header("accept")).startsWith("text/html");

            assertThat(shell.run("release", "runbook", "shop@1.2.0", "--format", "html", "--json"))
                    .isEqualTo(2);
            assertThat(shell.run("release", "runbook", "shop@1.2.0", "--format", "pdf"))
                    .isEqualTo(2);
            assertThat(shell.err()).contains("MARKDOWN, HTML, JSON");
        }
    }

    @Test
    void a_runbook_is_values_in_json() throws IOException {
        RunbookView runbook = new RunbookView(
                plan(),
                List.of(new RunbookView.Person("devops", "Ben", "ben@example.test", null)),
                List.of(new RunbookView.Place("tag", "v1.2.0")),
                List.of(new RunbookView.Command("stop it", "slipway release abort shop@1.2.0 --reason WHY")));
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/releases/shop@1.2.0/runbook",
                            200,
                            WireJson.mapper().writeValueAsString(runbook));
            for (List<String> form : List.of(List.of("--format", "json"), List.of("--json"))) {
                List<String> words = new ArrayList<>(List.of("release", "runbook", "shop@1.2.0"));
                words.addAll(form);

                assertThat(shell.run(words.toArray(String[]::new)))
                        .as(shell.err())
                        .isZero();

                assertThat(JsonMapper.shared()
                                .readTree(shell.out())
                                .at("/plan/policyHash")
                                .asString())
                        .isEqualTo("00ff");
            }
        }
    }

    @Test
    void a_rehearsal_says_what_was_looked_at_who_is_asked_and_fails_where_something_blocks() throws IOException {
        RehearsalView blocked = rehearsal(false);
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(blocked));

            assertThat(shell.run("guide", "plan", "shop", "1.2.0", "--on", "2026-01-31"))
                    .as(shell.err())
                    .isEqualTo(1);

            assertThat(shell.gateway().last("GET").line()).contains("on=2026-01-31", "version=1.2.0", "zone=");
            assertThat(shell.out())
                    .containsSubsequence(
                            "shop@1.2.0 on 2026-01-31 (UTC), of kind minor",
                            "ok       branch main: Its head is 1111111111",
                            "blocked  tag v1.2.0: It is taken.",
                            "who is asked",
                            "  People say yes: technical-lead of Ada (technical-lead), within 72 h",
                            "nothing answers",
                            "  Tell the press (line 7)",
                            " 1. People say yes",
                            "1 thing blocks, 0 notes");

            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(rehearsal(true)));
            assertThat(shell.run("guide", "plan", "shop", "--json")).isZero();
            assertThat(JsonMapper.shared().readTree(shell.out()).at("/ready").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void pages_that_it_would_be_announced_on_are_looked_at_by_the_service_that_has_the_tokens() throws IOException {
        Check page = new Check(Result.NOTE, "page https://api.github.com/repos/a/b", "Nothing was put there yet.");
        Check status = new Check(Result.OK, "page https://s.example.test/v1/pages/p/incidents", "It accepted one.");
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(rehearsal(true).withChecks(List.of(page, status))))
                    .on(
                            "GET /api/v1/deliveries/pages",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(new PageCheck("any", false, "The token is not accepted.")));

            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isZero();

            assertThat(shell.gateway().last("GET").line())
                    .endsWith("address=https%3A%2F%2Fs.example.test%2Fv1%2Fpages%2Fp%2Fincidents");
            assertThat(shell.out())
                    .containsSubsequence(
                            "note     page https://api.github.com/repos/a/b: The token is not accepted.",
                            "note     page https://s.example.test/v1/pages/p/incidents: The token is not accepted.");

            shell.gateway().on("GET /api/v1/deliveries/pages", 403, "{\"detail\": \"the role operator is needed\"}");
            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isZero();
            assertThat(shell.out())
                    .contains("ok       page https://s.example.test/v1/pages/p/incidents: It accepted one. It was not"
                            + " looked at now: ");
        }
    }

    @Test
    void channels_and_secrets_are_looked_at_by_the_services_that_can_know_them() throws IOException {
        List<Check> before = List.of(
                new Check(Result.NOTE, "channel email", "Operators are told."),
                new Check(Result.NOTE, "channel slack", "Operators are told."),
                new Check(Result.NOTE, "host https://prometheus.example.test", "Operators are told."),
                new Check(Result.NOTE, "secret of production db", "Operators are told."),
                new Check(Result.NOTE, "secret of staging db", "Operators are told."));
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(rehearsal(true).withChecks(before)))
                    .on(
                            "GET /api/v1/deliveries/channels",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(List.of(
                                            new ChannelCheck(Channel.EMAIL, true, "The mail host answers."),
                                            new ChannelCheck(Channel.SLACK, false, "Set a token."))))
                    .on(
                            "GET /api/v1/environments/shop/production/secrets",
                            200,
                            WireJson.mapper().writeValueAsString(List.of(new SecretCheck("db", true, "It is there."))))
                    .on(
                            "GET /api/v1/applications/shop/hosts",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(List.of(new HostCheck(
                                            "https://prometheus.example.test", false, "It cannot be read."))))
                    .on("GET /api/v1/environments/shop/staging/secrets", 403, "{\"detail\": \"operators only\"}");

            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isZero();

            assertThat(shell.out())
                    .contains(
                            "ok       channel email: The mail host answers.",
                            "note     channel slack: Set a token.",
                            "ok       secret of production db: It is there.",
                            "note     host https://prometheus.example.test: It cannot be read.",
                            "note     secret of staging db: Operators are told. It was not looked at now: ");
        }
    }

    @Test
    void a_secret_that_cannot_be_read_is_a_fault() throws IOException {
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(rehearsal(true)
                                            .withChecks(List.of(new Check(
                                                    Result.NOTE, "secret of production db", "Operators are told.")))))
                    .on(
                            "GET /api/v1/environments/shop/production/secrets",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(
                                            List.of(new SecretCheck("db", false, "There is no such file."))));

            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isEqualTo(1);

            assertThat(shell.out())
                    .contains("blocked  secret of production db: There is no such file.", "1 thing blocks, 0 notes");
            assertThat(shell.run("guide", "plan", "shop", "--json")).isEqualTo(1);
            assertThat(JsonMapper.shared().readTree(shell.out()).at("/ready").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void strictly_all_that_cannot_be_used_or_is_not_known_is_a_fault_and_other_notes_are_none() throws IOException {
        String look = "/api/v1/applications/shop/trackers?server=github&project=acme%2Fshop&label=P1";
        List<Check> before = List.of(
                new Check(Result.NOTE, "tracker github acme/shop", "Operators are told.", look),
                new Check(Result.NOTE, "guide", "The policy has none."));
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(rehearsal(true).withChecks(before)))
                    .on(
                            "GET /api/v1/applications/shop/trackers",
                            200,
                            WireJson.mapper()
                                    .writeValueAsString(new IssuesCheck("acme/shop", false, "There is no label P1.")));

            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isZero();
            assertThat(shell.out()).contains("note     tracker github acme/shop: There is no label P1.");
            assertThat(shell.gateway().last("GET").line()).endsWith(look);

            assertThat(shell.run("guide", "plan", "shop", "--strict")).isEqualTo(1);
            assertThat(shell.out())
                    .contains(
                            "blocked  tracker github acme/shop: There is no label P1.",
                            "note     guide: The policy has none.",
                            "1 thing blocks, 1 note");

            shell.gateway().on("GET /api/v1/applications/shop/trackers", 403, "{\"detail\": \"operators only\"}");
            assertThat(shell.run("guide", "plan", "shop", "--strict")).isEqualTo(1);
            assertThat(shell.out())
                    .contains("blocked  tracker github acme/shop: Operators are told. It was not looked at");
        }
    }

    @Test
    void a_look_leads_nowhere_but_to_trackers_of_the_application() throws IOException {
        Check strange = new Check(Result.NOTE, "tracker github acme/shop", "Told.", "/api/v1/deliveries?release=x");
        try (AskedShell shell = new AskedShell(folder)) {
            shell.gateway()
                    .on(
                            "GET /api/v1/applications/shop/guide/plan",
                            200,
                            WireJson.mapper().writeValueAsString(rehearsal(true).withChecks(List.of(strange))));

            assertThat(shell.run("guide", "plan", "shop")).as(shell.err()).isZero();

            assertThat(shell.out()).contains("a look at a tracker that is none");
            assertThat(shell.gateway().last("GET").line()).contains("/guide/plan");
        }
    }

    private static RehearsalView rehearsal(boolean ready) {
        Check tag = new Check(ready ? Result.OK : Result.BLOCKED, "tag v1.2.0", ready ? "It is free." : "It is taken.");
        return new RehearsalView(
                "shop",
                "1.2.0",
                "main",
                new Sha("1".repeat(40)),
                "2026-01-31",
                "UTC",
                List.of(ReleaseKind.MINOR),
                "00ff",
                null,
                ready,
                List.of(new Check(Result.OK, "branch main", "Its head is 1111111111."), tag),
                List.of(new RehearsalView.Ask(
                        "People say yes", plan().steps().getFirst().asked().getFirst())),
                List.of(new GuideView.Line(
                        "press",
                        "Tell the press",
                        List.of(),
                        7,
                        List.of(),
                        GuideAnswer.UNANSWERED,
                        LineState.UNANSWERED,
                        "nothing answers it",
                        null,
                        null)),
                plan().steps());
    }
}
