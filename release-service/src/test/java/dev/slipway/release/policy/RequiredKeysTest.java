package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an environment requires of the keys that its program gets is held when the policy is stored. */
final class RequiredKeysTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        environments:
          staging: {target: {type: process, command: [java], env: {DB_URL: x}}, requiredKeys: [DB_URL, PORT]}
          production:
            target: {type: process, command: [java], portEnv: HTTP_PORT, env: {DB_URL: x, DB_PASSWORD: {secret: db}, MODE: ""}, ports: {admin: {env: ADMIN_PORT}}}
            requiredKeys: [DB_URL, DB_PASSWORD, HTTP_PORT, ADMIN_PORT]
        """;

    private static List<Finding> findings(String from, String to) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(yaml).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings();
    }

    @Test
    void keys_that_are_given_as_a_text_a_secret_or_a_port_are_there() {
        assertThat(READER.read(POLICY.getBytes(StandardCharsets.UTF_8))).isInstanceOf(PolicyReading.Accepted.class);
    }

    @Test
    void each_that_is_missing_is_told_where_it_is_required_with_the_nearest_name() {
        List<Finding> findings = findings("ADMIN_PORT]", "ADMIN_PORT, DB_PASWORD, MODE, PORT]");

        assertThat(findings).hasSize(3);
        assertThat(findings.getFirst().line()).isEqualTo(10);
        assertThat(findings.getFirst().column()).isEqualTo(64);
        assertThat(findings.getFirst().toString())
                .contains("environments.production.requiredKeys[4]", "does not get it", "did you mean DB_PASSWORD?");
        assertThat(findings.get(1).toString()).contains("MODE is required, and empty in the env of production");
        assertThat(findings.get(2).toString()).contains("PORT is required");
    }

    @Test
    void what_is_no_name_of_a_variable_is_refused() {
        assertThat(findings("requiredKeys: [DB_URL, PORT]", "requiredKeys: [db-url]")
                        .getFirst()
                        .toString())
                .contains("letters, digits and underscores");
        assertThat(findings("requiredKeys: [DB_URL, PORT]", "requiredKey: [DB_URL]")
                        .getFirst()
                        .toString())
                .contains("did you mean requiredKeys?");
    }
}
