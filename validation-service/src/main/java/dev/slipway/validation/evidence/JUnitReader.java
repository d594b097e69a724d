package dev.slipway.validation.evidence;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML, as JUnit's console launcher, Surefire, Gradle and many others write it: root {@code testsuites} or
 * {@code testsuite}, suites nested or not. What the test cases show counts; where a suite claims more failures than its
 * cases show, the claim counts, as it may have broken outside a case.
 *
 * <p>Facts: {@code tests.total}, {@code tests.passed}, {@code tests.failed} (failures and errors), {@code tests.errors},
 * {@code tests.skipped}, {@code tests.seconds}.
 */
public final class JUnitReader implements EvidenceReader {
    private static final int NUMBER_CHARS_MAX = 18;

    /**
     * Limits of a report.
     *
     * @param depthMax nested elements, 3 and above
     * @param elementsMax elements in all
     */
    public record Limits(int depthMax, int elementsMax) {}

    private final Limits limits;
    private final XMLInputFactory factory;

    public JUnitReader(Limits limits) {
        this.limits = limits;
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("A report may not refer to anything outside itself");
        });
    }

    @Override
    public String kind() {
        return "junit";
    }

    @Override
    public Facts read(byte[] report) throws UnreadableEvidence {
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(report));
            try {
                return new Reading(limits).read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException broken) {
            String where = broken.getLocation() == null
                    ? ""
                    : " at line " + broken.getLocation().getLineNumber();
            throw new UnreadableEvidence("This is not well-formed XML" + where);
        }
    }

    /** One pass over one report. */
    private static final class Reading {
        private final Limits limits;
        private final Deque<Suite> open = new ArrayDeque<>();
        private final Suite all = new Suite(0, 0, 0, 0, BigDecimal.ZERO);
        private int depth;
        private int elements;
        private int caseDepth;
        private @Nullable String caseOutcome;

        Reading(Limits limits) {
            this.limits = limits;
        }

        Facts read(XMLStreamReader xml) throws XMLStreamException, UnreadableEvidence {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(xml);
                    case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                    case XMLStreamConstants.DTD -> throw new UnreadableEvidence("A report may not have a DTD");
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new UnreadableEvidence("A report may not use entities of its own");
                    default -> {
                        // text, comments and processing instructions say nothing that is counted
                    }
                }
            }
            return all.facts();
        }

        private void start(XMLStreamReader xml) throws UnreadableEvidence {
            depth++;
            elements++;
            if (depth > limits.depthMax() || elements > limits.elementsMax()) {
                throw new UnreadableEvidence("A JUnit report has at most %d elements, nested at most %d deep"
                        .formatted(limits.elementsMax(), limits.depthMax()));
            }
            String name = xml.getLocalName();
            if (depth == 1 && !name.equals("testsuites") && !name.equals("testsuite")) {
                throw new UnreadableEvidence("A JUnit report has the root testsuites or testsuite, not " + brief(name));
            }
            if (caseDepth > 0) {
                startInCase(name);
            } else if (name.equals("testsuite")) {
                open.push(Suite.claimed(xml));
            } else if (name.equals("testcase")) {
                if (open.isEmpty()) {
                    throw new UnreadableEvidence("A testcase stands in a testsuite");
                }
                caseDepth = depth;
                caseOutcome = null;
            }
        }

        /** A case both failed and skipped has failed. */
        private void startInCase(String name) {
            if (depth != caseDepth + 1) {
                return;
            }
            switch (name) {
                case "error" -> caseOutcome = "error";
                case "failure" -> caseOutcome = "error".equals(caseOutcome) ? "error" : "failure";
                case "skipped" -> caseOutcome = caseOutcome == null ? "skipped" : caseOutcome;
                default -> {
                    // properties, output, rerunFailure (the last run decides), flakyFailure (it passed in the end)
                }
            }
        }

        private void end(String name) {
            if (depth == caseDepth) {
                open.element().count(caseOutcome);
                caseDepth = 0;
            } else if (caseDepth == 0 && name.equals("testsuite")) {
                Suite ended = open.pop();
                ended.settle();
                Suite parent = open.peek();
                (parent == null ? all : parent).add(ended);
            }
            depth--;
        }
    }

    /** Counts of one suite: what it claims in its attributes, and what its cases show. */
    private static final class Suite {
        private final long claimedTotal;
        private final long claimedFailures;
        private final long claimedErrors;
        private final long claimedSkipped;
        private final BigDecimal claimedSeconds;
        private long total;
        private long failures;
        private long errors;
        private long skipped;
        private BigDecimal seconds = BigDecimal.ZERO;

        Suite(long total, long failures, long errors, long skipped, BigDecimal seconds) {
            claimedTotal = total;
            claimedFailures = failures;
            claimedErrors = errors;
            claimedSkipped = skipped;
            claimedSeconds = seconds;
        }

        static Suite claimed(XMLStreamReader xml) throws UnreadableEvidence {
            return new Suite(
                    number(xml, "tests"),
                    number(xml, "failures"),
                    number(xml, "errors"),
                    Math.max(number(xml, "skipped"), number(xml, "disabled")),
                    seconds(xml));
        }

        void count(@Nullable String outcome) {
            total++;
            failures += "failure".equals(outcome) ? 1 : 0;
            errors += "error".equals(outcome) ? 1 : 0;
            skipped += "skipped".equals(outcome) ? 1 : 0;
        }

        void settle() {
            skipped = total == 0 ? claimedSkipped : skipped;
            total = total == 0 ? claimedTotal : total;
            failures = Math.max(failures, claimedFailures);
            errors = Math.max(errors, claimedErrors);
            seconds = seconds.max(claimedSeconds);
        }

        void add(Suite inner) {
            total += inner.total;
            failures += inner.failures;
            errors += inner.errors;
            skipped += inner.skipped;
            seconds = seconds.add(inner.seconds);
        }

        Facts facts() {
            long failed = failures + errors;
            return new Facts(List.of(
                    Fact.count("tests.total", total),
                    Fact.count("tests.passed", Math.max(0, total - failed - skipped)),
                    Fact.count("tests.failed", failed),
                    Fact.count("tests.errors", errors),
                    Fact.count("tests.skipped", skipped),
                    new Fact("tests.seconds", seconds, Fact.Unit.SECONDS)));
        }

        private static long number(XMLStreamReader xml, String attribute) throws UnreadableEvidence {
            String text = xml.getAttributeValue(null, attribute);
            if (text == null || text.isBlank()) {
                return 0;
            }
            try {
                long value = text.length() > NUMBER_CHARS_MAX ? -1 : Long.parseLong(text.strip());
                if (value >= 0 && value <= Integer.MAX_VALUE) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // told below, with the other illegal values
            }
            throw new UnreadableEvidence(
                    "The attribute " + attribute + " of a testsuite is a count, not " + brief(text));
        }

        /** Some tools write thousands with a comma; a time that cannot be read says nothing about the tests. */
        private static BigDecimal seconds(XMLStreamReader xml) {
            String text = xml.getAttributeValue(null, "time");
            if (text == null || text.length() > NUMBER_CHARS_MAX || !text.matches("[0-9][0-9,]*(\\.[0-9]*)?")) {
                return BigDecimal.ZERO;
            }
            return new BigDecimal(text.replace(",", ""));
        }
    }

    private static String brief(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (printable.length() > 40 ? printable.substring(0, 40) + "…" : printable) + "\"";
    }
}
