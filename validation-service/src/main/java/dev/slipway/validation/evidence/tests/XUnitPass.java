package dev.slipway.validation.evidence.tests;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.NamingTests.Each;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlPull.Event;

/**
 * xUnit.net's {@code assemblies}, versions 2 and 3. Read by its documentation and by files of others; the tool was not run here.
 *
 * <ul>
 *   <li>Pass has passed, Fail has failed, Skip is skipped, NotRun (an explicit test) is disabled
 *   <li>Each {@code error} of an assembly (cleaning up, or a crash) is an error outside of every test and counts
 * </ul>
 */
final class XUnitPass {
    private final XmlPull xml;
    private final Told told;

    XUnitPass(XmlPull xml, Each each) {
        this.xml = xml;
        this.told = new Told(each);
    }

    Reading read() throws UnreadableEvidence {
        Elements.root(xml, "assemblies", "xUnit.net");
        Elements.children(xml, element -> {
            if (!element.equals("assembly")) {
                throw Elements.unknown(xml, "the report");
            }
            assembly();
        });
        return told.reading("xUnit.net", xml);
    }

    private void assembly() throws UnreadableEvidence {
        Told.Before before = told.now();
        long errors = Elements.count(xml, "errors");
        long failed = Elements.count(xml, "failed");
        long total = xml.optional("total") == null ? -1 : Elements.count(xml, "total");
        Elements.children(xml, element -> {
            switch (element) {
                case "errors" ->
                    Elements.children(xml, _ -> {
                        told.beyond();
                        xml.skip();
                    });
                case "collection" ->
                    Elements.children(xml, inner -> {
                        if (!inner.equals("test")) {
                            throw Elements.unknown(xml, "a collection");
                        }
                        test();
                    });
                default -> throw Elements.unknown(xml, "an assembly");
            }
        });
        told.claim("an assembly", total < 0 ? -1 : total + errors, failed + errors, errors, before);
    }

    private void test() throws UnreadableEvidence {
        String result = xml.attribute("result");
        Outcome outcome = switch (result) {
            case "Pass" -> Outcome.PASSED;
            case "Fail" -> Outcome.FAILED;
            case "Skip" -> Outcome.SKIPPED;
            case "NotRun" -> Outcome.DISABLED;
            default -> throw xml.counting("The test ended as %s, which is not known".formatted(brief(result)));
        };
        told.count(xml.attribute("name"), outcome, Seconds.decimal(xml.attribute("time")));
        int outer = xml.depth();
        for (Event event = xml.next(); event != Event.END || xml.depth() != outer; event = xml.next()) {
            if (event == Event.START && xml.name().equals("warning")) {
                told.warned();
            } else if (event == Event.START && xml.name().equals("failure") && outcome == Outcome.PASSED) {
                throw xml.counting("A test that passed holds a failure");
            }
        }
    }
}
