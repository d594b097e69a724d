package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RunAttempt;
import java.math.BigDecimal;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplainingTest {
    private static final String GOOD = "<testsuite name='s'><testcase name='a'/><testcase name='b'/></testsuite>";
    private static final String BAD = "<testsuite name='s'><testcase name='c'><failure/></testcase></testsuite>";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final Gate GATE = new Gate(
            "unit-tests",
            "",
            Stage.PRE_RELEASE,
            "junit",
            "unit",
            List.of(
                    new Gate.Threshold("run.exit", "0"),
                    new Gate.Threshold("tests.passed", ">= 1"),
                    new Gate.Threshold("tests.failed", "0"),
                    new Gate.Threshold("coverage.lines", ">= 80%")),
            null,
            null,
            List.of(),
            Duration.ofMinutes(5));

    private final Shelf shelf = new Shelf();
    private final Explaining explaining =
            new Explaining(EvidenceReaders.shipped(new JUnitReader.Limits(32, 1_000)), shelf);

    private static final class Shelf implements EvidenceBytes {
        private final Map<Digest, byte[]> kept = new HashMap<>();
        private final Map<Digest, String> names = new HashMap<>();

        Digest put(String file, byte[] content) {
            Digest digest = Digest.of(content);
            keep(digest, content, "hello@" + SHA);
            name(digest, file);
            return digest;
        }

        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report.clone());
        }

        @Override
        public void name(Digest digest, String file) {
            names.put(digest, file);
        }

        @Override
        public Optional<String> nameOf(Digest digest) {
            return Optional.ofNullable(names.get(digest));
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // nothing expires here
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    }

    private static Explaining.Asked asked(Verdict verdict, List<Digest> inputs, List<Evidence> arrived) {
        return asked(GATE, verdict, inputs, arrived);
    }

    private static Explaining.Asked asked(Gate gate, Verdict verdict, List<Digest> inputs, List<Evidence> arrived) {
        return new Explaining.Asked(
                "hello@1.0.0",
                "hello@1.0.0/assess-pre-release/1",
                SHA,
                gate,
                verdict,
                "the cause",
                "observed",
                verdict == Verdict.INCONCLUSIVE ? null : "hash",
                inputs,
                arrived,
                List.of(),
                List.of());
    }

    @Test
    void each_part_of_the_rule_and_each_fact_is_told_with_the_report_run_and_file_it_comes_from() {
        Digest good = shelf.put("TEST-a.xml", GOOD.getBytes(StandardCharsets.UTF_8));
        Digest bad = shelf.put("TEST-b.xml", BAD.getBytes(StandardCharsets.UTF_8));
        RunRecord run = RunRecord.of("hello@" + SHA, "junit", "unit", "17", "linux", 2L, 1, List.of(good, bad));
        Digest record = shelf.put("run", run.bytes());
        Evidence arrived = new Evidence(
                "junit",
                "unit",
                good,
                Facts.NONE,
                AT,
                "ci@example.test",
                new RunAttempt("17", "linux", 2L),
                1L,
                record,
                List.of(good, bad),
                List.of(),
                0);

        Explanation why = explaining.of(asked(Verdict.FAILED, List.of(good, bad, record), List.of(arrived)));

        assertThat(why.parts())
                .containsExactly(
                        new Explanation.Part("run.exit == 0", false, "run.exit 1, expected run.exit == 0"),
                        new Explanation.Part("tests.passed >= 1", true, ""),
                        new Explanation.Part("tests.failed == 0", false, "tests.failed 1, expected tests.failed == 0"),
                        new Explanation.Part(
                                "coverage.lines >= 80%", null, "The report says nothing about coverage.lines"));
        assertThat(why.facts())
                .filteredOn(fact -> fact.name().equals("tests.total"))
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.value()).isEqualByComparingTo("3");
                    assertThat(fact.from()).containsExactly(good, bad);
                });
        assertThat(why.facts())
                .filteredOn(fact -> fact.name().equals("run.exit"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.from()).containsExactly(record));
        assertThat(why.sources()).hasSize(3).allSatisfy(source -> {
            assertThat(source.run()).isEqualTo("17");
            assertThat(source.part()).isEqualTo("linux");
            assertThat(source.attempt()).isEqualTo(2);
            assertThat(source.by()).isEqualTo("ci@example.test");
            assertThat(source.at()).isEqualTo(AT);
        });
        assertThat(why.sources().get(1).file()).isEqualTo("TEST-b.xml");
        assertThat(why.sources().get(1).facts()).containsEntry("tests.failed", BigDecimal.ONE);
        assertThat(why.sources().get(2).dialect()).isEqualTo("run record");
        assertThat(why.toPass())
                .hasSize(3)
                .contains("run.exit 1, expected run.exit == 0", "tests.failed 1, expected tests.failed == 0")
                .anyMatch(change ->
                        change.contains("reports of the kind junit may say") && change.contains("tests.total"));
        assertThat(why.complete()).isTrue();
    }

    @Test
    void where_it_does_not_pass_each_report_names_the_tests_that_failed() {
        Digest bad = shelf.put("TEST-b.xml", BAD.getBytes(StandardCharsets.UTF_8));

        assertThat(explaining.of(asked(Verdict.FAILED, List.of(bad), List.of())).sources())
                .singleElement()
                .satisfies(source -> assertThat(source.places()).containsExactly("failed c"));
        assertThat(explaining.of(asked(Verdict.PASSED, List.of(bad), List.of())).sources())
                .singleElement()
                .satisfies(source -> assertThat(source.places()).isEmpty());
    }

    @Test
    void findings_are_told_with_file_and_line_the_worst_first_and_at_most_ten() {
        String results = IntStream.rangeClosed(1, 11)
                .mapToObj(line -> """
                        {"ruleId": "S1", "level": "%s", "message": {"text": "do not"}, "locations": [{"physicalLocation":
                         {"artifactLocation": {"uri": "src/app.py"}, "region": {"startLine": %d}}}]}""".formatted(line == 11 ? "error" : "warning", line))
                .collect(Collectors.joining(","));
        String log = """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "scan"}}, "results": [%s]}]}""".formatted(results);
        Digest scan = shelf.put("scan.sarif", log.getBytes(StandardCharsets.UTF_8));
        Gate gate = new Gate(
                "scan",
                "",
                Stage.PRE_RELEASE,
                "sarif",
                null,
                List.of(new Gate.Threshold("findings.total", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(5));

        assertThat(explaining
                        .of(asked(gate, Verdict.FAILED, List.of(scan), List.of()))
                        .sources())
                .singleElement()
                .satisfies(source -> assertThat(source.places())
                        .hasSize(11)
                        .startsWith("error src/app.py:11 S1 do not", "warning src/app.py:1 S1 do not")
                        .endsWith("warning src/app.py:9 S1 do not", "and 1 more"));
    }

    @Test
    void vulnerabilities_are_told_with_id_and_package_the_worst_first_unless_another_report_takes_them_out() {
        Digest bom = bill();
        Digest vex = shelf.put("vex.json", """
                {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-2"},
                  "products": [{"@id": "pkg:npm/b"}], "status": "fixed"}]}""".getBytes(StandardCharsets.UTF_8));
        Gate gate = bills(List.of(new Gate.Threshold("vulnerabilities.high", "0")), null);

        assertThat(explaining
                        .of(asked(gate, Verdict.FAILED, List.of(bom, vex), List.of()))
                        .sources()
                        .getFirst()
                        .places())
                .containsExactly("critical CVE-3 in pkg:npm/b@2 and 1 more", "low CVE-1 in pkg:npm/a@1");
    }

    @Test
    void components_whose_licence_is_not_allowed_are_told_with_what_they_have() {
        Gate gate = bills(List.of(), new LicenseList(List.of("MIT"), LicenseList.WhenUnknown.FAIL, List.of()));

        assertThat(explaining
                        .of(asked(gate, Verdict.FAILED, List.of(bill()), List.of()))
                        .sources()
                        .getFirst()
                        .places())
                .containsExactly("licence not allowed: pkg:npm/b@2 (GPL-3.0-only)", "licence not known: pkg:npm/c@3");
    }

    private Digest bill() {
        return shelf.put("bom.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "grype"}]}, "components": [
                   {"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1", "licenses": [{"license": {"id": "MIT"}}]},
                   {"type": "library", "bom-ref": "b", "name": "b", "purl": "pkg:npm/b@2",
                    "licenses": [{"license": {"id": "GPL-3.0-only"}}]},
                   {"type": "library", "bom-ref": "c", "name": "c", "purl": "pkg:npm/c@3"}],
                 "vulnerabilities": [
                   {"id": "CVE-1", "ratings": [{"severity": "low"}], "affects": [{"ref": "a"}]},
                   {"id": "CVE-2", "ratings": [{"severity": "critical"}], "affects": [{"ref": "b"}]},
                   {"id": "CVE-3", "ratings": [{"severity": "critical"}], "affects": [{"ref": "b"}, {"ref": "c"}]}]}
                """.getBytes(StandardCharsets.UTF_8));
    }

    private static Gate bills(List<Gate.Threshold> rule, @Nullable LicenseList licenses) {
        return new Gate(
                "bill",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                null,
                rule,
                null,
                null,
                List.of(),
                Duration.ofMinutes(5),
                List.of(),
                null,
                licenses,
                null,
                null);
    }

    @Test
    void a_gate_without_evidence_says_which_has_to_come_and_how() {
        Explanation why = explaining.of(asked(Verdict.INCONCLUSIVE, List.of(), List.of()));

        assertThat(why.complete()).isFalse();
        assertThat(why.sources()).isEmpty();
        assertThat(why.parts()).allSatisfy(part -> assertThat(part.holds()).isNull());
        assertThat(why.toPass())
                .singleElement()
                .asString()
                .contains("slipway evidence push FILE --kind junit --sha aaaaaaaaaa", "--suite unit");
    }

    @Test
    void a_report_that_is_gone_or_broken_is_said_to_be_so_and_proves_nothing() {
        Digest gone = Digest.of("gone");
        Digest broken = shelf.put("TEST-c.xml", "<testsuite>".getBytes(StandardCharsets.UTF_8));

        Explanation why = explaining.of(asked(Verdict.INCONCLUSIVE, List.of(gone, broken), List.of()));

        assertThat(why.sources().getFirst().trouble()).contains("is gone or changed");
        assertThat(why.sources().getLast().trouble()).contains("not well-formed");
        assertThat(why.facts()).isEmpty();
        assertThat(why.toPass()).anyMatch(change -> change.startsWith("TEST-c.xml has to be readable"));
    }

    @Test
    void nothing_would_have_to_change_where_it_passes() {
        Digest good = shelf.put("TEST-a.xml", GOOD.getBytes(StandardCharsets.UTF_8));

        assertThat(explaining
                        .of(asked(Verdict.PASSED, List.of(good), List.of()))
                        .toPass())
                .isEmpty();
    }
}
