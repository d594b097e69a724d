package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.release.OpenWaiver;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page shows, and how it follows what happens. */
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class PageIT extends PageInBrowser {
    private static final Duration LIVE_WITHIN = Pace.patience(Duration.ofSeconds(2));

    @Test
    void a_release_in_canary_is_shown_stage_by_stage_with_share_and_errors() {
        services.change("hello@1.2.0", release -> {
            ObjectNode rollout = (ObjectNode) release.path("rollout");
            ObjectNode canary = (ObjectNode) rollout.path("judgement").path("canary");
            canary.put("answers", 200).put("errors", 7).put("refusals", 31);
        });

        open("/releases/hello@1.2.0");
        shown("main", text -> text.contains("Rollout to production"));

        assertThat(tab.text("main h1")).isEqualTo("hello 1.2.0");
        assertThat(tab.text("main .title .badge")).isEqualTo("Rolling out");
        assertThat(tab.text(".track .present .label")).isEqualTo("Rolling out");
        assertThat(tab.value("document.querySelectorAll('.track .done').length").asInt())
                .isEqualTo(5);
        assertThat(tab.text("[data-key=waiting]"))
                .contains("Waiting for deployment-service", "step 2 of 4 at 25 % of traffic: 1 of 10 s", "until");
        assertThat(tab.text(".rollout .amount")).isEqualTo("25 % of traffic step 2 of 4");
        assertThat(tab.text(".sides [data-key=new]")).isEqualTo("1.2.0 new 200 7 3.5 % 31 0 %");
        assertThat(tab.text(".sides [data-key=old]")).isEqualTo("1.0.0 beside it 1 065 0 0 % 0 0 %");
        assertThat(tab.text(".gates [data-key=PRE_RELEASE]"))
                .contains(
                        "unit-tests Testing Phase: unit tests ✓ Passed",
                        "tests.total >= 1, tests.failed == 0",
                        "tests.total 13, tests.passed 13");
        assertThat(tab.text(".gates [data-key=CANDIDATE]")).contains("way-back", "snapshot to 1.0.0");
        assertThat(tab.text(".approvals")).contains("2 of 2", "ada@example.test", "ben@example.test");
        assertThat(tab.text(".told")).contains("Ada technical lead", "Slack #hello", "Rolling out");
        shown(".journal", text -> text.contains("Staging → Candidate"));
        assertThat(tab.text("#environments")).contains("hello/production", "1.0.0 75 % · 1.2.0 25 %", "step 2 of 4");
        assertThat(tab.text("#list")).contains("hello 1.1.0", "Rolled back", "hello 1.0.0", "Completed");
        assertThat(tab.value("document.title").asString()).isEqualTo("hello 1.2.0 · Rolling out · Slipway");
    }

    @Test
    void a_gate_is_opened_to_its_rule_part_by_part_and_the_reports_that_it_looked_at() {
        String digest = "sha256:" + "a".repeat(64);
        services.know("applications/hello/gates/unit-tests", """
                {"parts": [{"text": "tests.total >= 1", "holds": true, "why": ""},
                           {"text": "tests.failed == 0", "holds": false, "why": "tests.failed is 2"}],
                 "sources": [{"digest": "%s", "file": "TEST-<b>one</b>.xml", "dialect": "JUnit", "run": "sample-ci/0123",
                              "attempt": 2, "facts": {}, "places": ["failed shop.<b>Price</b>Test.rounds"]}],
                 "toPass": ["tests.failed would have to be 0"]}""".formatted(digest));
        open("/releases/hello@1.2.0");
        shown(".gates", text -> text.contains("unit-tests"));

        click("[data-action=explain][data-gate=unit-tests]");

        shown(
                ".gates .detail",
                text -> text.contains("\u2713 tests.total >= 1")
                        && text.contains("\u2715 tests.failed == 0: tests.failed is 2")
                        && text.contains("TEST-<b>one</b>.xml JUnit run sample-ci/0123, attempt 2")
                        && text.contains("failed shop.<b>Price</b>Test.rounds")
                        && text.contains("tests.failed would have to be 0"));
        click(".gates .detail a");
        shown(".gates .detail .trouble", text -> text.startsWith("This token's roles do not allow this request."));
        click("[data-action=explain][data-gate=unit-tests]");
        await().atMost(LOADED_WITHIN).until(() -> !tab.has(".gates .detail"));

        services.know(
                "applications/hello/evidence/" + digest,
                "{\"digest\": \"%s\", \"bytes\": \"PGEvPg==\"}".formatted(digest));
        openAs("/releases/hello@1.2.0", "viewer", "operator");
        shown(".gates", text -> text.contains("unit-tests"));
        click("[data-action=explain][data-gate=unit-tests]");
        shown(".gates .detail a", "TEST-<b>one</b>.xml"::equals);
        click(".gates .detail a");
        await().atMost(LOADED_WITHIN)
                .until(() -> services.asked().stream()
                        .anyMatch(asked -> asked.uri().getPath().endsWith("/evidence/" + digest)));
        assertThat(tab.has(".gates .detail .trouble")).isFalse();
    }

    @Test
    void the_guide_is_the_front_of_a_release_and_its_lines_lead_to_the_verdicts() {
        services.change("hello@1.2.0", release -> release.put("guideHash", "0f".repeat(32)));
        services.know("applications/hello/guide", """
                {"application": "hello", "release": "hello@1.2.0", "state": "ROLLING_OUT", "kinds": ["MINOR"],
                 "policyHash": "00ff", "guideHash": "00fe", "file": "RELEASE.md",
                 "tally": {"lines": 3, "covered": 2, "proven": 1, "open": 1},
                 "lines": [
                  {"id": "a", "text": "Unit tests <b>pass</b>", "under": ["Releasing", "Before"], "line": 3, "when": [],
                   "answer": {"by": "GATE", "name": "unit-tests"}, "state": "PASSED", "why": "tests.failed 0",
                   "at": "2026-01-05T10:00:00Z"},
                  {"id": "b", "text": "Deploy", "under": ["Releasing", "After"], "line": 7, "when": ["MINOR"],
                   "answer": {"by": "ACTION", "name": "deploy"}, "state": "DUE", "why": "25 % of traffic", "at": null},
                  {"id": "c", "text": "Tell the press", "under": ["Releasing", "After"], "line": 8, "when": [],
                   "answer": {"by": "UNANSWERED", "name": ""}, "state": "UNANSWERED", "why": "nothing answers it",
                   "at": null}]}""");
        services.know("applications/hello/gates/unit-tests", """
                {"parts": [{"text": "tests.failed == 0", "holds": true, "why": ""}], "sources": [], "toPass": []}""");

        open("/releases/hello@1.2.0");

        shown(".panel.lines", text -> text.startsWith("Guide 2 of 3 covered, 1 proven, 1 open Before"));
        assertThat(tab.text(".panel.lines [data-key=a]"))
                .startsWith("\u2713 Passed Unit tests <b>pass</b> RELEASE.md:3 gate unit-tests tests.failed 0");
        assertThat(tab.text(".panel.lines [data-key=b]"))
                .isEqualTo("\u2026 Due Deploy minor RELEASE.md:7 action deploy 25 % of traffic");
        assertThat(tab.text(".panel.lines [data-key=c]"))
                .isEqualTo("! Unanswered Tell the press RELEASE.md:8 nothing answers it");

        click(".panel.lines [data-action=verdict]");

        shown(".gates .detail", text -> text.contains("\u2713 tests.failed == 0"));
        assertThat(tab.value("document.activeElement.dataset.gate").asString()).isEqualTo("unit-tests");
    }

    @Test
    void what_is_late_is_marked_and_counted_and_a_heading_says_of_which_releases_its_lines_are() {
        services.change("hello@1.2.0", release -> release.put("guideHash", "0f".repeat(32)));
        services.know("applications/hello/guide", """
                {"application": "hello", "release": "hello@1.2.0", "state": "CANDIDATE", "kinds": ["MINOR"],
                 "policyHash": "00ff", "guideHash": "00fe", "file": "RELEASE.md",
                 "tally": {"lines": 1, "covered": 1, "proven": 0, "open": 0},
                 "headings": [{"under": "Before", "when": ["MINOR"]}, {"under": "Then", "where": "version.major > 1"}],
                 "lines": [
                  {"id": "a", "text": "Try it", "under": ["Releasing", "Before"], "line": 3, "when": [],
                   "answer": {"by": "DUTY", "name": "try-it"}, "state": "LATE", "why": "0 of 1; it is late", "at": null}]}""");

        open("/releases/hello@1.2.0");

        shown(".panel.lines", text -> text.startsWith("Guide 1 of 1 covered, 0 proven, 0 open, 1 late Before minor"));
        assertThat(tab.text(".panel.lines [data-key=a]"))
                .isEqualTo("◷ Late Try it RELEASE.md:3 duty try-it 0 of 1; it is late");
        assertThat(tab.has(".panel.lines [data-key=a] .verdict.failed")).isTrue();
    }

    @Test
    void whom_to_ask_stands_where_somebody_is_waited_for_and_their_names_are_text() {
        services.change("hello@1.2.0", release -> {
            ((ObjectNode) release.path("waiting")).put("command", "./slipway release promote hello@1.2.0");
            release.set("contacts", WireJson.mapper().readTree("""
                [{"role": "technical-lead", "name": "<b>Ada</b>", "email": "ada@example.test", "slack": "#hello"},
                 {"role": "support", "name": "Cy", "email": null, "slack": "#help"}]"""));
        });

        open("/releases/hello@1.2.0");

        shown(".facts .contacts", text -> text.contains("<b>Ada</b> technical-lead, ada@example.test, #hello"));
        assertThat(tab.text(".facts .contacts")).endsWith("Cy support, #help");
        assertThat(tab.text("[data-key=waiting] .contacts")).startsWith("<b>Ada</b> technical-lead");
    }

    @Test
    void a_release_whose_policy_has_no_guide_has_no_such_front_and_nobody_is_asked_for_one() {
        open("/releases/hello@1.2.0");
        shown(".journal", text -> text.contains("Staging → Candidate"));

        assertThat(tab.has(".panel.lines")).isFalse();
        assertThat(tab.requested()).noneMatch(address -> address.contains("/hello/guide"));
    }

    @Test
    void duties_are_shown_with_whom_they_wait_for_and_count_without_those_that_do_not_apply() {
        services.change(
                "hello@1.2.0",
                release -> release.put("owner", "ada@example.test")
                        .set("duties", WireJson.mapper().readTree("""
                [{"id": "device-test", "text": "Try <b>it</b>", "by": "qa", "before": "PRODUCTION", "people": 1,
                  "fields": [], "state": "PASSED", "why": "ben@example.test says that it passed: <i>tried</i>",
                  "answers": []},
                 {"id": "dashboards", "text": "Look at the dashboards", "by": "devops", "before": "END", "people": 1,
                  "fields": [], "state": "DUE", "why": "0 of 1 of the role devops has answered", "answers": [],
                  "asked": ["dora@example.test"]},
                 {"id": "legal", "text": "Ask legal", "by": "support", "before": "STAGING", "people": 1, "fields": [],
                  "state": "FAILED", "why": "cy@example.test says that it failed: no", "answers": []},
                 {"id": "press", "text": "Tell the press", "by": "support", "before": "END", "people": 1, "fields": [],
                  "when": "major", "state": "DOES_NOT_APPLY", "why": "it holds for major, and this release is minor",
                  "answers": []}]""")));

        open("/releases/hello@1.2.0");

        shown(".duties", text -> text.startsWith("Duties 1 of 3"));
        assertThat(tab.text(".duties [data-key=device-test]"))
                .startsWith("\u2713")
                .contains(
                        "Try <b>it</b>",
                        "device-test, qa, before production: ben@example.test says that it passed: <i>tried</i>");
        assertThat(tab.text(".duties [data-key=dashboards]"))
                .startsWith("\u2026")
                .contains("dashboards, devops, before end: 0 of 1 of the role devops has answered");
        assertThat(tab.value("document.querySelector('.duties [data-key=dashboards]').title")
                        .asString())
                .isEqualTo("DUE, asked of dora@example.test");
        assertThat(tab.text(".duties [data-key=legal]")).startsWith("\u2715");
        assertThat(tab.text(".duties [data-key=press]"))
                .startsWith("\u2013")
                .contains(
                        "press, support, before end, when major, does not apply: it holds for major, and this release is minor");
        assertThat(tab.has(".duties b, .duties i")).isFalse();
        assertThat(tab.text(".facts")).contains("Owner ada@example.test");
    }

    @Test
    void a_duty_that_is_asked_for_cell_by_cell_is_a_table_and_one_with_a_time_says_when_it_is_due() {
        services.change(
                "hello@1.2.0",
                release -> release.set("duties", WireJson.mapper().readTree("""
                [{"id": "browsers", "text": "Try it", "by": "qa", "before": "PRODUCTION", "people": 1, "fields": [],
                  "state": "DUE", "why": "1 of 4 cells are answered", "answers": [],
                  "matrix": [{"name": "platforms", "values": ["linux", "macos"]},
                             {"name": "browsers", "values": ["firefox", "chrome"]}],
                  "cells": [{"name": "linux/firefox", "state": "PASSED", "why": "works"},
                            {"name": "linux/chrome", "state": "DUE", "why": "0 of 1"},
                            {"name": "macos/firefox", "state": "DOES_NOT_APPLY", "why": "<b>not</b> sold there"},
                            {"name": "macos/chrome", "state": "FAILED", "why": "it freezes"}],
                  "timing": {"state": "LATE", "rule": "2 working days before the release day (office)",
                             "from": "2026-01-14", "due": "2026-01-12T17:00:00Z"}}]""")));

        open("/releases/hello@1.2.0");

        shown(".duties .cells", text -> text.contains("firefox"));
        assertThat(tab.text(".duties .cells thead")).contains("platforms", "firefox", "chrome");
        assertThat(tab.text(".duties [data-key='linux/firefox'] th")).isEqualTo("linux");
        assertThat(tab.text(".duties td[data-key='linux/firefox']")).startsWith("\u2713");
        assertThat(tab.text(".duties td[data-key='macos/firefox']")).startsWith("\u2013");
        assertThat(tab.text(".duties td[data-key='macos/chrome']")).startsWith("\u2715");
        assertThat(tab.value("document.querySelector('.duties td[data-key=\"macos/firefox\"]').title")
                        .asString())
                .isEqualTo("macos/firefox: <b>not</b> sold there");
        assertThat(tab.text(".duties .time.late")).startsWith("due ").endsWith(", late");
    }

    @Test
    void dates_of_approvals_gates_and_phases_are_shown_with_how_late_they_are() {
        services.change(
                "hello@1.2.0",
                release -> release.set("timetable", WireJson.mapper().readTree("""
                [{"of": "gate:docs", "by": "support", "state": "DUE", "why": "<i>the</i> gate is being asked",
                  "timing": {"state": "LATE", "rule": "on the release day (office)",
                             "from": "2026-01-12", "due": "2026-01-12T17:00:00Z"}},
                 {"of": "phase:production", "by": "devops", "state": "OPEN", "why": "production has not run it",
                  "timing": {"state": "OPEN", "rule": "1 working day after phase staging is over (office)"}}]""")));

        open("/releases/hello@1.2.0");

        shown(".dates", text -> text.startsWith("Dates 1 late"));
        assertThat(tab.text(".dates [data-key='gate:docs']")).contains("gate docs", "support: <i>the</i> gate is");
        assertThat(tab.text(".dates .time.late")).startsWith("due ").endsWith(", late");
        assertThat(tab.text(".dates [data-key='phase:production']")).contains("phase production", "has not run it");
        assertThat(tab.has(".dates i")).isFalse();
    }

    @Test
    void notes_are_shown_as_the_api_has_them_with_what_people_say_above_the_facts() {
        services.know("releases/hello@1.2.0/notes", """
                {"release": "hello@1.2.0", "application": "hello", "version": "1.2.0", "sha": "%1$s", "kind": "STANDARD",
                 "state": "ROLLING_OUT", "at": "2026-01-05T10:00:00Z",
                 "since": {"release": "hello@1.0.0", "version": "1.0.0", "sha": "%1$s"}, "unread": null, "more": true,
                 "breaking": [],
                 "features": [{"sha": "%1$s", "kind": "FEATURE", "type": "feat", "scope": "greet",
                               "subject": "greet <b>by</b> name", "breaking": false, "note": null}],
                 "improvements": [],
                 "fixes": [{"sha": "%1$s", "kind": "FIX", "type": "fix", "scope": null, "subject": "say it once",
                            "breaking": false, "note": null}],
                 "others": [], "configuration": [{"name": "env.GREETING", "before": "Hi", "after": "Hello"}],
                 "knownLimitations": ["gate unit-tests waived <i>until</i> noon"],
                 "upgrade": ["Take a backup first."], "guide": ["RELEASE.md differs in <b>one</b> line."],
                 "prose": {"text": "It greets.\\n\\n- by <script>name</script>", "by": "ada@example.test",
                           "at": "2026-01-05T09:00:00Z", "reason": "for users", "digest": "sha256:00"}}""".formatted("a1".repeat(20)));

        open("/releases/hello@1.2.0");

        shown(".notes", text -> text.startsWith("Release notes changes since hello@1.0.0"));
        assertThat(tab.text(".notes")).contains("There are older changes, which are not told here.");
        assertThat(tab.text(".notes [data-key=prose]"))
                .startsWith("In words It greets. - by <script>name</script> Said by ada@example.test")
                .contains("(for users)");
        assertThat(tab.text(".notes [data-key=features]"))
                .isEqualTo("New features greet: greet <b>by</b> name a1a1a1a1a1a1");
        assertThat(tab.text(".notes [data-key=improvements]")).isEqualTo("Improvements None.");
        assertThat(tab.text(".notes [data-key=fixes]")).contains("say it once");
        assertThat(tab.text(".notes [data-key=configuration]")).contains("env.GREETING: Hi -> Hello");
        assertThat(tab.text(".notes [data-key=knownLimitations]")).contains("gate unit-tests waived <i>until</i> noon");
        assertThat(tab.text(".notes [data-key=upgrade]")).contains("Take a backup first.");
        assertThat(tab.text(".notes [data-key=guide]")).isEqualTo("Guide RELEASE.md differs in <b>one</b> line.");
        assertThat(tab.has(".notes [data-key=breaking], .notes [data-key=others]"))
                .isFalse();
        assertThat(tab.has(".notes b, .notes i, .notes script, .notes textarea"))
                .isFalse();
    }

    @Test
    void notes_whose_changes_cannot_be_read_say_so_instead_of_none() {
        services.know("releases/hello@1.2.0/notes", """
                {"release": "hello@1.2.0", "application": "hello", "version": "1.2.0", "sha": "%s", "kind": "STANDARD",
                 "state": "ROLLING_OUT", "at": "2026-01-05T10:00:00Z", "since": null,
                 "unread": "Git is away", "more": false, "breaking": [], "features": [], "improvements": [],
                 "fixes": [], "others": [], "configuration": [], "knownLimitations": [], "upgrade": []}""".formatted("a1".repeat(20)));

        open("/releases/hello@1.2.0");

        shown(".notes", text -> text.startsWith("Release notes production had verified none before it Git is away"));
        assertThat(tab.text(".notes [data-key=features]")).isEqualTo("New features Not known, as said above.");
        assertThat(tab.text(".notes [data-key=knownLimitations]")).isEqualTo("Known limitations None.");
    }

    @Test
    void a_release_of_which_nothing_is_asked_of_people_has_no_such_panel() {
        open("/releases/hello@1.2.0");
        shown(".journal", text -> text.contains("Staging → Candidate"));

        assertThat(tab.has(".duties")).isFalse();
    }

    private void click(String selector) {
        tab.value("document.querySelector('%s').click()".formatted(selector));
    }

    @Test
    void what_programs_use_is_shown_beside_their_traffic_and_the_sum_counts_what_is_being_stopped() {
        JsonNode running = WireJson.mapper().readTree("""
                [{"key": "hello@1.0.0/production/1", "version": "1.0.0", "health": "UP", "restarts": 0,
                  "since": "2026-01-05T10:00:00Z",
                  "resources": {"memoryBytes": 104857600, "cpuPercent": 1.5, "openFiles": 12, "threads": 20,
                                "processes": 1}}]""");
        JsonNode all = WireJson.mapper().readTree("""
                {"memoryBytes": 157286400, "cpuPercent": 2.5, "openFiles": 15, "threads": 27, "processes": 2}""");
        services.changeEnvironments(environments -> environments
                .valueStream()
                .filter(each -> each.path("environment").asString().endsWith("/production"))
                .forEach(each -> ((ObjectNode) each).set("running", running).set("resources", all)));

        open("/releases/hello@1.2.0");

        shown(
                "#environments .uses",
                text -> text.contains("1.0.0 100 MB, 1.5 % of a processor, 12 files, 20 threads")
                        && text.contains(
                                "with what is being stopped 150 MB, 2.5 % of a processor, 15 files, 27 threads"));
    }

    @Test
    void an_environment_is_linked_by_its_host_name_at_the_front_which_is_another_origin() {
        try (LiveTable table = new LiveTable();
                Backend version = Backend.answering(200, "shop")) {
            table.repeat(1, Assign.REQUEST, null, LiveTable.share("1.0.0", version.address(), 100));
            services.changeEnvironments(all -> all.valueStream()
                    .filter(each -> each.path("environment").asString().endsWith("/production"))
                    .forEach(each -> ((ObjectNode) each)
                            .put("environment", table.environment().toString())));

            open("/releases/hello@1.2.0");
            String host = table.environment().application() + ".localhost:" + gateway.frontPort();
            shown("#environments .reached", text -> text.equals("at " + host));

            JsonNode link = tab.value(
                    "(({ href, target, rel, origin }) => ({ href, target, rel, other: origin !== location.origin }))"
                            + "(document.querySelector('.reached a'))");
            assertThat(link.path("href").asString()).isEqualTo("http://" + host + "/");
            assertThat(link.path("target").asString()).isEqualTo("_blank");
            assertThat(link.path("rel").asString()).isEqualTo("noopener noreferrer");
            assertThat(link.path("other").asBoolean()).isTrue();
            assertThat(tab.value("document.querySelectorAll('.reached').length").asInt())
                    .as("staging has no address, as no gateway heard of it")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_verified_version_that_keeps_dying_is_shown_with_what_was_seen_and_how_often_it_was_started_again() {
        services.changeEnvironments(all -> all.valueStream()
                .filter(each -> each.path("environment").asString().endsWith("/production"))
                .forEach(each -> {
                    ObjectNode version = ((ObjectNode) each).putArray("running").addObject();
                    version.put("key", "hello@1.0.0/production/1")
                            .put("version", "1.0.0")
                            .put("health", "RESTARTING")
                            .put("restarts", 7)
                            .put("since", "2026-01-05T10:00:00Z");
                    ObjectNode incident = version.putObject("incident");
                    incident.put("kind", "CRASH_LOOP").put("begun", "2026-01-05T10:00:00Z");
                    incident.putObject("why").put("text", "Its process ended by itself: exit status 3 after 2 s");
                }));

        open("/releases/hello@1.2.0");
        shown(
                "#environments .incident",
                text -> text.startsWith("1.0.0 keeps dying, being started again, started again 7\u00d7"));
        assertThat(tab.text("#environments .incident")).contains("exit status 3 after 2 s");
    }

    @Test
    void no_link_leads_away_but_to_a_host_a_port_and_the_way_to_an_environment() {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        JsonNode refused = tab.value("""
                import('/page/dom.js').then(({ away }) => [
                  { host: 'a.test/x', port: 80, path: '' }, { host: 'a@b.test', port: 80, path: '' },
                  { host: 'javascript:alert(1)//', port: 80, path: '' }, { host: 'A.test', port: 80, path: '' },
                  { host: 'a.test', port: '80@evil.test', path: '' }, { host: 'a.test', port: 80, path: '/../x' },
                ].map((to) => { try { return away({ tls: false, ...to }).href; } catch { return 'refused'; } }))""");

        assertThat(refused.valueStream().map(JsonNode::asString)).hasSize(6).containsOnly("refused");
        assertThat(tab.value(
                                "import('/page/dom.js').then(({ away }) => away({ tls: true, host: '127.0.0.1', port: 8443, path: '/apps/a/production' }).href)")
                        .asString())
                .isEqualTo("https://127.0.0.1:8443/apps/a/production/");
    }

    @Test
    void the_bake_is_one_step_more_and_shows_what_was_seen_of_it() {
        services.change("hello@1.2.0", release -> {
            ObjectNode rollout = (ObjectNode) release.path("rollout");
            rollout.put("phase", "BAKING").put("trafficPercent", 95).put("step", 4);
            ObjectNode judgement = (ObjectNode) rollout.path("judgement");
            judgement.put("waitingFor", "7 of 10 s");
            ((ObjectNode) judgement.path("canary")).put("answers", 100_000); // newer than the environment's
        });
        services.enter("hello@1.2.0", "BAKING");

        open("/releases/hello@1.2.0");
        shown("main", text -> text.contains("Rollout to production"));

        assertThat(tab.text(".rollout .amount")).isEqualTo("95 % of traffic bake");
        assertThat(tab.value("document.querySelectorAll('.rungs .done').length").asInt())
                .isEqualTo(4);
        assertThat(tab.value("document.querySelectorAll('.rungs .present').length")
                        .asInt())
                .isEqualTo(1);
        assertThat(tab.text(".under-canary")).contains("The bake waits for 7 of 10 s");
        assertThat(tab.text("#list")).contains("95 %");
    }

    @Test
    void a_release_that_was_rolled_back_shows_why_and_where_it_left_the_way() {
        open("/releases/hello@1.1.0");
        shown(".track", text -> text.contains("Rolled back"));

        assertThat(tab.text("[data-key=cause]"))
                .contains(
                        "The new version is worse: comparison on errors",
                        "observed 3 of 6 beside 0 of 94",
                        "limit 5.30");
        shown(".track .broken .label", "Rolling out"::equals);
        assertThat(tab.text(".track .present .label")).isEqualTo("Rolled back");
        assertThat(tab.text(".track")).doesNotContain("Completed");
        assertThat(tab.text(".rollout .callout")).contains("Worse by comparison of errors", "limit 5.30");
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD, PROPOSED VALIDATING REJECTED, PROPOSED:done VALIDATING:broken REJECTED:present",
        "STANDARD, PROPOSED VALIDATING AWAITING_APPROVAL STAGING RESTORING REJECTED,"
                + " PROPOSED:done VALIDATING:done AWAITING_APPROVAL:done STAGING:broken RESTORING:done REJECTED:present",
        "STANDARD, PROPOSED VALIDATING STAGING CANDIDATE ROLLING_OUT BAKING MERGING NEEDS_OPERATOR MERGING,"
                + " PROPOSED:done VALIDATING:done STAGING:done CANDIDATE:done ROLLING_OUT:done BAKING:done"
                + " MERGING:present COMPLETED:ahead",
        "ROLLBACK, PROPOSED ROLLING_OUT, PROPOSED:done ROLLING_OUT:present BAKING:ahead COMPLETED:ahead"
    })
    void the_track_of_a_release_shows_the_way_that_it_took(String kind, String states, String track) {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        JsonNode shown = tab.value("""
                import('/page/phases.js').then(({ track }) => {
                  const states = '%s'.split(' ');
                  const timeline = states.map((state, i) => ({ state, at: new Date(i * 1000).toISOString() }));
                  return track({ kind: '%s', state: states.at(-1), since: timeline.at(-1).at }, timeline)
                      .map(({ state, mark }) => state + ':' + mark).join(' ');
                })""".formatted(states, kind));

        assertThat(shown.asString()).isEqualTo(track);
    }

    @Test
    void a_change_of_state_shows_within_two_seconds_without_a_reload_and_is_announced() {
        open("/releases/hello@1.2.0");
        shown("main .title .badge", "Rolling out"::equals);
        tab.value("window.heading = document.querySelector('main h1'); true");

        services.enter("hello@1.2.0", "BAKING");

        await().atMost(LIVE_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tab.text("main .title .badge").equals("Baking"));
        assertThat(tab.value("window.heading === document.querySelector('main h1')")
                        .asBoolean())
                .isTrue();
        assertThat(tab.text("#announcement")).contains("hello 1.2.0 is baking");
        shown(".track .present .label", "Baking"::equals);
        shown("#list a[aria-current]", text -> text.contains("Baking"));
    }

    @Test
    void a_lost_connection_is_told_with_its_time_and_what_was_seen_stays() {
        open("/releases/hello@1.2.0");
        shown("main .title .badge", "Rolling out"::equals);

        tab.offline(true);
        shown(
                "#notices",
                text -> text.matches("Connection lost since \\d\\d:\\d\\d:\\d\\d: the gateway cannot be reached\\."
                        + " What you see is of that time; trying again in .*"));
        assertThat(tab.text("#link")).contains("Not live");
        assertThat(tab.text("main .title .badge")).isEqualTo("Rolling out");

        services.enter("hello@1.2.0", "BAKING");
        tab.offline(false);
        shown("main .title .badge", "Baking"::equals);
        shown("#notices", String::isEmpty);
        shown("#link", text -> text.startsWith("Live"));
    }

    @Test
    void a_service_that_does_not_answer_is_named_and_what_was_seen_stays() {
        open("/releases/hello@1.2.0");
        shown("main .title .badge", "Rolling out"::equals);

        services.down(true);

        shown(
                "#notices",
                text -> text.contains("Not up to date since") && text.contains("release-service cannot be reached"));
        assertThat(tab.text("main .title .badge")).isEqualTo("Rolling out");
    }

    @Test
    void the_release_of_the_address_is_opened_by_keyboard_from_the_list() {
        open("/releases");
        shown("#list", text -> text.contains("hello 1.0.0"));
        shown("main h1", "hello 1.2.0"::equals);

        tab.value("document.querySelector('#list a').focus()");
        tab.press(Tab.Key.DOWN);
        tab.press(Tab.Key.ENTER);

        shown("main h1", "hello 1.1.0"::equals);
        assertThat(tab.value("location.hash").asString()).isEqualTo("#/releases/hello@1.1.0");
        assertThat(tab.text("#list a[aria-current]")).contains("hello 1.1.0");
        tab.value("history.back()");
        shown("main h1", "hello 1.2.0"::equals);
    }

    @Test
    void the_first_stop_of_the_keyboard_leads_past_the_list() {
        open("/releases/hello@1.2.0");
        shown("main h1", "hello 1.2.0"::equals);

        tab.press(Tab.Key.TAB);
        assertThat(tab.text(":focus")).isEqualTo("Skip to the release");
        tab.press(Tab.Key.ENTER);

        assertThat(tab.value("document.activeElement.id").asString()).isEqualTo("main");
        assertThat(tab.text("main h1")).isEqualTo("hello 1.2.0");
    }

    @Test
    void open_waivers_are_shown_with_who_why_until_when_and_who_confirmed() {
        Instant until = Instant.now().plus(Duration.ofHours(3));
        services.waived(
                new OpenWaiver(
                        new ReleaseId("hello@1.2.0"),
                        ReleasePhase.VALIDATING,
                        new WaiverView(
                                "unit-tests",
                                "flaky, see <b>12</b>",
                                until,
                                "ada@example.test",
                                until,
                                "ben@example.test",
                                until,
                                false)),
                new OpenWaiver(
                        new ReleaseId("greet@2.0.0"),
                        ReleasePhase.STAGING,
                        new WaiverView("smoke", "it is down", until, "cy@example.test", until, null, null, false)));
        open("/releases/hello@1.2.0");

        shown("#waivers", text -> text.contains("unit-tests") && text.contains("smoke"));
        assertThat(tab.text("#waivers"))
                .contains(
                        "hello@1.2.0",
                        "ada@example.test",
                        "confirmed by",
                        "ben@example.test",
                        "flaky, see <b>12</b>",
                        "until",
                        "greet@2.0.0",
                        "cy@example.test",
                        "not confirmed yet",
                        "it is down");

        services.waived();
        shown("#waivers", String::isEmpty);
    }

    @Test
    void filters_are_asked_of_the_api() {
        open("/releases?application=hello&state=ROLLED_BACK");
        shown("#list", text -> text.contains("hello 1.1.0"));

        assertThat(tab.value("document.querySelector('#state').value").asString())
                .isEqualTo("ROLLED_BACK");
        assertThat(services.asked())
                .extracting(asked -> asked.uri().toString())
                .contains("/api/v1/releases?application=hello&state=ROLLED_BACK&limit=20");
    }

    @Test
    void without_a_release_the_first_commands_are_shown() {
        services.removeAllReleases();

        open("/releases");

        shown("main", text -> text.contains("No release yet") && text.contains("./slipway init"));
        assertThat(tab.text("main")).contains("./slipway policy apply", "./slipway release create", "./slipway demo");
    }

    @Test
    void a_release_that_is_not_there_is_said_so() {
        open("/releases/hello@9.9.9");

        shown("main", text -> text.contains("hello@9.9.9") && text.contains("There is no release of that id."));
    }

    @ParameterizedTest
    @CsvSource({"390, light", "390, dark", "1360, light", "1360, dark"})
    void every_text_can_be_read_and_nothing_is_wider_than_the_screen(int width, String scheme) {
        services.change("hello@1.2.0", release -> {
            ((ObjectNode) release.path("waiting"))
                    .put("owner", "people")
                    .put("command", "./slipway release resume hello@1.2.0");
            ObjectNode gates = (ObjectNode) release.path("gates").path(0);
            gates.put("verdict", "FAILED").put("observed", "x".repeat(300));
            ((ObjectNode) release.path("gates").path(1))
                    .put("verdict", "INCONCLUSIVE")
                    .put("complete", false)
                    .put("until", Instant.now().plusSeconds(600).toString());
        });
        services.changeDeliveries(all -> ((ObjectNode) all.path(0)).put("state", "UNDELIVERABLE"));
        tab.screen(width, 844, scheme);

        for (String path : List.of("/releases", "/releases/hello@1.2.0", "/releases/hello@1.1.0")) {
            open(path);
            shown(
                    width > 820 || path.contains("hello") ? ".journal" : "#list",
                    text -> text.contains("Staging") || text.contains("hello"));

            JsonNode contrast = tab.value(resource("/page/contrast.js"));
            assertThat(contrast.path("looked").asInt()).isGreaterThan(15);
            assertThat(contrast.path("weak").valueStream().map(JsonNode::asString))
                    .as("texts of %s that are hard to read", path)
                    .isEmpty();
            assertThat(tab.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
            assertThat(tab.value("[...document.querySelectorAll('.sides th, .sides td')].filter((cell) => "
                                    + "cell.getBoundingClientRect().right > cell.closest('.panel').getBoundingClientRect().right)"
                                    + ".map((cell) => cell.innerText)")
                            .valueStream()
                            .map(JsonNode::asString))
                    .as("cells that are cut off")
                    .isEmpty();
        }
    }

    static String resource(String path) {
        try (InputStream file = Objects.requireNonNull(PageIT.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
