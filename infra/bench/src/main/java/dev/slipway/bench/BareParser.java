package dev.slipway.bench;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The pull parser that a reader stands on, over the same bytes: each name, attribute, text and number is asked for, as
 * whoever reads a report must, and nothing is made of them.
 */
final class BareParser {
    private static final JsonFactory JSON = new JsonFactory();
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    private BareParser() {}

    /** Some number of what was pulled, so that no work is left out. */
    static long pull(SampleReport.Form form, byte[] report) {
        return switch (form) {
            case XML -> xml(report);
            case JSON -> json(report);
            case LINES -> lines(report);
        };
    }

    private static long xml(byte[] report) {
        long seen = 0;
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(report));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    seen += xml.getLocalName().length();
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        seen += xml.getAttributeLocalName(i).length()
                                + xml.getAttributeValue(i).length();
                    }
                }
            }
            return seen;
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static long json(byte[] report) {
        long seen = 0;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), report)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                seen += token == JsonToken.PROPERTY_NAME
                        ? json.currentName().length()
                        : token == JsonToken.VALUE_STRING ? json.getString().length() : 1;
            }
        }
        return seen;
    }

    private static long lines(byte[] report) {
        long seen = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(report), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen += line.length();
            }
            return seen;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
