package dev.slipway.bench;

import dev.slipway.bench.SampleReport.Form;
import java.io.PrintStream;
import java.util.List;

/** What scanners and people found, and what a program is made of. */
final class FindingSamples {
    static final List<SampleReport> ALL = List.of(
            new SampleReport("sarif", "SARIF, %,d results", 50_000, Form.JSON, FindingSamples::sarif),
            new SampleReport("cyclonedx", "CycloneDX, %,d components", 10_000, Form.JSON, FindingSamples::cycloneDx),
            new SampleReport(
                    "cyclonedx", "CycloneDX in XML, %,d components", 40_000, Form.XML, FindingSamples::cycloneDxInXml),
            new SampleReport("openvex", "OpenVEX, %,d statements", 50_000, Form.JSON, FindingSamples::openVex),
            new SampleReport("spdx", "SPDX, %,d packages", 40_000, Form.JSON, FindingSamples::spdx),
            new SampleReport("spdx", "SPDX in lines, %,d packages", 30_000, Form.LINES, FindingSamples::spdxInLines),
            new SampleReport("tracker", "issues as GitHub lists them, %,d", 50_000, Form.JSON, FindingSamples::issues));

    private FindingSamples() {}

    private static void sarif(PrintStream out, int results) {
        out.print("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"scan\",\"rules\":["
                + "{\"id\":\"sql-injection\",\"defaultConfiguration\":{\"level\":\"warning\"}}]}},\"results\":[");
        for (int i = 0; i < results; i++) {
            out.print(separator(i) + "{\"ruleId\":\"sql-injection\",\"ruleIndex\":0,\"level\":\"warning\","
                    + "\"message\":{\"text\":\"The query is put together from input " + i + "\"},"
                    + "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/main/java/shop/File"
                    + i % 500 + ".java\"},\"region\":{\"startLine\":" + (i + 1)
                    + ",\"startColumn\":9,\"endColumn\":40}}}],\"partialFingerprints\":{\"primary\":\"" + i + "\"}}");
        }
        out.print("]}]}");
    }

    private static String separator(int i) {
        return i == 0 ? "\n" : ",\n";
    }

    private static void cycloneDx(PrintStream out, int components) {
        out.print("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[");
        for (int i = 0; i < components; i++) {
            out.print(separator(i) + "{\"type\":\"library\",\"bom-ref\":\"pkg:maven/org.shop/part-" + i + "@1.0." + i
                    + "\",\"group\":\"org.shop\",\"name\":\"part-" + i + "\",\"version\":\"1.0." + i
                    + "\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"" + "ab".repeat(32)
                    + "\"}],\"licenses\":[{\"license\":{\"id\":\"Apache-2.0\"}}],\"purl\":\"pkg:maven/org.shop/part-"
                    + i
                    + "@1.0." + i + "\"}");
        }
        out.print("]}");
    }

    private static void cycloneDxInXml(PrintStream out, int components) {
        out.print("""
            <?xml version="1.0" encoding="UTF-8"?>
            <bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
            <components>
            """);
        for (int i = 0; i < components; i++) {
            out.print("<component type=\"library\" bom-ref=\"part-" + i + "\"><group>org.shop</group><name>part-" + i
                    + "</name><version>1.0." + i
                    + "</version><licenses><license><id>Apache-2.0</id></license></licenses>"
                    + "<purl>pkg:maven/org.shop/part-" + i + "@1.0." + i + "</purl></component>\n");
        }
        out.print("</components>\n</bom>\n");
    }

    private static void openVex(PrintStream out, int statements) {
        out.print(
                "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"https://openvex.dev/docs/1\",\"author\":\"Ada\","
                        + "\"timestamp\":\"2026-01-02T03:04:05Z\",\"version\":1,\"statements\":[");
        for (int i = 0; i < statements; i++) {
            out.print(separator(i) + "{\"vulnerability\":{\"name\":\"CVE-2026-" + (10_000 + i)
                    + "\"},\"products\":[{\"@id\":\"pkg:maven/org.shop/part-" + i
                    + "@1.0\"}],\"status\":\"affected\",\"action_statement\":\"Update\"}");
        }
        out.print("]}");
    }

    private static void spdx(PrintStream out, int packages) {
        out.print(
                "{\"spdxVersion\":\"SPDX-2.3\",\"dataLicense\":\"CC0-1.0\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"shop\","
                        + "\"documentNamespace\":\"https://example.test/shop\",\"creationInfo\":{\"created\":\"2026-01-02T03:04:05Z\","
                        + "\"creators\":[\"Tool: scan-1\"]},\"packages\":[");
        for (int i = 0; i < packages; i++) {
            out.print(separator(i) + "{\"SPDXID\":\"SPDXRef-" + i + "\",\"name\":\"part-" + i
                    + "\",\"versionInfo\":\"1.0\",\"downloadLocation\":\"NOASSERTION\",\"licenseConcluded\":\"NOASSERTION\","
                    + "\"licenseDeclared\":\"Apache-2.0\",\"externalRefs\":[{\"referenceCategory\":\"PACKAGE-MANAGER\","
                    + "\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:maven/org.shop/part-" + i + "@1.0\"}]}");
        }
        out.print("]}");
    }

    private static void spdxInLines(PrintStream out, int packages) {
        out.print("""
            SPDXVersion: SPDX-2.3
            DataLicense: CC0-1.0
            SPDXID: SPDXRef-DOCUMENT
            DocumentName: shop
            DocumentNamespace: https://example.test/shop
            Creator: Tool: scan-1
            Created: 2026-01-02T03:04:05Z
            """);
        for (int i = 0; i < packages; i++) {
            out.print("\nPackageName: part-" + i + "\nSPDXID: SPDXRef-part-" + i + "\nPackageVersion: 1.0\n"
                    + "PackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\nPackageLicenseConcluded: NOASSERTION\n"
                    + "PackageLicenseDeclared: Apache-2.0\nPackageCopyrightText: NOASSERTION\n"
                    + "ExternalRef: PACKAGE-MANAGER purl pkg:maven/org.shop/part-" + i + "@1.0\n");
        }
        out.print("""

            PackageName: shop
            SPDXID: SPDXRef-shop
            PackageDownloadLocation: NOASSERTION
            FilesAnalyzed: false

            Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-shop
            """);
        for (int i = 0; i < packages; i++) {
            out.print("Relationship: SPDXRef-shop CONTAINS SPDXRef-part-" + i + "\n");
        }
    }

    private static void issues(PrintStream out, int issues) {
        out.print("[");
        for (int i = 0; i < issues; i++) {
            out.print(separator(i) + "{\"id\":" + (1_000_000 + i) + ",\"number\":" + (i + 1)
                    + ",\"html_url\":\"https://github.example.test/shop/shop/issues/" + (i + 1)
                    + "\",\"title\":\"Order " + i + " is shown twice\",\"state\":\"" + (i % 3 == 0 ? "open" : "closed")
                    + "\",\"user\":{\"login\":\"ada\",\"id\":7},\"labels\":[{\"id\":1,\"name\":\"bug\",\"color\":\"d73a4a\"}],"
                    + "\"milestone\":{\"number\":3,\"title\":\"1.4.0\"},\"comments\":2}");
        }
        out.print("]");
    }
}
