package dev.slipway.validation.evidence.components;

import static dev.slipway.validation.evidence.components.Read.SPDX;
import static dev.slipway.validation.evidence.components.Read.numbers;
import static dev.slipway.validation.evidence.components.Read.reading;
import static dev.slipway.validation.evidence.components.Read.spdx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Inventory.Licensed;
import dev.slipway.validation.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpdxReaderTest {
    private static String document(String members) {
        return """
                {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "shop",
                 "creationInfo": {"creators": ["Organization: Ada", "Tool: syft-1.57.1"]}, %s}""".formatted(members);
    }

    private static String one(String name, String concluded, String declared) {
        return """
                {"SPDXID": "SPDXRef-%s", "name": "%s", "versionInfo": "1", "licenseConcluded": "%s", "licenseDeclared": "%s",
                 "externalRefs": [
                   {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
                   {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/%s@1"}]}""".formatted(name, name, concluded, declared, name);
    }

    @Test
    void what_is_concluded_counts_and_else_what_is_declared() {
        Reading reading = spdx(document("\"packages\": [%s]"
                .formatted(String.join(
                        ",",
                        one("a", "MIT", "GPL-3.0-only"),
                        one("b", "NOASSERTION", "MIT OR ISC"),
                        one("c", "NOASSERTION", "NOASSERTION"),
                        one("d", "NONE", "MIT"),
                        "{\"SPDXID\": \"SPDXRef-e\", \"name\": \"e\"}"))));

        assertThat(reading.dialect()).isEqualTo("SPDX-2.3, syft-1.57.1");
        assertThat(numbers(reading.facts()))
                .isEqualTo(
                        Map.of("components.total", 5, "components.without-license", 3, "components.without-purl", 1));
        assertThat(reading.facts().parts().licensed())
                .containsExactly(
                        new Licensed("MIT", false, 1, List.of("pkg:npm/a@1")),
                        new Licensed("MIT OR ISC", false, 1, List.of("pkg:npm/b@1")),
                        new Licensed("", false, 3, List.of("pkg:npm/c@1", "pkg:npm/d@1", "e")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "documentDescribes": ["SPDXRef-shop"]
            "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-shop"}]
            "relationships": [{"spdxElementId": "SPDXRef-shop", "relationshipType": "DESCRIBED_BY", "relatedSpdxElement": "SPDXRef-DOCUMENT"}]
            """)
    void what_it_describes_is_no_component_of_itself(String describes) {
        String packages = "\"packages\": [" + one("shop", "MIT", "MIT") + "," + one("a", "MIT", "MIT") + "]";

        assertThat(numbers(spdx(document(packages + ", " + describes)).facts())).containsEntry("components.total", 1);
        assertThat(numbers(spdx(document(describes + ", " + packages)).facts())).containsEntry("components.total", 1);
    }

    @Test
    void one_that_describes_all_that_is_in_it_leaves_nothing_out() {
        assertThat(numbers(spdx(document("\"packages\": [" + one("a", "MIT", "MIT")
                                + "], \"documentDescribes\": [\"SPDXRef-a\"]"))
                        .facts()))
                .containsEntry("components.total", 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"spdxVersion": "SPDX-3.0", "packages": []}             | "SPDX-3.0" is not understood
            {"spdxVersion": "SPDX-2.3"}                             | has no packages
            {"packages": []}                                        | no SPDX 2 document
            {"spdxVersion": "SPDX-2.3", "packages": [{"name": 1}]}  | "name" should be a text
            {"spdxVersion": "SPDX-2.3", "packages": [               | line 1
            SPDXVersion: SPDX-2.3                                   | It has no packages
            """)
    void what_is_broken_or_cannot_be_believed_is_refused(String document, String why) {
        assertThatThrownBy(reading(SPDX, document))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(why);
    }

    @Test
    void other_documents_are_told_from_it() {
        assertThat(SPDX.somethingElse("{\"bomFormat\": \"CycloneDX\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("a CycloneDX document");
        assertThat(SPDX.somethingElse("<a/>".getBytes(StandardCharsets.UTF_8))).isEqualTo("XML, and this kind is JSON");
        assertThat(SPDX.recognises("SPDXVersion: SPDX-2.3".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }
}
