package dev.slipway.cli.proof;

import static dev.slipway.cli.judge.JudgedRollout.BASELINE;
import static dev.slipway.cli.judge.JudgedRollout.PRODUCTION;
import static dev.slipway.cli.judge.JudgedRollout.ROLLOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** A judge that was asked by others than the policy's rules has said nothing that the policy asks for. */
final class AskedOfJudgeTest {
    private static final Policy POLICY =
            ((PolicyReading.Accepted) new PolicyReader(100_000).read("""
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            approvals: {required: 1}
            environments:
              staging: {target: {type: process, command: [java]}}
              production:
                target: {type: process, command: [java]}
                steps: [{traffic: 10, hold: 2m}, {traffic: 50, hold: 1m}, {traffic: 100, hold: 30s}]
                bake: 10m
            """.getBytes(StandardCharsets.UTF_8))).policy();
    private static final Canary RULES = POLICY.environments().production().canary();

    private final ObjectNode launch = launch();

    private static ObjectNode launch() {
        ObjectNode launch = WireJson.mapper().createObjectNode();
        launch.set("policy", WireJson.mapper().valueToTree(POLICY));
        return launch;
    }

    private AskedOfJudge asked() {
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.putObject("set").set("launch", launch);
        Proof proof = new Proof(
                "release-service/release/hello@1.1.0", List.of(new Link(record, null)), null, List.of(), null);
        return new AskedOfJudge(new Bundle(proof, List.of(), List.of(), List.of(), null));
    }

    private static Judge judge(int step, int percent, String hold, Canary rules) {
        return new Judge(
                ROLLOUT, PRODUCTION, ROLLOUT.toString(), BASELINE, step, percent, Duration.parse(hold), 1, rules);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, PT0S",
        "1, 10, PT2M",
        "2, 50, PT1M",
        "3, 95, PT30S", // of which 5 % are held back
        "3, 100, PT30S",
        "4, 95, PT10M",
        "4, 95, PT20M", // longer than it has to be
        "1, 100, PT30S" // a first release takes the last step alone
    })
    void what_the_policy_wants_is_no_fault(int step, int percent, String hold) {
        assertThat(asked().fault(judge(step, percent, hold, RULES))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 10 | PT1M59S | the judge was asked to hold 10 % of traffic for PT1M59S, and the policy wants PT2M
            2 | 50 | PT0S    | the judge was asked to hold 50 % of traffic for PT0S, and the policy wants PT1M
            4 | 95 | PT29S   | the judge was asked to hold 95 % of traffic for PT29S, and the policy wants PT30S
            1 | 1  | PT1H    | the judge was asked about 1 % of traffic, a share that the policy does not have
            """)
    void less_than_the_policy_wants_is_named(int step, int percent, String hold, String fault) {
        assertThat(asked().fault(judge(step, percent, hold, RULES))).contains(fault);
    }

    @Test
    void other_rules_are_named_once() {
        Canary lax = new Canary(
                RULES.assign(),
                0.0001,
                1,
                RULES.onInconclusive(),
                RULES.warmUp(),
                RULES.traffic(),
                RULES.guardrails(),
                RULES.stepWithin());
        AskedOfJudge asked = asked();

        assertThat(asked.fault(judge(0, 0, "PT0S", lax)))
                .contains("the judge was asked by other rules than the policy's");
        assertThat(asked.fault(judge(0, 0, "PT0S", lax)))
                .as("each part begins with it")
                .isEmpty();
        assertThat(asked.fault(judge(1, 10, "PT2M", RULES))).isEmpty();
    }

    @Test
    void a_way_back_has_the_policys_rules_and_none_of_its_steps() {
        launch.putObject("rollback").put("of", "hello@1.1.0");

        assertThat(asked().fault(judge(1, 100, "PT0S", RULES))).isEmpty();
    }

    @Test
    void where_no_policy_can_be_read_nothing_is_said_here() {
        for (String policy : List.of("null", "{}", "{\"environments\":{\"production\":{\"steps\":7}}}")) {
            launch.set("policy", WireJson.mapper().readTree(policy));
            assertThat(asked().fault(judge(1, 1, "PT0S", RULES))).isEqualTo(Optional.empty());
        }
    }
}
