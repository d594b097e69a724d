package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.asked;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.Asking.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The result of a soak is a gate: it ran for two hours, and answered well and quickly all the while, by the report of its load test. */
final class SoakGateTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));

    private static final Gate SOAK = new Gate(
            "soak",
            "Stability Test",
            Stage.PRE_RELEASE,
            "k6",
            "soak",
            List.of(
                    new Threshold("load.seconds", ">= 7200"),
                    new Threshold("load.error-rate", "< 0.1%"),
                    new Threshold("load.p95", "< 0.3")),
            null,
            null,
            List.of(),
            Asking.WITHIN);

    private static final String LASTED = "\"testRunDurationMs\":7204311.52";

    /** What k6's handleSummary is given, of fifty requests a second for two hours; 180 of them failed. */
    private static final String REPORT = """
        {"root_group":{"id":"d41d8cd98f00b204e9800998ecf8427e","groups":[],"checks":[],"name":"","path":""},
         "options":{"summaryTrendStats":["avg","min","med","max","p(90)","p(95)"],"summaryTimeUnit":"","noColor":false},
         "state":{"isStdOutTTY":false,"isStdErrTTY":false,%s},
         "metrics":{
          "vus":{"type":"gauge","contains":"default","values":{"value":20,"min":20,"max":20}},
          "iterations":{"type":"counter","contains":"default","values":{"count":360216,"rate":50.0}},
          "http_reqs":{"type":"counter","contains":"default","values":{"count":360216,"rate":50.0}},
          "http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.0004997,"passes":180,"fails":360036}},
          "http_req_duration":{"type":"trend","contains":"time",
           "values":{"avg":88.4,"min":4.1,"med":71.2,"max":1904.6,"p(90)":162.9,"p(95)":214.7}},
          "http_req_duration{expected_response:true}":{"type":"trend","contains":"time",
           "values":{"avg":88.3,"min":4.1,"med":71.2,"max":1432.0,"p(90)":162.8,"p(95)":214.5}}}}
        """.formatted(LASTED);

    /** As the service takes a report in: known by its content, read by its reader. */
    private static SuiteFacts soaked(String report) throws UnreadableEvidence {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        EvidenceReader reader = READERS.recognise(bytes).orElseThrow();
        return new SuiteFacts(
                reader.kind(), "soak", reader.read(bytes, "soak").facts(), List.of(Digest.of(bytes)), null);
    }

    private static CoreScenario<AssessmentState, AssessmentInput> assessing(String report) throws UnreadableEvidence {
        return asked(SOAK).when(seen(1, soaked(report)), NOW);
    }

    private static GateVerdict verdict(CoreScenario<AssessmentState, AssessmentInput> scenario) {
        return status(scenario).gates().getFirst();
    }

    /** Its deadline comes, what it looks at is looked at once more, and its verdict is recorded. */
    private static void closedAtItsDeadline(CoreScenario<AssessmentState, AssessmentInput> scenario) {
        Instant last = Asking.DEADLINE.plusSeconds(30);
        scenario.when(new DeadlineCame(), Asking.DEADLINE)
                .when(new DeadlineCame(), last)
                .when(new VerdictRecorded("soak", "hash"), last)
                .then(Closed.class);
    }

    private static String with(String old, String other) {
        assertThat(REPORT).contains(old);
        return REPORT.replace(old, other);
    }

    @Test
    void two_hours_with_few_errors_and_short_latencies_pass() throws Exception {
        CoreScenario<AssessmentState, AssessmentInput> scenario = assessing(REPORT);

        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(verdict(scenario).observed())
                .contains("load.seconds 7204.31", "load.error-rate 0.04997", "load.p95 0.2145");
        scenario.when(new VerdictRecorded("soak", "hash"), NOW);
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void one_that_ended_a_second_early_fails_however_well_it_answered() throws Exception {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                assessing(with(LASTED, "\"testRunDurationMs\":7199000"));

        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(verdict(scenario).cause())
                .contains("load.seconds 7199", "expected load.seconds >= 7200")
                .as("of several reports the shortest time counts")
                .doesNotContain("further reports");
        scenario.when(new VerdictRecorded("soak", "hash"), NOW);
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict(assessing(with(LASTED, "\"testRunDurationMs\":7200000")))
                        .verdict())
                .as("exactly two hours")
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void one_that_went_on_for_long_enough_fails_by_its_errors_and_by_its_latency() throws Exception {
        GateVerdict errors =
                verdict(assessing(with("\"passes\":180,\"fails\":360036", "\"passes\":361,\"fails\":359855")));
        assertThat(errors.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(errors.cause()).contains("load.error-rate").doesNotContain("expected load.seconds");

        GateVerdict slow = verdict(assessing(with("\"p(95)\":214.5", "\"p(95)\":300.0")));
        assertThat(slow.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(slow.cause()).contains("load.p95").doesNotContain("expected load.seconds");
    }

    @Test
    void a_report_that_does_not_say_how_long_it_took_shows_nothing() throws Exception {
        String silent = with("," + LASTED, "");
        assertThat(verdict(assessing(silent)).observed())
                .as("its rate is of the whole run")
                .contains("load.seconds 7204.32");

        CoreScenario<AssessmentState, AssessmentInput> scenario = assessing(silent.replace(",\"rate\":50.0", ""));

        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(scenario).cause()).contains("The report says nothing about load.seconds");
        closedAtItsDeadline(scenario);
        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void where_no_report_came_nobody_can_know() throws Exception {
        SuiteFacts other = soaked(REPORT);
        SuiteFacts smoke = new SuiteFacts("k6", "smoke", other.facts(), other.digests(), null);
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(SOAK);
        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        scenario.when(seen(1, smoke), NOW).then(Open.class); // of another suite
        closedAtItsDeadline(scenario);

        assertThat(verdict(scenario).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
