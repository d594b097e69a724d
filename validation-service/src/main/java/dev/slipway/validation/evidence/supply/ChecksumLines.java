package dev.slipway.validation.evidence.supply;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checksum file: as {@code sha256sum} writes it (digest, a blank, a blank or an asterisk, name; a backslash before all
 * where the name is escaped) or in the BSD form ({@code SHA256 (name) = digest}, {@code SHA2-256(name)= digest} of OpenSSL).
 */
record ChecksumLines(List<Line> lines) {
    private static final int DIGITS = 64;
    /** Where the name begins. */
    private static final int NAME = DIGITS + 2;

    private static final int NAME_MAX = 4_000;
    private static final Pattern GNU = Pattern.compile("(\\\\?)([0-9A-Fa-f]{64}) [ *](.{1,4000})");
    private static final Pattern BSD =
            Pattern.compile("(\\\\?)(?:SHA256|SHA2-256) ?\\((.{1,4000})\\) ?= ([0-9A-Fa-f]{64})");
    private static final Pattern OTHER = Pattern.compile(
            "(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128}) [ *].+|[A-Z0-9a-z-]{2,12} ?\\(.+\\)"
                    + " ?= \\S+");

    /** One of them. */
    record Line(String sha256, String name) {}

    ChecksumLines {
        lines = List.copyOf(lines);
    }

    static ChecksumLines read(byte[] report, ReportLines.Limits limits) throws UnreadableEvidence {
        ReportLines lines = new ReportLines(report, "A checksum file", limits);
        Map<String, Line> byName = new LinkedHashMap<>();
        List<Line> all = new ArrayList<>();
        while (lines.next()) {
            if (lines.length() == 0) {
                continue;
            }
            Line line = line(lines);
            Line before = byName.putIfAbsent(line.name(), line);
            if (before != null && !before.equals(line)) {
                throw lines.refused("\"%s\" stands here twice with different checksums".formatted(line.name()));
            }
            all.add(line);
        }
        if (all.isEmpty()) {
            throw new UnreadableEvidence("It lists no checksum");
        }
        return new ChecksumLines(all);
    }

    private static Line line(ReportLines lines) throws UnreadableEvidence {
        if (isUsual(lines)) {
            return line(lines, lines.text(0, DIGITS), lines.text(NAME, lines.length()), false);
        }
        String text = lines.text();
        Matcher gnu = GNU.matcher(text);
        if (gnu.matches()) {
            return line(lines, gnu.group(2), gnu.group(3), !gnu.group(1).isEmpty());
        }
        Matcher bsd = BSD.matcher(text);
        if (bsd.matches()) {
            return line(lines, bsd.group(3), bsd.group(2), !bsd.group(1).isEmpty());
        }
        throw lines.refused(
                OTHER.matcher(text).matches()
                        ? "This is a checksum of another kind than SHA-256, by which artifacts are released; write"
                                + " sha256sum"
                        : "This is no line of sha256sum (64 hexadecimal digits, two blanks, a name) or of the BSD form"
                                + " (SHA256 (name) = digits)");
    }

    /** As nearly all are: what {@link #GNU} takes, unescaped and in ASCII. */
    private static boolean isUsual(ReportLines lines) {
        int length = lines.length();
        if (!lines.isAscii() || length <= NAME || length > NAME + NAME_MAX || lines.indexOf('\r', NAME) >= 0) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            byte digit = lines.at(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f') && (digit < 'A' || digit > 'F')) {
                return false;
            }
        }
        return lines.at(DIGITS) == ' ' && (lines.at(DIGITS + 1) == ' ' || lines.at(DIGITS + 1) == '*');
    }

    private static Line line(ReportLines lines, String digits, String name, boolean escaped) throws UnreadableEvidence {
        return new Line(digits.toLowerCase(Locale.ROOT), escaped ? plain(lines, name) : name);
    }

    private static String plain(ReportLines lines, String name) throws UnreadableEvidence {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            if (next == '\\') {
                i++;
                char meant = i < name.length() ? name.charAt(i) : ' ';
                switch (meant) {
                    case '\\' -> plain.append('\\');
                    case 'n' -> plain.append('\n');
                    case 'r' -> plain.append('\r');
                    default -> throw lines.refused("A backslash in an escaped name is followed by \\, n or r");
                }
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }

    /** Whether its first line that is not empty is one of these. */
    static boolean begins(byte[] report, ReportLines.Limits limits) {
        try {
            ReportLines lines = new ReportLines(report, "A checksum file", limits);
            while (lines.next()) {
                if (lines.length() > 0) {
                    String text = lines.text();
                    return GNU.matcher(text).matches() || BSD.matcher(text).matches();
                }
            }
            return false;
        } catch (UnreadableEvidence other) {
            return false;
        }
    }
}
