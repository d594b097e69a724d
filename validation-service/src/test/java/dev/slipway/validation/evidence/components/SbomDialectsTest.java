package dev.slipway.validation.evidence.components;

import static dev.slipway.validation.evidence.components.Read.cyclonedx;
import static dev.slipway.validation.evidence.components.Read.numbers;
import static dev.slipway.validation.evidence.components.Read.spdx;
import static dev.slipway.validation.evidence.components.Read.vulnerabilities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single tools write of components, as it was tried with them; each document is made up in the tool's way of writing. */
final class SbomDialectsTest {
    @Test
    void npm_sbom_is_flat_names_its_tool_in_a_list_and_has_no_vulnerabilities() {
        Reading reading = cyclonedx("""
                {"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.5",
                 "serialNumber": "urn:uuid:00000000-0000-4000-8000-000000000001", "version": 1,
                 "metadata": {"timestamp": "2026-11-28T00:00:00.000Z", "lifecycles": [{"phase": "build"}],
                   "tools": [{"vendor": "npm", "name": "cli", "version": "11.19.1"}],
                   "component": {"bom-ref": "shop@1.0.0", "type": "library", "name": "shop", "version": "1.0.0",
                     "scope": "required", "purl": "pkg:npm/shop@1.0.0"}},
                 "components": [
                   {"bom-ref": "ms@2.1.3", "type": "library", "name": "ms", "version": "2.1.3", "scope": "required",
                    "purl": "pkg:npm/ms@2.1.3", "properties": [{"name": "cdx:npm:package:path", "value": "node_modules/ms"}],
                    "hashes": [{"alg": "SHA-512", "content": "00"}], "licenses": [{"license": {"id": "MIT"}}]},
                   {"bom-ref": "tap@1.0.0", "type": "library", "name": "tap", "version": "1.0.0", "scope": "optional",
                    "purl": "pkg:npm/tap@1.0.0", "licenses": [{"license": {"id": "ISC"}}]}],
                 "dependencies": [{"ref": "shop@1.0.0", "dependsOn": ["ms@2.1.3"]}, {"ref": "ms@2.1.3", "dependsOn": []}]}
                """);

        assertThat(reading.dialect()).isEqualTo("CycloneDX 1.5, cli");
        assertThat(numbers(reading.facts()))
                .isEqualTo(
                        Map.of("components.total", 2, "components.without-license", 0, "components.without-purl", 0));
    }

    @Test
    void cyclonedx_maven_says_the_same_in_xml_and_in_json() {
        Reading xml = cyclonedx("""
                <?xml version="1.0" encoding="UTF-8"?>
                <bom serialNumber="urn:uuid:00000000-0000-3000-8000-000000000002" version="1" xmlns="http://cyclonedx.org/schema/bom/1.6">
                  <metadata><timestamp>2026-11-28T00:00:00Z</timestamp>
                    <lifecycles><lifecycle><phase>build</phase></lifecycle></lifecycles>
                    <tools><components><component type="library"><group>org.cyclonedx</group>
                      <name>cyclonedx-maven-plugin</name><version>2.9.1</version></component></components></tools>
                    <component type="library" bom-ref="me"><name>shop</name><purl>pkg:maven/shop/shop@1?type=jar</purl></component>
                  </metadata>
                  <components><component type="library" bom-ref="pkg:maven/org.slf4j/slf4j-api@2.0.17?type=jar">
                    <group>org.slf4j</group><name>slf4j-api</name><version>2.0.17</version><scope>required</scope>
                    <licenses><license><id>MIT</id><url>https://x.test</url></license></licenses>
                    <purl>pkg:maven/org.slf4j/slf4j-api@2.0.17?type=jar</purl></component></components>
                  <dependencies><dependency ref="me"><dependency ref="pkg:maven/org.slf4j/slf4j-api@2.0.17?type=jar"/></dependency></dependencies>
                </bom>
                """);
        Reading json = cyclonedx("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:00000000-0000-3000-8000-000000000002",
                 "version": 1, "metadata": {"lifecycles": [{"phase": "build"}], "tools": {"components": [
                   {"type": "library", "group": "org.cyclonedx", "name": "cyclonedx-maven-plugin", "version": "2.9.1"}], "services": []},
                   "component": {"type": "library", "bom-ref": "me", "name": "shop", "purl": "pkg:maven/shop/shop@1?type=jar"}},
                 "components": [{"type": "library", "bom-ref": "pkg:maven/org.slf4j/slf4j-api@2.0.17?type=jar",
                   "group": "org.slf4j", "name": "slf4j-api", "version": "2.0.17", "scope": "required",
                   "licenses": [{"license": {"id": "MIT", "url": "https://x.test"}}],
                   "purl": "pkg:maven/org.slf4j/slf4j-api@2.0.17?type=jar"}]}
                """);

        assertThat(numbers(xml.facts()))
                .containsEntry("components.total", 1)
                .containsEntry("components.without-license", 0)
                .isEqualTo(numbers(json.facts()));
        assertThat(xml.dialect())
                .isEqualTo("CycloneDX 1.6, cyclonedx-maven-plugin")
                .isEqualTo(json.dialect());
    }

    @Test
    void cyclonedx_npm_has_components_within_components() {
        assertThat(numbers(cyclonedx("""
                                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                                 "metadata": {"tools": {"components": [
                                   {"type": "application", "name": "npm", "version": "11.19.1"},
                                   {"type": "library", "group": "@cyclonedx", "name": "cyclonedx-npm", "version": "6.0.1"}]}},
                                 "components": [
                                   {"type": "library", "name": "a", "bom-ref": "shop|a@1", "purl": "pkg:npm/a@1",
                                    "licenses": [{"license": {"id": "MIT", "acknowledgement": "declared"}}],
                                    "components": [{"type": "library", "name": "ms", "bom-ref": "shop|a@1|ms@2", "purl": "pkg:npm/ms@2",
                                      "licenses": [{"license": {"id": "MIT", "acknowledgement": "declared"}}]}]},
                                   {"type": "library", "name": "ms", "bom-ref": "shop|ms@1", "purl": "pkg:npm/ms@1"}]}
                                """).facts()))
                .containsEntry("components.total", 3)
                .containsEntry("components.without-license", 1);
    }

    @Test
    void cdxgen_writes_version_1_7_with_annotations_and_calls_everything_optional() {
        Reading reading = cyclonedx("""
                {"bomFormat": "CycloneDX", "specVersion": "1.7", "serialNumber": "urn:uuid:00000000-0000-4000-8000-000000000003",
                 "version": 1, "metadata": {"timestamp": "2026-11-28T00:00:00Z",
                   "tools": {"components": [{"group": "@cyclonedx", "name": "cdxgen", "version": "12.8.4", "type": "application",
                     "purl": "pkg:npm/%40cyclonedx/cdxgen@12.8.4", "bom-ref": "cdxgen"}]},
                   "authors": [{"name": "somebody"}], "lifecycles": [{"phase": "build"}],
                   "component": {"name": "shop", "type": "application", "purl": "pkg:npm/shop@1", "bom-ref": "me"}},
                 "components": [{"name": "ms", "version": "2.1.3", "purl": "pkg:npm/ms@2.1.3", "type": "library",
                   "bom-ref": "pkg:npm/ms@2.1.3", "scope": "optional", "licenses": [{"license": {"id": "MIT"}}],
                   "evidence": {"identity": [{"field": "purl", "confidence": 1}]}}],
                 "services": [], "dependencies": [],
                 "annotations": [{"bom-ref": "notes", "subjects": ["me"], "timestamp": "2026-11-28T00:00:00Z",
                   "annotator": {"component": {"name": "cdxgen", "type": "application"}}, "text": "one component"}]}
                """);

        assertThat(reading.dialect()).isEqualTo("CycloneDX 1.7, cdxgen");
        assertThat(numbers(reading.facts())).containsEntry("components.total", 1);
    }

    /** The tool ends with 0 in both, and nothing in the file tells a lock file that it cannot parse from none. */
    @ParameterizedTest
    @CsvSource({"syft", "grype", "trivy"})
    void a_broken_lock_file_looks_like_an_empty_project_so_a_gate_asks_for_components(String tool) {
        Facts facts = cyclonedx("""
                        {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"tools": {"components": [
                          {"type": "application", "author": "a", "name": "%s", "version": "1"}]},
                          "component": {"type": "file", "bom-ref": "me", "name": "."}}, "components": []%s}
                        """.formatted(tool, tool.equals("syft") ? "" : ", \"vulnerabilities\": []"))
                .facts();

        assertThat(numbers(facts)).containsEntry("components.total", 0);
        assertThat(Rules.judge(gate(new Threshold("components.total", ">= 1")), ended(facts)))
                .as("though the run ended well")
                .isInstanceOf(Ruling.Breaks.class);
    }

    @Test
    void pip_audit_leaves_out_what_its_index_does_not_know_and_proves_a_scan_by_what_it_found() {
        String document = """
                {"bomFormat": "CycloneDX", "specVersion": "1.4", "version": 1, "metadata": {"tools": [
                   {"vendor": "CycloneDX", "name": "cyclonedx-python-lib", "version": "9.1.0"}]},
                 "components": [{"bom-ref": "BomRef.1", "type": "library", "name": "jinja2", "version": "2.4.1"}]%s}
                """;
        String found = ", \"vulnerabilities\": [{\"bom-ref\": \"BomRef.2\", \"id\": \"PYSEC-2021-66\","
                + " \"affects\": [{\"ref\": \"BomRef.1\"}]}]";

        assertThat(vulnerabilities(cyclonedx(document.formatted(found)).facts()))
                .isEqualTo(Map.of("vulnerabilities.total", 1, "vulnerabilities.unknown", 1));
        assertThat(numbers(cyclonedx(document.formatted("")).facts()))
                .as("a clean list is not told from a scan that did not happen")
                .doesNotContainKey("vulnerabilities.total");
    }

    @Test
    void syft_describes_the_folder_as_a_package_of_spdx_which_is_none_of_its_parts() {
        Reading reading = spdx("""
                {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": ".",
                 "documentNamespace": "https://x.test/dir/1",
                 "creationInfo": {"creators": ["Organization: Anchore, Inc", "Tool: syft-1.57.1"], "created": "2026-11-28T00:00:00Z"},
                 "packages": [
                   {"name": ".", "SPDXID": "SPDXRef-DocumentRoot-Directory-.", "downloadLocation": "NOASSERTION",
                    "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "primaryPackagePurpose": "FILE"},
                   {"name": "ms", "SPDXID": "SPDXRef-Package-npm-ms-1", "versionInfo": "2.1.3", "downloadLocation": "NOASSERTION",
                    "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT", "copyrightText": "NOASSERTION",
                    "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/ms@2.1.3"}]},
                   {"name": "tap", "SPDXID": "SPDXRef-Package-npm-tap-2", "versionInfo": "1", "downloadLocation": "NOASSERTION",
                    "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION",
                    "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/tap@1"}]}],
                 "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT",
                   "relatedSpdxElement": "SPDXRef-DocumentRoot-Directory-.", "relationshipType": "DESCRIBES"}]}
                """);

        assertThat(reading.dialect()).isEqualTo("SPDX-2.3, syft-1.57.1");
        assertThat(numbers(reading.facts()))
                .isEqualTo(
                        Map.of("components.total", 2, "components.without-license", 1, "components.without-purl", 0));
    }

    private static Gate gate(Threshold... rule) {
        return new Gate(
                "parts",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                null,
                List.of(rule),
                null,
                null,
                List.of(),
                Gate.WITHIN_DEFAULT);
    }

    private static Facts ended(Facts facts) {
        return facts.and(new Facts(List.of(new Fact("run.exit", BigDecimal.ZERO, Fact.Unit.STATUS))));
    }
}
