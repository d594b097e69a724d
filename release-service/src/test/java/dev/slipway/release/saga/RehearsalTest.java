package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.PlanView.Step;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.notes.Commits;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.notes.NextVersion;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.rehearsal.Rehearsal;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A release before its start, with policies, Git and days of each kind. */
final class RehearsalTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-01-05");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ReleaseInput READ = new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR));

    private final ApplicationCore core = new ApplicationCore(Examples.APPLICATION_LIMITS);
    private String policy = Examples.demoYaml();
    private @Nullable String version;
    private LocalDate on = TODAY;
    private Told told = Commits.read("feat: greet by name");
    private @Nullable ReleaseInput revision = READ;
    private @Nullable Dossier newest;

    private Application application() {
        PolicyReading reading = new PolicyReader(100_000).read(policy.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        Policy accepted = ((PolicyReading.Accepted) reading).policy();
        return core.decide(
                        core.initial("hello"),
                        new ApplicationInput.PutPolicy(accepted, "00ff", "admin@example.test"),
                        NOW)
                .state();
    }

    private RehearsalView rehearsed() {
        Application application = application();
        Application.PolicyInForce inForce = Objects.requireNonNull(application.policy());
        Rehearsal.Seen seen = told instanceof Told.Read read
                ? new Rehearsal.Seen(
                        told, new NextVersion(application, inForce.policy()).of("production", read), revision)
                : new Rehearsal.Seen(told, null, null);
        return Rehearsal.of(
                new Rehearsal.Question(application, inForce, "production", version, on, BERLIN, NOW, newest),
                seen,
                core);
    }

    private static List<String> said(RehearsalView rehearsal, Result result) {
        return rehearsal.checks().stream()
                .filter(check -> check.result() == result)
                .map(check -> check.what() + ": " + check.text())
                .toList();
    }

    private static Check check(RehearsalView rehearsal, String what) {
        return rehearsal.checks().stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what + " is none of " + rehearsal.checks()));
    }

    @Test
    void the_next_version_is_rehearsed_with_its_whole_plan_and_whom_it_asks() {
        RehearsalView rehearsal = rehearsed();

        assertThat(said(rehearsal, Result.BLOCKED)).isEmpty();
        assertThat(rehearsal.ready()).isTrue();
        assertThat(rehearsal.version()).isEqualTo("1.0.0");
        assertThat(rehearsal.kinds()).containsExactly(ReleaseKind.MAJOR, ReleaseKind.FIRST, ReleaseKind.FINAL);
        assertThat(rehearsal.steps()).extracting(Step::id).startsWith("read", "gates", "people", "staging");
        assertThat(rehearsal.people()).singleElement().satisfies(ask -> {
            assertThat(ask.when()).isEqualTo("People say yes");
            assertThat(ask.asked().name()).isEqualTo("required");
        });
        assertThat(said(rehearsal, Result.OK))
                .anySatisfy(line -> assertThat(line).startsWith("version: 1.0.0 comes next."))
                .contains(
                        "tag v1.0.0: It is free, and a dry run of its push and that of branch main was let in; hooks"
                                + " and rules of branches are heard by the push alone. Made by 1 person.",
                        "contact Ada (technical-lead): Told by mail to ada@example.test and Slack channel #hello.",
                        "freezes: None is on during 2026-01-05.");
        assertThat(said(rehearsal, Result.NOTE))
                .contains(
                        "gate check-build: No release was asked for it yet; a pipeline hands it in: slipway check pass"
                                + " build",
                        "gate unit-tests: No release was asked for it yet; a pipeline hands it in: slipway evidence"
                                + " push FILE --suite unit")
                .anySatisfy(line -> assertThat(line).startsWith("guide: The policy has none"));
    }

    @Test
    void nothing_of_a_rehearsal_is_kept() {
        Application before = application();

        rehearsed();

        assertThat(application()).isEqualTo(before);
    }

    @Test
    void a_named_version_is_held_to_what_a_proposal_is_held_to() {
        version = "2.0.0";
        assertThat(check(rehearsed(), "version").result()).isEqualTo(Result.NOTE);
        assertThat(check(rehearsed(), "version").text()).contains("the commits ask for 1.0.0");

        version = "1.0.0";
        assertThat(check(rehearsed(), "version").text()).isEqualTo("1.0.0 can be proposed.");

        version = "one";
        RehearsalView wrong = rehearsed();
        assertThat(wrong.ready()).isFalse();
        assertThat(check(wrong, "version").text()).contains("not SemVer");
        assertThat(wrong.steps()).isEmpty();
    }

    @Test
    void where_nothing_has_changed_there_is_nothing_to_release() {
        told = new Told.Read(new Sha("2".repeat(40)), List.of(), false, List.of());

        RehearsalView rehearsal = rehearsed();

        assertThat(rehearsal.version()).isNull();
        assertThat(check(rehearsal, "version").result()).isEqualTo(Result.BLOCKED);
        assertThat(rehearsal.ready()).isFalse();
    }

    @Test
    void what_git_refuses_blocks_and_says_why() {
        revision = new ReleaseInput.RevisionRefused("Tag v1.0.0 is at another revision");
        assertThat(said(rehearsed(), Result.BLOCKED)).containsExactly("tag v1.0.0: Tag v1.0.0 is at another revision.");

        told = new Told.Refused("There is no branch production");
        version = "1.0.0";
        RehearsalView without = rehearsed();
        assertThat(said(without, Result.BLOCKED)).containsExactly("branch production: There is no branch production.");
        assertThat(without.head()).isNull();
        assertThat(without.steps()).isNotEmpty();
    }

    @Test
    void a_role_of_which_everybody_made_the_change_blocks() {
        policy = policy.replace("approvals: {required: 2", "approvals: {required: 2, roles: [devops]");
        assertThat(check(rehearsed(), "approvals").result()).isEqualTo(Result.OK);

        revision = new ReleaseInput.RevisionRead(List.of(Examples.BEN));

        assertThat(check(rehearsed(), "approvals").result()).isEqualTo(Result.BLOCKED);
        assertThat(check(rehearsed(), "approvals").text()).contains("nobody is left for devops who did not write it");
    }

    @Test
    void a_freeze_over_the_whole_day_blocks_and_one_over_a_part_of_it_is_said() {
        policy += """
            freeze:
              - {from: 2026-01-07T00:00:00Z, to: 2026-01-10T00:00:00Z, reason: stocktaking}
              - {every: [mon], from: "20:00", to: "06:00", zone: Europe/Berlin, reason: nobody is here}
            """;
        RehearsalView monday = rehearsed();
        assertThat(monday.ready()).isTrue();
        assertThat(check(monday, "freezes").result()).isEqualTo(Result.NOTE);
        assertThat(check(monday, "freezes").text())
                .isEqualTo(
                        "Nothing begins production from 2026-01-05T20:00+01:00 until 2026-01-06T06:00+01:00: nobody is"
                                + " here.");

        on = LocalDate.parse("2026-01-08");
        assertThat(check(rehearsed(), "freezes").result()).isEqualTo(Result.BLOCKED);
        assertThat(check(rehearsed(), "freezes").text()).contains("stocktaking", "choose another day");

        on = LocalDate.parse("2026-01-21");
        assertThat(check(rehearsed(), "freezes").result()).isEqualTo(Result.OK);

        on = LocalDate.parse("2026-01-04");
        assertThat(check(rehearsed(), "day").text()).isEqualTo("2026-01-04 is over: name a day to come.");
    }

    @Test
    void the_release_before_shows_where_evidence_came_from_and_who_was_not_reached() {
        Journey journey = new Journey().awaitingApproval();
        journey.take(new ReleaseInput.Told(
                "n", 99, new DeliveryStatus(Journey.ID, "Support", Channel.EMAIL, "support@example.test", 1, 0, 2)));
        newest = journey.dossier();

        RehearsalView rehearsal = rehearsed();

        assertThat(check(rehearsal, "gate unit-tests").result()).isEqualTo(Result.OK);
        assertThat(check(rehearsal, "gate unit-tests").text()).isEqualTo("Evidence came for hello@1.0.0.");
        assertThat(check(rehearsal, "contact Support (support)").text())
                .contains("of hello@1.0.0 2 messages did not arrive");
        assertThat(check(rehearsal, "contact Ada (technical-lead)").result()).isEqualTo(Result.OK);

        newest = new Journey(Journey.waivable()).waived().dossier();
        assertThat(check(rehearsed(), "gate unit-tests").result()).isEqualTo(Result.NOTE);
    }

    @Test
    void pages_show_whether_the_release_before_could_be_announced_there() {
        String page = "https://api.statuspage.io/v1/pages/p/incidents";
        String project = "https://api.github.com/repos/a/b";
        policy += """
            announcements:
              - {id: users, channel: mail, to: [users@example.test]}
              - {id: status, channel: status-page, to: ["%s"]}
              - {id: text, channel: release-text, to: ["%s"]}
            """.formatted(page, project);
        assertThat(check(rehearsed(), "page " + page))
                .isEqualTo(new Check(
                        Result.NOTE,
                        "page " + page,
                        "Announcement status is put there after the end, which was not done of any release"
                                + " yet. Whether it can be, operators are told by GET /api/v1/deliveries/pages"));
        assertThat(check(rehearsed(), "page " + project).result()).isEqualTo(Result.NOTE);

        Journey journey = new Journey().completed();
        newest = Change.of(journey.dossier(), NOW)
                .announcements(new Announcements(
                        List.of(),
                        List.of(),
                        List.of(
                                put("status", Channel.STATUS_PAGE, page, 0),
                                put("text", Channel.RELEASE_TEXT, project + "/releases/tags/v1.0.0", 1))))
                .done();

        assertThat(check(rehearsed(), "page " + project).result()).isEqualTo(Result.OK);
        assertThat(check(rehearsed(), "page " + project).text())
                .isEqualTo("It accepted announcement text of hello@1.0.0.");
        assertThat(check(rehearsed(), "page " + page).result()).isEqualTo(Result.NOTE);
        assertThat(check(rehearsed(), "page " + page).text())
                .contains("Announcement status of hello@1.0.0 could not be put there");
        assertThat(rehearsed().ready()).as("nothing stops for it").isTrue();
    }

    @Test
    void whoever_reviews_what_is_announced_is_among_those_who_will_be_asked() {
        policy += """
            announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: devops}]
            """;

        assertThat(rehearsed().people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.REVIEW)
                .singleElement()
                .satisfies(ask -> {
                    assertThat(ask.asked().name()).isEqualTo("users");
                    assertThat(ask.asked().of()).containsExactly("Ben (devops)");
                });
        assertThat(rehearsed().steps().getLast().id()).isEqualTo("announce");
    }

    @Test
    void what_other_services_alone_can_look_at_is_named_for_them_once_each() {
        policy = policy.replace(
                                "portEnv: PORT",
                                "portEnv: PORT, env: {DB: {secret: db}, PLAIN: text, AGAIN: {secret: db}}")
                        .replace("gates:\n", """
                            gates:
                              - {id: arrives, metrics: [{query: "up", at: "https://metrics.example.test:9090/p", limit: "> 0"}]}
                              - {id: again, metrics: [{query: "up", at: "https://metrics.example.test:9090/q", limit: "> 0"}]}
                              - {id: file, arrival: {url: "https://files.example.test/{version}.tgz"}}
                              - {id: image, arrival: {image: "registry.example.test:5000/hello:{version}"}}
                              - {id: bugs, tracker: {github: acme/shop, milestone: "{version}", labels: [bug], high: [P 1]}, rule: {tracker.open.high: 0}}
                              - {id: ports, tracker: {github: acme/shop, backports: [bug, to/1.x]}, rule: {tracker.unmerged.backports: 0}}
                            """)
                + """
                duties:
                  - id: store
                    text: The build is approved
                    by: devops
                    before: production
                    waits: {on: The store, expected: 24h, longest: 72h, ends: {poll: {url: "https://store.example.test/{version}"}}}
                """;

        RehearsalView rehearsal = rehearsed();

        assertThat(rehearsal.checks().stream()
                        .map(Check::what)
                        .filter(what -> what.matches("(channel|secret|host|tracker) .*")))
                .containsExactly(
                        "channel email",
                        "channel slack",
                        "secret of staging db",
                        "secret of production db",
                        "host https://metrics.example.test:9090",
                        "host https://files.example.test",
                        "host https://registry.example.test:5000",
                        "host https://store.example.test",
                        "tracker github acme/shop");
        assertThat(check(rehearsal, "tracker github acme/shop").look())
                .isEqualTo(
                        "/api/v1/applications/hello/trackers?server=github&project=acme%2Fshop&at=https%3A%2F%2Fapi.github.com&label=bug&label=P%201&label=to%2F1.x");
        assertThat(check(rehearsal, "secret of production db").text())
                .contains("GET /api/v1/environments/hello/production/secrets?name=db");
        assertThat(rehearsal.ready()).as("nothing stops for it").isTrue();
    }

    private static DeliveryStatus put(String id, Channel channel, String address, int delivered) {
        return new DeliveryStatus(
                Journey.ID,
                "announcement " + id,
                channel,
                address,
                0,
                delivered,
                1 - delivered,
                new DeliveryStatus.Announcement(id, Digest.of(id), "1", NOW));
    }

    @Test
    void lines_that_hold_and_that_nothing_answers_are_named() {
        policy += """
            guide:
              lines:
                - {id: press, text: Tell the press}
                - {id: backport, text: Backport it, when: hotfix}
                - {id: yes, text: Two say yes, approval: required}
            """;

        RehearsalView rehearsal = rehearsed();

        assertThat(rehearsal.unanswered())
                .singleElement()
                .satisfies(line -> assertThat(line.id()).isEqualTo("press"));
        assertThat(check(rehearsal, "guide").text()).isEqualTo("Nothing answers 1 line that holds for such a release.");
        assertThat(rehearsal.guideHash()).hasSize(64);
        assertThat(rehearsal.ready()).isTrue();
    }

    @Test
    void a_policy_that_asks_nobody_says_so() {
        policy = policy.replace("approvals: {required: 2", "approvals: {required: 0");

        assertThat(said(rehearsed(), Result.NOTE)).contains("approvals: By this policy nobody has to approve it.");
        assertThat(rehearsed().people()).isEmpty();
    }

    @Test
    void the_day_of_a_rehearsal_is_the_release_day_by_which_people_are_asked() {
        policy += """
            calendars: [{name: office, zone: Europe/Berlin}]
            duties:
              - {id: try-it, text: Try it, by: devops, before: production, due: {days: -2}}
            """;
        on = LocalDate.parse("2026-01-14");

        assertThat(rehearsed().people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.DUTY)
                .singleElement()
                .satisfies(ask -> assertThat(ask.asked().text())
                        .isEqualTo("Try it; due Mon 2026-01-12 17:00 Europe/Berlin, 2 working days before the"
                                + " release day (office)"));
    }

    @Test
    void a_day_on_which_nobody_works_by_a_calendar_is_noted_and_blocks_nothing() {
        policy += """
            calendars:
              - name: office
                zone: Europe/Berlin
                holidays: |
                  BEGIN:VCALENDAR
                  BEGIN:VEVENT
                  DTSTART;VALUE=DATE:20260119
                  END:VEVENT
                  END:VCALENDAR
              - {name: shop, zone: Europe/Berlin, weekend: [mon]}
            duties:
              - {id: try-it, text: Try it, by: devops, before: production, due: {days: -2, calendar: office}}
              - {id: again, text: Try it again, by: devops, before: production, due: {days: -1, calendar: office}}
            timetable: [{approval: required, by: devops, due: {days: -1, calendar: shop}}]
            """;
        on = LocalDate.parse("2026-01-17");
        assertThat(said(rehearsed(), Result.NOTE).stream().filter(line -> line.startsWith("calendar")))
                .containsExactly(
                        "calendar office: 2026-01-17 is a weekend by it (Saturday): whom the release needs may not be"
                                + " there. The next day on which they work is 2026-01-20.");
        assertThat(rehearsed().ready()).isTrue();

        on = LocalDate.parse("2026-01-19");
        assertThat(said(rehearsed(), Result.NOTE).stream().filter(line -> line.startsWith("calendar")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("calendar office: 2026-01-19 is a holiday by it (Monday)"),
                        line -> assertThat(line).startsWith("calendar shop: 2026-01-19 is a weekend by it (Monday)"));

        on = LocalDate.parse("2026-01-20");
        assertThat(said(rehearsed(), Result.NOTE)).noneMatch(line -> line.startsWith("calendar"));
    }

    @Test
    void a_duty_that_nobody_is_there_for_blocks_and_who_stands_in_is_named() {
        policy += """
            duties:
              - {id: try-it, text: Try it, by: devops, before: production}
              - {id: tell, text: Tell everybody, by: devops, before: end, when: hotfix}
            away: [{who: ben@example.test, from: "2026-01-01T00:00:00Z", to: "2026-01-10T00:00:00Z"}]
            """;

        RehearsalView without = rehearsed();

        assertThat(without.ready()).isFalse();
        assertThat(check(without, "duties").result()).isEqualTo(Result.BLOCKED);
        assertThat(check(without, "duties").text()).startsWith("Duty try-it has nobody to ask");

        policy += "deputies: {devops: support@example.test}\n";
        RehearsalView with = rehearsed();

        assertThat(check(with, "duties").result()).isEqualTo(Result.OK);
        assertThat(with.people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.DUTY)
                .singleElement()
                .satisfies(ask -> {
                    assertThat(ask.asked().name()).isEqualTo("try-it");
                    assertThat(ask.asked().of()).containsExactly("Support (support)");
                });
    }

    private static final String AWAY_IN_FEBRUARY =
            "away: [{who: ben@example.test, from: \"2026-02-09T00:00:00Z\", to: \"2026-02-14T00:00:00Z\"}]\n";

    @Test
    void who_is_away_on_the_day_is_seen_and_who_is_away_only_today_is_not() {
        policy += """
            duties: [{id: try-it, text: Try it, by: devops, before: production}]
            away:
              - {who: ben@example.test, from: "2026-01-01T00:00:00Z", to: "2026-01-10T00:00:00Z"}
              - {who: ben@example.test, from: "2026-02-09T00:00:00Z", to: "2026-02-14T00:00:00Z"}
            """;
        assertThat(rehearsed().ready()).as("today").isFalse();

        on = LocalDate.parse("2026-02-02");
        assertThat(rehearsed().ready()).as("next month").isTrue();
        assertThat(check(rehearsed(), "contact Ben (devops)").result()).isEqualTo(Result.OK);

        on = LocalDate.parse("2026-02-10");
        RehearsalView then = rehearsed();
        assertThat(then.ready()).isFalse();
        assertThat(check(then, "duties").text())
                .contains("Duty try-it has nobody to ask", "ben@example.test is away until 2026-02-14T00:00:00Z");
        assertThat(check(then, "contact Ben (devops)").text())
                .isEqualTo("Told by mail to ben@example.test and Slack channel #ops. They are away then, until"
                        + " 2026-02-14T00:00:00Z, and nobody stands in (deputies in the policy name who does).");
    }

    @Test
    void who_stands_in_is_noted_by_name_at_the_day_on_which_a_duty_is_due() {
        policy += """
            calendars: [{name: office, zone: UTC}]
            deputies: {devops: support@example.test}
            duties:
              - {id: early, text: Try it, by: devops, before: production, due: {days: -3}}
              - {id: on-the-day, text: Look, by: devops, before: production}
            """ + AWAY_IN_FEBRUARY;
        on = LocalDate.parse("2026-02-16");

        RehearsalView monday = rehearsed();

        assertThat(monday.ready()).isTrue();
        assertThat(check(monday, "duty early"))
                .isEqualTo(new Check(
                        Result.NOTE,
                        "duty early",
                        "It is for devops at 2026-02-11T17:00:00Z: ben@example.test is away until"
                                + " 2026-02-14T00:00:00Z. support@example.test is asked."));
        assertThat(monday.checks()).extracting(Check::what).doesNotContain("duty on-the-day");
        assertThat(monday.people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.DUTY)
                .satisfiesExactlyInAnyOrder(
                        ask -> assertThat(ask.asked().of()).containsExactly("Support (support)"),
                        ask -> assertThat(ask.asked().of()).containsExactly("Ben (devops)"));
        assertThat(check(monday, "contact Ben (devops)").result()).isEqualTo(Result.OK);

        on = LocalDate.parse("2026-02-12");
        assertThat(check(rehearsed(), "contact Ben (devops)").text()).contains("support@example.test stands in");
        assertThat(check(rehearsed(), "duty on-the-day").text()).contains("support@example.test is asked");
    }

    @Test
    void approvers_and_reviewers_who_are_away_on_the_day_block_it() {
        policy = policy.replace(
                        "approvals: {required: 2, within: 72h", "approvals: {required: 2, roles: [devops], within: 24h")
                + "announcements: [{id: users, channel: mail, to: [users@example.test], reviewedBy: devops}]\n"
                + AWAY_IN_FEBRUARY;
        assertThat(rehearsed().ready()).isTrue();

        on = LocalDate.parse("2026-02-10");

        assertThat(check(rehearsed(), "approvals").result()).isEqualTo(Result.BLOCKED);
        assertThat(check(rehearsed(), "approvals").text()).contains("is away until 2026-02-14T00:00:00Z");
        assertThat(check(rehearsed(), "announcements").text()).contains("nobody of devops to review it");
    }

    @Test
    void reviewers_of_announcements_and_who_sees_to_dates_are_asked_in_their_steps() {
        policy += """
            calendars: [{name: office, zone: UTC}]
            deputies: {devops: support@example.test}
            announcements:
              - {id: users, channel: mail, to: [users@example.test], reviewedBy: support}
              - {id: chat, channel: chat, to: ["#all"]}
              - {id: back, channel: mail, to: [users@example.test], after: rolled-back, reviewedBy: devops}
            timetable:
              - {gate: unit-tests, by: devops, due: {days: -2}}
              - {approval: required, by: technical-lead, due: {days: -1}}
              - {phase: production, by: support, due: {days: 0}}
              - {document: runbook, by: support, due: {days: -3}}
              - {review: users, by: support, due: {days: -1}}
              - {review: back, by: devops, due: {days: 1}}
            """ + AWAY_IN_FEBRUARY;
        on = LocalDate.parse("2026-02-13");

        RehearsalView rehearsal = rehearsed();

        assertThat(rehearsal.people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.DATE)
                .extracting(ask -> ask.asked().name() + " of " + ask.asked().of())
                .containsExactly(
                        "document:runbook of [Support (support)]",
                        "gate:unit-tests of [Support (support)]",
                        "approval:required of [Ada (technical-lead)]",
                        "phase:production of [Support (support)]",
                        "review:users of [Support (support)]",
                        "review:back of [Ben (devops)]");
        assertThat(rehearsal.people())
                .filteredOn(ask -> ask.asked().name().equals("review:back"))
                .extracting(RehearsalView.Ask::when)
                .containsExactly("It is announced that it was taken back");
        assertThat(rehearsal.people())
                .filteredOn(ask -> ask.asked().name().equals("approval:required"))
                .singleElement()
                .satisfies(ask -> {
                    assertThat(ask.when()).isEqualTo("People say yes");
                    assertThat(ask.asked().text())
                            .isEqualTo(
                                    "sees to the approvals in time; due Thu 2026-02-12 17:00 UTC, 1 working day before"
                                            + " the release day (office)");
                });
        assertThat(rehearsal.people())
                .filteredOn(ask -> ask.asked().kind() == AskedKind.REVIEW)
                .extracting(ask -> "%s: %s of %s"
                        .formatted(ask.when(), ask.asked().name(), ask.asked().of()))
                .containsExactly(
                        "It is announced: users of [Support (support)]",
                        "It is announced that it was taken back: back of [Ben (devops)]");
        assertThat(said(rehearsal, Result.NOTE))
                .contains("gate unit-tests: It is for devops at 2026-02-11T17:00:00Z: ben@example.test is away until"
                        + " 2026-02-14T00:00:00Z. support@example.test is asked.");
    }

    @Test
    void git_is_asked_for_the_guides_file_and_for_files_that_somebody_in_particular_approves() {
        policy = policy.replace(
                        "approvals: {required: 2",
                        "approvals: {required: 2, paths: [{files: [\"deploy/**\"], by: devops}]")
                + GUIDE;
        Application application = application();
        Application.PolicyInForce inForce = Objects.requireNonNull(application.policy());

        Work.ReadRevision question = Rehearsal.question(
                new Rehearsal.Question(application, inForce, "production", version, on, BERLIN, NOW, newest),
                new Sha("1".repeat(40)),
                "1.0.0");

        assertThat(question.paths()).isEqualTo(inForce.policy().approvals().paths());
        assertThat(question.guide()).isEqualTo(inForce.policy().guide());
        assertThat(question.since()).as("there is no verified release").isNull();
        assertThat(question.tag()).isEqualTo("v1.0.0");
    }

    private static final String GUIDE = """
        guide:
          file: RELEASE.md
          lines:
            - {id: tests, line: 3, text: Unit tests pass, gate: unit-tests}
        """;

    private ReleaseInput changed(List<String> people, String... paths) {
        Policy accepted = Objects.requireNonNull(application().policy()).policy();
        return new ReleaseInput.RevisionRead(
                people,
                List.of(),
                List.of(),
                null,
                null,
                ChangedFiles.of(accepted.approvals().paths(), List.of(paths), null, false));
    }

    @Test
    void who_has_to_approve_changed_files_is_named_before_the_start() {
        policy = policy.replace(
                "approvals: {required: 2", "approvals: {required: 2, paths: [{files: [\"deploy/**\"], by: devops}]");
        revision = changed(List.of(Examples.AUTHOR), "deploy/up.sh");
        RehearsalView touched = rehearsed();

        assertThat(touched.ready()).isTrue();
        assertThat(check(touched, "changed files").text())
                .isEqualTo("Among who approves it have to be devops for deploy/up.sh.");
        assertThat(touched.people())
                .filteredOn(ask -> ask.asked().name().equals("deploy/**"))
                .singleElement()
                .satisfies(ask -> assertThat(ask.asked().of()).containsExactly("Ben (devops)"));

        revision = changed(List.of(Examples.AUTHOR));
        assertThat(check(rehearsed(), "changed files").text())
                .isEqualTo("None has changed that somebody in particular has to approve.");
        assertThat(rehearsed().people()).noneMatch(ask -> ask.asked().name().equals("deploy/**"));

        revision = changed(List.of(Examples.BEN), "deploy/up.sh");
        assertThat(check(rehearsed(), "changed files").result()).isEqualTo(Result.BLOCKED);
        assertThat(check(rehearsed(), "changed files").text())
                .contains("deploy/up.sh", Examples.BEN, "made the change");
    }

    @Test
    void a_guides_file_that_differs_at_the_head_is_noted_line_by_line() {
        policy += GUIDE;
        Difference added = new Difference(Kind.ADDED, "press", "Tell the press", null, List.of(), 4, "tests");
        revision = guideFile(new GuideFileView("RELEASE.md", State.DIFFERS, null, "c".repeat(64), List.of(added), 0));

        assertThat(check(rehearsed(), "guide file RELEASE.md").result()).isEqualTo(Result.NOTE);
        assertThat(check(rehearsed(), "guide file RELEASE.md").text())
                .startsWith("RELEASE.md at its revision differs from its guide in 1 line")
                .endsWith("New, press: Tell the press");
        assertThat(rehearsed().ready()).isTrue();

        revision = guideFile(new GuideFileView("RELEASE.md", State.SAME, null, "c".repeat(64), List.of(), 0));
        assertThat(check(rehearsed(), "guide file RELEASE.md").result()).isEqualTo(Result.OK);
    }

    private static ReleaseInput guideFile(GuideFileView file) {
        return new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of(), null, file, null);
    }
}
