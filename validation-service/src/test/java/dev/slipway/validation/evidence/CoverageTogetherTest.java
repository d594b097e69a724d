package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several coverage reports of one push, and how a run ended beside them. */
final class CoverageTogetherTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final String JACOCO = "<report name=\"%s\"><package name=\"p\"><sourcefile name=\"%s\">"
            + "<line nr=\"1\" mi=\"0\" ci=\"1\"/><line nr=\"2\" mi=\"%d\" ci=\"%d\"/><line nr=\"3\" mi=\"1\" ci=\"0\"/>"
            + "</sourcefile></package><counter type=\"INSTRUCTION\" missed=\"%d\" covered=\"%d\"/>"
            + "<counter type=\"LINE\" missed=\"%d\" covered=\"%d\"/></report>";

    @Test
    void modules_with_files_of_their_own_are_told_together_by_their_counts() throws Exception {
        Intake.Result result = read(
                "jacoco",
                JACOCO.formatted("a", "A.java", 0, 1, 1, 2, 1, 2),
                JACOCO.formatted("b", "B.java", 1, 0, 2, 1, 2, 1));

        assertThat(result.facts().toString())
                .isEqualTo("coverage.lines 50%, coverage.lines.covered 3, coverage.lines.valid 6,"
                        + " coverage.instructions 50%, coverage.instructions.covered 3,"
                        + " coverage.instructions.valid 6");
    }

    /** Unit tests ran lines 1 and 2, integration tests 1 alone: of the instructions nobody knows which. */
    @Test
    void what_two_reports_tell_of_one_file_counts_once_by_line_and_what_has_no_lines_gives_no_percentage()
            throws Exception {
        Intake.Result result = read(
                "jacoco",
                JACOCO.formatted("a", "A.java", 0, 1, 1, 2, 1, 2),
                JACOCO.formatted("b", "A.java", 1, 0, 2, 1, 2, 1));

        assertThat(result.facts().named("coverage.lines").orElseThrow()).hasToString("coverage.lines 66.6666%");
        assertThat(result.facts().named("coverage.lines.valid")).contains(Fact.count("coverage.lines.valid", 3));
        assertThat(result.facts().named("coverage.instructions")).isEmpty();
        assertThat(result.facts().named("coverage.instructions.twice"))
                .contains(Fact.count("coverage.instructions.twice", 1));
    }

    @Test
    void of_lcov_every_line_branch_and_function_is_known_together() throws Exception {
        String report = "SF:a.c\nFN:1,f\nFNDA:%d,f\nDA:1,%d\nDA:2,%d\nBRDA:1,0,0,%d\nBRDA:1,0,1,%d\nend_of_record\n%s";
        String own = "SF:%s.c\nDA:1,0\nDA:2,0\nend_of_record\n";

        Intake.Result result = read(
                "lcov",
                report.formatted(1, 1, 0, 1, 0, own.formatted("b")),
                report.formatted(0, 0, 1, 0, 1, own.formatted("c")));

        assertThat(result.facts().toString())
                .isEqualTo("coverage.lines 33.3333%, coverage.lines.covered 2, coverage.lines.valid 6,"
                        + " coverage.branches 100%, coverage.branches.covered 2, coverage.branches.valid 2,"
                        + " coverage.methods 100%, coverage.methods.covered 1, coverage.methods.valid 1");
    }

    @Test
    void go_and_coverage_py_are_known_together_too() throws Exception {
        assertThat(read(
                                "go-cover",
                                "mode: set\na.go:1.1,2.2 1 1\na.go:3.1,4.2 3 0\n",
                                "mode: set\na.go:1.1,2.2 1 0\na.go:3.1,4.2 3 1\n")
                        .facts()
                        .toString())
                .isEqualTo("coverage.statements 100%, coverage.statements.covered 4, coverage.statements.valid 4");

        String json = "{\"meta\":{},\"files\":{\"a.py\":{\"executed_lines\":[%d],\"missing_lines\":[%d,3]}},"
                + "\"totals\":{\"covered_lines\":1,\"num_statements\":3}}";
        assertThat(read("coverage-py", json.formatted(1, 2), json.formatted(2, 1))
                        .facts()
                        .toString())
                .isEqualTo("coverage.lines 66.6666%, coverage.lines.covered 2, coverage.lines.valid 3");
    }

    /** A file that is well covered and told twice would lift the others. */
    @Test
    void a_file_that_is_told_twice_weighs_no_more_than_once() throws Exception {
        String well = "SF:well.c\nDA:1,1\nDA:2,1\nend_of_record\n";
        String badly = "SF:badly.c\nDA:1,0\nDA:2,0\nend_of_record\n";

        assertThat(read("lcov", well + badly, well + "#\n", well + "#\n#\n")
                        .facts()
                        .named("coverage.lines")
                        .orElseThrow())
                .hasToString("coverage.lines 50%");
    }

    /** The server sums what each file adds, those that it has counted already left out. */
    @Test
    void what_each_file_adds_sums_up_to_the_same() throws Exception {
        Intake.Result result = read(
                "lcov",
                "SF:a.c\nDA:1,1\nDA:2,0\nend_of_record\n",
                "SF:a.c\nDA:1,0\nDA:2,1\nend_of_record\nSF:b.c\nDA:1,0\nend_of_record\n");

        List<Facts> counts = result.read().stream().map(Intake.Read::counts).toList();
        assertThat(counts.getLast().toString()).isEqualTo("coverage.lines.covered 1, coverage.lines.valid 1");
        assertThat(Facts.together(counts)).isEqualTo(result.facts());
        assertThat(result.facts().named("coverage.lines").orElseThrow()).hasToString("coverage.lines 66.6666%");
    }

    /** Nobody knows whether they tell of the same files. */
    @Test
    void of_two_pushes_no_percentage_is_known() throws Exception {
        Facts one = read("lcov", "SF:a.c\nDA:1,1\nend_of_record\n").facts();
        Facts two = read("lcov", "SF:b.c\nDA:1,0\nend_of_record\n").facts();

        assertThat(one.plus(two).toString()).isEqualTo("coverage.lines.covered 1, coverage.lines.valid 2");
    }

    @Test
    void how_a_run_ended_takes_no_percentage_away() throws Exception {
        Facts facts = read("lcov", "SF:a.c\nDA:1,1\nend_of_record\n").facts();

        assertThat(facts.plus(RunRecord.facts(0)).toString())
                .isEqualTo("coverage.lines 100%, coverage.lines.covered 1, coverage.lines.valid 1, run.exit 0");
        assertThat(RunRecord.facts(1).plus(facts).named("coverage.lines")).isPresent();
        assertThat(RunRecord.facts(1).plus(RunRecord.facts(0)).named("run.exit"))
                .contains(new Fact("run.exit", BigDecimal.ONE, Fact.Unit.STATUS));
    }

    private static Intake.Result read(String kind, String... reports) throws UnreadableEvidence {
        return new Intake(READERS.of(kind).orElseThrow())
                .read(
                        visitor -> {
                            for (int i = 0; i < reports.length; i++) {
                                visitor.visit("r" + i, true, reports[i].getBytes(StandardCharsets.UTF_8));
                            }
                        },
                        Instant.EPOCH);
    }
}
