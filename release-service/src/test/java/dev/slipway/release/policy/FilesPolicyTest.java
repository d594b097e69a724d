package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.Candidates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a policy says of files at the released revision. */
final class FilesPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - id: versions
            versions: {files: [{path: package.json, at: $.version}, {path: pom.xml, xml: /project/version}, {path: docs/conf.py, pattern: "release = '(.+)'"}, {path: VERSION}], candidates: base}
          - {id: configuration, schema: [{files: ["config/*.yaml"], schema: config/schema.json}], rule: {schema.unknown: 0}}
          - {id: inline, schema: [{files: [app.properties], schema: {required: [port], properties: {port: {type: string}}}}]}
          - {id: links, links: {files: ["**/*.md"]}}
        environments:
          staging: {target: {type: process, command: [java]}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Policy accepted(String yaml) {
        assertThat(read(yaml)).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) read(yaml)).policy();
    }

    private static Finding refusal(String from, String to) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);
        assertThat(read(yaml)).as(yaml).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) read(yaml)).findings().getFirst();
    }

    @Test
    void each_is_read_as_it_is_written_and_stands_before_anything_runs() {
        List<Gate> gates = accepted(POLICY).gates();

        assertThat(gates).extracting(Gate::stage).containsOnly(Stage.PRE_RELEASE);
        VersionStrings versions = Objects.requireNonNull(
                Objects.requireNonNull(gates.getFirst().files()).versions());
        assertThat(versions.candidates()).isEqualTo(Candidates.BASE);
        assertThat(versions.expected()).isEqualTo("{version}");
        assertThat(versions.files().get(1).xml()).isEqualTo("/project/version");
        FilesRule schema = Objects.requireNonNull(gates.get(1).files());
        assertThat(schema.below()).containsExactly("config/", "config/schema.json");
        assertThat(gates.get(1).ruleText()).isEqualTo("config/*.yaml by config/schema.json, schema.unknown == 0");
        FilesRule inline = Objects.requireNonNull(gates.get(2).files());
        assertThat(inline.schema().getFirst().inline())
                .isEqualTo("{\"properties\":{\"port\":{\"type\":\"string\"}},\"required\":[\"port\"]}");
        assertThat(gates.get(3).ruleText()).isEqualTo("links of **/*.md lead somewhere");
    }

    @Test
    void the_order_of_an_inline_schemas_keys_makes_no_difference() {
        String other = POLICY.replace(
                "{required: [port], properties: {port: {type: string}}}",
                "{properties: {port: {type: string}}, required: [port]}");

        assertThat(other).isNotEqualTo(POLICY);
        assertThat(PolicyReader.hash(accepted(other))).isEqualTo(PolicyReader.hash(accepted(POLICY)));
    }

    @Test
    void an_unknown_key_is_refused_with_line_column_and_the_nearest_name() {
        Finding finding = refusal("candidates: base", "candidate: base");

        assertThat(finding.line()).isEqualTo(8);
        assertThat(finding.column()).isEqualTo(170);
        assertThat(finding.toString()).contains("did you mean candidates?");
        assertThat(refusal("{path: VERSION}", "{path: VERSION, xmI: /a}").toString())
                .contains("did you mean xml?");
    }

    @Test
    void what_could_never_be_answered_is_refused_where_it_stands() {
        assertThat(refusal("release = '(.+)'", "(a)(b)").toString())
                .contains("gates[0].versions.files[2].pattern", "has 2 groups");
        assertThat(refusal("release = '(.+)'", "(?=x)").toString()).contains("RE2");
        assertThat(refusal("path: VERSION", "path: ../VERSION").toString()).contains("a path from the top");
        assertThat(refusal("path: VERSION", "path: \"*/VERSION\"").toString()).contains("names one file");
        assertThat(refusal("xml: /project/version", "xml: project/version").toString())
                .contains("/project/version");
        assertThat(refusal("at: $.version", "at: $.version, xml: /a").toString())
                .contains("at most one of");
        assertThat(refusal("schema.unknown: 0", "schema.unknwon: 0").toString())
                .contains("no fact that a gate over schema counts; did you mean schema.unknown?");
        assertThat(refusal("schema.unknown: 0", "schema.unknown: \"< 5%\"").toString())
                .contains("is no percentage");
        assertThat(refusal("links: {files: [\"**/*.md\"]}", "links: {files: [\"**/*.md\"]}, check: merge")
                        .toString())
                .contains("exactly one of");
        assertThat(refusal("links: {files: [\"**/*.md\"]}", "links: {files: [\"**/*.md\"]}, cel: \"true\"")
                        .toString())
                .contains("cel is for evidence");
        assertThat(refusal("{id: links,", "{id: links, stage: arrival,").toString())
                .contains("arrival");
    }
}
