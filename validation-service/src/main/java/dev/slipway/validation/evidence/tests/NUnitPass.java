package dev.slipway.validation.evidence.tests;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.NamingTests.Each;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.XmlPull;
import java.util.Set;

/**
 * NUnit 3's {@code test-run}. Read by its documentation and by files of others; the tool was not run here.
 *
 * <ul>
 *   <li>Passed has passed; Failed has failed, with the label Error, Invalid or Cancelled it is an error; Warning warns
 *   <li>Skipped and Inconclusive are skipped, Skipped with the label Explicit is disabled
 *   <li>A suite that failed in TearDown counts beside its tests; one that failed elsewhere (SetUp, or because it is invalid)
 *       only where none of its tests shows it, as SetUp's failures are shown by each test, with the site Parent
 * </ul>
 */
final class NUnitPass {
    private static final Set<String> RESULTS = Set.of("Passed", "Failed", "Skipped", "Inconclusive", "Warning");
    private static final Set<String> ERRORS = Set.of("Error", "Invalid", "Cancelled");
    private static final Set<String> ASIDE = Set.of(
            "command-line",
            "filter",
            "settings",
            "environment",
            "properties",
            "reason",
            "failure",
            "output",
            "assertions",
            "attachments");

    private final XmlPull xml;
    private final Told told;

    NUnitPass(XmlPull xml, Each each) {
        this.xml = xml;
        this.told = new Told(each);
    }

    Reading read() throws UnreadableEvidence {
        Elements.root(xml, "test-run", "NUnit");
        long total = xml.optional("total") == null ? -1 : Elements.count(xml, "total");
        long failed = Elements.count(xml, "failed");
        boolean bad = xml.optional("result") != null && result().equals("Failed");
        children("the run");
        told.claim("the run", total, failed, 0, Told.Before.ALL);
        if (bad) {
            told.broken();
        }
        return told.reading("NUnit 3", xml);
    }

    private void children(String where) throws UnreadableEvidence {
        Elements.children(xml, element -> {
            switch (element) {
                case "test-suite" -> suite();
                case "test-case" -> test();
                default -> {
                    if (!ASIDE.contains(element)) {
                        throw Elements.unknown(xml, where);
                    }
                    xml.skip();
                }
            }
        });
    }

    private void suite() throws UnreadableEvidence {
        String result = result();
        String site = xml.attribute("site");
        long cases = Elements.count(xml, "testcasecount");
        Told.Before before = told.now();
        children("a suite");
        Told.Before after = told.now();
        boolean shows = after.failed() > before.failed();
        if (result.equals("Failed") && (site.equals("TearDown") || !shows)) {
            told.beyond();
        } else if (result.equals("Skipped") && after.tests() == before.tests()) {
            told.skipped(cases);
        }
    }

    private void test() throws UnreadableEvidence {
        String label = xml.attribute("label");
        Outcome outcome = switch (result()) {
            case "Passed" -> Outcome.PASSED;
            case "Failed" -> ERRORS.contains(label) ? Outcome.ERRORED : Outcome.FAILED;
            case "Skipped" -> label.equals("Explicit") ? Outcome.DISABLED : Outcome.SKIPPED;
            case "Inconclusive" -> Outcome.SKIPPED;
            default -> Outcome.WARNED;
        };
        String took = xml.attribute("duration");
        String full = xml.attribute("fullname");
        told.count(
                full.isEmpty() ? xml.attribute("name") : full,
                outcome,
                Seconds.decimal(took.isEmpty() ? xml.attribute("time") : took));
        if (outcome == Outcome.WARNED) {
            told.warned();
        }
        xml.skip();
    }

    private String result() throws UnreadableEvidence {
        String result = xml.attribute("result");
        if (!RESULTS.contains(result)) {
            throw xml.counting("It ended as %s, which is not known".formatted(brief(result)));
        }
        return result;
    }
}
