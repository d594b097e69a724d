package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.testkit.git.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckTest {
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: shop
            source: {repository: "file:.", from: main, to: released}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            checks: [build]
            environments:
              staging: {target: {type: process, command: [python3, "{artifact}"]}}
              production: {target: {type: process, command: [python3, "{artifact}"]}, bake: 10m}
            owner: devops
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void what_is_wrong_stands_at_its_line_and_column_with_the_nearest_legal_name() {
        Path file = folder.resolve("slipway.yaml");
        String wrong = POLICY.replace("to: released", "too: released").replace("bake: 10m", "bake: long");

        assertThatThrownBy(() -> PolicyCheck.of(file, wrong))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(file + ":4:44: source.too is not a known key; did you mean to?")
                .hasMessageContaining(file + ":9:81: environments.production.bake must be a duration");
    }

    @Test
    void a_good_one_has_the_hash_that_it_will_have_once_it_is_applied() throws Exception {
        PolicyCheck relative = PolicyCheck.of(folder.resolve("slipway.yaml"), POLICY);
        PolicyCheck absolute = PolicyCheck.of(
                Path.of("slipway.yaml"),
                POLICY.replace("file:.", "file:" + folder.toUri().getRawPath()));

        assertThat(relative.hash()).hasSize(64).isEqualTo(absolute.hash());
    }

    @Test
    void a_hold_that_is_too_short_for_what_shall_be_detected_is_hinted_at_with_the_rate_that_it_takes() {
        String detecting = POLICY.replace(
                "bake: 10m",
                "bake: 10m, steps: [{traffic: 10, hold: 10s}, {traffic: 50, hold: 5m}, {traffic: 100}],"
                        + " canary: {detect: {errors: 2%}}");

        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), detecting).hints())
                .filteredOn(hint -> hint.contains("of errors"))
                .singleElement()
                .asString()
                .matches(
                        "10 %, hold 10s: 2 % of errors beside 0.5 % are found within 2m \\d+s in nine of ten cases at 100"
                                + " answers a second, this hold is long enough from 1,\\d{3}/s on");
        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), detecting.replace("2%", "60%"))
                        .hints())
                .noneMatch(hint -> hint.contains("of errors"));
    }

    @Test
    void coverage_in_a_format_without_an_end_is_hinted_to_ask_for_the_exit_status() {
        Path file = folder.resolve("slipway.yaml");
        String gates = POLICY + "gates: [{id: coverage, evidence: %s, rule: {%s%s: \">= 80%%\"}}]%n";
        String hint =
                "gate coverage goes by a report whose format has no end: one that was cut off is read as whole, and its"
                        + " share may rise; add run.exit: 0";

        assertThat(PolicyCheck.of(file, gates.formatted("lcov", "", "coverage.lines"))
                        .hints())
                .contains(hint);
        assertThat(PolicyCheck.of(file, gates.formatted("go-cover", "", "coverage.statements"))
                        .hints())
                .contains(hint);
        assertThat(PolicyCheck.of(file, gates.formatted("lcov", "run.exit: 0, ", "coverage.lines"))
                        .hints())
                .doesNotContain(hint);
        assertThat(PolicyCheck.of(file, gates.formatted("jacoco", "", "coverage.lines"))
                        .hints())
                .doesNotContain(hint);
    }

    @Test
    void a_gate_that_is_content_where_no_test_was_run_is_hinted_at() {
        Path file = folder.resolve("slipway.yaml");
        String gates = POLICY + "gates: [{id: unit, evidence: junit, rule: {run.exit: 0, tests.failed: 0%s}}]%n";

        assertThat(PolicyCheck.of(file, gates.formatted("")).hints())
                .contains("gate unit lets a run pass in which no test was run: add tests.passed: \">= 1\"");
        for (String asked : new String[] {", tests.passed: \">= 1\"", ", tests.total: \">= 1\""}) {
            assertThat(PolicyCheck.of(file, gates.formatted(asked)).hints())
                    .noneMatch(hint -> hint.contains("no test was run"));
        }
    }

    @Test
    void a_gate_that_does_not_ask_for_the_tools_own_trouble_is_hinted_at_and_a_misspelt_fact_is_refused() {
        Path file = folder.resolve("slipway.yaml");
        String gates = POLICY + "gates: [{id: scan, evidence: sarif, rule: {findings.error: 0%s}}]%n";

        assertThat(PolicyCheck.of(file, gates.formatted("")).hints())
                .anyMatch(hint -> hint.startsWith("gate scan does not ask whether the tool itself had trouble"));
        assertThat(PolicyCheck.of(file, gates.formatted(", tool.errors: 0")).hints())
                .noneMatch(hint -> hint.contains("tool itself"));
        assertThatThrownBy(() -> PolicyCheck.of(file, gates.formatted(", tool.erors: 0")))
                .hasMessageContaining("gates[0].rule.tool.erors is no fact that a report of the kind sarif may say")
                .hasMessageContaining("did you mean tool.errors?");
    }

    @Test
    void what_a_release_would_only_find_out_on_its_way_is_hinted_at() throws Exception {
        Path file = folder.resolve("slipway.yaml");
        assertThat(PolicyCheck.of(file, POLICY).hints())
                .singleElement()
                .asString()
                .contains("git init");

        TestRepository git = TestRepository.in(folder);
        assertThat(PolicyCheck.of(file, POLICY).hints())
                .singleElement()
                .asString()
                .contains("branch main has no commit");
        git.commitAll("feat: begin");
        assertThat(PolicyCheck.of(file, POLICY).hints())
                .singleElement()
                .asString()
                .endsWith("git branch released");
        git.branch("released", "main");
        assertThat(PolicyCheck.of(file, POLICY).hints()).isEmpty();
    }

    @Test
    void a_policy_in_which_nobody_owns_releases_is_hinted_at() {
        Path file = folder.resolve("slipway.yaml");

        assertThat(PolicyCheck.of(file, POLICY.replace("owner: devops\n", "")).hints())
                .anyMatch(hint -> hint.startsWith("nobody answers for a release") && hint.endsWith("owner: devops"));
        assertThat(PolicyCheck.of(file, POLICY).hints()).noneMatch(hint -> hint.contains("owner"));
    }

    @Test
    void a_repository_may_be_on_another_machine_and_its_address_is_one() {
        Path file = folder.resolve("slipway.yaml");

        assertThat(PolicyCheck.of(file, POLICY.replace("file:.", "https://git.example.test/shop.git"))
                        .hints())
                .isEmpty();
        assertThatThrownBy(() -> PolicyCheck.of(file, POLICY.replace("file:.", "https://a:secret@example.test/x.git")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("slipway.git.credentials")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_gate_that_goes_by_a_report_alone_is_hinted_at() {
        String gates = POLICY + "gates: [{id: unit, evidence: junit, suite: unit, rule: {tests.failed: 0%s}}]%n";

        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), gates.formatted(""))
                        .hints())
                .anySatisfy(hint -> assertThat(hint).contains("gate unit goes by a report alone", "add run.exit: 0"));
        assertThat(PolicyCheck.of(folder.resolve("slipway.yaml"), gates.formatted(", run.exit: 0"))
                        .hints())
                .noneSatisfy(hint -> assertThat(hint).contains("report alone"));
    }

    @Test
    void a_person_sees_all_that_was_left_to_defaults() {
        assertThat(PolicyText.show(
                        PolicyCheck.of(folder.resolve("slipway.yaml"), POLICY).policy()))
                .contains(
                        "contact    devops Ben: ben@example.test",
                        "approvals  1 within 72h",
                        "strategy   canary: 10 % for 5m, 25 % for 5m, 50 % for 5m, 100 %",
                        "bake       10m, 5 % held back on the version before until then",
                        "merge      nothing");
    }

    @Test
    void a_weekly_freeze_is_shown_by_its_days_and_one_that_is_over_is_noted() {
        String frozen = POLICY + """
                freeze:
                  - {every: [sat, sun], from: "18:00", to: "08:00", zone: Europe/Berlin, reason: "rest"}
                  - {from: "2020-12-23T00:00:00Z", to: "2021-01-02T00:00:00Z", reason: "holidays"}
                """;

        PolicyCheck check = PolicyCheck.of(folder.resolve("slipway.yaml"), frozen);

        assertThat(PolicyText.show(check.policy()))
                .contains("freeze     every Sat, Sun from 18:00 to 08:00 on the next day (Europe/Berlin): rest");
        assertThat(check.hints()).anyMatch(hint -> hint.contains("\"holidays\" is over since 2021-01-02"));
    }

    @Test
    void a_freeze_is_shown_with_its_reason() {
        String frozen = POLICY + """
                freeze: [{from: "2026-12-23T00:00:00Z", to: "2027-01-02T00:00:00Z", reason: "holidays"}]
                """;

        assertThat(PolicyText.show(
                        PolicyCheck.of(folder.resolve("slipway.yaml"), frozen).policy()))
                .contains("freeze     2026-12-23T00:00:00Z to 2027-01-02T00:00:00Z: holidays");
    }
}
