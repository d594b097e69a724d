package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Reports in XML, one pass over each, without a tree. Nothing in a DOCTYPE is processed, nothing is ever fetched, an entity of
 * the report's own is refused, and so is a report that nests deeper or has more elements than a limit. Characters that XML
 * forbids are replaced ({@link LegalXml}).
 */
public final class ReportXml {
    /**
     * Limits of a report.
     *
     * @param depthMax nested elements, 3 and above
     * @param elementsMax elements in all
     */
    public record Limits(int depthMax, int elementsMax) {}

    /**
     * The element that holds all others.
     *
     * @param name without a prefix
     * @param namespace empty where it has none
     */
    public record Root(String name, String namespace) {}

    /** Reads one report; what of it is left unread must be well-formed as well. */
    public interface Pass<T> {
        T over(XmlPull xml) throws UnreadableEvidence;
    }

    private final String what;
    private final Limits limits;
    private final XMLInputFactory factory;

    /** @param what the kind of report for people, at the beginning of a sentence: {@code A JUnit report} */
    public ReportXml(String what, Limits limits) {
        this.what = what;
        this.limits = limits;
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("A report may not refer to anything outside itself");
        });
    }

    /** Whether the bytes are meant to be XML in whatever encoding, by the first character that can be seen. */
    public static boolean isMeant(byte[] report) {
        for (byte character : report) {
            if (character > ' ') { // so neither a mark of the byte order nor what stands beside it in UTF-16
                return character == '<';
            }
        }
        return false;
    }

    /** @throws UnreadableEvidence if it is not well-formed up to its last byte, or if the pass does not want it */
    public <T> T read(byte[] report, Pass<T> pass) throws UnreadableEvidence {
        if (report.length == 0) {
            throw new UnreadableEvidence("It is empty: its tool wrote nothing into it");
        }
        try (XmlPull xml = XmlPull.of(factory, report, what, limits)) {
            T said = pass.over(xml);
            xml.finish();
            return said;
        }
    }

    /** Nothing where there is none before something that is no XML. */
    public Optional<Root> root(byte[] report) {
        return atRoot(report, pull -> new Root(pull.name(), pull.namespace()));
    }

    /** What the pass says that begins on the root; nothing where there is none, or no XML as far as it looks. */
    public <T> Optional<T> atRoot(byte[] report, Pass<T> pass) {
        try (XmlPull xml = XmlPull.of(factory, report, what, limits)) {
            for (XmlPull.Event event = xml.next(); event != XmlPull.Event.FINISHED; event = xml.next()) {
                if (event == XmlPull.Event.START) {
                    return Optional.of(pass.over(xml));
                }
            }
        } catch (UnreadableEvidence unsayable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether the bytes are a document up to their end, whatever it says. */
    public boolean isWhole(byte[] report) {
        try (XmlPull xml = XmlPull.of(factory, report, what, new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
            xml.finish();
            return true;
        } catch (UnreadableEvidence broken) {
            return false;
        }
    }
}
