package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitSuite.Claims;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.XmlPull.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over one report: knows where it stands, and refuses what it does not know there. */
final class JUnitPass {
    static final Set<String> ROOTS = Set.of("testsuites", "testsuite");

    /** What says nothing that is counted. */
    private static final Set<String> ASIDE = Set.of(
            "properties",
            "property",
            "system-out",
            "system-err",
            "attachments",
            "attachment",
            "rerunFailure", // the last run decides
            "rerunError");

    private static final int TEXT_CHARS_MAX = 200;

    private final XmlPull xml;
    private final JUnitAttributes attributes;
    private final NodeSummary summary = new NodeSummary();
    private final List<String> notes = new ArrayList<>();
    private final Deque<JUnitSuite> open = new ArrayDeque<>();
    private final String name;
    private final NamingTests.Each each;
    private final StringBuilder text = new StringBuilder();
    private String rootElement = "";
    private String rootName = "";
    private String schema = "";
    private String firstSuite = "";
    private String firstTest = "";
    private String rootNamespace = "";
    /** Depth of the element whose content is passed over, 0 for none. */
    private int aside;

    private boolean eslint;
    private @Nullable JUnitCase test;
    private String testTime = "";
    private int testTag;
    private @Nullable Bad bad;
    private @Nullable TestCounts all;

    private record Bad(boolean error, String type, int depth) {}

    /** @param each is told of every test that has a name, once its suite is read */
    JUnitPass(XmlPull xml, String name, NamingTests.Each each) {
        this.xml = xml;
        this.name = name;
        this.each = each;
        this.attributes = new JUnitAttributes(xml);
    }

    Reading read() throws UnreadableEvidence {
        for (Event event = xml.next(); event != Event.FINISHED; event = xml.next()) {
            switch (event) {
                case START -> start();
                case END -> end();
                case TEXT -> characters();
                case COMMENT -> comment();
                case FINISHED -> throw new IllegalStateException("The loop ends before");
            }
        }
        return reading();
    }

    private Reading reading() throws UnreadableEvidence {
        TestCounts counts = all;
        if (counts == null) {
            throw new UnreadableEvidence("There is no element in it");
        }
        long unshown = summary.failed() - counts.failed();
        if (unshown > 0) {
            counts.failBeyondCases(unshown, 0);
            note("its closing comments count %d failed, its test cases show %d"
                    .formatted(summary.failed(), summary.failed() - unshown));
        }
        xml.replacedNote().ifPresent(notes::addFirst);
        JUnitDialect.Signs signs =
                new JUnitDialect.Signs(rootElement, rootName, schema, firstSuite, firstTest, summary.present());
        return new Reading(JUnitDialect.of(signs), counts.facts(), Reading.told(notes));
    }

    private void start() throws UnreadableEvidence {
        if (aside > 0) {
            return;
        }
        String element = xml.name();
        if (xml.depth() == 1) {
            root(element);
        } else if (isForeign()) {
            note("%s of another namespace is passed over".formatted(brief(element)));
            aside = xml.depth();
        } else if (test != null) {
            inTest(test, element);
        } else {
            inSuite(element);
        }
    }

    private void root(String element) throws UnreadableEvidence {
        if (!ROOTS.contains(element)) {
            throw xml.refused("It is no JUnit report: " + JUnitReader.no(element));
        }
        rootElement = element;
        rootName = attributes.text("name");
        rootNamespace = xml.namespace();
        schema = attributes.text("noNamespaceSchemaLocation") + attributes.text("schemaLocation");
        if (element.equals("testsuite")) {
            suite();
        } else {
            open.push(new JUnitSuite("the suite " + name, claims(), true));
        }
    }

    private boolean isForeign() {
        String namespace = xml.namespace();
        return !namespace.isEmpty() && !namespace.equals(rootNamespace);
    }

    private void inSuite(String element) throws UnreadableEvidence {
        switch (element) {
            case "testsuite" -> suite();
            case "testcase" -> test();
            case "error", "failure" -> {
                open.element().broken();
                aside = xml.depth();
            }
            case "skipped" -> aside = xml.depth(); // of a whole file, which has no tests then
            default -> aside(element, "a suite");
        }
    }

    private void suite() throws UnreadableEvidence {
        if (firstSuite.isEmpty()) {
            firstSuite = attributes.all();
        }
        eslint = attributes.text("package").equals("org.eslint");
        String named = attributes.text("name");
        open.push(new JUnitSuite(named.isEmpty() ? "a suite" : "the suite " + brief(named), claims(), false));
    }

    private Claims claims() throws UnreadableEvidence {
        try {
            return attributes.claims();
        } catch (JUnitAttributes.NotACount wrong) {
            throw xml.counting("The attribute %s is a count, not %s".formatted(wrong.attribute(), brief(wrong.text())));
        }
    }

    private void test() {
        if (firstTest.isEmpty()) {
            firstTest = attributes.all();
        }
        testTag = xml.event();
        JUnitAttributes.OfTest said = attributes.ofTest();
        testTime = said.time();
        boolean named = !said.key().name().isBlank();
        test = new JUnitCase(
                named && said.key().isSure() ? said.key() : null, named, said.status(), said.result(), eslint);
    }

    private void inTest(JUnitCase present, String element) throws UnreadableEvidence {
        switch (element) {
            case "failure", "error" -> {
                bad = new Bad(element.equals("error"), attributes.text("type"), xml.depth());
                text.setLength(0);
            }
            case "skipped", "ignored" -> present.skipped(attributes.text("type"), attributes.optional("message"));
            case "warning" -> present.warned();
            case "flakyFailure", "flakyError" -> present.flaked();
            default -> {
                aside(element, "a testcase");
                return;
            }
        }
        aside = xml.depth();
    }

    private void aside(String element, String where) throws UnreadableEvidence {
        if (!ASIDE.contains(element)) {
            throw xml.counting("The element %s in %s is not known, and might count".formatted(brief(element), where));
        }
        aside = xml.depth();
    }

    private void end() throws UnreadableEvidence {
        if (aside == xml.depth()) {
            aside = 0;
            endBad();
        } else if (aside == 0 && test != null) {
            endTest(test);
        } else if (aside == 0) {
            endSuite();
        }
    }

    private void endBad() {
        Bad ended = bad;
        if (ended != null && ended.depth() == xml.depth() && test != null) {
            test.bad(ended.error(), ended.type(), text.toString());
            bad = null;
        }
    }

    private void endTest(JUnitCase ended) throws UnreadableEvidence {
        Outcome outcome = ended.outcome();
        if (outcome == null) {
            String message = "The test case ended as %s, which is not known".formatted(brief(ended.unknown()));
            throw xml.counting(message, testTag);
        }
        open.element().ended(ended, outcome, testTime);
        test = null;
    }

    private void endSuite() {
        JUnitSuite ended = open.pop();
        TestCounts settled = ended.settled(this::note, each);
        JUnitSuite outer = open.peek();
        if (outer == null) {
            all = settled;
        } else {
            outer.add(ended, settled);
        }
    }

    private void comment() throws UnreadableEvidence {
        if (xml.depth() <= 1 && !summary.read(xml.text())) {
            throw xml.counting("A closing comment does not say its number");
        }
    }

    private void characters() {
        if (bad != null && text.length() < TEXT_CHARS_MAX) {
            text.append(xml.text(), 0, Math.min(xml.text().length(), TEXT_CHARS_MAX));
        }
    }

    private void note(String said) {
        notes.add(said);
    }

    private static String brief(String text) {
        return XmlPull.brief(text);
    }
}
