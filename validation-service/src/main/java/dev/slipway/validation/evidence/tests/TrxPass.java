package dev.slipway.validation.evidence.tests;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.NamingTests.Each;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.XmlPull;
import java.math.BigDecimal;
import java.util.Set;

/**
 * TRX, the test results file of Visual Studio, {@code dotnet test --logger trx} and Microsoft.Testing.Platform (schema vstst):
 * results, some of them with inner results for each row of data; counters; and what the run itself says ({@code RunInfos}). Read
 * by its documentation and by files of others; the tools were not run here.
 *
 * <ul>
 *   <li>Passed has passed, Failed has failed; Error, Timeout, Aborted, Disconnected, PassedButRunAborted, what has no outcome,
 *       and what is still Pending or InProgress are errors; NotRunnable has failed, since it should have run
 *   <li>NotExecuted and Inconclusive are skipped; Warning and Completed neither passed nor failed
 *   <li>A result with inner ones is counted by these; it counts only if it failed and none of them did
 *   <li>An error of the run ({@code RunInfo}), or a run that failed, counts where no test shows it: adapters repeat each
 *       failed test there
 * </ul>
 */
final class TrxPass {
    private static final Set<String> RESULTS = Set.of(
            "UnitTestResult",
            "TestResult",
            "TestResultAggregation",
            "GenericTestResult",
            "ManualTestResult",
            "WebTestResult",
            "LoadTestResult");
    private static final Set<String> ASIDE = Set.of(
            "Times",
            "TestSettings",
            "TestRunConfiguration",
            "TestDefinitions",
            "TestEntries",
            "TestLists",
            "Build",
            "CollectorDataEntries",
            "ResultFiles");

    private final XmlPull xml;
    private final Told told;

    TrxPass(XmlPull xml, Each each) {
        this.xml = xml;
        this.told = new Told(each);
    }

    Reading read() throws UnreadableEvidence {
        Elements.root(xml, "TestRun", "Visual Studio");
        Elements.children(xml, element -> {
            switch (element) {
                case "Results" -> results();
                case "ResultSummary" -> summary();
                default -> {
                    if (!ASIDE.contains(element)) {
                        throw Elements.unknown(xml, "the run");
                    }
                    xml.skip();
                }
            }
        });
        return told.reading("Visual Studio TRX", xml);
    }

    private void results() throws UnreadableEvidence {
        Elements.children(xml, element -> {
            if (!RESULTS.contains(element)) {
                throw Elements.unknown(xml, "the results");
            }
            result();
        });
    }

    private void result() throws UnreadableEvidence {
        Outcome outcome = outcome();
        BigDecimal seconds = Seconds.clock(xml.attribute("duration"));
        String test = xml.attribute("testName");
        Told.Before before = told.now();
        Elements.children(xml, element -> {
            if (element.equals("InnerResults")) {
                results();
            } else {
                xml.skip();
            }
        });
        Told.Before after = told.now();
        if (after.tests() == before.tests()) {
            told.count(test, outcome, seconds);
            if (outcome == Outcome.WARNED) {
                told.warned();
            }
        } else if (outcome.bad() && after.failed() == before.failed()) {
            told.beyond();
        }
    }

    private Outcome outcome() throws UnreadableEvidence {
        String said = xml.attribute("outcome");
        return switch (said) {
            case "Passed" -> Outcome.PASSED;
            case "Failed", "NotRunnable" -> Outcome.FAILED;
            case "Error", "Timeout", "Aborted", "Disconnected", "PassedButRunAborted", "InProgress", "Pending", "" ->
                Outcome.ERRORED;
            case "NotExecuted", "Inconclusive" -> Outcome.SKIPPED;
            case "Warning", "Completed" -> Outcome.WARNED;
            default -> throw xml.counting("The test ended as %s, which is not known".formatted(brief(said)));
        };
    }

    private void summary() throws UnreadableEvidence {
        boolean bad = xml.optional("outcome") != null && outcome().bad();
        Elements.children(xml, element -> {
            switch (element) {
                case "Counters" -> counters();
                case "RunInfos" -> Elements.children(xml, _ -> runInfo());
                default -> xml.skip();
            }
        });
        if (bad && !told.isBroken()) {
            told.broken();
        }
    }

    /** The results stand before the summary. */
    private void counters() throws UnreadableEvidence {
        long errors = 0;
        for (String counter : new String[] {
            "error", "timeout", "aborted", "disconnected", "passedButRunAborted", "inProgress", "pending"
        }) {
            errors += Elements.count(xml, counter);
        }
        long bad = errors + Elements.count(xml, "failed") + Elements.count(xml, "notRunnable");
        long total = xml.optional("total") == null ? -1 : Elements.count(xml, "total");
        xml.skip();
        told.claim("the summary", total, bad, errors, Told.Before.ALL);
    }

    private void runInfo() throws UnreadableEvidence {
        Outcome outcome = outcome();
        if (outcome.bad()) {
            told.broken();
        } else if (outcome == Outcome.WARNED) {
            told.warned();
        }
        xml.skip();
    }
}
