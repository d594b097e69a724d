package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.LicenseList.WhenUnknown;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of licences, and of who scans for vulnerabilities. */
final class LicensePolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates:
              - id: licences
                evidence: cyclonedx
                licenses: {allow: [Apache-2.0, "GPL-2.0-only WITH Classpath-exception-2.0"], unknown: fail, except: ["pkg:maven/com.example/*"]}
              - id: vulnerabilities
                evidence: cyclonedx
                scanner: trivy
                rule: {vulnerabilities.critical: 0}
              - id: packages
                evidence: spdx
                suite: image
                licenses: {allow: [MIT]}
                rule: {components.total: ">= 1"}
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void licences_and_scanners_are_read_as_they_are_written() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates).extracting(Gate::stage).containsOnly(Stage.PRE_RELEASE);
        assertThat(gates.getFirst().licenses())
                .isEqualTo(new LicenseList(
                        List.of("Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
                        WhenUnknown.FAIL,
                        List.of("pkg:maven/com.example/*")));
        assertThat(gates.get(1).scanner()).isEqualTo("trivy");
        assertThat(gates.get(2).licenses())
                .isEqualTo(new LicenseList(List.of("MIT"), WhenUnknown.INCONCLUSIVE, List.of()));
    }

    @Test
    void a_rule_says_in_a_line_what_it_asks() {
        List<Gate> gates = ((PolicyReading.Accepted) read(POLICY)).policy().gates();

        assertThat(gates)
                .extracting(Gate::ruleText)
                .containsExactly(
                        "licences among Apache-2.0, GPL-2.0-only WITH Classpath-exception-2.0",
                        "vulnerabilities.critical == 0, scanned by trivy",
                        "components.total >= 1, licences among MIT");
    }

    @Test
    void its_words_are_those_of_the_record() {
        assertThat(Arrays.stream(WhenUnknown.values()).map(Enum::name))
                .containsExactly("FAIL", "INCONCLUSIVE", "UNKNOWN");
    }

    @Test
    void licences_are_for_evidence_that_names_components() {
        PolicyReading reading =
                read(POLICY.replace("evidence: cyclonedx\n    licenses", "evidence: junit\n    licenses"));

        assertThat(((PolicyReading.Refused) reading).findings().toString())
                .contains("gates[0] is refused: gate licences: licenses is for evidence that names components");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            unknown: fail                | unknown: pass              | inconclusive
            allow: [MIT]                 | allow: []                  | licenses.allow must have at least 1
            allow: [MIT]                 | alow: [MIT]                | allow
            allow: [MIT]                 | allow: ["MIT OR ISC"]      | each one for itself
            evidence: spdx               | evidence: spdy             | spdx
            scanner: trivy               | scanner: ""                | scanner
            """)
    void what_is_not_meant_is_refused(String from, String to, String hint) {
        PolicyReading reading = read(POLICY.replace(from, to));

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings().toString()).contains(hint);
    }
}
