package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeByTheBuildTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void what_the_build_files_name_is_found_and_nothing_else() throws Exception {
        assertThat(MadeByTheBuild.kinds(folder)).isEmpty();

        Files.writeString(
                folder.resolve("pom.xml"), "<artifactId>jacoco-maven-plugin</artifactId> cyclonedx-maven-plugin");
        Files.createDirectories(folder.resolve(".github/workflows"));
        Files.writeString(folder.resolve(".github/workflows/ci.yml"), "run: semgrep --sarif");

        assertThat(MadeByTheBuild.kinds(folder)).containsExactly("sarif", "jacoco", "cyclonedx");
    }

    @Test
    void the_gates_that_are_written_are_legal_and_ask_that_the_tool_had_no_trouble_where_its_reports_tell() {
        PolicyDraft draft = new PolicyDraft(
                        "shop",
                        "file:.",
                        "main",
                        "released",
                        List.of(new PolicyDraft.Contact("devops", "Ben", "ben@example.test", null)),
                        1,
                        List.of(),
                        "unit",
                        List.of("java", "-jar", "{artifact}"),
                        "PORT",
                        "/health",
                        List.of(),
                        "probe",
                        "10s",
                        "30s",
                        List.of())
                .asking(List.of("sarif", "jacoco", "cyclonedx", "jmh"));

        List<Gate> gates = PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml())
                .policy()
                .gates();

        assertThat(gates)
                .extracting(Gate::id)
                .containsExactly(
                        "unit-tests",
                        "static-analysis",
                        "coverage",
                        "parts-list",
                        "benchmarks",
                        "merge",
                        "smoke",
                        "way-back");
        assertThat(gates.get(1).ruleText()).isEqualTo("findings.error == 0, tool.errors == 0, tool.warnings == 0");
        assertThat(Optional.ofNullable(gates.get(2).suite())).isEmpty();
        assertThat(gates.get(2).ruleText())
                .as("what was left out of a broken run raises its coverage")
                .isEqualTo("run.exit == 0, coverage.lines >= 1%");
        assertThat(gates.get(3).ruleText())
                .as("whoever writes a parts list may end with an error because of what it found")
                .isEqualTo("components.total >= 1");
        assertThat(gates.get(4).ruleText())
                .isEqualTo("run.exit == 0, benchmark.count >= 1, baseline.worse == 0, baseline.missing == 0");
        assertThat(gates.get(4).baseline()).isEqualTo(WithoutBaseline.RECORD);
    }
}
