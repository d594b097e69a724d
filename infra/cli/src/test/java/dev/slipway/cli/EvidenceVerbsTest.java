package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.WireJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code evidence push|run|read} against a stand-in for the gateway, with real commands. */
class EvidenceVerbsTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final String EVIDENCE = "POST /api/v1/applications/shop/evidence";
    private static final String ACCEPTED = "{\"digest\":\"sha256:abc\",\"facts\":{\"tests.total\":1}}";
    private static final String GOOD = "<testsuite name='s'><testcase name='a'/></testsuite>";
    private static final String SARIF =
            "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"scan\"}},\"results\":[]}]}";
    private static final String BAD = "<testsuite name='s'><testcase name='a'><failure/></testcase></testsuite>";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> ci = new HashMap<>();
    private final StandInGateway gateway = newGateway().on(EVIDENCE, 201, ACCEPTED);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void an_exit_status_goes_with_the_report_or_alone_and_the_run_is_that_of_the_ci() throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), GOOD);
        ci.putAll(Map.of("GITHUB_RUN_ID", "7", "GITHUB_RUN_ATTEMPT", "2"));

        assertThat(push(report.toString(), "--exit", "0")).isZero();

        assertThat(gateway.last("POST").line())
                .endsWith("?sha=" + SHA + "&kind=junit&suite=unit&run=7&attempt=2&exit=0&file="
                        + report.toString().replace("/", "%2F"));
        assertThat(gateway.last("POST").body()).isEqualTo(GOOD);
        assertThat(out()).contains("exit status 0", "suite unit, run 7, attempt 2");
        assertThat(push("--exit", "3", "--run", "own", "--attempt", "4")).isZero();
        assertThat(gateway.last("POST").line()).endsWith("&run=own&attempt=4&exit=3");
        assertThat(gateway.last("POST").body()).isEmpty();
        assertThat(push()).isEqualTo(2);
        assertThat(err()).contains("--exit STATUS");
        assertThat(push("--exit", "-1")).isEqualTo(2);
    }

    @Test
    void a_folder_is_one_request_and_what_is_no_report_is_told() throws Exception {
        Files.writeString(folder.resolve("TEST-a.xml"), GOOD);
        Files.writeString(folder.resolve("TEST-b.xml"), BAD);
        Files.writeString(folder.resolve("testng-failed.xml"), "<!DOCTYPE suite SYSTEM 'x'><suite/>");

        assertThat(push(folder.toString(), "--exit", "1")).isZero();

        assertThat(gateway.requests("POST")).hasSize(1);
        assertThat(gateway.last("POST").header("content-type")).isEqualTo("application/zip");
        assertThat(gateway.last("POST").body()).startsWith("PK").contains("TEST-a.xml", "TEST-b.xml");
        assertThat(out()).contains("passed over " + folder + "/testng-failed.xml: a TestNG suite, no report");
    }

    @Test
    void a_kind_that_is_said_is_that_of_the_reports_and_one_that_nobody_reads_is_refused() throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), GOOD);
        Path notes = Files.writeString(folder.resolve("notes.txt"), "notes");

        assertThat(push(report.toString(), "--kind", "junit", "--suite", "it")).isZero();
        assertThat(gateway.last("POST").line()).contains("&kind=junit&suite=it");
        assertThat(push(report.toString(), "--kind", "pdf")).isEqualTo(2);
        assertThat(err()).contains("nothing reads evidence of the kind pdf: say --kind");
        assertThat(push(notes.toString())).isEqualTo(2);
        assertThat(err()).contains("notes.txt is no report that is known by its content, it is text", "--kind");
        assertThat(gateway.requests("POST")).hasSize(1);
    }

    @Test
    void files_of_several_kinds_are_handed_in_kind_by_kind_and_what_is_refused_of_one_leaves_the_others()
            throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), GOOD);
        Path scan = Files.writeString(folder.resolve("scan.sarif"), SARIF);
        Files.writeString(folder.resolve("package.json"), "{\"name\": \"shop\"}");

        assertThat(push(folder.toString(), "--exit", "0")).isZero();

        assertThat(gateway.requests("POST"))
                .extracting(StandInGateway.Asked::line)
                .anyMatch(line -> line.contains("&kind=junit&suite=unit&exit=0&file=" + encoded(report)))
                .anyMatch(line -> line.contains("&kind=sarif&exit=0&file=" + encoded(scan)))
                .hasSize(2);
        assertThat(out())
                .contains("junit for shop at 0123456789, suite unit", "sarif for shop at 0123456789")
                .contains("passed over " + folder + "/package.json: no report that is known, it is JSON with name");
        Files.writeString(scan, SARIF.substring(0, SARIF.length() - 3));
        assertThat(run("evidence", "read", "--json", report.toString(), scan.toString()))
                .isEqualTo(2);
        JsonNode read = WireJson.mapper().readTree(out());
        assertThat(read.at("/kinds/0/kind").asString()).isEqualTo("junit");
        assertThat(read.at("/kinds/0/refusal").isNull()).isTrue();
        assertThat(read.at("/kinds/1/refusal/line").asInt()).isEqualTo(1);
    }

    @Test
    void where_no_ci_names_it_each_run_is_one_of_its_own_and_what_is_pushed_is_of_none() throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), GOOD);

        for (int run = 0; run < 2; run++) {
            assertThat(evidence(
                            "run", List.of("--report", folder + "/none/*.xml", "--settle", "1s"), "sh", "-c", "exit 3"))
                    .isEqualTo(3);
        }

        assertThat(gateway.requests("POST"))
                .extracting(EvidenceVerbsTest::runOf)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(run -> run.matches("own-20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ-[0-9a-f]{8}"));
        assertThat(push(report.toString(), "--exit", "0")).isZero();
        assertThat(gateway.last("POST").line())
                .as("the same request again is nothing new")
                .contains("&kind=junit&suite=unit&exit=0&file=")
                .doesNotContain("run=");
        assertThat(out()).as("nobody has named it").contains("junit for shop at 0123456789, suite unit\n");
        assertThat(push(report.toString(), "--exit", "0", "--run", "7")).isZero();
        assertThat(gateway.last("POST").line()).contains("&run=7&exit=0");
    }

    @Test
    void a_push_that_does_not_count_says_so() throws Exception {
        Path report = Files.writeString(folder.resolve("report.xml"), GOOD);
        gateway.on(EVIDENCE, 201, """
                {"digest": "sha256:abc", "facts": {}, "kinds": [
                  {"kind": "junit", "digest": "sha256:abc", "facts": {}, "outdone": "said before; a newer push counts"}]}""");

        assertThat(push(report.toString())).isZero();
        assertThat(out()).endsWith("it does not count: said before; a newer push counts\n");
        assertThat(push(report.toString(), "--json")).isZero();
        assertThat(WireJson.mapper().readTree(out()).path("outdone").asString())
                .isEqualTo("said before; a newer push counts");
    }

    private static String runOf(StandInGateway.Asked asked) {
        return URLDecoder.decode(asked.line().replaceFirst(".*&run=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    }

    private static String encoded(Path file) {
        return file.toString().replace("/", "%2F");
    }

    @Test
    void a_command_is_run_as_a_list_and_ends_as_it_does_with_what_it_wrote() throws Exception {
        Files.writeString(folder.resolve("old.xml"), BAD);

        int exit = evidence(
                "run",
                List.of("--report", folder + "/*.xml"),
                "sh",
                "-c",
                "echo \"out $1\"; echo err >&2; printf \"%s\" \"$2\" > " + folder + "/new.xml; exit 5",
                "sh",
                "a b; $HOME --json",
                GOOD);

        assertThat(exit).isEqualTo(5);
        assertThat(gateway.last("POST").body()).isEqualTo(GOOD);
        assertThat(gateway.last("POST").line()).contains("&exit=5&file=");
        assertThat(out()).isEqualTo("out a b; $HOME --json\n");
        assertThat(err()).startsWith("err\n").contains("new.xml: 1 tests", "exit status 5");
    }

    @Test
    void a_report_that_is_written_after_the_end_is_waited_for() throws Exception {
        String half = GOOD.substring(0, 20);
        String script =
                "( printf '%s' \"$1\" > " + folder + "/r.xml; while [ ! -e " + folder + "/go ]; do sleep 0.05; done;"
                        + " printf '%s' \"$2\" >> " + folder + "/r.xml ) >/dev/null 2>&1 & "
                        + "while [ ! -s " + folder + "/r.xml ]; do sleep 0.05; done; (sleep 0.5; touch " + folder
                        + "/go) >/dev/null 2>&1 & exit 0";

        int exit = evidence(
                "run",
                List.of("--report", folder + "/r.xml", "--settle", "60s"),
                "sh",
                "-c",
                script,
                "sh",
                half,
                GOOD.substring(20));

        assertThat(exit).isZero();
        assertThat(gateway.last("POST").body()).isEqualTo(GOOD);
    }

    @Test
    void a_red_report_in_capital_letters_is_not_left_out() throws Exception {
        Files.writeString(folder.resolve("TEST-a.xml"), GOOD);
        Files.writeString(folder.resolve("RESULT.XML"), BAD);

        assertThat(push(folder.toString(), "--exit", "1")).isZero();

        assertThat(gateway.last("POST").body()).startsWith("PK").contains("TEST-a.xml", "RESULT.XML");
        assertThat(evidence(
                        "run",
                        List.of("--report", folder.toString()),
                        "sh",
                        "-c",
                        "printf '%s' \"$0\" > " + folder + "/NEW.XML; exit 1",
                        BAD))
                .isEqualTo(1);
        assertThat(gateway.last("POST").body()).isEqualTo(BAD);
    }

    @Test
    void a_run_that_wrote_no_report_hands_in_its_status_all_the_same() throws Exception {
        Files.writeString(folder.resolve("old.xml"), GOOD);

        assertThat(evidence("run", List.of("--report", folder + "/*.xml", "--settle", "1s"), "sh", "-c", "exit 3"))
                .isEqualTo(3);

        assertThat(gateway.last("POST").body()).isEmpty();
        assertThat(gateway.last("POST").line()).endsWith("&exit=3");
        assertThat(err()).contains("wrote no report anew, and 1 from before do not count");
        assertThat(evidence("run", List.of("--report", folder + "/none/*.xml"), "no-such-program-here"))
                .isEqualTo(127);
        assertThat(gateway.last("POST").line()).endsWith("&exit=127");
        assertThat(err()).contains("there is no such program");
    }

    /** {@code gosec -quiet} and clang-tidy where they find nothing: what the gate makes of it is in {@code NoFileTest}. */
    @Test
    void a_scanner_that_found_nothing_and_wrote_no_file_hands_in_its_0_and_no_report() throws Exception {
        assertThat(evidence(
                        "run",
                        List.of("--kind", "sarif", "--report", folder + "/*.sarif", "--settle", "1s"),
                        "sh",
                        "-c",
                        "exit 0"))
                .isZero();

        assertThat(gateway.last("POST").body()).isEmpty();
        assertThat(gateway.last("POST").line()).contains("kind=sarif").endsWith("&exit=0");
        assertThat(err()).contains("the command wrote no report: name it with --report PATTERN");
    }

    @Test
    void a_refused_report_leaves_the_status_and_a_good_run_that_is_not_handed_in_fails() {
        gateway.on(EVIDENCE, 400, "{\"detail\":\"It is empty. Nothing was kept.\"}");

        int exit = evidence(
                "run",
                List.of("--report", folder + "/*.xml", "--settle", "1s"),
                "sh",
                "-c",
                ": > " + folder + "/r.xml");

        assertThat(exit).isEqualTo(2);
        assertThat(gateway.requests("POST")).hasSize(2);
        assertThat(gateway.last("POST").body()).as("the status alone").isEmpty();
        assertThat(err()).contains("It is empty. Nothing was kept.");
    }

    @Test
    void with_json_the_answer_alone_is_on_standard_output_and_tokens_stay_here() throws Exception {
        int exit = evidence(
                "run",
                List.of("--report", folder + "/*.xml", "--json"),
                "sh",
                "-c",
                "echo said; env | grep SLIPWAY_TOKEN; printf '%s' \"$0\" > " + folder + "/new.xml",
                GOOD);

        assertThat(exit).isZero();
        JsonNode answer = WireJson.mapper().readTree(out());
        assertThat(answer.path("exit").intValue()).isZero();
        assertThat(answer.path("reports").path(0).path("file").asString()).endsWith("new.xml");
        assertThat(err()).isEqualTo("said\n");
    }

    @Test
    void evidence_is_read_offline_as_the_service_reads_it() throws Exception {
        Files.writeString(folder.resolve("TEST-a.xml"), GOOD.replace("'a'", "'\u001B[31ma'"));
        Files.writeString(folder.resolve("pom.xml"), "<project/>");

        assertThat(run("evidence", "read", folder.toString(), "--exit", "1")).isZero();

        assertThat(out())
                .contains("TEST-a.xml: junit, JUnit XML: 1 tests, 0 failed, 0 skipped")
                .contains("note: 1 character that XML forbids was read as U+FFFD, first the character U+001B")
                .contains("passed over " + folder + "/pom.xml: its root is \"project\"")
                .containsPattern("run.exit +1\n");
        assertThat(run("evidence", "read", folder.toString(), "--json")).isZero();
        JsonNode answer = WireJson.mapper().readTree(out());
        assertThat(answer.at("/kind").asString()).isEqualTo("junit");
        assertThat(answer.at("/files/0/dialect").asString()).isEqualTo("JUnit XML");
        assertThat(answer.at("/facts/tests.passed").intValue()).isEqualTo(1);
        assertThat(answer.at("/passedOver/0/why").asString()).contains("project");
        Path broken = Files.writeString(folder.resolve("broken.xml"), "<testsuite>\n<odd/></testsuite>");
        assertThat(run("evidence", "read", broken.toString(), "--json")).isEqualTo(2);
        assertThat(WireJson.mapper().readTree(out()).at("/refusal/line").intValue())
                .isEqualTo(2);
        assertThat(WireJson.mapper().readTree(out()).at("/refusal/column").intValue())
                .isEqualTo(1);
        assertThat(run("evidence", "read", broken.toString())).isEqualTo(2);
        assertThat(out()).contains("refused, and nothing would be kept", "broken.xml: The element \"odd\"");
        assertThat(run("evidence", "read", broken.toString(), "--kind", "sarif"))
                .isEqualTo(2);
    }

    private int push(String... arguments) {
        List<String> all = new ArrayList<>(List.of("evidence", "push", "--application", "shop", "--sha", SHA));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int evidence(String verb, List<String> options, String... command) {
        List<String> all = new ArrayList<>(List.of("evidence", verb, "--application", "shop", "--sha", SHA));
        all.addAll(options);
        all.add("--");
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Map<String, String> environment = new HashMap<>(ci);
        environment.put("SLIPWAY_HOME", folder.resolve("home").toString());
        environment.put("SLIPWAY_URL", gateway.url());
        environment.put("SLIPWAY_TOKEN_PUBLISHER", "token");
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static StandInGateway newGateway() {
        try {
            return new StandInGateway();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
