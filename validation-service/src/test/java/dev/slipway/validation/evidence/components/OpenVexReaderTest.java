package dev.slipway.validation.evidence.components;

import static dev.slipway.validation.evidence.components.Read.OPENVEX;
import static dev.slipway.validation.evidence.components.Read.cyclonedx;
import static dev.slipway.validation.evidence.components.Read.numbers;
import static dev.slipway.validation.evidence.components.Read.openvex;
import static dev.slipway.validation.evidence.components.Read.reading;
import static dev.slipway.validation.evidence.components.Read.vulnerabilities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenVexReaderTest {
    private static final String GRYPE = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6",
             "metadata": {"tools": {"components": [{"type": "application", "name": "grype"}]},
               "component": {"type": "application", "bom-ref": "root", "name": "shop", "purl": "pkg:npm/shop@2.0.0"}},
             "components": [
               {"type": "library", "bom-ref": "r1", "name": "lodash", "purl": "pkg:npm/lodash@4.17.20"},
               {"type": "library", "bom-ref": "r2", "name": "core", "purl": "pkg:npm/%40angular/core@1.0.0"}],
             "vulnerabilities": [
               {"id": "GHSA-35jh", "references": [{"id": "CVE-2021-23337"}], "ratings": [{"severity": "high"}],
                "affects": [{"ref": "r1"}]},
               {"id": "CVE-2", "ratings": [{"severity": "critical"}], "affects": [{"ref": "r1"}, {"ref": "r2"}]}]}""";

    private static String document(String statements) {
        return """
                {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://x.test/vex-1", "author": "Ada",
                 "timestamp": "2026-01-01T00:00:00Z", "version": 1, "statements": [%s]}""".formatted(statements);
    }

    private static String statement(String id, String product, String status, String more) {
        return """
                {"vulnerability": {"name": "%s"}, "products": [%s], "status": "%s"%s%s}""".formatted(
                id,
                product,
                status,
                status.equals("not_affected") ? ", \"justification\": \"vulnerable_code_not_in_execute_path\"" : "",
                more);
    }

    private static String product(String purl) {
        return "{\"@id\": \"" + purl + "\"}";
    }

    private static Facts joined(String... statements) {
        return cyclonedx(GRYPE)
                .facts()
                .plus(openvex(document(String.join(",", statements))).facts());
    }

    @Test
    void statements_are_counted_by_status() {
        Reading reading = openvex(document(String.join(
                ",",
                statement("CVE-1", product("pkg:npm/a@1"), "not_affected", ""),
                statement("CVE-2", product("pkg:npm/a@1"), "affected", ""),
                statement("CVE-3", product("pkg:npm/a@1"), "fixed", ""),
                statement("CVE-4", product("pkg:npm/a@1"), "fixed", ""),
                statement("CVE-5", product("pkg:npm/a@1"), "under_investigation", ""))));

        assertThat(reading.dialect()).isEqualTo("OpenVEX");
        assertThat(numbers(reading.facts()))
                .isEqualTo(Map.of(
                        "vex.statements", 5,
                        "vex.not-affected", 1,
                        "vex.affected", 1,
                        "vex.fixed", 2,
                        "vex.under-investigation", 1));
    }

    @Test
    void its_first_version_wrote_texts_instead_of_objects() {
        Facts facts = cyclonedx(GRYPE).facts().plus(openvex("""
                        {"@context": "https://openvex.dev/ns", "author": "Ada", "timestamp": "2023-01-08T18:02:03Z",
                         "statements": [{"vulnerability": "CVE-2021-23337", "products": ["pkg:npm/lodash@4.17.20"],
                           "status": "fixed"}]}""").facts());

        assertThat(vulnerabilities(facts))
                .isEqualTo(Map.of(
                        "vulnerabilities.total", 1, "vulnerabilities.critical", 1, "vulnerabilities.suppressed", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2021-23337, pkg:npm/lodash@4.17.20, true", // by another id than the report's own
        "GHSA-35jh, pkg:npm/lodash@4.17.20, true",
        "GHSA-35jh, pkg:npm/lodash, true", // every version
        "GHSA-35jh, pkg:npm/shop@2.0.0, true", // what the report is about
        "GHSA-35jh, pkg:npm/shop, true",
        "GHSA-35jh, pkg:npm/lodash@4.17.21, false",
        "GHSA-35jh, pkg:npm/shop@1.0.0, false",
        "GHSA-35jh, pkg:pypi/lodash@4.17.20, false",
        "GHSA-35jh, pkg:npm/lodash@4.17.20?arch=arm64, false",
        "GHSA-35jh, r1, false", // references are names within one document
        "CVE-9, pkg:npm/lodash@4.17.20, false"
    })
    void a_statement_takes_out_the_vulnerability_of_that_product(String id, String purl, boolean takesOut) {
        Facts facts = joined(statement(id, product(purl), "not_affected", ""));

        assertThat(numbers(facts))
                .containsEntry("vulnerabilities.high", takesOut ? 0 : 1)
                .containsEntry("vulnerabilities.total", takesOut ? 1 : 2)
                .containsEntry("vulnerabilities.suppressed", takesOut ? 1 : 0);
    }

    @Test
    void what_is_in_two_components_counts_until_both_are_out() {
        String one = statement("CVE-2", product("pkg:npm/lodash"), "not_affected", "");
        String two = statement("CVE-2", product("pkg:npm/%40angular/core@1.0.0"), "fixed", "");

        assertThat(numbers(joined(one))).containsEntry("vulnerabilities.critical", 1);
        assertThat(numbers(joined(one, two))).containsEntry("vulnerabilities.critical", 0);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:npm/shop@2.0.0, pkg:npm/lodash@4.17.20, true",
        "pkg:npm/shop@2.0.0, pkg:npm/other@1, false",
        "pkg:npm/store@2.0.0, pkg:npm/lodash@4.17.20, false"
    })
    void a_part_of_a_product_is_meant_in_that_product_alone(String product, String part, boolean takesOut) {
        Facts facts = joined(statement(
                "GHSA-35jh",
                "{\"@id\": \"%s\", \"subcomponents\": [%s]}".formatted(product, product(part)),
                "not_affected",
                ""));

        assertThat(numbers(facts)).containsEntry("vulnerabilities.high", takesOut ? 0 : 1);
    }

    @Test
    void a_part_without_a_package_url_does_not_mean_the_whole_product() {
        Facts facts = joined(statement(
                "GHSA-35jh",
                "{\"@id\": \"pkg:npm/shop@2.0.0\", \"subcomponents\": [{\"@id\": \"a.js\"}]}",
                "not_affected",
                ""));

        assertThat(numbers(facts)).containsEntry("vulnerabilities.high", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "not_affected, 2026-02-01T00:00:00Z, affected, 2026-02-02T00:00:00Z, 1",
        "affected, 2026-02-01T00:00:00Z, not_affected, 2026-02-02T00:00:00Z, 0",
        "not_affected, 2026-02-02T00:00:00Z, under_investigation, 2026-02-01T00:00:00Z, 0",
        "not_affected, 2026-02-02T00:00:00Z, affected, 2026-02-02T00:00:00Z, 1",
        "affected, 2026-02-01T00:00:00+02:00, fixed, 2026-01-31T23:00:00Z, 0"
    })
    void the_latest_statement_holds_and_of_several_at_once_the_worse(
            String one, String at, String two, String later, int counting) {
        String first = statement("GHSA-35jh", product("pkg:npm/lodash"), one, ", \"timestamp\": \"" + at + "\"");
        String second = statement("GHSA-35jh", product("pkg:npm/lodash"), two, ", \"timestamp\": \"" + later + "\"");

        assertThat(numbers(joined(first, second))).containsEntry("vulnerabilities.high", counting);
        assertThat(numbers(joined(second, first))).containsEntry("vulnerabilities.high", counting);
    }

    @Test
    void the_order_of_arrival_changes_nothing() {
        Facts bom = cyclonedx(GRYPE).facts();
        Facts good = openvex(document(statement("GHSA-35jh", product("pkg:npm/lodash"), "not_affected", "")))
                .facts();
        Facts bad = openvex(document(statement(
                        "GHSA-35jh",
                        product("pkg:npm/lodash"),
                        "affected",
                        ", \"timestamp\": \"2027-01-01T00:00:00Z\"")))
                .facts();

        assertThat(numbers(good.plus(bom))).isEqualTo(numbers(bom.plus(good))).containsEntry("vulnerabilities.high", 0);
        assertThat(numbers(bom.plus(good).plus(bad)))
                .isEqualTo(numbers(bad.plus(bom).plus(good)))
                .isEqualTo(numbers(good.plus(bad).plus(bom)))
                .containsEntry("vulnerabilities.high", 1)
                .containsEntry("vulnerabilities.suppressed", 0);
    }

    @Test
    void a_cyclonedx_vex_beside_the_bill_of_materials_does_the_same() {
        Facts vex = cyclonedx("""
                        {"bomFormat": "CycloneDX", "specVersion": "1.4",
                         "metadata": {"component": {"type": "application", "bom-ref": "p", "name": "lodash",
                           "purl": "pkg:npm/lodash@4.17.20"}},
                         "vulnerabilities": [{"id": "GHSA-35jh", "analysis": {"state": "not_affected"},
                           "affects": [{"ref": "p"}]}]}""").facts();

        assertThat(numbers(cyclonedx(GRYPE).facts().plus(vex)))
                .containsEntry("vulnerabilities.high", 0)
                .containsEntry("vulnerabilities.total", 1)
                .containsEntry("vulnerabilities.suppressed", 2); // one in each of the two
    }

    @Test
    void more_statements_than_can_be_heeded_take_nothing_out() {
        String[] many = IntStream.rangeClosed(0, 500)
                .mapToObj(i -> statement("GHSA-35jh", product("pkg:npm/lodash@4.17." + i), "not_affected", ""))
                .toArray(String[]::new);

        assertThat(numbers(joined(many)))
                .containsEntry("vulnerabilities.high", 1)
                .containsEntry("vex.statements", 501);
        assertThat(openvex(document(String.join(",", many))).notes())
                .singleElement()
                .asString()
                .contains("more than 500");
    }

    @Test
    void what_is_stated_beyond_what_can_be_heeded_is_still_held_to_the_form() {
        String many = IntStream.rangeClosed(0, 500)
                .mapToObj(i -> statement("CVE-" + i, product("pkg:npm/a@" + i), "fixed", ""))
                .collect(Collectors.joining(","));

        assertThat(List.of(
                        "{\"vulnerability\": {\"name\": 7}, \"status\": \"fixed\"}",
                        "{\"products\": [{\"@id\": 7}], \"status\": \"fixed\"}",
                        "{\"products\": [{\"identifiers\": {\"purl\": []}}], \"status\": \"fixed\"}",
                        "{\"products\": [{\"subcomponents\": [{\"@id\": {}}]}], \"status\": \"fixed\"}",
                        "{\"status\": \"repaired\"}",
                        "{\"status\": \"not_affected\"}"))
                .allSatisfy(odd -> assertThatThrownBy(reading(OPENVEX, document(many + "," + odd)))
                        .isInstanceOf(UnreadableEvidence.class));
    }

    @Test
    void without_a_scan_no_statement_makes_a_zero() {
        Facts vex = cyclonedx("""
                        {"bomFormat": "CycloneDX", "specVersion": "1.4", "vulnerabilities": [
                          {"id": "CVE-1", "ratings": [{"severity": "critical"}], "affects": [{"ref": "pkg:npm/a@1"}]}]}""").facts();
        Facts out = openvex(document(statement("CVE-1", product("pkg:npm/a@1"), "not_affected", "")))
                .facts();

        assertThat(numbers(vex)).containsEntry("vulnerabilities.critical", 1);
        assertThat(vulnerabilities(vex.plus(out))).isEqualTo(Map.of("vulnerabilities.suppressed", 1));
        assertThat(vex.plus(out).named("vulnerabilities.critical")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"@context": "https://openvex.dev/ns", "statements": [{"status": "ok"}]}           | "ok" is no status
            {"@context": "https://openvex.dev/ns", "statements": [{"vulnerability": "CVE-1"}]} | has no status
            {"@context": "https://openvex.dev/ns", "statements": [{"status": "not_affected"}]} | without a justification
            {"@context": "https://openvex.dev/ns"}                                             | has no statements
            {"statements": []}                                                                 | no OpenVEX document
            {"@context": "https://openvex.dev/ns", "statements": [                             | line 1
            """)
    void what_is_broken_is_refused(String document, String why) {
        assertThatThrownBy(reading(OPENVEX, document))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(why);
    }

    @Test
    void an_id_may_stand_as_an_alias() {
        String aliased = """
                {"vulnerability": {"@id": "https://nvd.test/x", "name": "CVE-X", "aliases": ["GHSA-35jh"]},
                 "products": [{"@id": "https://x.test/p", "identifiers": {"purl": "pkg:npm/lodash@4.17.20"}}],
                 "status": "not_affected", "impact_statement": "never called"}""";

        assertThat(numbers(joined(aliased))).containsEntry("vulnerabilities.high", 0);
    }
}
