package dev.slipway.validation.evidence.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SarifReaderTest {
    private static final Path VECTORS = Path.of("../../shared/vectors/sarif");
    private static final String RESULT = "{\"level\": \"error\", \"message\": {\"text\": \"m%d\"}}";

    private final SarifReader reader = new SarifReader(new JUnitReader.Limits(32, 500_000));

    @Test
    void rules_are_found_by_id_by_place_in_extensions_and_behind_the_results() throws Exception {
        Reading reading = run("""
                {"results": [
                   {"ruleId": "A"}, {"ruleIndex": 1}, {"ruleId": "A/sub"}, {"ruleId": "A", "ruleIndex": 1},
                   {"rule": {"id": "A"}}, {"rule": {"index": 1}},
                   {"rule": {"index": 0, "toolComponent": {"index": 0}}},
                   {"rule": {"id": "X", "toolComponent": {"name": "plugin"}}},
                   {"ruleId": "X"}, {"ruleId": "nobody's", "ruleIndex": -1}, {"ruleIndex": 99}, {}],
                 "tool": {"extensions": [{"name": "plugin", "rules": [
                     {"id": "X", "defaultConfiguration": {"level": "note"}}]}],
                   "driver": {"name": "t", "rules": [
                     {"id": "A", "defaultConfiguration": {"level": "error"}},
                     {"id": "B", "defaultConfiguration": {"level": "none"}}]}}}
                """);

        assertThat(counts(reading)).isEqualTo("error 4, warning 3, note 3, none 2");
        assertThat(reading.findings().stream().map(ReportedFinding::rule))
                .containsExactly("A", "A/sub", "A", "A", "X", "X", "X", "nobody's", "", "");
    }

    @Test
    void what_does_not_fail_is_counted_apart_whatever_its_rule_says() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "t", "rules": [{"id": "A", "defaultConfiguration": {"level": "error"}}]}},
                 "results": [{"ruleId": "A", "kind": "pass"}, {"ruleId": "A", "kind": "open"},
                   {"ruleId": "A", "kind": "review"}, {"ruleId": "A", "kind": "informational"},
                   {"ruleId": "A", "kind": "notApplicable", "level": "none"}, {"ruleId": "A", "kind": "pass", "level": "error"},
                   {"ruleId": "A", "kind": "fail"}, {"ruleId": "A", "kind": null, "level": null}]}
                """);

        assertThat(counts(reading)).isEqualTo("error 2, warning 0, note 0, none 6");
        assertThat(reading.findings()).hasSize(2);
    }

    @Test
    void a_call_may_change_the_level_of_a_rule_for_its_own_results() throws Exception {
        Reading reading = run("""
                {"results": [{"ruleId": "A", "provenance": {"invocationIndex": 1}}, {"ruleId": "A"},
                   {"ruleId": "A", "provenance": {"invocationIndex": 0}}],
                 "invocations": [{"executionSuccessful": true}, {"executionSuccessful": true, "ruleConfigurationOverrides": [
                   {"descriptor": {"index": 0}, "configuration": {"level": "error"}}]}],
                 "tool": {"driver": {"name": "t", "rules": [{"id": "A", "defaultConfiguration": {"level": "note"}}]}}}
                """);

        assertThat(counts(reading)).isEqualTo("error 1, warning 0, note 2, none 0");
    }

    @Test
    void a_notification_without_a_level_has_that_of_its_descriptor() throws Exception {
        Reading reading = run("""
                {"invocations": [{"executionSuccessful": true, "toolExecutionNotifications": [
                   {"descriptor": {"id": "N1"}}, {"descriptor": {"index": 1}}, {"descriptor": {"id": "other"}},
                   {"level": "note"}]}],
                 "results": [],
                 "tool": {"driver": {"name": "t", "notifications": [
                   {"id": "N1", "defaultConfiguration": {"level": "error"}},
                   {"id": "N2", "defaultConfiguration": {"level": "none"}}]}}}
                """);

        assertThat(reading.facts().toString()).endsWith("tool.errors 1, tool.warnings 1");
    }

    @Test
    void a_call_that_did_not_succeed_and_says_no_error_is_one() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "t"}}, "results": [], "invocations": [
                   {"executionSuccessful": false}, {"executionSuccessful": true},
                   {"executionSuccessful": false, "toolExecutionNotifications": [{"level": "error"}, {"level": "error"}]},
                   {"executionSuccessful": false, "toolExecutionNotifications": [{"level": "warning"}]}]}
                """);

        assertThat(reading.facts().toString()).endsWith("tool.errors 4, tool.warnings 1");
    }

    @Test
    void what_another_comparison_tells_as_gone_is_no_finding() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "t"}}, "results": [{"baselineState": "absent", "level": "error"},
                   {"baselineState": "new"}, {"baselineState": "unchanged"}, {"baselineState": "updated"}]}
                """);

        assertThat(counts(reading)).isEqualTo("error 0, warning 3, note 0, none 0");
        assertThat(reading.notes()).contains("1 results only say that something is gone, and do not count");
    }

    @Test
    void several_runs_add_up_and_each_has_its_own_rules() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "one", "version": "1", "rules": [{"id": "A", "defaultConfiguration": {"level": "error"}}]}},
                 "results": [{"ruleId": "A"}]},
                {"tool": {"driver": {"name": "two", "rules": [{"id": "A", "defaultConfiguration": {"level": "note"}}]}},
                 "results": [{"ruleId": "A"}, {"level": "error"}]}
                """);

        assertThat(counts(reading)).isEqualTo("error 2, warning 0, note 1, none 0");
        assertThat(reading.dialect()).isEqualTo("one 1 and 1 more runs");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///C:/dev/a.js, C:/dev/a.js",
        "file:///home/ci/a%20b.go, /home/ci/a b.go",
        "./src/a.go, src/a.go",
        "src\\a.go, src/a.go",
        "a%zz.go, a%zz.go",
        "a+b.go, a+b.go"
    })
    void files_are_told_in_one_form(String uri, String file) {
        assertThat(FileNames.of(uri)).isEqualTo(file);
    }

    @Test
    void a_file_may_be_named_by_its_place_among_the_artifacts() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "t"}}, "results": [{"message": {"id": "default", "arguments": ["x", "y"]},
                   "locations": [{"physicalLocation": {"artifactLocation": {"index": 1}, "region": {"startLine": 7}}},
                     {"physicalLocation": {"artifactLocation": {"uri": "second.c"}}}]}],
                 "artifacts": [{"location": {"uri": "a.c"}}, {"length": 3, "location": {"uri": "b.c"}}]}
                """);

        assertThat(reading.findings())
                .containsExactly(new ReportedFinding("", "b.c", "default: x, y", ReportedFinding.Level.WARNING, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\": \"fatal\"}",
                "{\"level\": 3}",
                "{\"kind\": \"failed\"}",
                "{\"baselineState\": \"gone\"}",
                "{\"suppressions\": [{\"status\": \"maybe\"}]}",
                "{\"suppressions\": true}",
                "{\"suppressions\": [1]}",
                "{\"ruleId\": 1}",
                "{\"ruleIndex\": \"1\"}",
                "{\"properties\": {\"security-severity\": \"high\"}}",
                "{\"level\": \"error\", \"level\": \"note\"}",
                "7"
            })
    void what_would_count_and_is_not_known_is_refused_with_its_place(String result) {
        assertThatThrownBy(() -> run("{\"tool\": {\"driver\": {\"name\": \"t\"}}, \"results\": [\n" + result + "]}"))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(", at line 2, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"runs\": []}",
                "{\"version\": \"2.1.0\"}",
                "{\"version\": \"2.1.0\", \"runs\": null}",
                "{\"version\": \"2.1.0\", \"runs\": []}",
                "{\"version\": \"2.0.0\", \"runs\": [{\"results\": []}]}",
                "{\"version\": 2.1, \"runs\": [{\"results\": []}]}",
                "{\"runs\": [{\"results\": []}]}",
                "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]} {}",
                "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}",
                "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}, {}]}",
                "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}], \"inlineExternalProperties\": [{\"results\": []}]}",
                "{\"version\": \"2.1.0\", \"runs\": [{\"externalPropertyFileReferences\": {\"results\": []}}]}"
            })
    void what_is_no_whole_log_or_proves_nothing_is_refused(String log) {
        assertThatThrownBy(() -> read(log)).isInstanceOf(UnreadableEvidence.class);
    }

    @Test
    void what_is_a_log_is_recognised_by_how_it_begins_and_other_json_is_told_apart() {
        assertThat(recognises("{\"version\": \"2.1.0\", \"runs\": [{\"cut")).isTrue();
        assertThat(recognises("{\"runs\": [], \"version\": \"2.1.0\"}")).isTrue();
        assertThat(recognises("{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"x\": 1}"))
                .isTrue();
        assertThat(recognises("{\"bomFormat\": \"CycloneDX\", \"version\": 1}")).isFalse();
        assertThat(recognises("<testsuites/>")).isFalse();
        assertThat(somethingElse("{\"bomFormat\": \"CycloneDX\", \"version\": 1}"))
                .isEqualTo("a CycloneDX document");
        assertThat(somethingElse("{\"name\": \"package\"}")).isEqualTo("JSON without runs");
        assertThat(somethingElse("  <testsuites/>")).startsWith("XML");
        assertThat(somethingElse("{\"name\": \"cut")).as("nobody can say").isNull();
        assertThat(somethingElse("{\"runs\": []}")).isNull();
    }

    @Test
    void every_fact_that_is_said_is_in_the_table() throws Exception {
        Reading reading = run("{\"tool\": {\"driver\": {\"name\": \"t\"}}, \"results\": []}");

        List<String> said =
                new ArrayList<>(reading.facts().list().stream().map(Fact::name).toList());
        said.addAll(reader.comparing().orElseThrow().names());
        assertThat(reader.facts().stream().map(KnownFact::name)).containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    void the_logs_of_the_tutorials_are_read() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(VECTORS), "no vectors beside this project: " + VECTORS);

        assertThat(counts(vector("simple-example.sarif"))).isEqualTo("error 1, warning 0, note 0, none 0");
        assertThat(counts(vector("RuleMetadata.sarif"))).isEqualTo("error 1, warning 0, note 0, none 0");
        Reading suppressions = vector("Suppressions.sarif");
        assertThat(counts(suppressions))
                .as("rejected, and twice under review: nobody has accepted those")
                .isEqualTo("error 0, warning 4, note 0, none 0");
        assertThat(suppressions
                        .facts()
                        .named("findings.suppressed")
                        .orElseThrow()
                        .value())
                .isEqualByComparingTo("5");
    }

    @Test
    void fifty_thousand_results_are_counted_and_twenty_thousand_are_kept() throws Exception {
        byte[] log = log(IntStream.range(0, 50_000).mapToObj(RESULT::formatted).collect(Collectors.joining(",\n")))
                .getBytes(StandardCharsets.UTF_8);

        Reading reading = reader.read(log, "r");

        assertThat(counts(reading)).isEqualTo("error 50000, warning 0, note 0, none 0");
        assertThat(reading.findings()).hasSize(20_000);
        assertThat(reading.notes())
                .contains("Of 50000 findings 20000 are kept to be compared; the others are only counted");
    }

    @Test
    void a_changed_byte_never_makes_a_report_shorter_than_its_text_says() {
        byte[] log = log(RESULT.formatted(1) + ",\n" + RESULT.formatted(2)
                        + ", {\"ruleId\": \"Ä\", \"suppressions\": []}")
                .getBytes(StandardCharsets.UTF_8);
        JsonMapper bare = JsonMapper.builder().build();
        SplittableRandom random = new SplittableRandom(36);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] mutated = mutate(log, random);
            try {
                Reading reading = reader.read(mutated, "r");
                assertThat(number(reading, "findings.total")
                                + number(reading, "findings.none")
                                + number(reading, "findings.suppressed"))
                        .as(() -> new String(mutated, StandardCharsets.UTF_8))
                        .isEqualTo(results(bare.readTree(mutated)));
            } catch (UnreadableEvidence said) {
                refused++;
            } catch (JacksonException broken) {
                throw new AssertionError(
                        "read, though it is no JSON: " + new String(mutated, StandardCharsets.UTF_8), broken);
            }
        }
        assertThat(refused).isBetween(2_000, 4_900);
    }

    private static long results(JsonNode log) {
        return log.path("runs").path(0).path("results").size();
    }

    private static byte[] mutate(byte[] log, SplittableRandom random) {
        int at = random.nextInt(log.length);
        byte[] mutated = Arrays.copyOf(log, log.length);
        switch (random.nextInt(4)) {
            case 0 -> mutated[at] = (byte) random.nextInt(256);
            case 1 -> mutated = Arrays.copyOf(log, at);
            case 2 -> {
                mutated = Arrays.copyOf(log, log.length - 1);
                System.arraycopy(log, at + 1, mutated, at, log.length - at - 1);
            }
            default -> {
                mutated = Arrays.copyOf(log, log.length + 1);
                mutated[at] = (byte) (' ' + random.nextInt(95));
                System.arraycopy(log, at, mutated, at + 1, log.length - at);
            }
        }
        return mutated;
    }

    private static String log(String results) {
        return "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"t\"}}, \"results\": ["
                + results + "]}]}";
    }

    private Reading run(String runs) throws UnreadableEvidence {
        return read("{\"version\": \"2.1.0\", \"runs\": [" + runs + "]}");
    }

    private Reading read(String log) throws UnreadableEvidence {
        return reader.read(log.getBytes(StandardCharsets.UTF_8), "report.sarif");
    }

    private Reading vector(String file) throws UnreadableEvidence, IOException {
        return reader.read(Files.readAllBytes(VECTORS.resolve(file)), file);
    }

    private boolean recognises(String report) {
        return reader.recognises(report.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String somethingElse(String report) {
        return reader.somethingElse(report.getBytes(StandardCharsets.UTF_8));
    }

    private static String counts(Reading reading) {
        return List.of("error", "warning", "note", "none").stream()
                .map(level -> level + " " + number(reading, "findings." + level))
                .collect(Collectors.joining(", "));
    }

    private static long number(Reading reading, String fact) {
        return reading.facts().named(fact).orElseThrow().value().longValueExact();
    }
}
