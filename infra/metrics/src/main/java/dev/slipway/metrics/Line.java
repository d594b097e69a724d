package dev.slipway.metrics;

import dev.slipway.metrics.Exposition.Broken;

/** What of a line has not been read yet. */
final class Line {
    private final String text;
    private int at;

    Line(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean at(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    void skipBlanks() {
        while (at(' ') || at('\t')) {
            at++;
        }
    }

    void expect(char expected) throws Broken {
        if (!at(expected)) {
            throw new Broken("has %s where %s belongs"
                    .formatted(atEnd() ? "its end" : "'" + text.charAt(at) + "'", "'" + expected + "'"));
        }
        at++;
    }

    String name(String what) throws Broken {
        int from = at;
        while (!atEnd() && named(text.charAt(at), at == from)) {
            at++;
        }
        if (at == from) {
            throw new Broken("has no " + what.substring(what.indexOf(' ') + 1) + " where one belongs");
        }
        return text.substring(from, at);
    }

    private static boolean named(char character, boolean first) {
        boolean letter = (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character == ':';
        return letter || (!first && character >= '0' && character <= '9');
    }

    /** Up to the next blank. */
    String token() {
        int from = at;
        while (!atEnd() && !at(' ') && !at('\t')) {
            at++;
        }
        return text.substring(from, at);
    }

    String quoted() throws Broken {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (!at('"')) {
            if (atEnd()) {
                throw new Broken("ends within a label's value");
            }
            char character = text.charAt(at++);
            value.append(character == '\\' ? escaped() : character);
        }
        at++;
        return value.toString();
    }

    private char escaped() throws Broken {
        char character = atEnd() ? ' ' : text.charAt(at++);
        return switch (character) {
            case '\\', '"' -> character;
            case 'n' -> '\n';
            default -> throw new Broken("has a backslash before something that needs none");
        };
    }
}
