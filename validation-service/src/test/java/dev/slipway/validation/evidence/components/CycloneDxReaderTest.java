package dev.slipway.validation.evidence.components;

import static dev.slipway.validation.evidence.components.Read.CYCLONEDX;
import static dev.slipway.validation.evidence.components.Read.cyclonedx;
import static dev.slipway.validation.evidence.components.Read.numbers;
import static dev.slipway.validation.evidence.components.Read.reading;
import static dev.slipway.validation.evidence.components.Read.vulnerabilities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CycloneDxReaderTest {
    private static final Path VECTORS = Path.of("../../shared/vectors/cyclonedx");
    private static final String LODASH = """
            {"type": "library", "bom-ref": "a1", "name": "lodash", "version": "4.17.20",
             "purl": "pkg:npm/lodash@4.17.20", "licenses": [{"license": {"id": "MIT"}}]}""";

    private static String bom(String members) {
        return "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"version\": 1, " + members + "}";
    }

    private static String scanned(String vulnerabilities) {
        return bom("\"metadata\": {\"tools\": {\"components\": [{\"type\": \"application\", \"name\": \"grype\"}]}},"
                + " \"components\": [" + LODASH + "], \"vulnerabilities\": [" + vulnerabilities + "]");
    }

    private static String vulnerability(String id, String members) {
        return "{\"id\": \"%s\", \"affects\": [{\"ref\": \"a1\"}]%s}".formatted(id, members);
    }

    private static String xml(String version, String members) {
        return "<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/%s\" version=\"1\">%s</bom>"
                .formatted(version, members);
    }

    @Test
    void libraries_frameworks_and_applications_with_a_package_url_count_within_others_too() {
        Facts facts = cyclonedx(bom("""
                        "components": [
                          {"type": "framework", "name": "a", "purl": "pkg:npm/a@1", "components": [
                            {"type": "library", "name": "b", "purl": "pkg:npm/b@1", "licenses": [{"expression": "MIT"}],
                             "components": [{"type": "application", "name": "c", "purl": "pkg:npm/c@1"}]}]},
                          {"type": "library", "name": "without"},
                          {"type": "operating-system", "name": "debian", "purl": "pkg:deb/debian@12",
                           "components": [{"type": "library", "name": "d", "purl": "pkg:deb/debian/d@1"}]},
                          {"type": "file", "name": "e.txt", "purl": "pkg:generic/e"}]""")).facts();

        assertThat(numbers(facts))
                .containsEntry("components.total", 4)
                .containsEntry("components.without-license", 3)
                .containsEntry("components.without-purl", 1);
    }

    @Test
    void what_the_document_is_about_and_ancestors_are_no_components() {
        assertThat(numbers(cyclonedx(bom("""
                                "metadata": {"component": {"type": "application", "name": "me", "purl": "pkg:npm/me@1",
                                  "components": [{"type": "library", "name": "mine", "purl": "pkg:npm/mine@1"}]}},
                                "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1", "pedigree":
                                  {"ancestors": [{"type": "library", "name": "b", "purl": "pkg:npm/b@1"}]}}]""")).facts())).containsEntry("components.total", 1);
    }

    @Test
    void nothing_but_form_and_version_has_to_be_there() {
        Reading reading = cyclonedx("{\"specVersion\": \"1.7\", \"bomFormat\": \"CycloneDX\"}");

        assertThat(numbers(reading.facts()))
                .isEqualTo(
                        Map.of("components.total", 0, "components.without-license", 0, "components.without-purl", 0));
        assertThat(reading.dialect()).isEqualTo("CycloneDX 1.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"vendor\": \"aquasecurity\", \"name\": \"trivy\", \"version\": \"0.74.0\"}]",
                "{\"components\": [{\"type\": \"application\", \"name\": \"trivy\"}]}",
                "{\"services\": [{\"name\": \"trivy\"}]}"
            })
    void tools_stand_as_a_list_or_as_an_object(String tools) {
        assertThat(cyclonedx(bom("\"metadata\": {\"tools\": " + tools + "}")).dialect())
                .isEqualTo("CycloneDX 1.5, trivy");
    }

    @Test
    void an_empty_list_of_a_tool_that_did_not_scan_says_nothing_of_vulnerabilities() {
        Reading reading = cyclonedx(bom("\"metadata\": {\"tools\": [{\"name\": \"trivy\"}]}, \"components\": [" + LODASH
                + "], \"vulnerabilities\": []"));

        assertThat(numbers(reading.facts()).keySet()).noneMatch(name -> name.startsWith("vulnerabilities"));
        assertThat(reading.notes()).singleElement().asString().contains("unless a gate names the scanner");
        assertThat(reading.facts().scannedBy("grype")).isEqualTo(reading.facts());
        assertThat(numbers(reading.facts().scannedBy("Trivy")))
                .containsEntry("vulnerabilities.total", 0)
                .containsEntry("vulnerabilities.critical", 0)
                .containsEntry("vulnerabilities.unknown", 0);
    }

    @Test
    void without_a_list_no_scanner_that_a_gate_names_makes_zeros() {
        Facts facts = cyclonedx(
                        bom("\"metadata\": {\"tools\": [{\"name\": \"syft\"}]}, \"components\": [" + LODASH + "]"))
                .facts();

        assertThat(facts.scannedBy("syft")).isEqualTo(facts);
    }

    @Test
    void what_only_scans_has_scanned() {
        assertThat(numbers(cyclonedx(scanned("")).facts()))
                .containsEntry("vulnerabilities.total", 0)
                .containsEntry("vulnerabilities.critical", 0);
    }

    @Test
    void a_vulnerability_beside_components_proves_a_scan_and_statements_alone_do_not() {
        Facts found = cyclonedx(bom("\"components\": [" + LODASH + "], \"vulnerabilities\": ["
                        + vulnerability("CVE-1", ", \"ratings\": [{\"severity\": \"low\"}]") + "]"))
                .facts();
        Facts stated = cyclonedx(bom("\"components\": [" + LODASH + "], \"vulnerabilities\": ["
                        + vulnerability("CVE-1", ", \"analysis\": {\"state\": \"not_affected\"}") + "]"))
                .facts();

        assertThat(numbers(found)).containsEntry("vulnerabilities.critical", 0).containsEntry("vulnerabilities.low", 1);
        assertThat(numbers(stated))
                .containsEntry("vulnerabilities.suppressed", 1)
                .doesNotContainKeys("vulnerabilities.total", "vulnerabilities.critical");
    }

    @Test
    void what_was_found_is_said_without_proof_of_a_scan_too() {
        Facts facts = cyclonedx(bom("\"vulnerabilities\": [" + vulnerability("CVE-1", "") + "]"))
                .facts();

        assertThat(numbers(facts))
                .containsEntry("vulnerabilities.total", 1)
                .containsEntry("vulnerabilities.unknown", 1)
                .doesNotContainKeys("vulnerabilities.critical", "vulnerabilities.suppressed");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            '{"score": 9.8, "severity": "low"}', low
            '{"score": 1.8, "severity": "high"}', high
            '{"score": 1.8, "severity": "High"}', high
            '{"score": 9.8}', unknown
            '{"severity": "unknown"}', unknown
            '{"severity": "unknown"}, {"severity": "low"}', low
            '{"severity": "low"}, {"severity": "critical"}, {"severity": "medium"}', critical
            '{"severity": "none"}', none
            '{"severity": "info"}, {"severity": "none"}', info
            '', unknown
            """)
    void the_word_counts_and_of_several_the_worst(String ratings, String severity) {
        assertThat(vulnerabilities(cyclonedx(scanned(vulnerability("CVE-1", ", \"ratings\": [" + ratings + "]")))
                        .facts()))
                .isEqualTo(Map.of("vulnerabilities.total", 1, "vulnerabilities." + severity, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "not_affected, true",
        "false_positive, true",
        "resolved, true",
        "resolved_with_pedigree, true",
        "exploitable, false",
        "in_triage, false"
    })
    void an_analysis_takes_out_what_does_no_harm(String state, boolean harmless) {
        Map<String, Integer> numbers = vulnerabilities(cyclonedx(scanned(vulnerability(
                        "CVE-1",
                        ", \"ratings\": [{\"severity\": \"high\"}], \"analysis\": {\"state\": \"" + state + "\"}")))
                .facts());

        assertThat(numbers)
                .isEqualTo(
                        harmless
                                ? Map.of("vulnerabilities.suppressed", 1)
                                : Map.of("vulnerabilities.total", 1, "vulnerabilities.high", 1));
    }

    @Test
    void entries_of_one_document_are_joined_by_package_url_where_their_references_differ() {
        String document = bom("""
                "components": [
                  {"type": "library", "bom-ref": "x", "name": "a", "purl": "pkg:npm/a@1"},
                  {"type": "library", "bom-ref": "y", "name": "a", "purl": "pkg:npm/a@1"}],
                "vulnerabilities": [
                  {"id": "CVE-1", "ratings": [{"severity": "high"}], "affects": [{"ref": "x"}]},
                  {"id": "CVE-2", "ratings": [{"severity": "low"}], "affects": [{"ref": "x"}]},
                  {"id": "CVE-1", "analysis": {"state": "not_affected"}, "affects": [{"ref": "y"}]}]""");

        assertThat(vulnerabilities(cyclonedx(document).facts()))
                .isEqualTo(
                        Map.of("vulnerabilities.total", 1, "vulnerabilities.low", 1, "vulnerabilities.suppressed", 2));
    }

    @Test
    void licences_stand_as_ids_names_and_expressions_and_what_was_concluded_wins() {
        Inventory inventory = cyclonedx(bom("""
                        "components": [
                          {"type": "library", "name": "a", "purl": "pkg:npm/a@1", "licenses": [{"license": {"id": "MIT"}}]},
                          {"type": "library", "name": "b", "purl": "pkg:npm/b@1",
                           "licenses": [{"license": {"name": "The MIT License", "url": "https://x.test"}}]},
                          {"type": "library", "name": "c", "purl": "pkg:npm/c@1", "licenses": [{"expression": "MIT OR ISC"}]},
                          {"type": "library", "name": "d", "purl": "pkg:npm/d@1", "licenses": [
                            {"license": {"id": "GPL-2.0-only", "acknowledgement": "declared"}},
                            {"license": {"id": "MIT", "acknowledgement": "concluded"}}]},
                          {"type": "library", "name": "e", "purl": "pkg:npm/e@1", "licenses": []},
                          {"type": "library", "name": "f", "version": "2"}]""")).facts().parts();

        assertThat(inventory.licensed())
                .containsExactlyInAnyOrder(
                        new Inventory.Licensed("MIT", false, 2, List.of("pkg:npm/a@1", "pkg:npm/d@1")),
                        new Inventory.Licensed("The MIT License", true, 1, List.of("pkg:npm/b@1")),
                        new Inventory.Licensed("MIT OR ISC", false, 1, List.of("pkg:npm/c@1")),
                        new Inventory.Licensed("", false, 2, List.of("pkg:npm/e@1", "f@2")));
    }

    @Test
    void xml_says_the_same_as_json() {
        Reading reading = cyclonedx(xml("1.6", """
                <!-- made by hand -->
                <metadata><timestamp>2026-01-02T03:04:05Z</timestamp>
                  <tools><components><component type="application"><name>grype</name></component></components></tools>
                  <component type="application" bom-ref="me"><name>me</name><purl>pkg:npm/me@1</purl></component></metadata>
                <components>
                  <component type="library" bom-ref="a1"><name>a</name><licenses><license><id>MIT</id></license></licenses>
                    <purl>pkg:npm/a@1</purl><components>
                      <component type="library"><name>b</name><licenses><expression>MIT OR ISC</expression></licenses>
                        <purl>pkg:npm/b@1</purl></component></components>
                    <pedigree><ancestors><component type="library"><name>x</name><purl>pkg:npm/x@1</purl></component>
                      </ancestors></pedigree></component>
                  <component type="file"><name>f</name><purl>pkg:generic/f</purl></component>
                </components>
                <vulnerabilities>
                  <vulnerability><id>CVE-1</id><references><reference><id>GHSA-1</id></reference></references>
                    <ratings><rating><score>1.8</score><severity>high</severity></rating>
                      <rating><severity>low</severity></rating></ratings>
                    <affects><target><ref>a1</ref></target></affects></vulnerability>
                  <vulnerability><id>CVE-2</id><analysis><state>in_triage</state></analysis></vulnerability>
                  <vulnerability><id>CVE-3</id><analysis><state>false_positive</state></analysis></vulnerability>
                </vulnerabilities>"""));

        assertThat(reading.dialect()).isEqualTo("CycloneDX 1.6, grype");
        assertThat(numbers(reading.facts()))
                .containsEntry("components.total", 2)
                .containsEntry("components.without-license", 0)
                .containsEntry("vulnerabilities.total", 2)
                .containsEntry("vulnerabilities.high", 1)
                .containsEntry("vulnerabilities.unknown", 1)
                .containsEntry("vulnerabilities.critical", 0)
                .containsEntry("vulnerabilities.suppressed", 1);
        assertThat(reading.facts().parts().vulnerable().getFirst())
                .isEqualTo(new Inventory.Vulnerable(
                        List.of("CVE-1", "GHSA-1"),
                        List.of("pkg:npm/a@1"),
                        "pkg:npm/me@1",
                        dev.slipway.validation.evidence.Severity.HIGH,
                        true));
    }

    @Test
    void elements_of_other_namespaces_count_nothing() {
        assertThat(numbers(cyclonedx(xml("1.4", """
                                <x:vulnerabilities xmlns:x="https://x.test"><x:vulnerability/></x:vulnerabilities>
                                <components><component type="library"><name>a</name><purl>pkg:npm/a@1</purl>
                                  <x:purl xmlns:x="https://x.test">none</x:purl></component></components>""")).facts()))
                .isEqualTo(
                        Map.of("components.total", 1, "components.without-license", 1, "components.without-purl", 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"bomFormat": "CycloneDX", "specVersion": "1.3"}                              | "1.3" is not understood; ask the tool for 1.4, 1.5, 1.6 or 1.7, at line 1
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": {}}            | "components" should be a list
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "vulnerabilities": null}     | "vulnerabilities" should be a list
            {"bomFormat": "CycloneDX", "specVersion": "1.5"                               | line 1
            {"bomFormat": "CycloneDX", "specVersion": "1.5"} {}                           | follows the end
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "specVersion": "1.5"}        | specVersion
            {"specVersion": "1.5", "components": []}                                      | no CycloneDX document
            {"bomFormat": "CycloneDX"}                                                    | which version
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "libary", "name": "a"}]} | no type of component "libary"
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"name": "a"}]} | does not say what type
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "vulnerabilities": [{"ratings": [{"severity": "severe"}]}]} | "severe" is no severity
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "vulnerabilities": [{"analysis": {"state": "notaffected"}}]} | "notaffected" is no state
            """)
    void what_is_broken_or_not_known_where_it_counts_is_refused(String document, String why) {
        assertThatThrownBy(reading(CYCLONEDX, document))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <vulnerabilities><vulnerability><ratings><rating><severity>severe</severity></rating></ratings></vulnerability></vulnerabilities> | "severe" is no severity
            <vulnerabilities><vulnerability><analysis><state>ok</state></analysis></vulnerability></vulnerabilities> | "ok" is no state
            <components><component><name>a</name></component></components>       | no type of component
            <components><komponent type="library"/></components>                 | where component is meant
            <components>                                                         | not well-formed
            <!DOCTYPE x [<!ENTITY a "b">]><components/>                          | not well-formed
            """)
    void so_it_is_in_xml(String members, String why) {
        assertThatThrownBy(reading(CYCLONEDX, xml("1.5", members)))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(why)
                .hasMessageContaining("line 2");
    }

    @Test
    void other_documents_are_told_from_it() {
        assertThat(CYCLONEDX.somethingElse("{\"spdxVersion\": \"SPDX-2.3\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("an SPDX document");
        assertThat(CYCLONEDX.somethingElse("<testsuites/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("XML with the root \"testsuites\", and no CycloneDX bom");
        assertThat(CYCLONEDX.recognises("{\"version\": \"2.1.0\", \"runs\": []}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThatThrownBy(reading(CYCLONEDX, "")).hasMessageContaining("empty");
    }

    @Test
    void the_examples_of_the_format_itself_are_read() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "the shared vectors are not here: " + VECTORS);

        assertThat(numbers(vector("laravel.bom.1.4.json")))
                .containsEntry("components.total", 62)
                .doesNotContainKey("vulnerabilities.total");
        assertThat(vulnerabilities(vector("Case-1.vex-affected.json")))
                .isEqualTo(Map.of("vulnerabilities.total", 1, "vulnerabilities.unknown", 1));
        assertThat(vulnerabilities(vector("Case-1.vex-not_affected.json")))
                .isEqualTo(Map.of("vulnerabilities.suppressed", 1));
        assertThat(vulnerabilities(vector("Case-2.vex.json")))
                .containsEntry("vulnerabilities.suppressed", 19)
                .doesNotContainKey("vulnerabilities.total");
    }

    private static Facts vector(String name) throws IOException {
        return cyclonedx(Files.readString(VECTORS.resolve(name))).facts();
    }

    @Test
    void ten_thousand_components_are_read_in_bounded_time_and_memory() throws UnreadableEvidence {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            components.append(i == 0 ? "" : ",").append("""
                    {"type": "library", "bom-ref": "ref-%d", "name": "package-%d", "version": "1.0.%d",
                     "hashes": [{"alg": "SHA-256", "content": "%064d"}], "purl": "pkg:npm/package-%d@1.0.%d",
                     "licenses": [{"license": {"id": "License-%d"}}]}""".formatted(i, i, i, i, i, i, i % 700));
        }
        byte[] bytes = bom("\"components\": [" + components + "]").getBytes(StandardCharsets.UTF_8);
        CYCLONEDX.read(bytes, "warm");
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
        long before = thread.getCurrentThreadCpuTime();

        Reading reading = CYCLONEDX.read(bytes, "report");

        Duration took = Duration.ofNanos(thread.getCurrentThreadCpuTime() - before);
        long allocated = thread.getCurrentThreadAllocatedBytes() - allocatedBefore;
        Inventory inventory = reading.facts().parts();
        assertThat(numbers(reading.facts())).containsEntry("components.total", 10_000);
        assertThat(inventory.licensed()).hasSize(Inventory.LICENSES_MAX);
        assertThat(inventory.licensesLeftOut()).isEqualTo(200 * 14);
        assertThat(inventory.licensed().stream()
                        .mapToInt(one -> one.components().size())
                        .sum())
                .isLessThanOrEqualTo(3_500);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(allocated).isLessThan(bytes.length * 30L);
    }
}
