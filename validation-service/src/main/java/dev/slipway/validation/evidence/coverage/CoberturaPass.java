package dev.slipway.validation.evidence.coverage;

import static dev.slipway.validation.evidence.XmlPull.brief;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlPull.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over one report of Cobertura's kind. */
final class CoberturaPass {
    private static final int LINE_MAX = 100_000_000;

    private static final Set<String> ASIDE = Set.of("lines", "conditions", "condition");

    private final XmlPull xml;
    private final Told told = new Told();
    private String dialect = "Cobertura XML";
    private Share conditions = Share.NONE;
    private @Nullable CoveredUnits file;
    private int classDepth;

    CoberturaPass(XmlPull xml) {
        this.xml = xml;
    }

    Reading read() throws UnreadableEvidence {
        for (Event event = xml.next(); event != Event.FINISHED; event = xml.next()) {
            switch (event) {
                case START -> start(xml.name());
                case END -> end(xml.name());
                case COMMENT -> {
                    if (xml.text().contains("coverage.py")) {
                        dialect = "coverage.py";
                    }
                }
                case TEXT, FINISHED -> {
                    // source folders
                }
            }
        }
        if (conditions.valid() > 0 && !told.claims(Metric.BRANCHES)) {
            told.claims(Metric.BRANCHES, conditions);
        } else if (conditions.valid() > 0) {
            weigh();
        }
        xml.replacedNote().ifPresent(told::note);
        return told.reading(dialect);
    }

    /** Conditions have no names, so they are no units of a file: two reports of it cannot be told together. */
    private void weigh() {
        Share claim = told.claimed(Metric.BRANCHES);
        if (!claim.equals(conditions)) {
            told.contradiction(Metric.BRANCHES, claim, conditions);
            told.claims(Metric.BRANCHES, claim.valid() > 0 && claim.isBelow(conditions) ? claim : conditions);
        }
    }

    private void start(String element) throws UnreadableEvidence {
        if (xml.depth() == 1) {
            root(element);
            return;
        }
        switch (element) {
            case "class" -> {
                String name = xml.attribute("filename");
                if (name.isEmpty()) {
                    throw xml.counting("A class says its filename");
                }
                told.names(name);
                file = told.units(name, Metric.LINES);
                classDepth = xml.depth();
            }
            case "methods" -> xml.skip();
            case "line" -> line();
            default -> {
                if (file != null && !ASIDE.contains(element)) {
                    throw xml.counting(
                            "The element %s in a class is not known, and might count".formatted(brief(element)));
                }
            }
        }
    }

    private void end(String element) {
        if (element.equals("class") && xml.depth() == classDepth) {
            file = null;
        }
    }

    private void root(String element) throws UnreadableEvidence {
        if (!element.equals("coverage") || !CoberturaReader.isOurs(xml)) {
            throw xml.refused("It is no Cobertura report: its root is %s without a line-rate or lines-valid"
                    .formatted(brief(element)));
        }
        String version = xml.attribute("version");
        dialect = version.startsWith("gcovr") ? "gcovr" : version.equals("0.1") ? "Istanbul (c8, nyc, jest)" : dialect;
        claim(Metric.LINES, "lines-covered", "lines-valid");
        claim(Metric.BRANCHES, "branches-covered", "branches-valid");
    }

    private void claim(Metric metric, String coveredBy, String validBy) throws UnreadableEvidence {
        if (xml.optional(coveredBy) == null || xml.optional(validBy) == null) {
            return;
        }
        long covered = number(coveredBy);
        long valid = number(validBy);
        if (covered > valid) {
            throw xml.counting("%s is %d, and %s only %d".formatted(coveredBy, covered, validBy, valid));
        }
        told.claims(metric, new Share(covered, valid));
    }

    private void line() throws UnreadableEvidence {
        CoveredUnits lines = file;
        if (lines == null) {
            throw xml.counting("A line stands in a class");
        }
        long number = number("number");
        if (number > LINE_MAX) {
            throw xml.counting("There is no line %d".formatted(number));
        }
        lines.add(number, number("hits") > 0);
        String condition = xml.optional("condition-coverage");
        if (condition != null) {
            conditions = conditions.plus(conditions(condition));
        }
    }

    /** As in {@code 50% (1/2)}. */
    private Share conditions(String text) throws UnreadableEvidence {
        int open = text.lastIndexOf('(');
        int slash = text.indexOf('/', open + 1);
        int close = text.indexOf(')', slash + 1);
        if (open >= 0 && slash > open && close > slash) {
            long covered = Told.count(text.substring(open + 1, slash).strip());
            long valid = Told.count(text.substring(slash + 1, close).strip());
            if (covered >= 0 && covered <= valid) {
                return new Share(covered, valid);
            }
        }
        throw xml.counting("The attribute condition-coverage is as in \"50% (1/2)\", not " + brief(text));
    }

    private long number(String attribute) throws UnreadableEvidence {
        String text = xml.attribute(attribute).strip();
        long number = Told.count(text);
        if (number < 0) {
            throw xml.counting("The attribute %s is a count, not %s".formatted(attribute, brief(text)));
        }
        return number;
    }
}
