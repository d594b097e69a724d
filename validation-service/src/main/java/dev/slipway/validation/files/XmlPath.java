package dev.slipway.validation.files;

import dev.slipway.rules.LinePattern.Found;
import dev.slipway.validation.files.Located.Unreadable;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Values of elements and attributes by their names from the root, whatever their namespace. Reads nothing from outside. */
final class XmlPath {
    private XmlPath() {}

    static List<Found> values(String path, String text, int most) throws Unreadable {
        List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        @Nullable
        String attribute = parts.getLast().startsWith("@") ? parts.removeLast().substring(1) : null;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                return values(reader, parts, attribute, most);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null
                    ? 1
                    : Math.max(1, broken.getLocation().getLineNumber());
            String why = String.valueOf(broken.getMessage()).replaceAll("(?s).*Message: ", "");
            throw Unreadable.broken(line, "is no XML: " + why);
        }
    }

    private static List<Found> values(XMLStreamReader reader, List<String> parts, @Nullable String attribute, int most)
            throws XMLStreamException, Unreadable {
        List<Found> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        StringBuilder value = new StringBuilder();
        int line = 1;
        while (reader.hasNext() && found.size() < most) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.addLast(reader.getLocalName());
                    if (open.size() > Located.DEPTH_MAX) {
                        throw Unreadable.beyond("has more than %d levels".formatted(Located.DEPTH_MAX));
                    }
                    if (is(open, parts)) {
                        line = reader.getLocation().getLineNumber();
                        value.setLength(0);
                        String written = attribute == null ? null : reader.getAttributeValue(null, attribute);
                        if (written != null) {
                            found.add(new Found(line, written.strip()));
                        }
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (attribute == null && is(open, parts)) {
                        value.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (attribute == null && is(open, parts)) {
                        found.add(new Found(line, value.toString().strip()));
                    }
                    open.removeLast();
                }
                default -> {
                    // comments and the like say nothing
                }
            }
        }
        return found;
    }

    private static boolean is(Deque<String> open, List<String> parts) {
        return open.size() == parts.size() && List.copyOf(open).equals(parts);
    }
}
