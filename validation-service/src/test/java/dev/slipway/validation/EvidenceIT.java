package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.ReportArchive;
import dev.slipway.validation.evidence.RunRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evidence of test runs on the real broker and store: reports, exit statuses, runs and attempts, archives. */
final class EvidenceIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final String GOOD = "<testsuite name='unit'><testcase name='a'/><testcase name='b'/></testsuite>";
    private static final String BAD = "<testsuite name='unit'><testcase name='a'><failure/></testcase></testsuite>";
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    private final String sha = RunningValidation.commit();

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(folder);
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_red_run_that_is_repeated_and_turns_green_passes_and_the_chain_agrees() throws Exception {
        accepted(send("&run=17&attempt=1&exit=1", BAD));
        JsonNode green = accepted(send("&run=17&attempt=2&exit=0", GOOD));
        accepted(send("&run=17&attempt=1&exit=1", BAD + "<!-- late -->"));

        AssessmentStatus status = asked();

        assertThat(status.outcome()).as(status.toString()).isEqualTo(Outcome.PASSED);
        assertThat(status.gates().getFirst().observed()).contains("tests.passed 2", "tests.failed 0", "run.exit 0");
        assertThat(status.gates().getFirst().cause())
                .isEqualTo("The rule holds (run 17, attempt 2 counts; 2 earlier on record)");
        assertThat(green.at("/facts/run.exit").intValue()).isZero();
        assertThat(green.path("attempt").intValue()).isEqualTo(2);
        JsonNode chain = service.verdicts();
        assertThat(chain.path("faults")).isEmpty();
        assertThat(last(chain).at("/verdict/reader").intValue()).isEqualTo(EvidenceReaders.VERSION);
        JsonNode inputs = last(chain).at("/verdict/inputs");
        assertThat(inputs).hasSize(2);
        assertThat(inputs.path(0).asString()).isEqualTo(Digest.of(GOOD).value());
        RunRecord record = RunRecord.read(kept(inputs.path(1).asString())).orElseThrow();
        assertThat(record.exit()).isZero();
        assertThat(record.attempt()).isEqualTo(2);
        assertThat(record.reports()).containsExactly(Digest.of(GOOD));
    }

    @Test
    void without_a_run_the_same_green_again_changes_nothing_and_says_so() throws Exception {
        JsonNode green = accepted(send("&exit=0", GOOD));
        JsonNode red = accepted(send("&exit=1", BAD));
        JsonNode again = accepted(send("&exit=0", GOOD));

        assertThat(green.at("/kinds/0/outdone").isString()).isFalse();
        assertThat(red.at("/kinds/0/outdone").isString()).isFalse();
        assertThat(again.at("/kinds/0/outdone").asString())
                .startsWith("said before; a newer push of this suite counts");
        assertThat(asked().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_good_report_of_a_run_that_ended_badly_fails_by_its_exit_status() throws Exception {
        accepted(send("&exit=1", GOOD));

        AssessmentStatus status = asked();

        assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status.gates().getFirst().cause()).isEqualTo("run.exit 1, expected run.exit == 0");
        assertThat(service.verdicts().path("faults")).isEmpty();
    }

    @Test
    void a_run_that_wrote_no_report_fails_by_its_exit_status_alone() throws Exception {
        JsonNode answer = accepted(send("&run=1&exit=127", ""));

        assertThat(answer.path("facts").toString()).isEqualTo("{\"run.exit\":127}");
        assertThat(asked().gates().getFirst().cause()).isEqualTo("run.exit 127, expected run.exit == 0");
        assertThat(service.verdicts().path("faults")).isEmpty();
    }

    @Test
    void without_an_exit_status_nothing_passes() throws Exception {
        accepted(send("&run=1", GOOD));

        assertThat(asked().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void a_report_that_cannot_be_read_fails_by_the_exit_status_that_came_for_it() throws Exception {
        assertThat(send("&run=1&attempt=1&exit=1", "<testsuite>").statusCode()).isEqualTo(400);
        accepted(send("&run=1&attempt=1&exit=1", ""));

        assertThat(asked().gates().getFirst().cause())
                .startsWith(
                        "run.exit 1, expected run.exit == 0. The newest junit report of the suite unit cannot be read:");
        assertThat(service.verdicts().path("faults")).isEmpty();
    }

    @Test
    void an_archive_is_taken_in_whole_or_not_at_all() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("r/TEST-a.xml", GOOD + "<!-- archive -->");
        files.put("r/TEST-b.xml", "<testsuite>\n<testcase");
        files.put("r/testng-failed.xml", "<suite/>");

        HttpResponse<String> refused = send("&run=1&exit=0", archive(files));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("r/TEST-b.xml: This is not well-formed XML", "line 2", "Nothing was kept");
        assertThat(bytes().find(Digest.of(GOOD + "<!-- archive -->"))).isEmpty();

        files.put("r/TEST-b.xml", BAD);
        JsonNode answer = accepted(send("&run=1&exit=0", archive(files)));

        assertThat(answer.at("/facts/tests.total").intValue()).isEqualTo(3);
        assertThat(answer.at("/files/1/file").asString()).isEqualTo("r/TEST-b.xml");
        assertThat(answer.at("/files/1/digest").asString())
                .isEqualTo(Digest.of(BAD).value());
        assertThat(answer.at("/passedOver/0/file").asString()).isEqualTo("r/testng-failed.xml");
        assertThat(JSON.readTree(send("&run=1&exit=0", archive(files)).body())).isEqualTo(answer);
        assertThat(asked().gates().getFirst().observed()).startsWith("tests.total 3, tests.passed 2, tests.failed 1");
        assertThat(service.verdicts().path("faults")).isEmpty();
    }

    @Test
    void without_a_kind_each_file_is_of_the_kind_that_its_content_says_and_what_nobody_knows_is_refused()
            throws Exception {
        JsonNode answer = accepted(sendAs("&suite=unit&run=1&exit=0&file=TEST-a.xml", GOOD + "<!-- kindless -->"));

        assertThat(answer.at("/kinds/0/kind").asString()).isEqualTo("junit");
        assertThat(answer.at("/files/0/kind").asString()).isEqualTo("junit");
        assertThat(answer.at("/files/0/file").asString()).isEqualTo("TEST-a.xml");
        assertThat(asked().outcome()).isEqualTo(Outcome.PASSED);
        HttpResponse<String> unknown = sendAs("&exit=0&file=notes.txt", "notes");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("notes.txt is no report that is known by its content, it is text", "kind=");
        assertThat(sendAs("&exit=1", "").body()).contains("say kind=KIND");
    }

    @Test
    void a_gate_is_explained_with_its_rule_and_each_fact_with_the_file_and_run_it_comes_from() throws Exception {
        accepted(send("&run=7&attempt=3&exit=0&file=r/TEST-why.xml", BAD + "<!-- why -->"));
        QuestionKey question = others.ask(sha, Gates.run(Duration.ofSeconds(2)));
        service.closed(question);
        String release = question.release().toString();
        String gate = Gates.run(Duration.ofSeconds(2)).id();

        JsonNode why = service.json("/api/v1/applications/hello/gates/" + gate + "?release=" + release);

        assertThat(why.path("verdict").asString()).as(why.toString()).isEqualTo("FAILED");
        assertThat(why.path("complete").asBoolean()).isTrue();
        assertThat(why.at("/sources/0/file").asString()).isEqualTo("r/TEST-why.xml");
        assertThat(why.at("/sources/0/run").asString()).isEqualTo("7");
        assertThat(why.at("/sources/0/digest").asString())
                .isEqualTo(Digest.of(BAD + "<!-- why -->").value());
        assertThat(why.path("toPass").toString()).contains("tests.failed 1, expected tests.failed == 0");
        assertThat(service.get("/api/v1/applications/hello/gates/none?release=" + release)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_report_that_is_larger_than_a_request_is_taken_packed_and_one_that_is_larger_than_a_report_is_refused()
            throws Exception {
        String lcov = lcov(1_200_000);
        assertThat(lcov).hasSizeGreaterThan(8 << 20);

        JsonNode taken = accepted(sendAs("&kind=lcov", archive(Map.of("lcov.info", lcov))));
        assertThat(taken.at("/facts/coverage.lines.valid").longValue()).isGreaterThan(1_000_000);
        assertThat(taken.at("/files/0/digest").asString())
                .isEqualTo(Digest.of(lcov).value());

        HttpResponse<String> refused = sendAs("&kind=lcov", archive(Map.of("lcov.info", lcov.repeat(3))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("lcov.info has more than 20971520 bytes, unpacked: leave out");
    }

    private static String lcov(int lines) {
        StringBuilder report = new StringBuilder(12 * lines);
        for (int file = 0; 100 * file < lines; file++) {
            report.append("SF:src/file").append(file).append(".js\n");
            for (int line = 1; line <= 100; line++) {
                report.append("DA:").append(line).append(',').append(line % 10).append('\n');
            }
            report.append("LF:100\nLH:90\nend_of_record\n");
        }
        return report.toString();
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_remedy() throws Exception {
        refused("", "", "Send the report as the body, or say exit=STATUS.");
        refused("&attempt=2", GOOD, "a part or an attempt needs the run that it is of");
        refused("&run=1&attempt=0", GOOD, "attempt must be 1 or more, is 0");
        refused("&exit=-1", GOOD, "exit must be 0 to 4294967295, is -1");
        assertThat(send("&run=1&attempt=1&exit=many", GOOD).statusCode()).isEqualTo(400);
    }

    private void refused(String parameters, String body, String why) throws Exception {
        HttpResponse<String> answer = send(parameters, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }

    private AssessmentStatus asked() {
        QuestionKey question = others.ask(sha, Gates.run(Duration.ofSeconds(2)));
        return service.closed(question);
    }

    private static JsonNode accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private static EvidenceBytes bytes() {
        return service.bean(EvidenceBytes.class);
    }

    private static byte[] kept(String digest) {
        return bytes().find(new Digest(digest)).orElseThrow();
    }

    private JsonNode last(JsonNode chain) {
        return chain.path("records")
                .valueStream()
                .filter(record -> record.at("/verdict/sha").asString().equals(sha))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] archive(Map<String, String> files) throws UnreadableEvidence {
        return ReportArchive.of(visitor -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                visitor.visit(file.getKey(), false, file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private HttpResponse<String> send(String parameters, String body)
            throws IOException, InterruptedException, JOSEException {
        return send(parameters, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Without saying a kind. */
    private HttpResponse<String> sendAs(String parameters, String body)
            throws IOException, InterruptedException, JOSEException {
        return sendAs(parameters, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> sendAs(String parameters, byte[] body)
            throws IOException, InterruptedException, JOSEException {
        return service.report(sha, parameters, body, "publisher");
    }

    private HttpResponse<String> send(String parameters, byte[] body)
            throws IOException, InterruptedException, JOSEException {
        return sendAs("&kind=junit&suite=unit" + parameters, body);
    }
}
