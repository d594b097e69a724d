package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of issues of a tracker and of all checks, and where it is told what it may not. */
final class TrackerPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        checks: [build]
        gates:
          - %s
        environments:
          staging: {target: {type: process, command: [java]}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Policy accepted(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Gate gate(String written) {
        return accepted(POLICY.formatted(written)).gates().getFirst();
    }

    private static TrackerRule tracker(Gate gate) {
        return Objects.requireNonNull(gate.tracker());
    }

    @Test
    void a_server_is_asked_for_a_milestone_of_the_version() {
        Gate gate = gate(
                "{id: bugs, stage: candidate, tracker: {github: acme/shop, milestone: \"{version}\", labels: bug, high: [P1, critical], backports: [backport/1.4], every: 5m}, rule: {tracker.open.high: 0, tracker.unmerged.backports: 0, tracker.done: \">= 90%\"}}");

        assertThat(gate.stage()).isEqualTo(Stage.CANDIDATE);
        assertThat(gate.evidence()).isNull();
        assertThat(tracker(gate))
                .isEqualTo(new TrackerRule(
                        Server.GITHUB,
                        "acme/shop",
                        null,
                        "{version}",
                        List.of("bug"),
                        List.of("P1", "critical"),
                        List.of("backport/1.4"),
                        Duration.ofMinutes(5)));
        assertThat(tracker(gate).host()).contains("api.github.com");
        assertThat(Filling.last(Map.of("version", "1.4.0")::get)
                        .tracker(tracker(gate))
                        .milestone())
                .isEqualTo("1.4.0");
        assertThat(gate.ruleText())
                .isEqualTo(
                        "issues of acme/shop at api.github.com, of the milestone {version}, with bug, high: P1 or critical, backports: backport/1.4, tracker.open.high == 0, tracker.unmerged.backports == 0, tracker.done >= 90%");
    }

    @Test
    void a_server_of_ones_own_has_an_address_and_gitlab_has_groups() {
        TrackerRule rule = tracker(
                gate(
                        "{id: bugs, tracker: {gitlab: a/b/c, at: \"https://gitlab.example.test:8443/api/v4\"}, rule: {tracker.open: 0}}"));

        assertThat(rule.server()).isEqualTo(Server.GITLAB);
        assertThat(rule.address()).isEqualTo("https://gitlab.example.test:8443/api/v4");
        assertThat(rule.host()).contains("gitlab.example.test:8443");
        assertThat(rule.every()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void an_export_is_handed_in_like_any_report() {
        Gate gate = gate(
                "{id: bugs, evidence: tracker, suite: jira, tracker: {milestone: \"{version}\", high: Highest}, rule: {tracker.open.high: 0, tracker.closed: \">= 1\"}}");

        assertThat(gate.evidence()).isEqualTo("tracker");
        assertThat(tracker(gate).isAsked()).isFalse();
        assertThat(gate.ruleText()).contains("issues handed in, of the milestone {version}, high: Highest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {id: bugs, tracker: {github: acme/shop}, rule: {tracker.open.high: 0}}                    | gates[0].rule.tracker.open.high          | say which labels are meant, as in tracker: {high: [LABEL]}
            {id: bugs, tracker: {github: acme/shop}, rule: {tracker.unmerged.backports: 0}}           | gates[0].rule.tracker.unmerged.backports | as in tracker: {backports: [LABEL]}
            {id: bugs, tracker: {github: acme/shop}, rule: {tracker.done: ">= 90%"}}                  | gates[0].rule.tracker.done               | asked for of a milestone alone
            {id: bugs, tracker: {github: acme/shop}, rule: {tracker.opened: 0}}                       | gates[0].rule.tracker.opened             | is no fact that is told of a tracker; did you mean tracker.open?
            {id: bugs, tracker: {github: acme/shop, milestone: x}, rule: {tracker.done: ">= 90"}}     | gates[0].rule.tracker.done               | is a percentage
            {id: bugs, tracker: {github: acme/shop}}                                                  | gates[0].tracker                         | needs a rule beside
            {id: bugs, tracker: {high: [P1]}, rule: {tracker.open: 0}}                                | gates[0].tracker                         | names no server
            {id: bugs, evidence: tracker, rule: {tracker.open: 0}}                                    | gates[0].evidence                        | needs tracker, which says which issues count
            {id: bugs, evidence: tracker, tracker: {github: a/b1}, rule: {tracker.open: 0}}           | gates[0].tracker                         | names a server that is asked, and evidence is handed in
            {id: bugs, tracker: {github: acme/shop, gitlab: acme/shop}, rule: {tracker.open: 0}}      | gates[0].tracker                         | has github and gitlab
            {id: bugs, tracker: {github: shop}, rule: {tracker.open: 0}}                              | gates[0].tracker                         | a project is OWNER/NAME
            {id: bugs, tracker: {github: a/b/c}, rule: {tracker.open: 0}}                             | gates[0].tracker                         | a project is OWNER/NAME
            {id: bugs, tracker: {github: a/b1, at: "http://x.test/api"}, rule: {tracker.open: 0}}     | gates[0].tracker                         | tracker.at must be https:
            {id: bugs, tracker: {github: a/b1, at: "https://u@x.test/"}, rule: {tracker.open: 0}}     | gates[0].tracker                         | tracker.at must be the address of an API
            {id: bugs, tracker: {github: a/b1, milestone: "{versoin}"}, rule: {tracker.open: 0}}      | gates[0].tracker.milestone               | uses {versoin}, which is not known; did you mean {version}?
            {id: bugs, tracker: {github: a/b1}, check: merge, rule: {tracker.open: 0}}                | gates[0]                                 | needs exactly one of
            {id: bugs, tracker: {github: a/b1, every: 1s}, rule: {tracker.open: 0}}                   | gates[0].tracker                         | tracker.every
            {id: all, check: "all-checks:99"}                                                         | gates[0].check                           | all-checks:NUMBER
            """)
    void what_could_never_be_told_is_refused_where_it_stands(String gate, String path, String says) {
        PolicyReading reading = read(POLICY.formatted(gate));

        assertThat(reading).as(gate).isInstanceOf(PolicyReading.Refused.class);
        Finding finding = ((PolicyReading.Refused) reading).findings().getFirst();
        assertThat(finding.path()).as(finding.toString()).isEqualTo(path);
        assertThat(finding.message()).contains(says);
        assertThat(finding.line()).isEqualTo(8);
        assertThat(finding.column()).isPositive();
    }

    // ---- all checks

    private static String checks(String written) {
        return POLICY.formatted("{id: merge, check: merge}").replace("checks: [build]", "checks: " + written);
    }

    @Test
    void all_checks_are_a_gate_of_their_own_beside_those_that_are_named() {
        Policy all = accepted(checks("all"));
        assertThat(all.checks()).isEmpty();
        assertThat(all.gates().getLast().id()).isEqualTo("checks");
        assertThat(all.gates().getLast().check()).isEqualTo("all-checks");
        assertThat(all.gates().getLast().checksAtLeast()).isEqualTo(1);
        assertThat(all.gates().getLast().stage()).isEqualTo(Stage.PRE_RELEASE);

        Policy named = accepted(checks("{all: true, atLeast: 3, named: [build, e2e]}"));
        assertThat(named.checks()).containsExactly("build", "e2e");
        assertThat(named.gates().getLast().checksAtLeast()).isEqualTo(3);
        assertThat(accepted(checks("[build]")).gates()).hasSize(1);
        assertThat(gate("{id: workflows, stage: candidate, check: \"all-checks:2\"}")
                        .checksAtLeast())
                .isEqualTo(2);
    }

    @Test
    void a_guide_a_timetable_and_a_waiver_may_name_them() {
        accepted(checks("{all: true, named: [build]}")
                + "guide: {lines: [{id: a, text: All workflows passed, gate: checks}, {id: b, text: Built, gate: check-build}]}\n"
                + "calendars: [{name: office, zone: Europe/Berlin}]\n"
                + "timetable: [{gate: checks, by: devops, due: {days: -1}}]\n"
                + "waivers: [{gates: [checks, check-build], roles: [devops]}]\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            some                        | checks         | must be all, or a list of names
            {named: [build]}            | checks         | all
            {all: true, atLeast: 0}     | checks.atLeast | 1
            {all: true, naemd: [build]} | checks         | naemd
            """)
    void what_is_neither_names_nor_all_is_refused_where_it_stands(String written, String path, String says) {
        PolicyReading reading = read(checks(written));

        assertThat(reading).as(written).isInstanceOf(PolicyReading.Refused.class);
        Finding finding = ((PolicyReading.Refused) reading).findings().getFirst();
        assertThat(finding.path()).startsWith(path);
        assertThat(finding.toString()).contains(says);
        assertThat(finding.line()).isEqualTo(6);
    }
}
