package dev.slipway.validation.evidence.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coverage reports in the dialects of the tools that write them. */
final class CoverageReadersTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));

    @Test
    void of_jacoco_the_counters_of_the_report_itself_count_and_its_doctype_is_passed_over() throws Exception {
        Reading reading = read("jacoco", CoverageSamples.JACOCO);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 75%, coverage.lines.covered 3, coverage.lines.valid 4,"
                        + " coverage.instructions 63.6363%, coverage.instructions.covered 7,"
                        + " coverage.instructions.valid 11, coverage.methods 50%, coverage.methods.covered 1,"
                        + " coverage.methods.valid 2");
        assertThat(reading.notes()).isEmpty();
        assertThat(reading.dialect()).isEqualTo("JaCoCo");
    }

    @Test
    void an_aggregate_of_jacoco_counts_once_though_its_groups_count_too() throws Exception {
        String group = "<group name=\"%s\"><package name=\"p\"><sourcefile name=\"A.java\">"
                + "<line nr=\"1\" mi=\"0\" ci=\"2\"/><line nr=\"2\" mi=\"1\" ci=\"0\"/>"
                + "<counter type=\"LINE\" missed=\"1\" covered=\"1\"/></sourcefile>"
                + "<counter type=\"LINE\" missed=\"1\" covered=\"1\"/></package>"
                + "<counter type=\"LINE\" missed=\"1\" covered=\"1\"/></group>";
        String report = "<report name=\"all\">" + group.formatted("one") + group.formatted("two")
                + "<counter type=\"LINE\" missed=\"2\" covered=\"2\"/>"
                + "<counter type=\"BRANCH\" missed=\"3\" covered=\"1\"/></report>";

        Reading reading = read("jacoco", report);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 50%, coverage.lines.covered 2, coverage.lines.valid 4,"
                        + " coverage.branches 25%, coverage.branches.covered 1, coverage.branches.valid 4");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void a_report_of_jacoco_that_has_lines_and_no_sum_was_not_written_to_its_end() {
        String report = "<report name=\"r\"><package name=\"p\"><sourcefile name=\"A.java\">"
                + "<line nr=\"1\" mi=\"0\" ci=\"2\"/></sourcefile></package></report>";

        assertThatThrownBy(() -> read("jacoco", report))
                .hasMessage("It has lines and no counter of them for the whole report: it was not written to its end");
    }

    @Test
    void what_might_count_and_is_not_known_is_refused_with_its_place() {
        assertThatThrownBy(() -> read("jacoco", CoverageSamples.JACOCO.replace("</report>", "<meter/></report>")))
                .hasMessageStartingWith("The element \"meter\" is not known, and might count, at line 1, column ");
        assertThatThrownBy(() -> read(
                        "cobertura",
                        CoverageSamples.COVERAGE_PY_XML.replace("<line number=\"4\"", "<lime number=\"4\"")))
                .hasMessageStartingWith(
                        "The element \"lime\" in a class is not known, and might count, at line 4, column ");
    }

    @Test
    void a_report_of_jacoco_of_nothing_says_no_percentage() throws Exception {
        Reading reading =
                read("jacoco", "<report name=\"empty\"><sessioninfo id=\"a\" start=\"1\" dump=\"2\"/></report>");

        assertThat(reading.facts().list()).isEmpty();
        assertThat(reading.notes())
                .containsExactly("there is nothing in it that could be covered, so it says no percentage");
    }

    @Test
    void counters_and_lines_that_contradict_each_other_give_the_smaller_share() throws Exception {
        Reading reading = read(
                "jacoco",
                CoverageSamples.JACOCO.replace(
                        "<counter type=\"LINE\" missed=\"1\" covered=\"3\"/></report>",
                        "<counter type=\"LINE\" missed=\"0\" covered=\"4\"/></report>"));

        assertThat(reading.facts().toString()).startsWith("coverage.lines 75%, ");
        assertThat(reading.notes())
                .containsExactly("it claims 4 of 4 lines covered and shows 3 of 4: the smaller share counts");
    }

    /** Four tools, four rates for nothing at all, and each ends with 0. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<coverage line-rate=\"1\" branch-rate=\"0\" lines-covered=\"0\" lines-valid=\"0\""
                        + " branches-covered=\"0\" branches-valid=\"0\" version=\"6.5\"><packages/></coverage>",
                "<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>"
                        + "<coverage line-rate=\"0.0\" branch-rate=\"0.0\" lines-covered=\"0\" lines-valid=\"0\""
                        + " branches-covered=\"0\" branches-valid=\"0\" version=\"gcovr 5.2\"><packages/></coverage>",
                "<coverage line-rate=\"NaN\" branch-rate=\"NaN\" lines-covered=\"0\" lines-valid=\"0\""
                        + " branches-covered=\"0\" branches-valid=\"0\" version=\"0.1\"><packages/></coverage>",
                "<coverage line-rate=\"1.0\" branch-rate=\"1.0\" version=\"1.9\"><packages/></coverage>"
            })
    void a_rate_of_nothing_is_no_fact_of_cobertura(String report) throws Exception {
        assertThat(read("cobertura", report).facts().list()).isEmpty();
    }

    @Test
    void of_cobertura_the_counts_count_and_branches_that_were_not_measured_are_none() throws Exception {
        Reading reading = read("cobertura", CoverageSamples.COVERAGE_PY_XML);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 66.6666%, coverage.lines.covered 2, coverage.lines.valid 3");
        assertThat(reading.notes()).isEmpty();
        assertThat(reading.dialect()).isEqualTo("coverage.py");
    }

    /**
     * One run of one program under both. nyc writes a DOCTYPE and its own counts of statements beside those of lines, of which
     * there are fewer, as two statements may share one; c8 counts a branch more for each function that it saw.
     */
    @Test
    void nyc_and_c8_of_one_run_agree_in_lines_and_count_branches_each_in_its_way() throws Exception {
        String report = "<?xml version=\"1.0\" ?>\n"
                + "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">\n"
                + "<coverage lines-valid=\"4\" lines-covered=\"3\" line-rate=\"0.75\" branches-valid=\"%d\" branches-covered=\"%d\""
                + " branch-rate=\"%s\" timestamp=\"1764288000000\" complexity=\"0\" version=\"0.1\">\n"
                + "  <sources><source>/w</source></sources>\n  <packages>\n    <package name=\"main\" line-rate=\"0.75\" branch-rate=\"%s\">\n"
                + "      <classes><class name=\"a.js\" filename=\"a.js\" line-rate=\"0.75\" branch-rate=\"%s\">\n"
                + "        <methods>%s</methods>\n        <lines>"
                + "<line number=\"1\" hits=\"1\" branch=\"false\"/>"
                + "<line number=\"2\" hits=\"2\" branch=\"true\" condition-coverage=\"%s\"/>"
                + "<line number=\"3\" hits=\"1\" branch=\"false\"/>"
                + "<line number=\"4\" hits=\"0\" branch=\"true\" condition-coverage=\"%s\"/>"
                + "</lines></class></classes>\n    </package>\n  </packages>\n</coverage>\n";
        String method =
                "<method name=\"f\" hits=\"1\" signature=\"()V\"><lines><line number=\"1\" hits=\"1\"/></lines></method>";
        Reading nyc =
                read("cobertura", report.formatted(4, 3, "0.75", "0.75", "0.75", method, "100% (2/2)", "50% (1/2)"));
        Reading c8 = read("cobertura", report.formatted(5, 4, "0.8", "0.8", "0.8", "", "100% (3/3)", "50% (1/2)"));

        assertThat(nyc.facts().toString())
                .isEqualTo("coverage.lines 75%, coverage.lines.covered 3, coverage.lines.valid 4,"
                        + " coverage.branches 75%, coverage.branches.covered 3, coverage.branches.valid 4");
        assertThat(c8.facts().toString())
                .isEqualTo("coverage.lines 75%, coverage.lines.covered 3, coverage.lines.valid 4,"
                        + " coverage.branches 80%, coverage.branches.covered 4, coverage.branches.valid 5");
        assertThat(nyc.notes()).isEmpty();
        assertThat(c8.notes()).isEmpty();
    }

    /** Its lcov says lines alone: of 6 statements on 4 lines nothing stands there. */
    @Test
    void statements_of_nyc_that_share_a_line_are_one_line() throws Exception {
        Reading reading = read("lcov", """
                TN:
                SF:a.js
                FN:1,f
                FNF:1
                FNH:1
                FNDA:1,f
                DA:1,1
                DA:2,2
                DA:3,1
                DA:4,0
                LF:4
                LH:3
                BRDA:2,0,0,1
                BRDA:2,0,1,1
                BRDA:4,1,0,1
                BRDA:4,1,1,0
                BRF:4
                BRH:3
                end_of_record
                """);

        assertThat(reading.facts().toString())
                .startsWith("coverage.lines 75%, coverage.lines.covered 3, coverage.lines.valid 4")
                .contains("coverage.branches 75%")
                .doesNotContain("coverage.statements");
    }

    @Test
    void an_old_cobertura_without_counts_is_counted_by_its_lines_and_not_by_those_of_methods() throws Exception {
        String report =
                "<coverage line-rate=\"0.99\" branch-rate=\"0.99\" version=\"1.9\"><packages><package name=\"p\">"
                        + "<classes><class name=\"A\" filename=\"A.java\"><methods><method name=\"m\"><lines>"
                        + "<line number=\"1\" hits=\"1\"/></lines></method></methods><lines>"
                        + "<line number=\"1\" hits=\"1\" branch=\"true\" condition-coverage=\"50% (1/2)\"/>"
                        + "<line number=\"2\" hits=\"0\"/></lines></class>"
                        + "<class name=\"A$1\" filename=\"A.java\"><lines><line number=\"2\" hits=\"0\"/></lines></class>"
                        + "</classes></package></packages></coverage>";

        assertThat(read("cobertura", report).facts().toString())
                .isEqualTo("coverage.lines 50%, coverage.lines.covered 1, coverage.lines.valid 2,"
                        + " coverage.branches 50%, coverage.branches.covered 1, coverage.branches.valid 2");
    }

    @Test
    void counts_of_cobertura_that_its_lines_contradict_do_not_better_it() throws Exception {
        Reading reading = read(
                "cobertura", CoverageSamples.COVERAGE_PY_XML.replace("lines-covered=\"2\"", "lines-covered=\"3\""));

        assertThat(reading.facts().toString()).startsWith("coverage.lines 66.6666%, ");
        assertThat(reading.notes())
                .containsExactly("it claims 3 of 3 lines covered and shows 2 of 3: the smaller share counts");
    }

    @Test
    void of_lcov_lines_are_counted_where_the_sums_are_absent() throws Exception {
        Reading reading = read("lcov", CoverageSamples.LCOV);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 50%, coverage.lines.covered 2, coverage.lines.valid 4,"
                        + " coverage.branches 50%, coverage.branches.covered 1, coverage.branches.valid 2,"
                        + " coverage.methods 50%, coverage.methods.covered 1, coverage.methods.valid 2");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void several_records_of_one_file_are_one_file_line_by_line() throws Exception {
        String report = """
                TN:a
                SF:x.c
                DA:1,1
                DA:2,0
                DA:3,0
                LF:3
                LH:1
                end_of_record
                TN:b
                SF:x.c
                DA:1,0
                DA:2,7
                DA:3,0
                LF:3
                LH:1
                end_of_record
                """;

        Reading reading = read("lcov", report);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 66.6666%, coverage.lines.covered 2, coverage.lines.valid 3");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void lcov_2_names_functions_by_number_and_one_with_two_names_is_one() throws Exception {
        String report = """
                TN:
                SF:x.c
                VER:1
                FNL:0,1,4
                FNA:0,0,a
                FNA:0,3,b
                FNL:1,6,9
                FNA:1,0,c
                FNF:2
                FNH:1
                BRDA:2,e0,x > f(0, 1),-
                BRDA:2,e0,else,4
                BRF:2
                BRH:1
                MCDC:4,1,t,1,0,cond
                MCF:2
                MCH:1
                DA:1,3,abc
                DA:6,0
                LF:2
                LH:1
                end_of_record
                """;

        Reading reading = read("lcov", report);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 50%, coverage.lines.covered 1, coverage.lines.valid 2,"
                        + " coverage.branches 50%, coverage.branches.covered 1, coverage.branches.valid 2,"
                        + " coverage.methods 50%, coverage.methods.covered 1, coverage.methods.valid 2");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void functions_of_lcov_are_known_by_their_names_whatever_stands_in_them() throws Exception {
        String report = """
                SF:x.cpp
                FN:20,add(int, int)
                FN:30,35,sub(int, int)
                FNDA:2,add(int, int)
                FNDA:0,sub(int, int)
                FNF:2
                FNH:1
                end_of_record
                """;

        Reading reading = read("lcov", report);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.methods 50%, coverage.methods.covered 1, coverage.methods.valid 2");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void sums_of_lcov_that_its_lines_contradict_do_not_better_it() throws Exception {
        Reading reading = read("lcov", "SF:x.c\nDA:1,1\nDA:2,0\nLF:2\nLH:2\nend_of_record\n");

        assertThat(reading.facts().toString()).startsWith("coverage.lines 50%, ");
        assertThat(reading.notes())
                .containsExactly("it claims 2 of 2 lines covered and shows 1 of 2: the smaller share counts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TN:\nSF:x.c\nDA:1,1\n|The record of \"x.c\" has no end_of_record: it was cut off, at line 3, column 1",
                "SF:x.c\nDA:1,1\nSF:y.c\n|\"SF:y.c\" is no line of a record of LCOV, at line 3, column 1",
                "SF:x.c\nDB:1,1\n|\"DB:1,1\" is no line of a record of LCOV, at line 2, column 1",
                "SF:x.c\nDA:1\n|\"DA:1\" is no line of a record of LCOV, at line 2, column 1",
                "SF:x.c\nDA:x,1\n|A number from 0 should stand here, at line 2, column 4",
                "SF:x.c\nDA:1,x\n|A count of hits should stand here, at line 2, column 6",
                "SF:x.c\nBRDA:1,0,1\n|\"BRDA:1,0,1\" is no line of a record of LCOV, at line 2, column 1",
                "SF:x.c\nLF:1\nLH:2\nend_of_record\n|The record of \"x.c\" claims 2 of 1 lines, at line 4, column 1",
                "SF:x.c\nFNA:0,1,a\n|FNA is of a function that an FNL before it names, at line 2, column 1",
                "TN:\n|It names no source file",
                "DA:1,1\n|\"DA:1,1\" is no line of an LCOV tracefile outside of a record, at line 1, column 1"
            })
    void what_lcov_cannot_mean_is_refused_at_its_line(String given) {
        String[] parts = given.split("\\|");

        assertThatThrownBy(() -> read("lcov", parts[0]))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessage(parts[1]);
    }

    @Test
    void hits_that_overflowed_prove_nothing() throws Exception {
        assertThat(read("lcov", "SF:x.c\nDA:1,-3\nDA:2,18446744073709551615\nend_of_record\n")
                        .facts()
                        .toString())
                .startsWith("coverage.lines 50%, ");
    }

    @Test
    void go_tells_statements_alone_and_a_block_that_stands_twice_is_one() throws Exception {
        Reading reading = read("go-cover", CoverageSamples.GO);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.statements 40%, coverage.statements.covered 2, coverage.statements.valid 5");
        assertThat(reading.dialect()).isEqualTo("Go");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: some\n|A Go profile begins with mode: set, mode: count or mode: atomic, at line 1, column 1",
                "mode: set\nm/a.go:1.1,2.2 1 1|The last line has no end: it was cut off, at line 2, column 19",
                "mode: set\nm/a.go:1.1,2.2 1\n|\"m/a.go:1.1,2.2 1\" is no block of a Go profile, at line 2, column 1",
                "mode: set\nm/a.go:1.1;2.2 1 1\n|A place as in 3.13,5.2 should stand here, at line 2, column 8",
                "mode: set\nm/a.go:1.1,2.2 x 1\n|A number from 0 should stand here, at line 2, column 16",
                "mode: set\nm/a.go:1.1,2.2 70000 1\n|No block has 70000 statements, at line 2, column 16",
                "mode: set\nm/a.go:1.1,2.2 1 1\nmode: count\n|Two profiles of different modes stand in it: mode: set and"
                        + " \"mode: count\", at line 3, column 1",
                "mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go:1.1,2.2 2 1\n|It has profiles of different versions of \"m/a.go\": one"
                        + " block has two numbers of statements"
            })
    void what_go_cannot_mean_is_refused_at_its_line(String given) {
        String[] parts = given.split("\\|");

        assertThatThrownBy(() -> read("go-cover", parts[0]))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessage(parts[1]);
    }

    @Test
    void of_coverage_py_the_totals_count_and_never_its_mixed_percentage() throws Exception {
        Reading reading = read("coverage-py", CoverageSamples.COVERAGE_PY);

        assertThat(reading.facts().toString())
                .isEqualTo("coverage.lines 75%, coverage.lines.covered 3, coverage.lines.valid 4,"
                        + " coverage.branches 50%, coverage.branches.covered 1, coverage.branches.valid 2");
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void branches_that_coverage_py_did_not_measure_are_no_fact() throws Exception {
        String report = "{\"meta\":{},\"files\":{\"a.py\":{\"executed_lines\":[1],\"missing_lines\":[]}},"
                + "\"totals\":{\"covered_lines\":1,\"num_statements\":1,\"percent_covered\":100.0}}";

        assertThat(read("coverage-py", report).facts().toString())
                .isEqualTo("coverage.lines 100%, coverage.lines.covered 1, coverage.lines.valid 1");
        assertThatThrownBy(() -> read("coverage-py", report.replace("totals", "sums")))
                .hasMessage("It has no files or no totals, so it is no report of coverage.py");
    }

    @Test
    void each_reader_knows_its_own_and_no_other() {
        for (String kind : CoverageSamples.ALL.keySet()) {
            byte[] report = bytes(CoverageSamples.ALL.get(kind));
            assertThat(READERS.recognise(report).map(EvidenceReader::kind))
                    .as(kind)
                    .contains(kind);
            for (EvidenceReader reader : READERS.list()) {
                assertThat(reader.recognises(report))
                        .as(reader.kind() + " of " + kind)
                        .isEqualTo(reader.kind().equals(kind));
            }
            assertThat(reader(kind).somethingElse(report)).as(kind).isNull();
            assertThat(reader(kind).isWhole(report)).as(kind).isTrue();
            assertThat(reader(kind)
                            .isWhole(bytes(CoverageSamples.ALL
                                    .get(kind)
                                    .substring(0, CoverageSamples.ALL.get(kind).length() - 2))))
                    .as(kind)
                    .isFalse();
        }
    }

    @Test
    void what_is_meant_to_be_something_else_is_told_by_name() {
        assertThat(reader("cobertura").somethingElse(bytes("<coverage generated=\"1\"><project/></coverage>")))
                .isEqualTo("Clover's own format; ask for Cobertura's");
        assertThat(reader("jacoco").somethingElse(bytes(CoverageSamples.COVERAGE_PY_XML)))
                .isEqualTo("a coverage report, as Cobertura writes it: kind cobertura"
                        + " (its root is \"coverage\", not JaCoCo's report)");
        assertThat(reader("lcov").somethingElse(bytes("{}"))).isEqualTo("JSON, not an LCOV tracefile");
        assertThat(reader("go-cover").somethingElse(bytes("<a/>"))).isEqualTo("XML, not a Go profile");
        assertThat(reader("coverage-py").somethingElse(bytes("{\"runs\":[]}")))
                .isEqualTo("JSON of another kind, not coverage.py's");
        assertThatThrownBy(() -> read("jacoco", "<report><stats/></report>".replace("report", "html")))
                .hasMessage("It is no JaCoCo report: its root is \"html\", not report, at line 1, column 1");
    }

    @Test
    void each_fact_that_a_reader_says_stands_in_its_list() throws Exception {
        for (String kind : CoverageSamples.ALL.keySet()) {
            List<String> known =
                    reader(kind).facts().stream().map(KnownFact::name).toList();
            assertThat(read(kind, CoverageSamples.ALL.get(kind)).facts().list())
                    .as(kind)
                    .extracting(Fact::name)
                    .isSubsetOf(known);
        }
    }

    private static EvidenceReader reader(String kind) {
        return READERS.of(kind).orElseThrow();
    }

    private static Reading read(String kind, String report) throws UnreadableEvidence {
        return reader(kind).read(bytes(report), "r");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
