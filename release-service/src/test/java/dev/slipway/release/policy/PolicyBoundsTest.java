package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.policy.Step;
import dev.slipway.platform.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document must not do to the service, and values at their limits. */
final class PolicyBoundsTest {
    private static final int BYTES_MAX = 262_144;
    private static final Duration QUICKLY = Pace.patience(Duration.ofSeconds(5));
    private static final PolicyReader READER = new PolicyReader(BYTES_MAX);
    private static final String HEAD = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            """;
    private static final String STAGING = "  staging: {target: {type: process, command: [java]}}\n";
    private static final String MINIMAL =
            HEAD + "environments:\n" + STAGING + "  production: {target: {type: process, command: [java]}}\n";

    private static PolicyReading read(String yaml) {
        return assertTimeoutPreemptively(QUICKLY, () -> READER.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Policy accepted(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static List<Finding> refused(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings();
    }

    /** A document whose production has these further members. */
    private static String production(String more) {
        return HEAD + "environments:\n" + STAGING + "  production: {target: {type: process, command: [java]}, " + more
                + "}\n";
    }

    @Test
    void how_long_proof_is_kept_reads_as_written_with_the_defaults_of_the_schema() {
        assertThat(accepted(MINIMAL).retention()).isNull();
        assertThat(accepted(MINIMAL).kept()).isEqualTo(new Retention(Duration.ofDays(400), Duration.ofDays(3650)));
        assertThat(accepted(MINIMAL + "retention: {}\n").retention()).isEqualTo(Retention.DEFAULT);
        assertThat(accepted(MINIMAL + "retention: {evidence: 24h, records: 1d}\n")
                        .retention())
                .isEqualTo(new Retention(Duration.ofDays(1), Duration.ofDays(1)));
        assertThat(accepted(MINIMAL + "retention: {evidence: 36500d}\n").retention())
                .as("a record names its reports, so it is kept as long as they are")
                .isEqualTo(new Retention(Duration.ofDays(36_500), Duration.ofDays(36_500)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention: {evidence: 23h}                 | retention.evidence must be 24 h to 36500 d, is 23 h",
                "retention: {evidence: 36501d}              | retention.evidence must be 24 h to 36500 d",
                "retention: {evidence: 400d, records: 399d} | retention.records (from retention.evidence) must be 400 d",
                "retention: {records: 36501d}               | retention.records",
                "retention: {evidence: forever}             | retention.evidence",
                "retention: {evidnce: 400d}                 | evidnce"
            })
    void a_proof_that_is_kept_too_short_or_for_ever_is_refused(String retention, String why) {
        assertThat(refused(MINIMAL + retention + "\n"))
                .anySatisfy(finding -> assertThat(finding.toString()).contains(why.strip()));
    }

    @Test
    void a_document_may_be_as_large_as_its_limit_and_no_larger() {
        String padded = MINIMAL + "#" + "x".repeat(BYTES_MAX - MINIMAL.length() - 1);

        assertThat(padded).hasSize(BYTES_MAX);
        accepted(padded);
        assertThat(refused(padded + "x")).hasSize(1);
    }

    @Test
    void bytes_are_counted_and_not_characters() {
        PolicyReader small = new PolicyReader(10);

        PolicyReading reading = small.read("# üüüü".getBytes(StandardCharsets.UTF_8));
        PolicyReading more = small.read("# üüüüü".getBytes(StandardCharsets.UTF_8));

        assertThat(((PolicyReading.Refused) reading).findings().getFirst().message())
                .contains("empty");
        assertThat(((PolicyReading.Refused) more).findings().getFirst().message())
                .contains("at most 10 bytes, this one has 12");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_001})
    void a_reader_needs_a_sensible_limit(int bytesMax) {
        assertThatThrownBy(() -> new PolicyReader(bytesMax)).hasMessageContaining("1 to 10,000,000 bytes");
    }

    @Test
    void an_alias_repeats_what_it_stands_for() {
        Policy policy = accepted(HEAD + """
                environments:
                  staging: {target: &process {type: process, command: [java, "{artifact}"]}}
                  production: {target: *process}
                """);

        assertThat(policy.environments().production().target())
                .isEqualTo(policy.environments().staging().target());
    }

    @Test
    void an_alias_of_what_it_stands_in_is_refused() {
        assertThat(refused("a: &a [*a]\n").getFirst().message()).contains("20 levels");
    }

    @Test
    void a_long_key_over_many_values_does_not_fill_the_memory() {
        String many = "? " + "k".repeat(100_000) + "\n: [" + "1,".repeat(15_000) + "1]\n";

        assertThat(refused(many).getFirst().message()).contains("a key has at most 200 characters");
    }

    @Test
    void many_values_are_refused() {
        assertThat(refused("a: [" + "1,".repeat(25_000) + "1]\n").getFirst().message())
                .contains("at most 20000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "\"%sx\"", "\">%sx\"", "\"1%sx\""})
    void a_pattern_is_not_kept_busy_by_a_long_value(String form) {
        String value = form.formatted(" ".repeat(200_000));

        assertThat(refused(MINIMAL + "gates: [{id: a, evidence: junit, rule: {tests.failed: " + value + "}}]\n"))
                .extracting(Finding::message)
                .containsExactly("a value has at most 4000 characters");
    }

    @Test
    void nor_by_many_aliases_of_one() {
        String spaces = "\"" + " ".repeat(3_990) + "x\"";
        StringBuilder yaml = new StringBuilder(MINIMAL).append("gates: [{id: a, evidence: junit, rule: {f0: &s ");
        yaml.append(spaces);
        for (int i = 1; i < 10_000; i++) {
            yaml.append(", f").append(i).append(": *s");
        }

        assertThat(refused(yaml.append("}}]\n").toString()))
                .extracting(Finding::message)
                .containsExactly("a policy has at most 262144 characters, aliases counted each time");
    }

    @Test
    void many_words_and_hyphens_do_not_exhaust_the_stack() {
        String id = "a-".repeat(1_900) + "a";

        assertThat(refused(MINIMAL + "gates: [{id: " + id + ", check: merge}]\n"))
                .extracting(Finding::path)
                .containsOnly("gates[0].id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!float 1e999999999",
                "!!float 1e-999999999",
                "!!float .inf",
                "!!float .nan",
                "!!int 1e999999999",
                "!!int 0x10",
                "!!int 1_000",
                "!!int 9999999999999999999999",
                "!!bool maybe",
                "!!null something"
            })
    void a_tag_that_its_value_does_not_fit_is_refused(String value) {
        Finding finding = refused(MINIMAL + "gates: [{id: a, evidence: junit, rule: {tests.failed: " + value + "}}]\n")
                .getFirst();

        assertThat(finding.message()).contains("is not of its tag");
        assertThat(finding.line()).isEqualTo(9);
        assertThat(finding.column()).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!binary aGVsbG8=",
                "!!timestamp 2026-01-05",
                "!!set {a, b}",
                "!!omap [a: 1]",
                "!!javax.script.ScriptEngineManager [a]",
                "!<tag:example.test,2026:x> y",
                "!local x"
            })
    void other_tags_are_refused(String value) {
        assertThat(refused(MINIMAL + "checks: " + value + "\n").getFirst().message())
                .contains("is not allowed");
    }

    @Test
    void two_documents_in_one_are_refused() {
        Finding finding = refused(MINIMAL + "---\n" + MINIMAL).getFirst();

        assertThat(finding.line()).isEqualTo(9);
    }

    @Test
    void a_key_that_is_no_text_is_refused() {
        assertThat(refused("? [a, b]\n: c\n").getFirst())
                .isEqualTo(new Finding(1, 3, "", "a key must be a plain text"));
    }

    @Test
    void keys_stand_once_at_every_depth_even_if_written_differently() {
        assertThat(refused(MINIMAL + "approvals: {required: 1, \"required\": 2}\n")
                        .getFirst())
                .isEqualTo(new Finding(9, 26, "", "the key required stands twice, it may stand once"));
    }

    @Test
    void a_merge_key_is_a_key_like_any_other() {
        assertThat(refused(MINIMAL + "approvals: {<<: {required: 2}}\n")
                        .getFirst()
                        .path())
                .isEqualTo("approvals.<<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "just words\n", "42\n", "~\n"})
    void a_document_that_is_no_object_is_refused(String yaml) {
        assertThat(refused(yaml).getFirst().message()).contains("object");
    }

    @Test
    void all_findings_are_told_in_the_order_of_the_document() {
        List<Finding> findings = refused(
                MINIMAL.replace("name: Ben", "nam: Ben") + "approvals: {required: 99}\nonPush: explode\nsurprise: 1\n");

        assertThat(findings).extracting(Finding::line).isSorted().contains(5, 9, 10, 11);
        assertThat(findings)
                .extracting(Finding::path)
                .contains("contacts[0].nam", "approvals.required", "onPush", "surprise");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hold: 1h                              | PT3H
            hold: 24h                             | PT72H
            hold: 10m                             | PT30M
            hold: 9m                              | PT30M
            """)
    void a_step_has_time_for_its_hold_even_if_nobody_says_how_much(String hold, Duration within) {
        Policy policy = accepted(production("steps: [{traffic: 10, " + hold + "}, {traffic: 100}]"));

        assertThat(policy.environments().production().canary().stepWithin()).isEqualTo(within);
    }

    @Test
    void the_hold_of_the_last_step_counts_as_well() {
        Policy policy = accepted(production("steps: [{traffic: 100, hold: 2h}]"));

        assertThat(policy.environments().production().canary().stepWithin()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void a_deadline_before_the_end_of_a_hold_is_refused() {
        List<Finding> findings =
                refused(production("steps: [{traffic: 10, hold: 1h}, {traffic: 100}], canary: {stepWithin: 30m}"));

        assertThat(findings.getFirst().path()).isEqualTo("environments.production");
        assertThat(findings.getFirst().message()).contains("at most canary.stepWithin", "30 min");
    }

    @Test
    void strategies_that_are_no_canary_go_at_once() {
        for (String strategy : List.of("all-at-once", "blue-green")) {
            assertThat(accepted(production("strategy: " + strategy))
                            .environments()
                            .production()
                            .steps())
                    .containsExactly(new Step(100, Duration.ZERO));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b",
                "a//b",
                "a/",
                "a.",
                "a/.b",
                "a.lock",
                "a.lock/b",
                "a/../../../../etc/passwd",
                "x/..",
                "a b"
            })
    void a_branch_that_git_would_not_take_is_refused(String name) {
        for (String branch : List.of("from: production", "from: production, to: main")) {
            String changed = branch.substring(0, branch.lastIndexOf(' ') + 1) + "\"" + name + "\"";
            List<Finding> findings = refused(MINIMAL.replace("from: production", changed));

            assertThat(findings.getFirst().path()).startsWith("source");
            assertThat(findings.getFirst().line()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v{version}..",
                "a/../{version}",
                "v{version}.lock",
                "{version}/",
                "/{version}",
                ".{version}",
                "-{version}"
            })
    void a_tag_that_git_would_not_take_is_refused_before_the_release_and_not_after_it(String tag) {
        assertThat(refused(MINIMAL + "merge: {tag: \"" + tag + "\"}\n")
                        .getFirst()
                        .path())
                .startsWith("merge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"feature/x-1.2", "release+1", "a.locked", "A_b"})
    void branches_with_a_path_are_legal(String name) {
        assertThat(accepted(MINIMAL.replace("from: production", "from: " + name))
                        .source()
                        .from())
                .containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0ms       | PT0S
            500ms     | PT0.5S
            10s       | PT10S
            30m       | PT30M
            72h       | PT72H
            7d        | PT168H
            007s      | PT7S
            """)
    void durations_are_a_number_and_a_unit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5h", "10 s", "10S", "1w", "PT10S", "9999999999s", "1h30m", "１s"})
    void other_durations_are_refused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
