package dev.slipway.validation.files;

import dev.slipway.validation.files.Located.Places;
import dev.slipway.validation.files.Located.Unreadable;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads Java properties with their lines: one object, whose keys have their dots and whose values are texts. */
final class PropertiesText {
    private PropertiesText() {}

    static Located read(String text) throws Unreadable {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Places places = new Places();
        places.at("", 1, null, 0);
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            int begun = i + 1;
            StringBuilder logical = new StringBuilder(lines[i]);
            boolean comment = lines[i].stripLeading().startsWith("#")
                    || lines[i].stripLeading().startsWith("!");
            while (!comment && goesOn(lines[i]) && i + 1 < lines.length) {
                logical.append('\n').append(lines[++i]);
            }
            one(logical.toString(), begun, object, places);
        }
        return places.of(object);
    }

    private static void one(String logical, int line, ObjectNode object, Places places) throws Unreadable {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException malformed) {
            throw Unreadable.broken(line, "is no properties file: " + malformed.getMessage());
        }
        for (String name : one.stringPropertyNames()) {
            String pointer = Located.child("", name);
            places.at(pointer, line, one.getProperty(name), 1);
            object.put(name, one.getProperty(name)); // the last one counts, as for whoever loads it
        }
    }

    private static boolean goesOn(String line) {
        int slashes = 0;
        while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }
}
