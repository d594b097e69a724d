package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.LegalXml.Place;
import dev.slipway.validation.evidence.LegalXml.Replaced;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a report in XML. Where something stands is asked for only to refuse it, once at most, and telling a place costs
 * the parser about as much as finding what is there: so the events are counted, and the document is gone over once more.
 */
public final class XmlPull implements AutoCloseable {
    /** What was found. A DOCTYPE and processing instructions are passed over: they say nothing that is counted. */
    public enum Event {
        START,
        END,
        /** A text or a piece of one. */
        TEXT,
        COMMENT,
        FINISHED
    }

    /** From where to where something stands, as the parser counts. */
    private record Span(Place start, Place end) {}

    private static final Place BEGINNING = new Place(1, 1);
    private static final int BRIEF_CHARS = 40;
    private static final int CAUSE_CHARS_MAX = 160;

    private final XMLInputFactory factory;
    private final byte[] report;
    private final XMLStreamReader xml;
    private final LegalXml legal;
    private final String what;
    private final ReportXml.Limits limits;
    private int depth;
    private int elements;
    private int events;
    private boolean leaving;

    private XmlPull(XMLInputFactory factory, byte[] report, String what, ReportXml.Limits limits)
            throws UnreadableEvidence {
        this.factory = factory;
        this.report = report;
        this.legal = LegalXml.of(report);
        try {
            this.xml = factory.createXMLStreamReader(legal);
        } catch (XMLStreamException broken) {
            throw notWellFormed(broken, legal);
        }
        this.what = what;
        this.limits = limits;
    }

    static XmlPull of(XMLInputFactory factory, byte[] report, String what, ReportXml.Limits limits)
            throws UnreadableEvidence {
        return new XmlPull(factory, report, what, limits);
    }

    public Event next() throws UnreadableEvidence {
        try {
            while (xml.hasNext()) {
                Event event = step(xml.next());
                if (event != null) {
                    return event;
                }
            }
            return Event.FINISHED;
        } catch (XMLStreamException broken) {
            throw notWellFormed(broken, legal);
        }
    }

    private @Nullable Event step(int event) throws UnreadableEvidence {
        events++;
        depth -= leaving ? 1 : 0;
        leaving = event == XMLStreamConstants.END_ELEMENT;
        return switch (event) {
            case XMLStreamConstants.START_ELEMENT -> entered();
            case XMLStreamConstants.END_ELEMENT -> Event.END;
            case XMLStreamConstants.COMMENT -> Event.COMMENT;
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> Event.TEXT;
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw at(place(xml), "A report may not use entities of its own");
            default -> null;
        };
    }

    private Event entered() throws UnreadableEvidence {
        depth++;
        elements++;
        if (depth > limits.depthMax() || elements > limits.elementsMax()) {
            throw refused("%s has at most %d elements, nested at most %d deep"
                    .formatted(what, limits.elementsMax(), limits.depthMax()));
        }
        return Event.START;
    }

    /** Up to the end of the document. */
    void finish() throws UnreadableEvidence {
        while (next() != Event.FINISHED) {
            // only its form is of interest
        }
    }

    /** From a start up to its end, whatever is in it. */
    public void skip() throws UnreadableEvidence {
        int outer = depth;
        while (next() != Event.END || depth != outer) {
            // it says nothing that is counted
        }
    }

    /**
     * The text of an element that holds nothing else, from its start up to its end.
     *
     * @param charsMax what is longer is refused
     */
    public String onlyText(int charsMax) throws UnreadableEvidence {
        int start = event();
        StringBuilder text = new StringBuilder();
        for (Event event = next(); event != Event.END; event = next()) {
            if (event == Event.START) {
                throw counting("The element %s stands where a text is meant".formatted(brief(name())));
            }
            addText(event, text, charsMax + 1);
        }
        if (text.length() > charsMax) {
            throw counting("This text has more than %d characters".formatted(charsMax), start);
        }
        return text.toString();
    }

    /**
     * The text of an element and of all within it, from its start up to its end.
     *
     * @param charsMax what is longer is cut
     */
    public String allText(int charsMax) throws UnreadableEvidence {
        int outer = depth;
        StringBuilder text = new StringBuilder();
        for (Event event = next(); event != Event.END || depth != outer; event = next()) {
            addText(event, text, charsMax);
        }
        return text.toString();
    }

    private void addText(Event event, StringBuilder text, int charsMax) {
        if (event == Event.TEXT && text.length() < charsMax) {
            String piece = xml.getText();
            text.append(piece, 0, Math.min(piece.length(), charsMax - text.length()));
        }
    }

    /** Of the element, without a prefix. */
    public String name() {
        return xml.getLocalName();
    }

    /** Of the element; empty where it has none. */
    public String namespace() {
        String namespace = xml.getNamespaceURI();
        return namespace == null ? "" : namespace;
    }

    /** Of the element that starts or ends here; the root has 1. */
    public int depth() {
        return depth;
    }

    /** Of a text or a comment. */
    public String text() {
        return xml.getText();
    }

    public int attributes() {
        return xml.getAttributeCount();
    }

    public String attributeName(int place) {
        return xml.getAttributeLocalName(place);
    }

    public String attributeValue(int place) {
        return xml.getAttributeValue(place);
    }

    /** Whatever namespace it has; null where it does not stand there. */
    public @Nullable String optional(String attribute) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(attribute)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Empty where it does not stand there. */
    public String attribute(String attribute) {
        String value = optional(attribute);
        return value == null ? "" : value;
    }

    /** By which what was found is refused later. */
    public int event() {
        return events;
    }

    /** What is refused where the pass stands. */
    public UnreadableEvidence refused(String message) {
        return at(stands(events).start(), message);
    }

    /** What is refused where it counts; if a forbidden character made it so, that is told. */
    public UnreadableEvidence counting(String message) {
        return counting(message, events);
    }

    /** @param event which {@link #event} told */
    public UnreadableEvidence counting(String message, int event) {
        Span span = stands(event);
        return legal.between(span.start(), span.end())
                .map(one -> forbidden(message, one))
                .orElseGet(() -> at(span.start(), message));
    }

    private Span stands(int event) {
        try {
            XMLStreamReader again = factory.createXMLStreamReader(LegalXml.of(report));
            Place start = BEGINNING;
            Place end = BEGINNING;
            boolean text = false;
            for (int i = 1; i <= event; i++) {
                // a text ends for the parser behind the < of what follows
                start = text && end.column() > 1 ? new Place(end.line(), end.column() - 1) : end;
                text = again.next() == XMLStreamConstants.CHARACTERS;
                end = place(again);
            }
            again.close();
            return new Span(start, end);
        } catch (XMLStreamException | UnreadableEvidence changed) { // it went well up to there
            throw new IllegalStateException(changed);
        }
    }

    private static Place place(XMLStreamReader xml) {
        Location where = xml.getLocation();
        return new Place(Math.max(1, where.getLineNumber()), Math.max(1, where.getColumnNumber()));
    }

    /** What people must know of characters that were replaced so far. */
    public Optional<String> replacedNote() {
        return legal.first()
                .map(first -> "%d %s that XML forbids %s read as U+FFFD, first %s at line %d, column %d"
                        .formatted(
                                legal.count(),
                                legal.count() == 1 ? "character" : "characters",
                                legal.count() == 1 ? "was" : "were",
                                first.what(),
                                first.line(),
                                first.column()));
    }

    /** A few words of a report within a sentence, in quotes. */
    public static String brief(String text) {
        return "\"" + brief(text, BRIEF_CHARS) + "\"";
    }

    static String brief(String text, int charsMax) {
        return Texts.brief(text, charsMax);
    }

    private UnreadableEvidence at(Place parsers, String message) {
        Place place = legal.inDocument(parsers);
        return new UnreadableEvidence(message, place.line(), place.column());
    }

    private static UnreadableEvidence forbidden(String message, Replaced one) {
        return new UnreadableEvidence(
                "%s; %s, which XML forbids, stands where it counts".formatted(message, one.what()),
                one.line(),
                one.column());
    }

    private static UnreadableEvidence notWellFormed(XMLStreamException broken, LegalXml legal) {
        String message = String.valueOf(broken.getMessage());
        int from = message.indexOf("Message: ");
        String cause =
                from < 0 ? "" : message.substring(from + 9).lines().findFirst().orElse("");
        String said = "This is not well-formed XML"
                + (cause.isBlank() ? "" : " (" + brief(cause, CAUSE_CHARS_MAX).strip() + ")");
        Location where = broken.getLocation();
        if (where == null || where.getLineNumber() < 1) {
            return new UnreadableEvidence(said);
        }
        Place parsers = new Place(where.getLineNumber(), Math.max(1, where.getColumnNumber()));
        Place place = legal.inDocument(parsers);
        return legal.between(parsers, parsers)
                .map(one -> forbidden(said, one))
                .orElseGet(() -> new UnreadableEvidence(said, place.line(), place.column()));
    }

    @Override
    public void close() {
        try {
            xml.close();
        } catch (XMLStreamException impossible) { // it reads from memory
            throw new IllegalStateException(impossible);
        }
    }
}
