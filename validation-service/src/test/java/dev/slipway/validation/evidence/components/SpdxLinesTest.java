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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SPDX in lines of names and values, as syft, trivy and bom write it. */
final class SpdxLinesTest {
    private static final String HEAD = """
            SPDXVersion: SPDX-2.3
            SPDXID: SPDXRef-DOCUMENT
            Creator: Tool: syft-1.57.1
            """;
    private static final String END = """
            Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-shop
            Relationship: SPDXRef-shop CONTAINS SPDXRef-a
            Relationship: SPDXRef-shop CONTAINS SPDXRef-b
            """;

    private static String one(String name, String concluded, String declared) {
        return """
                PackageName: %s
                SPDXID: SPDXRef-%s
                PackageVersion: 1
                PackageLicenseConcluded: %s
                PackageLicenseDeclared: %s
                ExternalRef: SECURITY cpe23Type cpe:2.3:a:x
                ExternalRef: PACKAGE-MANAGER purl pkg:npm/%s@1

                """.formatted(name, name, concluded, declared, name);
    }

    private static final String SHOP = one("shop", "MIT", "MIT");
    private static final String A = one("a", "MIT", "GPL-3.0-only");
    private static final String B = one("b", "NOASSERTION", "MIT OR ISC");

    @Test
    void it_says_the_same_as_the_document_in_json() {
        Reading lines = spdx(HEAD + SHOP + A + B + END);
        Reading json = spdx("""
                {"spdxVersion": "SPDX-2.3", "creationInfo": {"creators": ["Tool: syft-1.57.1"]},
                 "documentDescribes": ["SPDXRef-shop"], "packages": [
                 {"SPDXID": "SPDXRef-shop", "name": "shop", "licenseConcluded": "MIT"},
                 {"SPDXID": "SPDXRef-a", "name": "a", "licenseConcluded": "MIT", "externalRefs": [
                   {"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]},
                 {"SPDXID": "SPDXRef-b", "name": "b", "licenseDeclared": "MIT OR ISC", "externalRefs": [
                   {"referenceType": "purl", "referenceLocator": "pkg:npm/b@1"}]}]}""");

        assertThat(lines).isEqualTo(json);
        assertThat(numbers(lines.facts()))
                .isEqualTo(
                        Map.of("components.total", 2, "components.without-license", 0, "components.without-purl", 0));
        assertThat(lines.facts().parts().licensed())
                .containsExactly(
                        new Licensed("MIT", false, 1, List.of("pkg:npm/a@1")),
                        new Licensed("MIT OR ISC", false, 1, List.of("pkg:npm/b@1")));
    }

    @Test
    void relationships_may_stand_with_the_element_that_says_them_if_it_comes_before_what_they_name() {
        String shop = SHOP + END;

        assertThat(numbers(spdx(HEAD + shop + A + B).facts())).containsEntry("components.total", 2);
        assertThatThrownBy(reading(SPDX, HEAD + shop + A))
                .hasMessageContaining("It names \"SPDXRef-b\", which is not in it: it was cut off");
    }

    @Test
    void what_might_have_been_cut_off_is_refused() {
        String own = A + "Relationship: SPDXRef-a DEPENDENCY_OF SPDXRef-shop\n";

        for (String cut : List.of(HEAD + SHOP + A, HEAD + SHOP + A + B, HEAD + SHOP + own)) {
            assertThatThrownBy(reading(SPDX, cut))
                    .isInstanceOf(UnreadableEvidence.class)
                    .hasMessageContaining("ask the tool for SPDX 2.3 JSON");
        }
        assertThatThrownBy(reading(SPDX, (HEAD + SHOP + A + B + END).stripTrailing()))
                .hasMessageContaining("in the middle of a line");
    }

    @Test
    void a_text_may_go_over_lines_and_has_an_end_before_anything_that_counts() {
        String text = "PackageComment: <text>a: b\n\n# no comment\n</text>\n";

        assertThat(numbers(spdx(HEAD + SHOP + text + A + text + B + END).facts()))
                .containsEntry("components.total", 2);
        assertThatThrownBy(reading(SPDX, HEAD + SHOP + "PackageComment: <text>open\n" + A + B + END))
                .hasMessageContaining("A text that begins at line 12 has no end before this, at line 13");
        assertThatThrownBy(reading(SPDX, HEAD + SHOP + A + B + END + "DocumentComment: <text>open\n"))
                .hasMessageContaining("has no end");
        assertThatThrownBy(reading(SPDX, HEAD + "DocumentComment: <text>a</text> b\n"))
                .hasMessageContaining("follows the end of a text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PackageLicenseConclude: MIT",
                "no tag at all",
                "SPDXID: SPDXRef-a",
                "PackageLicenseDeclared: MIT",
                "PackageName: c\nPackageName: d",
                "PackageName: c\nSPDXID: SPDXRef-a",
                "ExternalRef: purl",
                "Relationship: SPDXRef-a CONTAINS",
                "Relationship: SPDXRef-a CONTAINS SPDXRef-elsewhere",
                "LicenseID: LicenseRef-1\nPackageVersion: 2",
                "SPDXVersion: SPDX-2.3",
                "{}"
            })
    void a_line_that_is_not_understood_where_it_stands_is_refused(String line) {
        assertThatThrownBy(reading(SPDX, HEAD + SHOP + A + B + line + "\n" + END))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(", at line ");
    }

    @Test
    void files_licences_and_other_documents_are_no_packages_and_may_be_named() {
        String file = """
                FileName: ./a.jar
                SPDXID: SPDXRef-File-a
                FileChecksum: SHA256: 00
                LicenseConcluded: NOASSERTION
                Relationship: SPDXRef-File-a GENERATED_FROM DocumentRef-other:SPDXRef-x
                LicenseID: LicenseRef-1
                ExtractedText: <text>Do what
                you want</text>
                """;

        assertThat(numbers(spdx(HEAD + SHOP + A + B + file + END).facts())).containsEntry("components.total", 2);
    }

    @Test
    void a_version_that_is_not_understood_is_refused() {
        assertThatThrownBy(reading(SPDX, HEAD.replace("2.3", "3.0") + SHOP + A + B + END))
                .hasMessageContaining("\"SPDX-3.0\" is not understood");
        assertThatThrownBy(reading(SPDX, HEAD)).hasMessageContaining("It has no packages");
    }
}
