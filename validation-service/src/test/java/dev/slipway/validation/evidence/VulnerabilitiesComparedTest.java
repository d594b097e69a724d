package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.Comparing.Compared;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A team with 300 old vulnerabilities asks for none that are new. */
final class VulnerabilitiesComparedTest {
    private static final String NONE =
            "vulnerabilities.new 0, vulnerabilities.new.critical 0, vulnerabilities.new.high 0,"
                    + " vulnerabilities.fixed 0";

    private final Comparing comparing = new VulnerabilitiesCompared();

    @Test
    void three_hundred_old_ones_are_none_new_with_whatever_versions() throws Exception {
        String[] old = IntStream.range(0, 300)
                .mapToObj(i -> found("CVE-2020-" + i, "high", "pkg:npm/p" + i + "@1.0.0"))
                .toArray(String[]::new);
        String[] now = IntStream.range(0, 300)
                .mapToObj(i -> found("CVE-2020-" + i, "high", "pkg:npm/p" + i + "@1.0.1?distro=debian-12.5"))
                .toArray(String[]::new);

        assertThat(compared(grype(now), grype(old)).facts().toString()).isEqualTo(NONE);
    }

    @Test
    void what_is_new_is_counted_by_severity_and_named_and_what_is_gone_is_fixed() throws Exception {
        String kept = found("CVE-1", "high", "pkg:npm/a@1");
        Compared said = compared(
                grype(
                        kept,
                        found("CVE-3", "high", "pkg:npm/b@1"),
                        found("CVE-4", "critical", "pkg:npm/a@1"),
                        found("CVE-5", "low", "pkg:npm/a@1")),
                grype(kept, found("CVE-2", "critical", "pkg:npm/a@1")));

        assertThat(said.facts().toString())
                .isEqualTo("vulnerabilities.new 3, vulnerabilities.new.critical 1, vulnerabilities.new.high 1,"
                        + " vulnerabilities.fixed 1");
        assertThat(said.notes())
                .containsExactly(
                        "new: critical CVE-4 in pkg:npm/a@1",
                        "new: high CVE-3 in pkg:npm/b@1",
                        "new: low CVE-5 in pkg:npm/a@1");
    }

    @Test
    void the_same_id_in_another_package_is_new_and_another_id_that_means_the_same_is_not() throws Exception {
        String before = found("CVE-1", "high", "pkg:npm/a@1");

        assertThat(fresh(grype(before, found("CVE-1", "high", "pkg:npm/b@1")), grype(before)))
                .isEqualTo(1);
        assertThat(fresh(grype("""
                                {"id": "GHSA-x", "references": [{"id": "CVE-1"}], "ratings": [{"severity": "high"}],
                                 "affects": [{"ref": "pkg:npm/a@2"}]}"""), grype(before))).isZero();
    }

    @Test
    void a_package_without_a_package_url_is_known_by_what_the_document_calls_it() throws Exception {
        assertThat(fresh(grype(found("CVE-1", "high", "lib-a")), grype(found("CVE-1", "high", "lib-a"))))
                .isZero();
        assertThat(fresh(grype(found("CVE-1", "high", "lib-b")), grype(found("CVE-1", "high", "lib-a"))))
                .isEqualTo(1);
    }

    @Test
    void an_entry_in_several_packages_is_new_for_one_more_and_fixed_for_none_left() throws Exception {
        String two = found("CVE-1", "high", "pkg:npm/a@1", "pkg:npm/b@1");
        String three = found("CVE-1", "high", "pkg:npm/a@1", "pkg:npm/b@1", "pkg:npm/c@1");

        assertThat(compared(grype(three), grype(two)).facts().toString()).startsWith("vulnerabilities.new 1,");
        assertThat(compared(grype(two), grype(three)).facts().toString()).isEqualTo(NONE);
        assertThat(compared(grype(found("CVE-2", "low", "pkg:npm/a@1")), grype(three))
                        .facts()
                        .toString())
                .endsWith("vulnerabilities.fixed 1");
    }

    @Test
    void one_in_more_packages_than_are_kept_is_known_by_its_id() throws Exception {
        String[] many =
                IntStream.range(0, 60).mapToObj(i -> "pkg:npm/p" + i + "@1").toArray(String[]::new);
        String[] turned = IntStream.range(0, 60)
                .mapToObj(i -> "pkg:npm/p" + (59 - i) + "@1")
                .toArray(String[]::new);

        assertThat(compared(grype(found("CVE-1", "high", turned)), grype(found("CVE-1", "high", many)))
                        .facts()
                        .toString())
                .isEqualTo(NONE);
        assertThat(fresh(grype(found("CVE-2", "high", many)), grype(found("CVE-1", "high", many))))
                .isEqualTo(1);
    }

    @Test
    void what_a_statement_takes_out_is_not_new_and_what_it_took_out_once_is_new_without_it() throws Exception {
        String one = grype(found("CVE-1", "high", "pkg:npm/a@1"));
        String vex = """
                {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-1"},
                  "products": [{"@id": "pkg:npm/a"}], "status": "fixed"}]}""";

        assertThat(said(gate(null, null), List.of(one, vex), List.of(grype()))
                        .facts()
                        .toString())
                .isEqualTo(NONE);
        assertThat(said(gate(null, null), List.of(one), List.of(one, vex))
                        .facts()
                        .toString())
                .startsWith("vulnerabilities.new 1,");
    }

    @Test
    void zero_needs_a_scan_on_both_sides_and_what_was_found_is_told_without() throws Exception {
        String scanned = grype(found("CVE-1", "high", "pkg:npm/a@1"));
        String unscanned = bill("trivy");

        assertThat(compared(unscanned, scanned).facts()).isEqualTo(Facts.NONE);
        assertThat(compared(unscanned, scanned).notes().getFirst()).contains("No scan for vulnerabilities is proved");
        assertThat(compared(scanned, unscanned).notes().getFirst()).contains("nobody can say which are new");
        assertThat(said(gate("trivy", null), List.of(unscanned), List.of(bill("trivy", found("CVE-1", "high", "a"))))
                        .facts()
                        .toString())
                .as("who knows that it scanned says so")
                .endsWith("vulnerabilities.fixed 1");
        assertThat(said(
                                gate(null, null),
                                List.of(withoutComponents(found("CVE-9", "critical", "pkg:npm/a@1"))),
                                List.of(scanned))
                        .facts()
                        .toString())
                .isEqualTo("vulnerabilities.new 1, vulnerabilities.new.critical 1");
    }

    @Test
    void the_first_release_records_a_scan_and_nothing_else() throws Exception {
        Gate records = gate(null, WithoutBaseline.RECORD);
        String scanned = grype(found("CVE-1", "high", "pkg:npm/a@1"));

        assertThat(comparing.first(records, read(List.of(scanned))).facts().toString())
                .isEqualTo(NONE);
        assertThat(comparing.first(records, read(List.of(bill("trivy")))).facts())
                .isEqualTo(Facts.NONE);
        assertThat(said(records, List.of(scanned), List.of(bill("trivy")))
                        .facts()
                        .toString())
                .as("what was not scanned is no baseline")
                .isEqualTo(NONE);
    }

    @Test
    void of_more_than_are_kept_nothing_is_said() throws Exception {
        String[] many = IntStream.range(0, 5_001)
                .mapToObj(i -> found("CVE-" + i, "low", "pkg:npm/a@1"))
                .toArray(String[]::new);

        assertThat(compared(grype(many), grype()).facts()).isEqualTo(Facts.NONE);
        assertThat(compared(grype(many), grype()).notes())
                .containsExactly("There are more vulnerabilities than are kept, so they cannot be compared");
    }

    private long fresh(String now, String before) throws Exception {
        return compared(now, before)
                .facts()
                .named("vulnerabilities.new")
                .orElseThrow()
                .value()
                .longValueExact();
    }

    private Compared compared(String now, String before) throws Exception {
        return said(gate(null, null), List.of(now), List.of(before));
    }

    private Compared said(Gate gate, List<String> now, List<String> before) throws Exception {
        return comparing.with(gate, Comparing.BY_PLACE, read(now), read(before), List.of());
    }

    private static List<Reading> read(List<String> reports) throws Exception {
        List<Reading> readings = new ArrayList<>();
        for (String report : reports) {
            byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
            readings.add(Companions.reader(
                            EverySample.READERS,
                            EverySample.READERS.of("cyclonedx").orElseThrow(),
                            bytes)
                    .read(bytes, "bom.json"));
        }
        return readings;
    }

    private static Gate gate(@Nullable String scanner, @Nullable WithoutBaseline baseline) {
        return new Gate(
                "scan",
                "",
                Stage.PRE_RELEASE,
                "cyclonedx",
                null,
                List.of(new Gate.Threshold("vulnerabilities.new", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                scanner,
                baseline);
    }

    private static String found(String id, String severity, String... refs) {
        return "{\"id\": \"%s\", \"ratings\": [{\"severity\": \"%s\"}], \"affects\": [%s]}"
                .formatted(
                        id,
                        severity,
                        Stream.of(refs).map("{\"ref\": \"%s\"}"::formatted).collect(Collectors.joining(",")));
    }

    private static String grype(String... found) {
        return bill("grype", found);
    }

    private static String bill(String tool, String... found) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "%s"}]},
                 "components": [{"type": "library", "bom-ref": "pkg:npm/a@1", "name": "a", "purl": "pkg:npm/a@1"}],
                 "vulnerabilities": [%s]}""".formatted(tool, String.join(",", found));
    }

    private static String withoutComponents(String... found) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "vulnerabilities": [%s]}""".formatted(String.join(",", found));
    }
}
