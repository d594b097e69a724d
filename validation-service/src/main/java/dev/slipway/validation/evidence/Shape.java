package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a file is by its form, where no reader knows it for its own.
 *
 * @param form XML, JSON, text, or something that is cut off or is none of them
 * @param words for people
 */
record Shape(Form form, String words) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NAMES_SHOWN = 4;
    private static final int NAME_CHARS_SHOWN = 40;

    enum Form {
        XML,
        JSON,
        TEXT,
        /** Nobody can say what it was to become. */
        BROKEN
    }

    static Shape of(byte[] content) {
        int at = firstVisible(content);
        if (at == content.length) {
            return new Shape(Form.BROKEN, "empty: its tool wrote nothing into it");
        }
        return switch (content[at]) {
            case '<' -> xml(content);
            case '{', '[' -> json(content, content[at] == '{');
            default -> text(content);
        };
    }

    private static int firstVisible(byte[] content) {
        boolean marked = content.length > 2
                && (content[0] & 0xFF) == 0xEF
                && (content[1] & 0xFF) == 0xBB
                && (content[2] & 0xFF) == 0xBF;
        int at = marked ? 3 : 0;
        while (at < content.length && content[at] >= 0 && content[at] <= ' ') {
            at++;
        }
        return at;
    }

    private static Shape xml(byte[] content) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(LegalXml.of(content));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    String root = xml.getLocalName();
                    return new Shape(Form.XML, "XML with the root " + brief(root) + known(XmlRoots.called(root)));
                }
            }
        } catch (XMLStreamException | UnreadableEvidence broken) {
            // told below
        }
        return new Shape(Form.BROKEN, "something that begins like XML and is none");
    }

    private static Shape json(byte[] content, boolean object) {
        Set<String> names = new LinkedHashSet<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), content)) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.PROPERTY_NAME && depth == 1 && names.size() < NAMES_SHOWN) {
                    names.add(brief(json.currentName()));
                }
            }
        } catch (JacksonException broken) {
            return new Shape(Form.BROKEN, "something that begins like JSON and is none");
        }
        String words = !object
                ? "a list in JSON"
                : names.isEmpty() ? "an empty object in JSON" : "JSON with " + String.join(", ", names);
        return new Shape(Form.JSON, words + known(OtherTools.json(content)));
    }

    private static Shape text(byte[] content) {
        if (content.length > 1 && (content[0] & 0xFF) == 0x1F && (content[1] & 0xFF) == 0x8B) {
            return new Shape(Form.TEXT, "compressed by gzip; unpack it first");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(content));
            return new Shape(Form.TEXT, "text" + known(OtherTools.text(content)));
        } catch (CharacterCodingException binary) {
            return new Shape(Form.TEXT, "no text");
        }
    }

    private static String known(Optional<String> called) {
        return called.map(words -> " (" + words + ")").orElse("");
    }

    private static String brief(String name) {
        return name.length() > NAME_CHARS_SHOWN ? name.substring(0, NAME_CHARS_SHOWN) + "…" : name;
    }
}
