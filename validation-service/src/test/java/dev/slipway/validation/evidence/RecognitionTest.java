package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Recognition.Sorted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecognitionTest {
    private static final String JUNIT = "<testsuite name='s'><testcase name='a'/></testsuite>";
    private static final EvidenceReader LINES = new Marked("lines", "LINES");
    private static final Recognition RECOGNITION =
            new Recognition(new EvidenceReaders(List.of(new JUnitReader(new JUnitReader.Limits(32, 1_000)), LINES)));

    /** Knows what begins with its mark. */
    private record Marked(String kind, String mark) implements EvidenceReader {
        @Override
        public Reading read(byte[] report, String name) {
            return new Reading(kind, Facts.NONE, List.of());
        }

        @Override
        public @Nullable String somethingElse(byte[] report) {
            return null;
        }

        @Override
        public boolean recognises(byte[] report) {
            return new String(report, StandardCharsets.UTF_8).startsWith(mark);
        }

        @Override
        public List<KnownFact> facts() {
            return List.of();
        }

        @Override
        public boolean isWhole(byte[] report) {
            return true;
        }
    }

    private static final Recognition SHIPPED = new Recognition(EverySample.READERS);

    private static EvidenceFiles files(boolean named, String... namesAndContents) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            files.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        return visitor -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                visitor.visit(file.getKey(), named, file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static List<String> names(EvidenceFiles files) throws UnreadableEvidence {
        List<String> names = new ArrayList<>();
        files.each((name, _, _) -> names.add(name));
        return names;
    }

    @Test
    void files_are_sorted_by_what_they_are_in_their_order() throws Exception {
        Sorted sorted = RECOGNITION.sort(files(true, "b.txt", "LINES 1", "a.xml", JUNIT, "c.txt", "LINES 2"));

        assertThat(sorted.byKind().keySet()).containsExactly("lines", "junit");
        assertThat(names(java.util.Objects.requireNonNull(sorted.byKind().get("lines"))))
                .containsExactly("b.txt", "c.txt");
        assertThat(sorted.passedOver()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.json | {"x": 1, "y": {"z": 2}}   | JSON with x, y
            a.json | [1]                       | a list in JSON
            a.json | {"x": 1                   | begins like JSON and is none
            a.xml  | <project><x/></project>   | XML with the root project
            a.xml  | <proj                     | begins like XML and is none
            a.txt  | hello                     | it is text
            a.txt  | ``                        | empty
            """)
    void a_file_that_someone_named_and_nobody_knows_is_refused_with_what_it_looks_like(
            String name, String content, String shape) {
        assertThatThrownBy(() -> RECOGNITION.sort(files(true, name, content == null ? "" : content)))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining(name)
                .hasMessageContaining(shape)
                .hasMessageContaining("--kind (kind= in the API): junit, lines");
    }

    /** Each as its tool begins it; the remedy is the tool's own way to a report that is read, or numbers by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"aggregate":{"counters":{"http.requests":9}},"intermediate":[]}                          | artillery's own format; hand in its numbers as kind facts
            [{"type":"convention","module":"a","line":1,"path":"a.py","symbol":"x","message":"m","message-id":"C0114"}] | pylint's own format; ask it for SARIF (--output-format=sarif)
            {"messages":[],"statistics":{"messageTypeCount":{"fatal":0},"score":10.0}}                | pylint's own format; ask it for SARIF
            `************* Module a\\na.py:1:0: C0114: Missing module docstring (x)`                   | pylint's own format; ask it for SARIF
            [{"filePath":"/a.js","messages":[],"errorCount":0}]                                       | a formatter
            `{"file":"a.py","line":1,"message":"m","severity":"error"}\\n{"file":"b.py"}`              | --junit-xml FILE
            `{"reason":"compiler-message","package_id":"p"}\\n{"reason":"build-finished"}`             | clippy-sarif
            `{"Time":"t","Action":"start","Package":"m"}\\n{"Action":"pass"}`                          | gotestsum
            {"ImportPath":"m","Action":"build-fail"}                                                  | gotestsum
            {"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}                               | which offline is empty; scan what npm sbom writes
            {"dependencies":[{"name":"a","skip_reason":"not found"}],"fixes":[]}                      | --format cyclonedx-json), with --strict
            {"version":"1.185.0","results":[],"errors":[],"paths":{"scanned":[]}}                     | --sarif
            {"SchemaVersion":2,"ArtifactName":".","Results":[]}                                       | --format cyclonedx
            {"matches":[],"source":{},"descriptor":{"name":"grype"}}                                  | grype's own format
            {"artifacts":[],"artifactRelationships":[]}                                               | syft's own format
            {"Golang errors":{},"Issues":[],"Stats":{}}                                               | -fmt sarif
            {"errors":[],"generated_at":"t","metrics":{},"results":[]}                                | -f sarif
            [{"RuleID":"key","Description":"d","StartLine":1}]                                        | --report-format sarif
            {"check_type":"terraform","results":{}}                                                   | -o sarif
            {"numFailedTestSuites":0,"numFailedTests":0,"numPassedTestSuites":1,"numPassedTests":1}   | jest-junit
            {"config":{},"suites":[],"errors":[]}                                                     | --reporter=junit
            [{"line":1,"elements":[],"keyword":"Feature","uri":"a.feature"}]                          | --plugin junit:FILE
            `Bombarding http://127.0.0.1:1 for 10s using 8 connection(s)\\n`                           | -p r -o json
            `name    old time/op  new time/op  delta\\nAdd-2   1.00ns       50000ns  +5000000%`        | kind go-bench
            `goos: linux\\n      │   a.txt   │    b.txt     │\\n      │  sec/op   │   sec/op     vs base   │` | kind go-bench
            <checkstyle version="10.0"/>                                                              | Checkstyle's own format, which other linters write as well; ask for SARIF
            <BugCollection/>                                                                          | SpotBugs' own format; ask for SARIF
            """)
    void what_a_well_known_tool_writes_and_nobody_reads_is_refused_with_what_to_ask_it_for(
            String content, String remedy) {
        String report = content.replace("\\n", "\n");
        assertThatThrownBy(() -> SHIPPED.sort(files(true, "report", report)))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageStartingWith("report is no report that is known by its content, it is ")
                .hasMessageContaining(remedy)
                .hasMessageEndingWith("as kind facts (slipway facts)");
    }

    @Test
    void what_is_found_and_whole_but_no_report_is_passed_over_by_name() throws Exception {
        Sorted sorted = RECOGNITION.sort(files(
                false, "package.json", "{\"name\": 1}", "suite.xml", "<suite/>", "n.txt", "notes", "a.xml", JUNIT));

        assertThat(sorted.byKind().keySet()).containsExactly("junit");
        assertThat(sorted.passedOver())
                .extracting(Intake.PassedOver::file)
                .containsExactly("package.json", "suite.xml", "n.txt");
        assertThat(sorted.passedOver().get(1).why()).startsWith("a TestNG suite, no report");
    }

    /** Which tells the same in two forms: they count for gates over different kinds, so nothing counts twice. */
    @Test
    void the_folder_of_the_console_launcher_holds_two_kinds() throws Exception {
        String events = "<e:events xmlns=\"https://schemas.opentest4j.org/reporting/core/0.2.0\""
                + " xmlns:e=\"https://schemas.opentest4j.org/reporting/events/0.2.0\"/>";

        Sorted sorted = SHIPPED.sort(files(
                false, "out/TEST-junit-jupiter.xml", JUNIT, "out/open-test-report.xml", events, "out/t.txt", "log"));

        assertThat(sorted.byKind().keySet()).containsExactly("junit", "open-test-report");
        assertThat(names(java.util.Objects.requireNonNull(sorted.byKind().get("junit"))))
                .containsExactly("out/TEST-junit-jupiter.xml");
        assertThat(sorted.passedOver()).extracting(Intake.PassedOver::file).containsExactly("out/t.txt");
    }

    @Test
    void what_is_found_and_broken_is_never_passed_over() throws Exception {
        assertThat(RECOGNITION
                        .sort(files(false, "TEST-a.xml", "", "TEST-b.xml", "<testsu"))
                        .byKind())
                .containsOnlyKeys("junit");
        assertThat(RECOGNITION.sort(files(false, "RESULT.XML", "<testsu")).byKind())
                .containsOnlyKeys("junit");
        assertThatThrownBy(() -> RECOGNITION.sort(files(false, "scan.json", "{\"runs\":")))
                .hasMessageContaining("scan.json is something that begins like JSON and is none");
    }

    @Test
    void what_two_readers_know_is_refused_and_never_guessed() {
        Recognition twice = new Recognition(new EvidenceReaders(List.of(LINES, new Marked("rows", "LIN"))));

        assertThatThrownBy(() -> twice.sort(files(false, "a.txt", "LINES")))
                .hasMessageContaining("a.txt may be of the kinds lines and rows: say which with --kind");
    }
}
