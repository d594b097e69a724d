package dev.slipway.validation.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.SchemaFiles;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.files.FilesRecord.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations are held against a JSON Schema of the same revision. */
final class SchemasTest {
    private static final FilesRule RULE =
            FilesRule.ofSchema(List.of(new SchemaFiles(List.of("config/*.yaml"), "config/schema.json", null)));

    private static final String[] SCHEMA = {
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\", \"required\": [\"server\"],",
        "\"properties\": {\"server\": {\"$ref\": \"#/definitions/server\"}, \"labels\": {\"type\": \"object\"},",
        "\"limits\": {\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}}},",
        "\"definitions\": {\"server\": {\"allOf\": [{\"properties\": {\"port\": {\"type\": \"integer\"}}},",
        "{\"properties\": {\"host\": {\"type\": \"string\", \"pattern\": \"^[a-z.]+$\"}}}]}}}"
    };

    private static Revisions config(String... lines) {
        return Revisions.with("config/schema.json", SCHEMA).and("config/app.yaml", lines);
    }

    private static Judged inline(String schema, String... lines) {
        return Revisions.with("a.yaml", lines)
                .judged(FilesRule.ofSchema(List.of(new SchemaFiles(List.of("a.yaml"), null, schema))));
    }

    @Test
    void files_that_fit_pass() {
        Judged judged = config("server: {port: 80, host: a.b}", "labels: {any: thing}", "limits: {cpu: 1}")
                .judged(RULE);

        assertThat(judged.cause()).isEqualTo("1 file fits its schema");
        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judged.observed()).isEqualTo("schema.files 1, schema.errors 0, schema.unknown 0");
    }

    @Test
    void each_error_is_told_with_file_line_and_pointer() {
        Judged judged =
                config("labels: {}", "server:", "  port: eighty", "  host: A").judged(RULE);

        assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Revisions.places(judged, "config/app.yaml"))
                .satisfiesExactly(
                        port -> assertThat(port)
                                .startsWith("line 3, /server/port: ")
                                .endsWith(", is \"eighty\""),
                        host -> assertThat(host).startsWith("line 4, /server/host: "));
        assertThat(judged.cause()).startsWith("config/app.yaml line 3, /server/port: ");
        assertThat(judged.facts().values().get("schema.errors")).isEqualByComparingTo("2");
    }

    @Test
    void keys_that_no_properties_know_are_told_with_the_nearest_name_and_fail_by_a_rule_alone() {
        Revisions files = config("server:", "  prot: 80", "limits: {cpu: 1}");

        Judged told = files.judged(RULE);
        Judged ruled = files.judged(RULE, new Threshold("schema.unknown", "0"));

        assertThat(told.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(told.cause()).contains("config/app.yaml line 2, /server/prot: is not known; did you mean port?");
        assertThat(told.observed()).contains("schema.unknown 1: config/app.yaml line 2");
        assertThat(ruled.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(ruled.cause()).contains("schema.unknown");
    }

    @Test
    void what_cannot_be_parsed_is_wrong_and_every_document_of_a_file_counts() {
        Judged broken = config("server: {port: 80", "x").judged(RULE);
        Judged second = config("server: {}", "---", "server: {port: x}").judged(RULE);
        Judged twice = config("server: {}", "server: {}").judged(RULE);

        assertThat(broken.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(broken.cause()).startsWith("config/app.yaml:3 is no YAML");
        assertThat(second.cause()).startsWith("config/app.yaml line 3, /server/port: ");
        assertThat(twice.cause()).isEqualTo("config/app.yaml:2 has the key server twice");
    }

    @Test
    void a_pattern_that_fits_nothing_or_a_file_that_is_not_read_is_inconclusive() {
        Judged nothing = Revisions.with("config/schema.json", SCHEMA).judged(RULE);
        Judged link = Revisions.with("config/schema.json", SCHEMA)
                .and("config/app.yaml", Kind.LINK)
                .judged(RULE);
        Judged without = Revisions.with("config/app.yaml", "a: 1").judged(RULE);

        assertThat(nothing.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(nothing.cause()).isEqualTo("No file of the revision fits config/*.yaml");
        assertThat(link.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(link.cause()).startsWith("config/app.yaml is a symbolic link");
        assertThat(without.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(without.cause()).isEqualTo("config/schema.json is not in the revision");
    }

    @Test
    void a_schema_that_reaches_out_or_could_hold_up_others_is_not_used() {
        assertThat(inline("{\"$ref\": \"https://example.test/schema.json\"}", "a: 1")
                        .cause())
                .isEqualTo(
                        "the policy's schema refers to \"https://example.test/schema.json\", which is not part of it, and nothing is fetched");
        assertThat(inline("{\"properties\": {\"a\": {\"$ref\": \"other.json\"}}}", "a: 1")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(inline("{\"$schema\": \"https://example.test/own\"}", "a: 1").cause())
                .contains("is written for");
        assertThat(inline("{\"properties\": {\"a\": {\"pattern\": \"(?=x)\"}}}", "a: b")
                        .cause())
                .contains("RE2");
        assertThat(inline("{\"$ref\": \"#\"}", "a: 1").cause())
                .isEqualTo("the policy's schema refers to itself without an end");
        assertThat(inline("{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}", "a: " + "a".repeat(5_000) + "!")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_schema_that_asks_for_more_than_any_machine_does_is_not_used_and_one_that_describes_a_tree_is() {
        StringBuilder doubling = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
        for (int i = 0; i < 40; i++) {
            doubling.append("\"d%1$d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%2$d\"}, {\"$ref\": \"#/$defs/d%2$d\"}]},"
                    .formatted(i, i + 1));
        }
        String tree = "{\"properties\": {\"name\": {}, \"below\": {\"items\": {\"$ref\": \"#\"}}}}";

        assertThat(inline(doubling + "\"d40\": {}}}", "a: 1").cause()).contains("holds more than 2,000 schemas");
        Judged nested = inline(tree, "name: a", "below: [{name: b, below: [{nmae: c}]}]");
        assertThat(nested.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(nested.observed()).endsWith("line 2, /below/0/below/0/nmae: is not known; did you mean name?");
    }

    @Test
    void aliases_that_grow_without_an_end_and_numbers_without_an_end_are_not_read() {
        assertThat(inline(
                                "{}",
                                "a: &a [x,x,x,x,x,x,x,x,x,x]",
                                "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]",
                                "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
                                "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]",
                                "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(inline("{\"properties\": {\"a\": {\"multipleOf\": 3}}}", "a: 1e999")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void properties_and_json_are_read_with_their_lines_too() {
        FilesRule rule = FilesRule.ofSchema(List.of(new SchemaFiles(
                List.of("app.properties", "app.json"),
                null,
                "{\"properties\": {\"server.port\": {\"pattern\": \"^[0-9]+$\"}}, \"additionalProperties\": false}")));

        Judged judged = Revisions.with("app.properties", "# port", "server.port = 8\\", "   0", "server.prot=x")
                .and("app.json", "{", "  \"server.port\": \"x\"", "}")
                .judged(rule);

        assertThat(Revisions.places(judged, "app.properties"))
                .anySatisfy(place ->
                        assertThat(place).isEqualTo("line 4, /server.prot: is not known; did you mean server.port?"));
        assertThat(Revisions.places(judged, "app.json"))
                .singleElement()
                .satisfies(place -> assertThat(place).startsWith("line 2, /server.port: "));
        assertThat(judged.facts().values().get("schema.errors")).isEqualByComparingTo("2");
    }

    @Test
    void merged_keys_count_as_if_they_stood_there() {
        Judged judged = inline(
                "{\"properties\": {\"base\": {}, \"a\": {\"required\": [\"x\", \"y\"], \"properties\": {\"x\": {\"const\": 2}}}}}",
                "base: &base {x: 1, y: 1}",
                "a: {<<: *base, x: 2}");

        assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
    }
}
