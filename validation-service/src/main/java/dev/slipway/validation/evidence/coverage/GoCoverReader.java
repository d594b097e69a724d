package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import dev.slipway.validation.evidence.XmlPull;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile of {@code go test -coverprofile} (package cover of golang.org/x/tools): a line with the mode, then a line for each
 * block with its place, its number of statements and how often it ran. A block that stands there several times, as several
 * packages' tests write it with {@code -coverpkg}, is one block, and ran if it did once. It knows statements, and no lines.
 *
 * <p>A package that does not compile is missing in it, and the share rises; nothing closes the file, so one that was cut off
 * behind a line is a whole and shorter one: only the run's exit status tells.
 */
public final class GoCoverReader implements EvidenceReader {
    public static final String KIND = "go-cover";

    private static final String MODE = "mode: ";
    private static final List<String> MODES = List.of("set", "count", "atomic");

    private final ReportLines.Limits limits;

    public GoCoverReader(ReportLines.Limits limits) {
        this.limits = limits;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        ReportLines lines = new ReportLines(report, "A Go profile", limits);
        if (!lines.next() || !lines.startsWith(MODE) || !MODES.contains(lines.text(MODE.length(), lines.length()))) {
            throw lines.refused("A Go profile begins with mode: set, mode: count or mode: atomic");
        }
        String mode = lines.text();
        Told told = new Told();
        Map<String, CoveredUnits> files = new HashMap<>();
        while (lines.next()) {
            if (!lines.startsWith(MODE)) {
                block(lines, told, files);
            } else if (!lines.text().equals(mode)) {
                throw lines.refused("Two profiles of different modes stand in it: %s and %s"
                        .formatted(mode, XmlPull.brief(lines.text())));
            }
        }
        if (lines.isOpenEnded()) {
            throw lines.refused("The last line has no end: it was cut off", lines.length() + 1);
        }
        for (Map.Entry<String, CoveredUnits> file : files.entrySet()) {
            if (file.getValue().isContradictory()) {
                throw new UnreadableEvidence("It has profiles of different versions of %s: one block has two numbers of"
                                .formatted(XmlPull.brief(file.getKey()))
                        + " statements");
            }
        }
        return told.reading("Go");
    }

    /** As in {@code example.com/m/file.go:3.13,5.2 1 7}. */
    private static void block(ReportLines lines, Told told, Map<String, CoveredUnits> files) throws UnreadableEvidence {
        int countAt = lines.lastIndexOf(' ');
        int statementsAt = lines.lastIndexOf(' ', countAt);
        int placeAt = lines.lastIndexOf(':', statementsAt);
        if (placeAt < 1) {
            throw lines.refused("%s is no block of a Go profile".formatted(XmlPull.brief(lines.text())));
        }
        String name = lines.text(0, placeAt);
        CoveredUnits units = files.get(name);
        if (units == null) {
            units = told.units(name, Metric.STATEMENTS);
            files.put(name, units);
        }
        long statements = digits(lines, statementsAt + 1, countAt);
        if (statements > CoveredUnits.WEIGHT_MAX) {
            throw lines.refused("No block has %d statements".formatted(statements), statementsAt + 2);
        }
        boolean ran = digits(lines, countAt + 1, lines.length()) > 0;
        units.add(place(lines, placeAt + 1, statementsAt), (int) statements, ran);
    }

    /** A key for line and column of both ends, each of which must be a number. */
    private static long place(ReportLines lines, int from, int to) throws UnreadableEvidence {
        int comma = lines.indexOf(',', from);
        int dot = lines.indexOf('.', from);
        int secondDot = lines.indexOf('.', Math.max(dot, comma) + 1);
        if (dot < 0 || comma < dot || secondDot < 0 || secondDot > to) {
            throw lines.refused("A place as in 3.13,5.2 should stand here", from + 1);
        }
        long hash = digits(lines, from, dot);
        hash = hash * 1_000_003 + digits(lines, dot + 1, comma);
        hash = hash * 1_000_003 + digits(lines, comma + 1, secondDot);
        return CoveredUnits.key(hash * 1_000_003 + digits(lines, secondDot + 1, to));
    }

    private static long digits(ReportLines lines, int from, int to) throws UnreadableEvidence {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = lines.at(i) - '0';
            if (digit < 0 || digit > 9 || i - from > 18) {
                throw lines.refused("A number from 0 should stand here", from + 1);
            }
            number = number * 10 + digit;
        }
        if (to <= from) {
            throw lines.refused("A number from 0 should stand here", from + 1);
        }
        return number;
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return Beginnings.no(report, recognises(report), "a Go profile");
    }

    @Override
    public boolean recognises(byte[] report) {
        return MODES.stream()
                .anyMatch(
                        mode -> Beginnings.is(report, MODE + mode + "\n") || Beginnings.is(report, MODE + mode + "\r"));
    }

    @Override
    public List<KnownFact> facts() {
        return Told.facts(Metric.STATEMENTS);
    }

    @Override
    public boolean isWhole(byte[] report) {
        return recognises(report) && report[report.length - 1] == '\n';
    }
}
