package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolated;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of what staging may share with production. */
final class IsolatedPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - {id: isolated, check: isolated, isolated: {keys: [DB_NAME], shared: {env.RATES_URL: "a public service"}}}
          - {id: again, stage: candidate, check: isolated}
        environments:
          staging: {target: {type: process, command: [java], env: {DB_NAME: a, RATES_URL: "https://rates.example.test/"}}}
          production: {target: {type: process, command: [java], env: {DB_NAME: b}}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void it_stands_in_staging_and_what_it_says_is_read() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates.getFirst().stage()).isEqualTo(Stage.STAGING);
        assertThat(gates.getFirst().isolated())
                .isEqualTo(new Isolated(List.of("DB_NAME"), Map.of("env.RATES_URL", "a public service")));
        assertThat(gates.getLast().stage()).isEqualTo(Stage.CANDIDATE);
        assertThat(gates.getLast().isolated()).isNull();
        assertThat(gates.getLast().ruleText()).isEqualTo("staging shares nothing with production");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            keys: [DB_NAME]            | keys: [DB_NAM]             | gates[0].isolated.keys[0]                | did you mean DB_NAME?
            shared: {env.RATES_URL     | shared: {env.RATES_URI     | gates[0].isolated.shared.env.RATES_URI   | did you mean RATES_URL?
            shared: {env.RATES_URL     | shared: {database          | gates[0].isolated                        | is nothing that is compared
            "a public service"         | " "                        | gates[0].isolated                        | say why
            stage: candidate           | stage: pre-release         | gates[1]                                 | its stage must be staging or candidate
            check: isolated, isolated  | check: merge, isolated     | gates[0]                                 | isolated is for the check isolated
            {keys: [DB_NAME], shared   | {key: [DB_NAME], shared    | gates[0].isolated.key                    | did you mean keys?
            """)
    void what_could_never_be_compared_is_refused_where_it_stands(String from, String to, String path, String why) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);

        assertThat(read(yaml)).isInstanceOf(PolicyReading.Refused.class);
        Finding finding = ((PolicyReading.Refused) read(yaml)).findings().getFirst();
        assertThat(finding.path()).isEqualTo(path);
        assertThat(finding.message()).contains(why);
        assertThat(finding.line()).isBetween(7, 8);
    }
}
