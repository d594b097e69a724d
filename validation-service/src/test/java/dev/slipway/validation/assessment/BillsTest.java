package dev.slipway.validation.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.LicenseList.WhenUnknown;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Gates over bills of materials, through all that may come of them. */
final class BillsTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    static final String FOUND =
            "{\"id\": \"CVE-1\", \"ratings\": [{\"severity\": \"critical\"}], \"affects\": [{\"ref\": \"a\"}]}";
    static final Gate NONE_CRITICAL = gate(List.of(new Threshold("vulnerabilities.critical", "0")), null, null);
    static final Gate LICENCES =
            gate(List.of(), new LicenseList(List.of("MIT"), WhenUnknown.INCONCLUSIVE, List.of()), null);

    static Gate gate(List<Threshold> rule, @Nullable LicenseList licenses, @Nullable String scanner) {
        return new Gate(
                "bill",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                "app",
                rule,
                null,
                null,
                List.of(),
                Asking.WITHIN,
                List.of(),
                null,
                licenses,
                scanner,
                null);
    }

    static String bom(String tool, String license, String vulnerabilities) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "%s"}]},
                 "components": [{"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1",
                   "licenses": [%s]}], "vulnerabilities": [%s]}""".formatted(
                        tool, license.isEmpty() ? "" : "{\"license\": {\"id\": \"" + license + "\"}}", vulnerabilities);
    }

    static SuiteFacts suite(String kind, String suite, String report) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        try {
            Facts facts = READERS.of(kind).orElseThrow().read(bytes, "report").facts();
            JsonMapper json = MessagingJson.mapper(); // as it travels
            return json.readValue(
                    json.writeValueAsBytes(new SuiteFacts(kind, suite, facts, List.of(Digest.of(bytes)), null)),
                    SuiteFacts.class);
        } catch (UnreadableEvidence unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static SuiteFacts vex(String suite, String status) {
        return suite("openvex", suite, """
                {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-1"},
                  "products": [{"@id": "pkg:npm/a@1"}], "status": "%s"}]}""".formatted(status));
    }

    private static Finding found(Gate gate, SuiteFacts... suites) {
        return Findings.evidence(gate, Asking.SHA, List.of(suites), null);
    }

    @Test
    void a_critical_vulnerability_fails_and_none_of_a_scanner_passes() {
        assertThat(found(NONE_CRITICAL, suite("cyclonedx", "app", bom("grype", "MIT", FOUND))))
                .extracting(Finding::verdict, Finding::settled)
                .containsExactly(Verdict.FAILED, true);
        assertThat(found(NONE_CRITICAL, suite("cyclonedx", "app", bom("grype", "MIT", "")))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_bill_that_nobody_scanned_is_inconclusive_unless_the_policy_names_the_scanner() {
        SuiteFacts bill = suite("cyclonedx", "app", bom("trivy", "MIT", ""));

        assertThat(found(NONE_CRITICAL, bill))
                .extracting(Finding::verdict, Finding::cause)
                .containsExactly(Verdict.INCONCLUSIVE, "The report says nothing about vulnerabilities.critical");
        assertThat(found(gate(NONE_CRITICAL.rule(), null, "trivy"), bill).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(found(gate(NONE_CRITICAL.rule(), null, "grype"), bill).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(found(gate(List.of(new Threshold("components.total", ">= 1")), null, "grype"), bill)
                        .cause())
                .isEqualTo("No report of the scanner grype with a list of vulnerabilities is among them, but of trivy");
    }

    @Test
    void what_openvex_states_for_the_same_suite_is_heeded_and_rests_on_both_reports() {
        SuiteFacts bill = suite("cyclonedx", "app", bom("grype", "MIT", FOUND));
        SuiteFacts fixed = vex("app", "fixed");

        Finding finding = found(NONE_CRITICAL, bill, fixed);

        assertThat(finding.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding.observed()).contains("vulnerabilities.suppressed 1").contains("vex.fixed 1");
        assertThat(finding.inputs())
                .containsExactly(bill.digests().getFirst(), fixed.digests().getFirst());
        assertThat(found(NONE_CRITICAL, bill, vex("other", "fixed")).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(found(NONE_CRITICAL, bill, vex("app", "affected")).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(found(NONE_CRITICAL, fixed).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void licences_pass_fail_and_stay_inconclusive() {
        assertThat(found(LICENCES, suite("cyclonedx", "app", bom("syft", "MIT", "")))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(found(LICENCES, suite("cyclonedx", "app", bom("syft", "GPL-3.0-only", ""))))
                .extracting(Finding::verdict, Finding::cause)
                .containsExactly(
                        Verdict.FAILED,
                        "1 licence is not allowed: pkg:npm/a@1 (GPL-3.0-only); allowed are licences among MIT");
        assertThat(found(LICENCES, suite("cyclonedx", "app", bom("syft", "", ""))))
                .extracting(Finding::verdict, Finding::cause)
                .containsExactly(Verdict.INCONCLUSIVE, "Nobody knows the licence of pkg:npm/a@1");
    }

    @Test
    void facts_as_they_were_stored_before_have_no_inventory() {
        Facts facts = MessagingJson.mapper()
                .readValue("{\"list\":[{\"name\":\"tests.total\",\"value\":\"3\",\"unit\":\"COUNT\"}]}", Facts.class);

        assertThat(facts.named("tests.total")).isPresent();
        assertThat(facts.parts().licensed()).isEmpty();
        assertThat(MessagingJson.mapper().writeValueAsString(facts)).doesNotContain("inventory");
    }
}
