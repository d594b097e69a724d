package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.Limits;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of what a program gets. */
final class TargetPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String TARGET = """
                  type: process
                  command: [java, -jar, "{artifact}", "--lib={artifacts.lib}", "--admin={port.admin}"]
                  portEnv: HTTP_PORT
                  port: 8080
                  ports: {metrics: {env: METRICS_PORT}, admin: {port: 9000}}
                  env: {GREETING: "hello {version}", DB_PASSWORD: {secret: db-password}}
                  health: {ready: "/ready?of={version}", live: /live, started: /started, port: admin, every: 1s, within: 3s, up: 2, down: 4}
                  startWithin: 25s
                  stop: {signal: INT, grace: 20s}
                  limits: {memory: 512MB, processes: 200, openFiles: 1024, cpuWeight: 50}
                  metrics: {path: /prometheus, port: metrics}
            """;
    private static final String OWNED = "owner: devops\n";
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates:
              - {id: smoke, stage: staging, http: [{get: "/version?of={release}", json: {"$.version": "{version}"}}, {get: /about, contains: "v{version}"}]}
            environments:
              staging: {target: {type: process, command: [java]}, whenBad: roll-back}
              production:
                whenBad: roll-back
                canary: {guardrails: {errorRate: "< 5%", p99: "< 1s", memory: "< 512 MB", memoryGrowth: "< 20 %", restarts: 0}}
                target:
            """ + TARGET;

    private static String asked(String health, String get, String traffic) {
        return POLICY.substring(0, POLICY.indexOf("gates:")) + """
            gates:
              - {id: smoke, stage: staging, http: [{get: "%s"}]}
            environments:
              staging: {target: {type: process, command: [java], http2: true, health: "%s"}}
              production:
                target: {type: process, command: [java], http2: true, health: {ready: "%s", live: "grpc://"}}
                canary: {traffic: %s}
            """.formatted(get, health, health, traffic);
    }

    @Test
    void in_the_place_of_a_path_may_stand_grpcs_own_health() {
        Policy policy = accepted(asked("grpc://words.Words", "grpc://", "live"));

        assertThat(policy.environments().staging().target().health()).isEqualTo("grpc://words.Words");
        assertThat(policy.environments().production().target().checks().live()).isEqualTo("grpc://");
        assertThat(policy.gates().getFirst().http().getFirst().get()).isEqualTo("grpc://");
        assertThat(refused(asked("grpc://words", "grpc://two words", "live")).toString())
                .contains("must be a path that starts with / and has no spaces, or grpc:// or grpc://SERVICE");
        assertThat(refused(asked("grpc://", "grpc://", "probe")).toString())
                .contains("sends requests for a path, and this policy names none");
        assertThat(accepted(asked("grpc://", "/words", "probe")).gates()).hasSize(1);
    }

    private static Policy accepted(String yaml) {
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Finding refused(String yaml) {
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void all_that_a_program_gets_is_read_as_it_is_written() {
        Target target = accepted(POLICY).environments().production().target();

        assertThat(target.port()).isEqualTo(8080);
        assertThat(target.ports())
                .containsExactly(
                        entry("admin", new NamedPort(null, 9000)),
                        entry("metrics", new NamedPort("METRICS_PORT", null)));
        assertThat(target.env())
                .containsExactly(
                        entry("DB_PASSWORD", EnvValue.secretNamed("db-password")),
                        entry("GREETING", EnvValue.of("hello {version}")));
        assertThat(target.health()).isEqualTo("/ready?of={version}");
        assertThat(target.checks())
                .isEqualTo(new HealthChecks(
                        "/ready?of={version}",
                        "/live",
                        "/started",
                        "admin",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        2,
                        4));
        assertThat(target.startWithin()).isEqualTo(Duration.ofSeconds(25));
        assertThat(target.stop()).isEqualTo(new Stop(Stop.Signal.INT, Duration.ofSeconds(20)));
        assertThat(target.limits()).isEqualTo(new Limits(536_870_912L, 200, 1024, 50));
        assertThat(target.metrics()).isEqualTo(new MetricsAddress("/prometheus", "metrics"));
    }

    @Test
    void what_is_done_when_it_goes_bad_and_what_it_may_take_is_read() {
        Policy policy = accepted(POLICY);

        assertThat(policy.environments().staging().whenBad()).isEqualTo(WhenBad.ROLL_BACK);
        assertThat(policy.environments().production().whenBad()).isEqualTo(WhenBad.ROLL_BACK);
        assertThat(policy.environments().production().canary().guardrails())
                .isEqualTo(new Canary.Guardrails(
                        5.0, List.of(new Canary.LatencyLimit(0.99, Duration.ofSeconds(1))), 536_870_912L, 20.0, 0));
        assertThat(policy.gates().getFirst().http().getFirst().json())
                .containsExactly(new Gate.JsonExpectation("$.version", "\"{version}\""));
        assertThat(policy.gates().getFirst().http().getLast().contains()).isEqualTo("v{version}");
    }

    @Test
    void a_policy_that_writes_the_defaults_out_has_the_hash_of_one_that_leaves_them_out() {
        String brief =
                POLICY.substring(0, POLICY.indexOf("    whenBad")) + "    target: {type: process, command: [java]}\n";
        String spelledOut = brief.replace(
                "    target: {type: process, command: [java]}\n",
                "    whenBad: alert\n    target: {type: process, command: [java], ports: {}, env: {},"
                        + " health: {ready: /health, every: 5s, within: 2s, up: 1, down: 3}}\n");

        assertThat(spelledOut).contains("whenBad: alert");
        assertThat(PolicyReader.hash(accepted(spelledOut))).isEqualTo(PolicyReader.hash(accepted(brief)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "{artifact}"          | "{artefact}"     | command[2]        | did you mean {artifact}?
            {port.admin}          | {port.admim}     | command[4]        | did you mean {port.admin}?
            hello {version}       | hello {verson}   | env.GREETING      | did you mean {version}?
            /ready?of={version}   | /ready?of={prot} | health.ready      | did you mean {port}?
            live: /live           | live: "/l/{port.admn}" | health.live | did you mean {port.admin}?
            started: /started     | started: "/{foldr}" | health.started | did you mean {folder}?
            path: /prometheus     | path: "/{x-y-z}" | metrics.path      | known are {artifact}
            port: admin           | port: admin2     | ''                | "admin2"
            METRICS_PORT          | GREETING         | ''                | "GREETING" stands again
            512MB                 | 512mb            | limits.memory     | must be a size
            signal: INT           | signal: KILL     | stop.signal       | TERM
            down: 4               | down: 0          | health.down       | minimum
            secret: db-password   | secret: ../key   | env.DB_PASSWORD.secret | must be a secret's name
            {secret: db-password} | {secrt: x}       | env.DB_PASSWORD   | secret
            {secret: db-password} | 12               | env.DB_PASSWORD   | so a number stands in quotes
            {secret: db-password} | "{portt}"        | env.DB_PASSWORD   | did you mean {port}?
            """)
    void what_is_not_known_is_refused_where_it_stands(String from, String to, String path, String hint) {
        Finding finding = refused(POLICY.replace(from, to));

        assertThat(finding.path()).startsWith("environments.production.target" + (path.isEmpty() ? "" : "." + path));
        assertThat(finding.message()).contains(hint);
    }

    @Test
    void a_growth_that_could_not_be_known_before_the_rollout_is_over_is_refused() {
        String hasty = POLICY.replace(
                "canary: {", "steps: [{traffic: 50, hold: 4s}, {traffic: 100}]\n    bake: 10s\n    canary: {");

        assertThat(refused(hasty).toString())
                .contains(
                        "memoryGrowth needs 15 s of traffic, and steps and bake hold 14 s: hold longer, or leave it out");
    }

    @Test
    void all_placeholders_may_stand_in_what_a_version_is_asked_and_what_it_should_answer() {
        String all = "{artifact}{artifacts.lib}{port}{port.admin}{version}{sha}{release}{environment}{folder}";
        String policy = POLICY.replace(
                        "type: process, command: [java]}", "type: process, command: [java], ports: {admin: {}}}")
                .replace("/version?of={release}", "/version?of=" + all)
                .replace("\"{version}\"}}", "\"" + all + "\"}}")
                .replace("v{version}", "v" + all)
                .replace("/ready?of={version}", "/ready?of=" + all)
                .replace("live: /live", "live: \"/live/" + all + "\"")
                .replace("started: /started", "started: \"/started/" + all + "\"")
                .replace("path: /prometheus", "path: \"/prometheus/" + all + "\"");

        Policy read = accepted(policy);

        assertThat(read.gates().getFirst().http())
                .flatExtracting(Gate.HttpProbe::texts)
                .containsExactly("/version?of=" + all, "\"" + all + "\"", "/about", "v" + all);
        assertThat(read.environments().production().target().texts())
                .contains("/ready?of=" + all, "/live/" + all, "/started/" + all, "/prometheus/" + all);
    }

    @Test
    void a_port_that_one_environment_alone_has_is_not_asked_for_by_a_gate_of_staging() {
        Finding finding = refused(POLICY.replace("v{version}", "{port.admin}"));

        assertThat(finding.path()).isEqualTo("gates[0].http[1].contains");
        assertThat(finding.message())
                .isEqualTo("uses {port.admin}, which environments.staging.target.ports does not have: what a gate of"
                        + " staging asks is asked in production too, to warm the version up");
        assertThat(accepted(POLICY.replace("stage: staging, http", "stage: production, http")
                                .replace("v{version}", "{port.admin}"))
                        .gates())
                .hasSize(1);
    }

    @Test
    void what_is_otherwise_in_each_process_is_no_request_that_gateways_could_send() {
        assertThat(refused(asked("/at/{port}", "/at/{port}", "probe")).toString())
                .contains("names none that is the same for every process");
        assertThat(accepted(asked("/at/{port}", "/health", "probe")).gates()).hasSize(1);
    }

    @Test
    void an_unknown_placeholder_is_refused_with_line_and_column() {
        assertThat(refused(POLICY.replace("\"{artifact}\"", "\"{artefact}\"")).toString())
                .isEqualTo("line 15, column 29: environments.production.target.command[2] uses {artefact}, which is not"
                        + " known; did you mean {artifact}? (write {{artefact}} for that text itself)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {release}        | {relase}      | gates[0].http[0].get                   | {relase}   | {release}
            "{version}"}}    | "{prot}"}}    | gates[0].http[0].json.$.version        | {prot}     | {port}
            v{version}       | v{artifcat}   | gates[0].http[1].contains              | {artifcat} | {artifact}
            /ready?of={version} | /{versio}  | environments.production.target.health.ready | {versio} | {version}
            path: /prometheus   | path: "/{fodler}" | environments.production.target.metrics.path | {fodler} | {folder}
            hello {version}  | {environmnt}  | environments.production.target.env.GREETING | {environmnt} | {environment}
            """)
    void an_unknown_placeholder_is_refused_where_it_stands_with_the_nearest_name(
            String from, String to, String path, String unknown, String meant) {
        String policy = POLICY.replace(from, to);
        List<String> lines = policy.lines().toList();
        Finding finding = refused(policy);

        assertThat(finding.path()).isEqualTo(path);
        assertThat(lines.get(finding.line() - 1).substring(finding.column() - 1))
                .as("line %d, column %d", finding.line(), finding.column())
                .contains(unknown);
        assertThat(finding.message())
                .isEqualTo("uses %s, which is not known; did you mean %s? (write {%s} for that text itself)"
                        .formatted(unknown, meant, unknown));
    }

    @Test
    void a_policy_that_names_no_owner_is_told_so_with_the_line_that_it_lacks() {
        assertThat(PolicyNotes.of(accepted(POLICY), Instant.EPOCH))
                .contains("nobody answers for a release whose proposal names no owner: name one for all of them, as in"
                        + " owner: devops");
        assertThat(PolicyNotes.of(accepted(POLICY + OWNED), Instant.EPOCH)).noneMatch(note -> note.contains("owner"));
        assertThat(PolicyNotes.of(
                        accepted(POLICY.replace("email: ben@example.test", "slack: \"#ops\"")), Instant.EPOCH))
                .noneMatch(note -> note.contains("owner"));
    }

    @Test
    void whoever_insists_on_a_port_is_told_what_that_means() {
        assertThat(PolicyNotes.of(accepted(POLICY + OWNED), Instant.EPOCH))
                .singleElement()
                .asString()
                .startsWith("environments.production.target insists on a port: no second instance")
                .contains("portEnv names the variable");
        assertThat(PolicyNotes.of(
                        accepted(POLICY.replace("      port: 8080\n", "").replace("{port: 9000}", "{}") + OWNED),
                        Instant.EPOCH))
                .isEmpty();
    }
}
