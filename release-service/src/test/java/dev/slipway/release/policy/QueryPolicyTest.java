package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy asks of servers that collect metrics, and how old what it is told may be. */
final class QueryPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - {id: arrives, metrics: [{query: "up{job=\\"hello\\", version=\\"{version}\\"}", at: "https://metrics.example.test:9090/p", limit: "> 0", freshWithin: 2m}]}
          - {id: told, metrics: [{name: depth, as: value, limit: "< 5", freshWithin: 1m}, {name: other, as: value, limit: "< 5", freshWithin: 5m}]}
        environments:
          staging: {target: {type: process, command: [java], metrics: {path: /metrics}}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_query_and_what_is_fresh_are_read_as_they_are_written() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates.getFirst().stage()).isEqualTo(Stage.STAGING);
        assertThat(gates.getFirst().metrics()).isEmpty();
        assertThat(gates.getFirst().queries())
                .containsExactly(new MetricQuery(
                        "up{job=\"hello\", version=\"{version}\"}",
                        "https://metrics.example.test:9090/p",
                        Sense.ABOVE,
                        0,
                        Duration.ofMinutes(2)));
        assertThat(gates.getFirst().ruleText()).isEqualTo("up{job=\"hello\", version=\"{version}\"} > 0");
        assertThat(gates.getLast().metrics())
                .extracting(MetricRule::fresh)
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(gates.getLast().metrics().getLast().freshWithin())
                .as("as by default, so that the hash stays")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {version}            | {vrsion}                 | gates[0].metrics[0].query       | did you mean {version}?
            https://metrics      | ftp://metrics            | gates[0].metrics[0].at          | must be an http: or https: address
            https://metrics      | https://ada@metrics      | gates[0].metrics[0]             | without user
            limit: "> 0"         | limit: "> 0/s"           | gates[0].metrics[0].limit       | must be a limit such as
            freshWithin: 2m      | freshWithin: 25h         | gates[0].metrics[0]             | metrics.freshWithin
            freshWithin: 2m      | freshWithn: 2m           | gates[0].metrics[0].freshWithn     | did you mean freshWithin?
            {name: depth, as: value | {query: up, at: "http://a.example.test" | gates[1] | make a gate of each
            """)
    void what_cannot_be_asked_is_refused_where_it_stands(String from, String to, String path, String why) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);

        assertThat(read(yaml)).isInstanceOf(PolicyReading.Refused.class);
        Finding finding = ((PolicyReading.Refused) read(yaml)).findings().getFirst();
        assertThat(finding.path()).isEqualTo(path);
        assertThat(finding.message()).contains(why);
        assertThat(finding.line()).isBetween(7, 8);
    }
}
