package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check settings, as a policy writes it. */
final class SettingsPolicyTest {
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - {id: settings, check: settings}
          - {id: again, stage: candidate, check: "settings:ask"}
        environments:
          staging: {target: {type: process, command: [java]}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void it_stands_in_staging_lists_or_asks_and_says_what_it_compares() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates.getFirst().stage()).isEqualTo(Stage.STAGING);
        assertThat(gates.getFirst().isOfSettings()).isTrue();
        assertThat(gates.getFirst().asksOfSettings()).isFalse();
        assertThat(gates.getFirst().ruleText())
                .isEqualTo("it is known what is otherwise than in the last verified release");
        assertThat(gates.getLast().stage()).isEqualTo(Stage.CANDIDATE);
        assertThat(gates.getLast().asksOfSettings()).isTrue();
        assertThat(gates.getLast().ruleText()).endsWith("or somebody says that it is meant");
    }

    @Test
    void before_staging_runs_anything_nobody_could_tell_a_fingerprint() {
        assertThat(read(POLICY.replace("stage: candidate", "stage: pre-release"))
                        .toString())
                .contains("compares secrets by what staging's machine tells: its stage must be staging or candidate");
        assertThat(read(POLICY.replace("settings:ask", "settings:often")).toString())
                .contains("must be merge, way-back, signed-tag, isolated, settings, settings:ask");
    }
}
