package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.policy.WaiverRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyReaderTest {
    private static final int BYTES_MAX = 65_536;
    private static final String MINIMAL = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private final PolicyReader reader = new PolicyReader(BYTES_MAX);

    static String demo() {
        try (InputStream resource = PolicyReaderTest.class.getResourceAsStream("/policies/demo.yaml")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private PolicyReading read(String yaml) {
        return reader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private Policy accepted(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private List<Finding> refused(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings();
    }

    @Test
    void waivers_and_roles_of_approvers_read_as_written_with_the_defaults_of_the_schema() {
        Policy policy = accepted(
                demo().replace("approvals: {required: 2,", "approvals: {required: 2, roles: [technical-lead, devops],")
                        + "waivers: [{gates: [unit-tests, check-build], roles: [technical-lead]}]\n");

        assertThat(policy.approvals().roles()).containsExactly("technical-lead", "devops");
        assertThat(policy.waivers())
                .containsExactly(new WaiverRule(
                        List.of("unit-tests", "check-build"),
                        List.of("technical-lead"),
                        Duration.ofHours(168),
                        Duration.ofHours(24)));
        assertThat(policy.rolesOf("ada@example.test")).containsExactly("technical-lead");
        assertThat(accepted(demo()).waivers()).isEmpty();
        assertThat(accepted(MINIMAL + "approvals: {roles: [devops]}\n")
                        .approvals()
                        .required())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waivers: [{gates: [way-back], roles: [devops]}]       | the way back, is never waived",
                "waivers: [{gates: [nowhere], roles: [devops]}]        | name one of unit-tests, merge, smoke, check-build",
                "waivers: [{gates: [smoke], roles: [boss]}]            | no contact of role \"boss\"",
                "waivers: [{gates: [smoke], roles: [devops], longest: 91d}]    | waivers.longest",
                "waivers: [{gates: [smoke], roles: [devops], wait: 31d}]       | waivers.wait",
                "waivers: [{gates: [smoke], roles: [devops]}, {gates: [smoke], roles: [support]}] | each gate",
                "waivers: [{gates: [smoke]}]                           | roles",
                "waivers: [{gates: [smoke], roles: [devops], until: 3d}] | until"
            })
    void what_cannot_be_waived_or_by_nobody_is_refused(String waivers, String why) {
        assertThat(refused(demo() + waivers + "\n"))
                .anySatisfy(finding -> assertThat(finding.toString()).contains(why.strip()));
    }

    @Test
    void a_role_that_nobody_with_an_email_has_approves_nothing() {
        assertThat(refused(demo().replace("approvals: {required: 2,", "approvals: {required: 2, roles: [boss],")))
                .anySatisfy(
                        finding -> assertThat(finding.toString()).contains("approvals.roles", "no contact of role"));
        assertThat(refused(demo().replace(
                                "approvals: {required: 2,", "approvals: {required: 1, roles: [devops, support],")))
                .anySatisfy(finding -> assertThat(finding.toString()).contains("approvals.roles"));
    }

    @Test
    void the_policy_of_the_design_reads_exactly_as_written() {
        Policy policy = accepted(demo());

        assertThat(policy.application().value()).isEqualTo("hello");
        assertThat(policy.source()).isEqualTo(new Policy.Source("file:.slipway/demo/hello.git", "production", "main"));
        assertThat(policy.contacts()).extracting(Policy.Contact::slack).containsExactly("#hello", "#ops", null);
        assertThat(policy.approvals()).isEqualTo(new Policy.Approvals(2, Duration.ofHours(72)));
        assertThat(policy.checks()).containsExactly("build", "unit-tests");
        assertThat(policy.gates()).extracting(Gate::id).containsExactly("unit-tests", "merge", "smoke", "way-back");
        assertThat(policy.gates())
                .extracting(Gate::stage)
                .containsExactly(Stage.PRE_RELEASE, Stage.MERGE, Stage.STAGING, Stage.CANDIDATE);
        assertThat(policy.gates().getFirst().rule())
                .containsExactly(new Gate.Threshold("tests.total", ">= 1"), new Gate.Threshold("tests.failed", "0"));
        assertThat(policy.gates().getFirst().within()).isEqualTo(Duration.ofMinutes(30));
        assertThat(policy.gates().get(2).http())
                .containsExactly(
                        new Gate.HttpProbe("/health", 200, Duration.ofMillis(500), List.of()),
                        new Gate.HttpProbe(
                                "/greet?name=x",
                                200,
                                null,
                                List.of(new Gate.JsonExpectation("$.greeting", "\"Hello x\""))));
        Policy.Environments.Production production = policy.environments().production();
        assertThat(production.target().command()).containsExactly("java", "-jar", "{artifact}");
        assertThat(production.strategy()).isEqualTo(Strategy.CANARY);
        assertThat(production.steps())
                .containsExactly(
                        new Step(10, Duration.ofSeconds(10)),
                        new Step(25, Duration.ofSeconds(10)),
                        new Step(50, Duration.ofSeconds(10)),
                        new Step(100, Duration.ZERO));
        assertThat(production.bake()).isEqualTo(Duration.ofSeconds(10));
        assertThat(production.canary())
                .isEqualTo(new Canary(
                        Canary.Assign.REQUEST,
                        0.01,
                        40,
                        Canary.OnInconclusive.HOLD,
                        Duration.ofSeconds(10),
                        Canary.Traffic.LIVE,
                        new Canary.Guardrails(5.0, List.of(new Canary.LatencyLimit(0.95, Duration.ofSeconds(1)))),
                        Duration.ofMinutes(30)));
        assertThat(policy.merge()).isEqualTo(new Policy.Merge("v{version}"));
        assertThat(policy.onPush()).isEqualTo(Policy.OnPush.SUPERSEDE);
    }

    @Test
    void what_a_policy_says_of_judging_is_read_and_an_older_policy_keeps_its_hash() {
        String judged = MINIMAL.replace("production: {target:", """
                production: {canary: {holdBack: 10, latencyMargin: 1.3, latencyDifference: 20ms, detect: {errors: 2%},
                    statuses: [{path: "/login*", neither: [401, "403"]}, {path: /search, errors: [4xx], refusals: [429]}]},
                    target:""");

        Canary canary = accepted(judged).environments().production().canary();

        assertThat(canary.holdBack()).isEqualTo(10);
        assertThat(canary.latencyMargin()).isEqualTo(1.3);
        assertThat(canary.latencyDifference()).isEqualTo(Duration.ofMillis(20));
        assertThat(canary.detect()).isEqualTo(new Canary.Detect(2));
        assertThat(canary.statuses())
                .containsExactly(
                        new StatusRule("/login*", List.of(), List.of(), List.of("401", "403")),
                        new StatusRule("/search", List.of("4xx"), List.of("429"), List.of()));
        assertThat(refused(judged.replace("[401, \"403\"]", "[600]"))).isNotEmpty();
        assertThat(refused(judged.replace("2%", "0%")).getFirst().path())
                .isEqualTo("environments.production.canary.detect");
        assertThat(refused(judged.replace(", neither: [401, \"403\"]", ""))
                        .getFirst()
                        .message())
                .contains("errors, refusals and neither");
    }

    private static String exposed(String staging, String production) {
        return MINIMAL.replace("staging: {target", "staging: {" + staging + "target")
                .replace("production: {target", "production: {" + production + "target");
    }

    @Test
    void what_a_policy_says_of_hosts_limits_a_cohort_and_http2_is_read() {
        Policy policy = accepted(exposed(
                        "hosts: [try.shop.test], traffic: {bodyMax: 1GB}, ",
                        "hosts: [shop.example.test, www.hello.localhost], cohort: {header: X-Beta, value: '1'}, "
                                + "traffic: {firstByteWithin: 5s, bodyMax: 512KB, inFlightMax: 50, longPoll: ['/events*']}, ")
                .replace("command: [java]}}", "command: [java], http2: true}}"));

        Policy.Environments.Staging staging = policy.environments().staging();
        assertThat(staging.front())
                .isEqualTo(new Front(
                        List.of("try.shop.test"),
                        new TrafficLimits(Duration.ofSeconds(30), 1_073_741_824L, 500, List.of()),
                        null));
        assertThat(staging.target().http2()).isTrue();
        Policy.Environments.Production production = policy.environments().production();
        assertThat(production.front())
                .isEqualTo(new Front(
                        List.of("shop.example.test", "www.hello.localhost"),
                        new TrafficLimits(Duration.ofSeconds(5), 524_288L, 50, List.of("/events*")),
                        new Cohort(Cohort.Source.HEADER, "X-Beta", "1")));
        assertThat(accepted(exposed("", "cohort: {cookie: beta, value: a}, "))
                        .environments()
                        .production()
                        .front()
                        .cohort())
                .isEqualTo(new Cohort(Cohort.Source.COOKIE, "beta", "a"));
        assertThat(accepted(MINIMAL).environments().production().front()).isEqualTo(Front.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hosts: [localhost],                        | 8, 24 | hosts[0]       | page and API themselves
        hosts: [a.test, "*.b.test"],               | 8, 32 | hosts[1]       | name each host
        hosts: ["a.test:8000"],                    | 8, 24 | hosts[0]       | the port is the front's
        hosts: ["http://a.test/x"],                | 8, 24 | hosts[0]       | the host's name alone
        hosts: [A.test],                           | 8, 24 | hosts[0]       | lower case
        hosts: [127.0.0.1],                        | 8, 24 | hosts[0]       | IP address
        hosts: [a_b.test],                         | 8, 24 | hosts[0]       | DNS name
        hosts: [a.test, a.test],                   | 8, 32 | hosts[1]       | stand once
        hosts: [try.test],                         | 8, 24 | hosts[0]       | stand once
        hosts: [other.localhost],                  | 8, 24 | hosts[0]       | use hello.localhost
        hosts: [7],                                | 8, 24 | hosts[0]       | such as shop.example.test
        hosts: [],                                 | 8, 23 | hosts          | 1
        hosts: shop.test,                          | 8, 23 | hosts          | array
        traffic: {bodyMax: 10MiB},                 | 8, 35 | traffic.bodyMax | 512KB, 10MB or 1GB
        traffic: {bodyMax: 10},                    | 8, 35 | traffic.bodyMax | 512KB, 10MB or 1GB
        traffic: {bodyMax: 2GB},                   | 8, 25 | traffic        | 1024 to 1073741824, is 2147483648
        traffic: {firstByteWithin: 30},            | 8, 43 | traffic.firstByteWithin | string
        traffic: {firstByteWithin: 11m},           | 8, 25 | traffic        | 100 ms to 10 min
        traffic: {inFlightMax: 0},                 | 8, 39 | traffic.inFlightMax | 1
        traffic: {longPoll: [events]},             | 8, 37 | traffic.longPoll[0] | starts with /
        traffic: {longPoll: [/a, /a]},             | 8, 25 | traffic        | stand once
        traffic: {bodyMaxx: 1MB},                  | 8, 26 | traffic.bodyMaxx | did you mean bodyMax?
        cohort: {header: X-Beta},                  | 8, 24 | cohort         | value
        cohort: {value: a},                        | 8, 24 | cohort         | exactly one of header and cookie
        cohort: {header: X-Beta, value: 1},        | 8, 48 | cohort.value   | in quotes
        cohort: {header: Cookie, value: a},        | 8, 24 | cohort         | say {cookie: NAME
        cohort: {header: Slipway-Probe, value: a}, | 8, 24 | cohort         | Slipway's own
        cohort: {cookie: beta, value: a b},        | 8, 24 | cohort         | without blank
        """)
    void what_is_wrong_with_how_users_come_is_said_by_line_and_column(
            String production, String place, String path, String remedy) {
        Finding finding =
                refused(exposed("hosts: [try.test], ", production + " ")).getFirst();

        assertThat(finding.message()).contains(remedy);
        assertThat(finding.path()).isEqualTo("environments.production." + path);
        assertThat(finding.line() + ", " + finding.column()).isEqualTo(place);
    }

    @Test
    void a_cohort_is_of_production_where_there_are_two_versions() {
        assertThat(refused(exposed("cohort: {header: X-Beta, value: a}, ", ""))
                        .getFirst()
                        .toString())
                .contains("cohort is not a known key");
    }

    @Test
    void a_host_of_production_that_is_staging_s_by_default_is_refused() {
        assertThat(refused(exposed("", "hosts: [staging.hello.localhost], "))
                        .getFirst()
                        .message())
                .contains("staging's by default");
    }

    @Test
    void hosts_limits_and_cohorts_are_part_of_the_hash() {
        assertThat(Stream.of(
                                "",
                                "hosts: [a.test], ",
                                "hosts: [b.test], ",
                                "traffic: {inFlightMax: 499}, ",
                                "cohort: {cookie: beta, value: a}, ")
                        .map(more -> ((PolicyReading.Accepted) read(exposed("", more))).hash()))
                .doesNotHaveDuplicates();
        assertThat(read(exposed("", "traffic: {inFlightMax: 500, bodyMax: 10240KB}, ")))
                .as("what says what holds anyway")
                .isEqualTo(read(MINIMAL));
    }

    @Test
    void a_freeze_has_a_beginning_an_end_and_a_reason() {
        String window = "freeze: [{from: \"2026-12-20T00:00:00Z\", to: \"%s\", reason: holidays}]\n";
        assertThat(accepted(MINIMAL + window.formatted("2027-01-02T00:00:00Z")).freeze())
                .containsExactly(new Policy.Freeze(
                        Instant.parse("2026-12-20T00:00:00Z"), Instant.parse("2027-01-02T00:00:00Z"), "holidays"));
        assertThat(accepted(MINIMAL).freeze()).isEmpty();

        for (String end : List.of("2026-12-20T00:00:00Z", "2026-13-40T00:00:00Z", "tomorrow")) {
            assertThat(refused(MINIMAL + window.formatted(end)))
                    .singleElement()
                    .asString()
                    .contains("freeze");
        }
    }

    @Test
    void what_may_be_left_out_has_a_default() {
        Policy policy = accepted(MINIMAL);

        assertThat(policy.source().to()).isEqualTo("main");
        assertThat(policy.approvals()).isEqualTo(new Policy.Approvals(1, Duration.ofHours(72)));
        assertThat(policy.gates()).isEmpty();
        assertThat(policy.merge()).isNull();
        assertThat(policy.environments().production().steps())
                .extracting(Step::traffic)
                .containsExactly(10, 25, 50, 100);
        assertThat(policy.environments().staging().target().health()).isEqualTo("/health");
        assertThat(policy.environments().production().canary().answersMin()).isEqualTo(40);
    }

    @Test
    void a_gate_without_a_stage_stands_where_it_can_be_answered_first() {
        Policy policy = accepted(MINIMAL + """
                gates:
                  - {id: a, evidence: junit, rule: {tests.failed: 0}}
                  - {id: b, check: merge}
                  - {id: c, check: way-back}
                  - {id: d, http: [{get: /health}]}
                """);

        assertThat(policy.gates())
                .extracting(Gate::stage)
                .containsExactly(Stage.PRE_RELEASE, Stage.MERGE, Stage.CANDIDATE, Stage.STAGING);
    }

    @Test
    void the_hash_is_of_what_is_said_and_not_of_how() {
        String first = ((PolicyReading.Accepted) read(MINIMAL)).hash();
        String spelledOut = ((PolicyReading.Accepted)
                        read("# comment\nonPush: supersede\n" + MINIMAL + "approvals: {within: 72h}\n"))
                .hash();
        String other = ((PolicyReading.Accepted) read(MINIMAL + "approvals: {required: 2}\n")).hash();

        assertThat(first).matches("[0-9a-f]{64}").isEqualTo(spelledOut).isNotEqualTo(other);
    }

    @Test
    void policies_that_use_nothing_new_keep_the_hash_by_which_their_releases_were_approved() {
        assertThat(((PolicyReading.Accepted) read(MINIMAL)).hash())
                .isEqualTo("991550524eb52dd07cfc5e2ee9ec70bef373f282813b0d0efaa32ecfac01ef49");
        assertThat(((PolicyReading.Accepted) read(demo())).hash())
                .isEqualTo("d6f3f5389bd4420d8a1115361e71788a54ccdf7938669758b0dc2fdf5ac72fce");
    }

    @Test
    void an_unknown_key_is_refused_with_its_place_and_the_nearest_legal_name() {
        List<Finding> findings = refused(demo().replace("approvals:", "aprovals:"));

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().toString())
                .isEqualTo("line 9, column 1: aprovals is not a known key; did you mean approvals?");
    }

    @Test
    void an_unknown_key_deep_inside_is_found_where_it_stands() {
        List<Finding> findings = refused(demo().replace("latency: 500ms", "latencyMax: 500ms"));

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().line()).isEqualTo(16);
        assertThat(findings.getFirst().path()).isEqualTo("gates[2].http[0].latencyMax");
        assertThat(findings.getFirst().message()).contains("did you mean latency?");
    }

    @Test
    void a_key_that_resembles_nothing_gets_the_legal_ones() {
        assertThat(refused(MINIMAL + "merge: {zzzzzzzz: 1}\n").getFirst().message())
                .contains("legal are tag");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        within: 72h}           | within: soon}               | approvals.within                    | such as 500ms, 10s
        required: 2            | required: 21                | approvals.required                  | 20
        required: 2            | required: two               | approvals.required                  | integer
        required: 2, within: 72h | within: 10s               | approvals                           | 1 min
        traffic: 25            | traffic: 0                  | environments.production.steps[1].traffic | 1
        traffic: 25            | traffic: 5                  | environments.production             | 11 to 100
        alpha: 0.01            | alpha: 0.5                  | environments.production.canary.alpha | 0.2
        "< 5%"                 | "5%"                        | environments.production.canary.guardrails.errorRate | "< 5%"
        strategy: canary       | strategy: canari            | environments.production.strategy    | canary
        type: process, command: [java, -jar, "{artifact}"], portEnv: PORT, health: /health}}\\n | type: docker, command: [java, -jar, "{artifact}"]}}\\n | environments.staging.target.type | process
        check: merge           | check: merged               | gates[1].check                      | merge, way-back
        stage: merge, check: merge | stage: merge            | gates[1]                            | exactly one of
        stage: staging         | stage: pre-release          | gates[2]                            | stage must be staging
        stage: candidate       | stage: staging              | gates[3]                            | stage must be candidate
        name: Ada, email: ada@example.test, slack: "#hello" | name: Ada | contacts[0]           | email, a slack channel or both
        application: hello     | application: Hello          | application                         | lower-case
        tag: "v{version}"      | tag: "release"              | merge.tag                           | in braces
        tests.failed: 0        | tests.failed: none          | gates[0].rule.tests.failed          | comparison
        """)
    void a_bad_value_is_refused_with_its_limit(String good, String bad, String path, String limit) {
        List<Finding> findings = refused(demo().replace(good.replace("\\n", "\n"), bad.replace("\\n", "\n")));

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.message()).contains(limit);
            assertThat(finding.line()).isGreaterThan(1);
        });
    }

    @Test
    void two_gates_of_one_id_are_refused() {
        List<Finding> findings = refused(demo().replace("id: smoke", "id: merge"));

        assertThat(findings.getFirst().message()).contains("each id may stand once");
    }

    @Test
    void what_is_missing_is_named() {
        List<Finding> findings = refused("apiVersion: slipway.dev/v1\nkind: ReleasePolicy\n");

        assertThat(findings).extracting(Finding::message).anyMatch(message -> message.contains("application"));
        assertThat(findings).extracting(Finding::message).anyMatch(message -> message.contains("environments"));
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        assertThat(refused(MINIMAL + "kind: ReleasePolicy\n").getFirst())
                .isEqualTo(new Finding(9, 1, "", "the key kind stands twice, it may stand once"));
    }

    @Test
    void yaml_that_is_none_is_refused_with_its_place() {
        Finding finding = refused("apiVersion: [\nkind: }").getFirst();

        assertThat(finding.line()).isEqualTo(2);
        assertThat(finding.message()).isNotBlank();
    }

    @Test
    void tags_are_refused() {
        assertThat(refused("!!java.net.URL [\"http://127.0.0.1/\"]").getFirst().message())
                .contains("is not allowed");
        assertThat(refused("application: !secret x").getFirst().message()).contains("is not allowed");
    }

    @Test
    void laughing_aliases_are_refused_quickly() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9) + "*a" + (i - 1)));
        }

        assertThat(refused(bomb.toString()).getFirst().message()).isNotBlank();
    }

    @Test
    void nesting_and_size_are_bounded() {
        assertThat(refused("[".repeat(5_000)).getFirst().message()).isNotBlank();
        assertThat(refused("#".repeat(BYTES_MAX + 1)).getFirst().message()).contains("at most 65536 bytes");
        assertThat(refused("").getFirst().message()).contains("empty");
    }

    @Test
    void what_is_not_utf8_is_refused() {
        PolicyReading reading = reader.read(new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
    }

    @Test
    void words_that_old_yaml_takes_for_truth_stay_words() {
        Policy policy = accepted(MINIMAL.replace("name: Ben", "name: No").replace("role: devops", "role: 'on'"));

        assertThat(policy.contacts().getFirst().name()).isEqualTo("No");
    }

    @Test
    void a_quantile_may_have_a_fraction() {
        Policy policy = accepted(demo().replace("p95: \"< 1s\"", "p99.9: \"< 250ms\""));

        assertThat(policy.environments().production().canary().guardrails().latencies())
                .containsExactly(new Canary.LatencyLimit(0.999, Duration.ofMillis(250)));
    }

    @Test
    void canonical_json_sorts_keys_and_drops_what_says_nothing() {
        var json = tools.jackson.databind.json.JsonMapper.shared()
                .readTree("{\"b\": [1.50, 0.0, 1e3], \"a\": {\"z\": null, \"y\": \"ü\\n\"}, \"c\": []}");

        assertThat(CanonicalJson.write(json)).isEqualTo("{\"a\":{\"y\":\"ü\\n\"},\"b\":[1.5,0,1000],\"c\":[]}");
    }
}
