package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.LicenseList.WhenUnknown;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A verdict over bills of materials says the same again from the stored bytes: licences, scanners, statements of others. */
final class BillsReplayedTest {
    private static final String BOM = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "trivy"}]},
             "components": [{"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1",
               "licenses": [{"license": {"id": "%s"}}]}],
             "vulnerabilities": [%s]}""";
    private static final String FOUND =
            "{\"id\": \"CVE-1\", \"ratings\": [{\"severity\": \"critical\"}], \"affects\": [{\"ref\": \"a\"}]}";
    private static final String VEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-1"},
              "products": [{"@id": "pkg:npm/a"}], "status": "fixed"}]}""";

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final Verification verification =
            new Verification(EvidenceReaders.shipped(new JUnitReader.Limits(32, 100_000)), new EvidenceBytes() {
                @Override
                public void keep(Digest digest, byte[] report, String revision) {
                    kept.put(digest, report);
                }

                @Override
                public void use(Collection<Digest> digests, Use by) {
                    // everything stays
                }

                @Override
                public Optional<byte[]> find(Digest digest) {
                    return Optional.ofNullable(kept.get(digest));
                }
            });

    private static Gate gate(@Nullable LicenseList licenses, @Nullable String scanner, String... thresholds) {
        return new Gate(
                "bill",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                null,
                Stream.of(thresholds).map(fact -> new Gate.Threshold(fact, "0")).toList(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                licenses,
                scanner,
                null);
    }

    private List<String> faults(Gate gate, Verdict verdict, String... reports) {
        List<Digest> inputs = Stream.of(reports)
                .map(report -> report.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> {
                    kept.put(Digest.of(bytes), bytes);
                    return Digest.of(bytes);
                })
                .toList();
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                inputs,
                "",
                verdict,
                "",
                Instant.parse("2026-01-02T03:04:05Z"));
        return verification.faults(List.of(VerdictRecord.after(1, null, draft)));
    }

    @Test
    void licences_are_judged_again() {
        Gate gate = gate(new LicenseList(List.of("MIT"), WhenUnknown.FAIL, List.of()), null);

        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("MIT", ""))).isEmpty();
        assertThat(faults(gate, Verdict.FAILED, BOM.formatted("GPL-3.0-only", "")))
                .isEmpty();
        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("GPL-3.0-only", "")))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void what_others_state_is_heeded_again() {
        Gate gate = gate(null, null, "vulnerabilities.critical");

        assertThat(faults(gate, Verdict.FAILED, BOM.formatted("MIT", FOUND))).isEmpty();
        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("MIT", FOUND), VEX))
                .isEmpty();
        assertThat(faults(gate, Verdict.PASSED, VEX, BOM.formatted("MIT", FOUND)))
                .isEmpty();
    }

    @Test
    void of_very_many_vulnerabilities_as_many_can_be_taken_out_as_when_the_first_verdict_was_given() {
        Gate gate = gate(null, null, "vulnerabilities.critical");

        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("MIT", harmless(1_999) + FOUND), VEX))
                .isEmpty();
        assertThat(faults(gate, Verdict.FAILED, BOM.formatted("MIT", harmless(2_000) + FOUND), VEX))
                .isEmpty();
        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("MIT", harmless(2_000) + FOUND), VEX))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void what_is_analysed_in_more_components_than_are_kept_makes_statements_too_many_as_it_always_did() {
        Gate gate = gate(null, null, "vulnerabilities.critical");

        assertThat(faults(gate, Verdict.PASSED, BOM.formatted("MIT", analysedInMany(9) + FOUND), VEX))
                .isEmpty();
        assertThat(faults(gate, Verdict.FAILED, BOM.formatted("MIT", analysedInMany(11) + FOUND), VEX))
                .isEmpty();
    }

    private static String harmless(int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"id\": \"CVE-9-%d\", \"analysis\": {\"state\": \"not_affected\"}},"::formatted)
                .collect(Collectors.joining());
    }

    /** Each in 60 packages, of which 50 are kept. */
    private static String analysedInMany(int count) {
        String affects = IntStream.range(0, 60)
                .mapToObj("{\"ref\": \"pkg:npm/in-%d@1\"}"::formatted)
                .collect(Collectors.joining(","));
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\": \"CVE-8-%d\", \"analysis\": {\"state\": \"in_triage\"}, \"affects\": [%s]},"
                        .formatted(i, affects))
                .collect(Collectors.joining());
    }

    @Test
    void a_scanner_is_asked_for_again() {
        assertThat(faults(gate(null, null, "vulnerabilities.critical"), Verdict.INCONCLUSIVE, BOM.formatted("MIT", "")))
                .isEmpty();
        assertThat(faults(gate(null, "trivy", "vulnerabilities.critical"), Verdict.PASSED, BOM.formatted("MIT", "")))
                .isEmpty();
        assertThat(faults(
                        gate(null, "grype", "vulnerabilities.critical"),
                        Verdict.INCONCLUSIVE,
                        BOM.formatted("MIT", FOUND.replace("critical", "low"))))
                .isEmpty();
        assertThat(faults(gate(null, "grype", "vulnerabilities.critical"), Verdict.FAILED, BOM.formatted("MIT", FOUND)))
                .isEmpty();
    }

    @Test
    void findings_that_were_compared_before_places_counted_are_compared_so_again_and_others_by_their_places() {
        Digest before = stored(sarif("shop.Price.rounds"));
        Digest now = stored(sarif("shop.Price.total"));

        assertThat(compared(before, now, Verdict.PASSED, 0)).isEmpty();
        assertThat(compared(before, now, Verdict.FAILED, 1)).isEmpty();
        assertThat(compared(before, now, Verdict.PASSED, 1))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
    }

    @Test
    void vulnerabilities_are_compared_again_with_what_others_state_on_both_sides() {
        Gate gate = gate(null, "trivy", "vulnerabilities.new");
        Digest old = stored(BOM.formatted("MIT", FOUND));
        Digest clean = stored(BOM.formatted("MIT", ""));
        Digest vex = stored(VEX);

        assertThat(against(gate, List.of(old), List.of(old), Verdict.PASSED)).isEmpty();
        assertThat(against(gate, List.of(clean), List.of(old), Verdict.FAILED)).isEmpty();
        assertThat(against(gate, List.of(clean), List.of(old, vex), Verdict.PASSED))
                .isEmpty();
        assertThat(against(gate, List.of(old, vex), List.of(old), Verdict.FAILED))
                .isEmpty();
        assertThat(against(gate(null, "grype", "vulnerabilities.new"), List.of(clean), List.of(clean), Verdict.PASSED))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
    }

    private List<String> compared(Digest before, Digest now, Verdict verdict, int way) {
        Gate gate = new Gate(
                "scan",
                "",
                Stage.PRE_RELEASE,
                "sarif",
                null,
                List.of(new Gate.Threshold("findings.new", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1));
        return against(gate, List.of(before), List.of(now), verdict, way);
    }

    private List<String> against(Gate gate, List<Digest> before, List<Digest> now, Verdict verdict) {
        return against(gate, before, now, verdict, Comparing.BY_PLACE);
    }

    private List<String> against(Gate gate, List<Digest> before, List<Digest> now, Verdict verdict, int way) {
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                now,
                "",
                verdict,
                "",
                Instant.parse("2026-01-02T03:04:05Z"),
                before,
                List.of(),
                null,
                List.of(),
                way,
                null,
                List.of(),
                0);
        return verification.faults(List.of(VerdictRecord.after(1, null, draft)));
    }

    private Digest stored(String report) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        kept.put(Digest.of(bytes), bytes);
        return Digest.of(bytes);
    }

    private static String sarif(String function) {
        return """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": [
                  {"ruleId": "R", "message": {"text": "m"}, "locations": [{
                    "physicalLocation": {"artifactLocation": {"uri": "a.go"}, "region": {"startLine": 7}},
                    "logicalLocations": [{"fullyQualifiedName": "%s", "kind": "function"}]}]}]}]}""".formatted(function);
    }
}
