package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitCounts.Outcome;
import dev.slipway.validation.evidence.JUnitSuite.Claims;
import dev.slipway.validation.evidence.LegalXml.Place;
import dev.slipway.validation.evidence.LegalXml.Replaced;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
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

    private static final int BRIEF_CHARS = 40;
    private static final int TEXT_CHARS_MAX = 200;

    private final JUnitReader.Limits limits;
    private final XMLStreamReader xml;
    private final LegalXml legal;
    private final JUnitAttributes attributes;
    private final NodeSummary summary = new NodeSummary();
    private final List<String> notes = new ArrayList<>();
    private final Deque<JUnitSuite> open = new ArrayDeque<>();
    private final String name;
    private final StringBuilder text = new StringBuilder();
    private String rootElement = "";
    private String rootName = "";
    private String schema = "";
    private String firstSuite = "";
    private String firstTest = "";
    private @Nullable String rootNamespace;
    private Place tagStart = new Place(1, 1);
    private int depth;
    private int elements;
    /** Depth of the element whose content is passed over, 0 for none. */
    private int aside;

    private boolean eslint;
    private @Nullable JUnitCase test;
    private BigDecimal testSeconds = BigDecimal.ZERO;
    private Place testStart = tagStart;
    private Place testTagEnd = tagStart;
    private @Nullable Bad bad;
    private @Nullable JUnitCounts all;

    private record Bad(boolean error, String type, int depth) {}

    JUnitPass(JUnitReader.Limits limits, XMLStreamReader xml, LegalXml legal, String name) {
        this.limits = limits;
        this.xml = xml;
        this.legal = legal;
        this.name = name;
        this.attributes = new JUnitAttributes(xml);
    }

    Reading read() throws XMLStreamException, UnreadableEvidence {
        while (xml.hasNext()) {
            int event = xml.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.COMMENT -> comment();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw refused("A report may not use entities of its own", place());
                default -> {
                    // a DOCTYPE is passed over; processing instructions say nothing that is counted
                }
            }
            tagStart = place();
            if (event == XMLStreamConstants.CHARACTERS && tagStart.column() > 1) {
                // a text ends for the parser behind the < of what follows
                tagStart = new Place(tagStart.line(), tagStart.column() - 1);
            }
        }
        return reading();
    }

    private Reading reading() throws UnreadableEvidence {
        JUnitCounts counts = all;
        if (counts == null) {
            throw new UnreadableEvidence("There is no element in it");
        }
        long unshown = summary.failed() - counts.failed();
        if (unshown > 0) {
            counts.failBeyondCases(unshown, 0);
            note("its closing comments count %d failed, its test cases show %d"
                    .formatted(summary.failed(), summary.failed() - unshown));
        }
        legal.first().ifPresent(first -> notes.addFirst(replacedNote(first)));
        boolean many = notes.size() > Reading.NOTES_MAX;
        List<String> told = many ? new ArrayList<>(notes.subList(0, Reading.NOTES_MAX - 1)) : notes;
        if (many) {
            told.add("and %d more of the kind".formatted(notes.size() - told.size()));
        }
        JUnitDialect.Signs signs =
                new JUnitDialect.Signs(rootElement, rootName, schema, firstSuite, firstTest, summary.present());
        return new Reading(JUnitDialect.of(signs), counts.facts(), told);
    }

    private String replacedNote(Replaced first) {
        return "%d %s that XML forbids %s read as U+FFFD, first %s at line %d, column %d"
                .formatted(
                        legal.count(),
                        legal.count() == 1 ? "character" : "characters",
                        legal.count() == 1 ? "was" : "were",
                        first.what(),
                        first.line(),
                        first.column());
    }

    private void start() throws UnreadableEvidence {
        depth++;
        elements++;
        if (depth > limits.depthMax() || elements > limits.elementsMax()) {
            throw refused(
                    "A JUnit report has at most %d elements, nested at most %d deep"
                            .formatted(limits.elementsMax(), limits.depthMax()),
                    tagStart);
        }
        if (aside > 0) {
            return;
        }
        String element = xml.getLocalName();
        if (depth == 1) {
            root(element);
        } else if (isForeign()) {
            note("%s of another namespace is passed over".formatted(brief(element)));
            aside = depth;
        } else if (test != null) {
            inTest(test, element);
        } else {
            inSuite(element);
        }
    }

    private void root(String element) throws UnreadableEvidence {
        if (!ROOTS.contains(element)) {
            throw refused("It is no JUnit report: " + JUnitReader.no(element), tagStart);
        }
        rootElement = element;
        rootName = attributes.text("name");
        rootNamespace = xml.getNamespaceURI();
        schema = attributes.text("noNamespaceSchemaLocation") + attributes.text("schemaLocation");
        if (element.equals("testsuite")) {
            suite();
        } else {
            open.push(new JUnitSuite("the suite " + name, claims(), true));
        }
    }

    private boolean isForeign() {
        String namespace = xml.getNamespaceURI();
        return namespace != null && !namespace.isEmpty() && !namespace.equals(rootNamespace);
    }

    private void inSuite(String element) throws UnreadableEvidence {
        switch (element) {
            case "testsuite" -> suite();
            case "testcase" -> test();
            case "error", "failure" -> {
                open.element().broken();
                aside = depth;
            }
            case "skipped" -> aside = depth; // of a whole file, which has no tests then
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
            throw counting("The attribute %s is a count, not %s".formatted(wrong.attribute(), brief(wrong.text())));
        }
    }

    private void test() {
        if (firstTest.isEmpty()) {
            firstTest = attributes.all();
        }
        testStart = tagStart;
        testTagEnd = place();
        testSeconds = attributes.seconds();
        String named = attributes.text("name");
        String key = attributes.key();
        boolean sure = !named.isBlank() && key.indexOf(LegalXml.REPLACEMENT) < 0;
        test = new JUnitCase(
                sure ? key : null, !named.isBlank(), attributes.text("status"), attributes.text("result"), eslint);
    }

    private void inTest(JUnitCase present, String element) throws UnreadableEvidence {
        switch (element) {
            case "failure", "error" -> {
                bad = new Bad(element.equals("error"), attributes.text("type"), depth);
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
        aside = depth;
    }

    private void aside(String element, String where) throws UnreadableEvidence {
        if (!ASIDE.contains(element)) {
            throw counting("The element %s in %s is not known, and might count".formatted(brief(element), where));
        }
        aside = depth;
    }

    private void end() throws UnreadableEvidence {
        if (aside == depth) {
            aside = 0;
            endBad();
        } else if (aside == 0 && test != null) {
            endTest(test);
        } else if (aside == 0) {
            endSuite();
        }
        depth--;
    }

    private void endBad() {
        Bad ended = bad;
        if (ended != null && ended.depth() == depth && test != null) {
            test.bad(ended.error(), ended.type(), text.toString());
            bad = null;
        }
    }

    private void endTest(JUnitCase ended) throws UnreadableEvidence {
        Optional<Outcome> outcome = ended.outcome();
        if (outcome.isEmpty()) {
            tagStart = testStart;
            String message = "The test case ended as %s, which is not known".formatted(brief(ended.unknown()));
            throw counting(message, testTagEnd);
        }
        open.element().ended(ended, outcome.get(), testSeconds);
        test = null;
    }

    private void endSuite() {
        JUnitSuite ended = open.pop();
        JUnitCounts settled = ended.settled(this::note);
        JUnitSuite outer = open.peek();
        if (outer == null) {
            all = settled;
        } else {
            outer.add(ended, settled);
        }
    }

    private void comment() throws UnreadableEvidence {
        if (depth <= 1 && !summary.read(xml.getText())) {
            throw counting("A closing comment does not say its number");
        }
    }

    private void characters() {
        if (bad != null && text.length() < TEXT_CHARS_MAX) {
            text.append(xml.getText(), 0, Math.min(xml.getTextLength(), TEXT_CHARS_MAX));
        }
    }

    private void note(String said) {
        notes.add(said);
    }

    /** What is refused where it counts; if a forbidden character made it so, that is told. */
    private UnreadableEvidence counting(String message) {
        return counting(message, place());
    }

    private UnreadableEvidence counting(String message, Place end) {
        Optional<Replaced> forbidden = legal.between(tagStart, end);
        if (forbidden.isPresent()) {
            Replaced one = forbidden.get();
            return new UnreadableEvidence(
                    "%s; %s, which XML forbids, stands where it counts".formatted(message, one.what()),
                    one.line(),
                    one.column());
        }
        return refused(message, tagStart);
    }

    private UnreadableEvidence refused(String message, Place parsers) {
        Place place = legal.inDocument(parsers);
        return new UnreadableEvidence(message, place.line(), place.column());
    }

    private Place place() {
        return new Place(
                Math.max(1, xml.getLocation().getLineNumber()),
                Math.max(1, xml.getLocation().getColumnNumber()));
    }

    static String brief(String text) {
        return "\"" + brief(text, BRIEF_CHARS) + "\"";
    }

    static String brief(String text, int charsMax) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() > charsMax ? printable.substring(0, charsMax) + "…" : printable;
    }
}
