package dev.slipway.validation.evidence.coverage;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlPull.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One pass over one report of JaCoCo. */
final class JacocoPass {
    private static final int LINE_MAX = 100_000_000;

    private final XmlPull xml;
    private final Told told = new Told();
    private final Deque<String> within = new ArrayDeque<>();
    private String dialect = "JaCoCo";
    private boolean lines;
    private @Nullable CoveredUnits file;

    JacocoPass(XmlPull xml) {
        this.xml = xml;
    }

    Reading read() throws UnreadableEvidence {
        for (Event event = xml.next(); event != Event.FINISHED; event = xml.next()) {
            if (event == Event.START) {
                start(xml.name());
            } else if (event == Event.END) {
                end(xml.name());
            }
        }
        if (lines && !told.claims(Metric.LINES)) {
            throw new UnreadableEvidence(
                    "It has lines and no counter of them for the whole report: it was not written to its end");
        }
        xml.replacedNote().ifPresent(told::note);
        return told.reading(dialect);
    }

    private void start(String element) throws UnreadableEvidence {
        if (xml.depth() == 1) {
            root(element);
            return;
        }
        switch (element) {
            case "counter" -> {
                if (xml.depth() == 2) {
                    counter();
                }
            }
            case "line" -> line();
            case "group", "package" -> within.addLast(xml.attribute("name"));
            case "sourcefile" -> {
                String name = String.join("/", within) + "/" + xml.attribute("name");
                told.names(name);
                file = told.units(name, Metric.LINES);
            }
            case "class", "sessioninfo" -> xml.skip(); // sessions of several runs may have been merged
            default -> throw xml.counting("The element %s is not known, and might count".formatted(brief(element)));
        }
    }

    private void root(String element) throws UnreadableEvidence {
        if (!element.equals("report")) {
            throw xml.refused("It is no JaCoCo report: its root is %s, not report".formatted(brief(element)));
        }
        if (xml.attribute("name").startsWith("Intellij")) {
            dialect = "Kover";
        }
    }

    private void end(String element) {
        switch (element) {
            case "group", "package" -> within.pollLast();
            case "sourcefile" -> file = null;
            default -> {
                // nothing was begun
            }
        }
    }

    private void counter() throws UnreadableEvidence {
        String type = xml.attribute("type");
        Metric metric = switch (type) {
            case "INSTRUCTION" -> Metric.INSTRUCTIONS;
            case "BRANCH" -> Metric.BRANCHES;
            case "LINE" -> Metric.LINES;
            case "METHOD" -> Metric.METHODS;
            case "COMPLEXITY", "CLASS" -> null;
            default -> throw xml.counting("The counter %s is not known".formatted(brief(type)));
        };
        long missed = number("missed");
        long covered = number("covered");
        if (metric != null && !told.claims(metric, new Share(covered, covered + missed))) {
            throw xml.counting("The counter %s stands there twice".formatted(type));
        }
    }

    private void line() throws UnreadableEvidence {
        if (file == null) {
            throw xml.counting("A line stands in a source file");
        }
        lines = true;
        long number = number("nr");
        if (number > LINE_MAX) {
            throw xml.counting("There is no line %d".formatted(number));
        }
        long covered = number("ci");
        if (covered > 0 || number("mi") > 0) {
            file.add(number, covered > 0);
        }
    }

    private long number(String attribute) throws UnreadableEvidence {
        String text = xml.attribute(attribute);
        long number = Told.count(text);
        if (number < 0) {
            throw xml.counting("The attribute %s is a count, not %s".formatted(attribute, brief(text)));
        }
        return number;
    }
}
