package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a policy says of whose signature counts. */
final class SignedByPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates:
              - {id: checksums, evidence: checksums}
              - id: signature
                evidence: signature
                signedBy:
                  keys:
                    - |
                      -----BEGIN PUBLIC KEY-----
                      %s
                      -----END PUBLIC KEY-----
              - id: provenance
                evidence: provenance
                signedBy:
                  keys: ["-----BEGIN PUBLIC KEY-----\\n%s\\n-----END PUBLIC KEY-----"]
                  builder: https://ci.example.test/builder
                  source: https://git.example.test/team/app
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """.formatted(KEY, KEY);

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Finding refusal(String yaml) {
        assertThat(read(yaml)).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) read(yaml)).findings().getFirst();
    }

    @Test
    void keys_builder_and_source_are_read_as_they_are_written() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates).extracting(Gate::stage).containsOnly(Stage.PRE_RELEASE);
        assertThat(gates.getFirst().signedBy()).isNull();
        SignedBy signature = Objects.requireNonNull(gates.get(1).signedBy());
        SignedBy provenance = Objects.requireNonNull(gates.get(2).signedBy());
        assertThat(signature.keys()).isEqualTo(provenance.keys());
        assertThat(signature.keys().getFirst().form()).isEqualTo(Form.PUBLIC_KEY);
        assertThat(provenance.builder()).isEqualTo("https://ci.example.test/builder");
        assertThat(provenance.source()).isEqualTo("https://git.example.test/team/app");
    }

    @Test
    void a_key_that_is_none_is_refused_at_its_line_and_column() {
        Finding finding = refusal(POLICY.replace("          " + KEY + "\n", "          AAAA\n"));

        assertThat(finding.line()).isEqualTo(12);
        assertThat(finding.column()).isEqualTo(11);
        assertThat(finding.toString()).contains("no public key of ECDSA P-256, Ed25519 or RSA");
    }

    @Test
    void a_private_key_is_refused_and_shown_nowhere() {
        Finding finding = refusal(POLICY.replace("PUBLIC KEY-----\\n", "PRIVATE KEY-----\\n"));

        assertThat(finding.toString()).contains("this is a private key").doesNotContain(KEY);
    }

    @Test
    void whose_signature_counts_has_to_be_said() {
        assertThat(refusal(POLICY.replace(
                                "  - {id: checksums, evidence: checksums}", "  - {id: s, evidence: signature}"))
                        .toString())
                .contains("needs signedBy: {keys: [...]}");
    }
}
