package dev.slipway.metrics;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a program tells of itself: Prometheus' text format 0.0.4, and OpenMetrics 1.0, which ends with {@code # EOF} and
 * may hang an exemplar on a sample. A text that breaks its format anywhere is not read at all: whoever writes one broken line
 * may have written others that only look whole. Types, help and units decide nothing here and are passed over.
 */
public final class Exposition {
    private static final int LINE_CHARACTERS_MAX = 65_536;
    private static final int SERIES_MAX = 10_000;
    private static final String EOF = "# EOF";
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,5})?|[+-]?(?i:inf|infinity)|(?i:nan)");
    private static final double MILLIS = 1_000;
    private static final Pattern MILLISECONDS = Pattern.compile("[+-]?\\d{1,19}");

    private Exposition() {}

    /** How a text is written. */
    public enum Format {
        PROMETHEUS,
        OPEN_METRICS
    }

    /**
     * One series as it was when it was asked for.
     *
     * @param at when it was measured, where the program writes that; null where it does not
     */
    public record Sample(
            String name,
            Map<String, String> labels,
            double value,
            @Nullable Instant at) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /** One of which the program does not write when it was measured. */
        public Sample(String name, Map<String, String> labels, double value) {
            this(name, labels, value, null);
        }
    }

    /** A text that is none of its format. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(int line, String why) {
            super("line " + line + " " + why);
        }
    }

    /** A line that is not of its format, where the line's number is not known. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        Broken(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /**
     * The samples with these names; all lines are read.
     *
     * @throws Unreadable says which line breaks the format, and how
     */
    public static List<Sample> read(String text, Format format, Set<String> names) throws Unreadable {
        List<Sample> samples = new ArrayList<>();
        Set<Sample> series = new HashSet<>();
        boolean ended = false;
        int number = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            number++;
            try {
                if (ended) {
                    throw new Broken("stands after # EOF");
                }
                ended = format == Format.OPEN_METRICS && line.equals(EOF);
                Sample sample = sample(line, format, names);
                if (sample != null) {
                    requireNew(sample, series);
                    samples.add(sample);
                }
            } catch (Broken broken) {
                throw new Unreadable(number, broken.why());
            }
        }
        if (format == Format.OPEN_METRICS && !ended) {
            throw new Unreadable(number, "is the last one and is not # EOF: the text was cut off");
        }
        return samples;
    }

    private static void requireNew(Sample sample, Set<Sample> series) throws Broken {
        if (series.size() >= SERIES_MAX) {
            throw new Broken("has one series more than the %d of one name that are read".formatted(SERIES_MAX));
        }
        if (!series.add(new Sample(sample.name(), sample.labels(), 0))) {
            throw new Broken("has a series of " + sample.name() + " for the second time");
        }
    }

    private static @Nullable Sample sample(String line, Format format, Set<String> names) throws Broken {
        if (line.length() > LINE_CHARACTERS_MAX) {
            throw new Broken("is longer than %d characters".formatted(LINE_CHARACTERS_MAX));
        }
        Line rest = new Line(line);
        if (format == Format.PROMETHEUS) {
            rest.skipBlanks();
            if (rest.atEnd()) {
                return null;
            }
        }
        if (rest.at('#')) {
            return null;
        }
        String name = rest.name("a metric's name");
        rest.skipBlanks();
        Map<String, String> labels = rest.at('{') ? labels(rest) : Map.of();
        rest.skipBlanks();
        double value = number(rest.token(), "a value");
        rest.skipBlanks();
        Instant at = null;
        if (!rest.atEnd() && !rest.at('#')) {
            at = timestamp(rest.token(), format);
            rest.skipBlanks();
        }
        if (rest.at('#') && format == Format.OPEN_METRICS) {
            exemplar(rest);
        }
        if (!rest.atEnd()) {
            throw new Broken("goes on after its value");
        }
        return names.contains(name) ? new Sample(name, labels, value, at) : null;
    }

    private static Map<String, String> labels(Line rest) throws Broken {
        Map<String, String> labels = new TreeMap<>();
        rest.expect('{');
        rest.skipBlanks();
        while (!rest.at('}')) {
            String label = rest.name("a label's name");
            if (label.indexOf(':') >= 0) {
                throw new Broken("has a colon in a label's name");
            }
            rest.skipBlanks();
            rest.expect('=');
            rest.skipBlanks();
            if (labels.put(label, rest.quoted()) != null) {
                throw new Broken("has the label " + label + " for the second time");
            }
            rest.skipBlanks();
            if (!rest.at('}')) {
                rest.expect(',');
                rest.skipBlanks();
            }
        }
        rest.expect('}');
        return labels;
    }

    private static void exemplar(Line rest) throws Broken {
        rest.expect('#');
        rest.skipBlanks();
        labels(rest);
        rest.skipBlanks();
        number(rest.token(), "an exemplar's value");
        rest.skipBlanks();
        if (!rest.atEnd()) {
            number(rest.token(), "an exemplar's timestamp");
        }
    }

    private static Instant timestamp(String text, Format format) throws Broken {
        try {
            if (format == Format.OPEN_METRICS) {
                double seconds = number(text, "a timestamp");
                if (!Double.isFinite(seconds)) {
                    throw new Broken("has a timestamp that is no number");
                }
                return Instant.ofEpochMilli(Math.round(seconds * MILLIS));
            }
            if (MILLISECONDS.matcher(text).matches()) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
        } catch (NumberFormatException | DateTimeException beyond) {
            throw new Broken("has a timestamp of no time that there is");
        }
        throw new Broken("has a timestamp that is no whole number of milliseconds");
    }

    private static double number(String text, String what) throws Broken {
        if (!NUMBER.matcher(text).matches()) {
            throw new Broken("has " + what + " that is no number");
        }
        String plain = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        double size = switch (Character.toLowerCase(plain.charAt(0))) {
            case 'i' -> Double.POSITIVE_INFINITY;
            case 'n' -> Double.NaN;
            default -> Double.parseDouble(plain);
        };
        return text.startsWith("-") ? -size : size;
    }
}
