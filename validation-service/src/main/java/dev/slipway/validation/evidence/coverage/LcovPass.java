package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import dev.slipway.validation.evidence.XmlPull;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over one tracefile of LCOV, on its bytes: such files have millions of lines. */
final class LcovPass {
    private static final int LINE_MAX = 100_000_000;
    private static final int DIGITS_MAX = 15;
    private static final long FNV = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final Metric[] METRICS = {Metric.LINES, Metric.BRANCHES, Metric.METHODS};

    private final ReportLines lines;
    private final Told told = new Told();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private @Nullable Source open;

    /** One source file: what its record claims, and where its functions start by their number in lcov 2. */
    private static final class Source {
        private final String name;
        private final CoveredUnits lines;
        private final CoveredUnits branches;
        private final CoveredUnits functions;
        private final Map<Long, Long> starts = new HashMap<>();
        private final long[] found = {-1, -1, -1};
        private final long[] hit = {-1, -1, -1};
        private int records;

        Source(String name, Told told) {
            this.name = name;
            lines = told.units(name, Metric.LINES);
            branches = told.units(name, Metric.BRANCHES);
            functions = told.units(name, Metric.METHODS);
        }

        /** What is claimed of it: of several records of one file only what their lines show is known together. */
        Share claims(int metric) {
            CoveredUnits shown = metric == 0 ? lines : metric == 1 ? branches : functions;
            return records == 1 && found[metric] >= 0 && hit[metric] >= 0
                    ? new Share(hit[metric], found[metric])
                    : new Share(shown.covered(), shown.valid());
        }
    }

    LcovPass(ReportLines lines) {
        this.lines = lines;
    }

    Reading read() throws UnreadableEvidence {
        while (lines.next()) {
            if (lines.length() > 0 && lines.at(0) != '#') {
                line();
            }
        }
        if (open != null) {
            throw lines.refused(
                    "The record of %s has no end_of_record: it was cut off".formatted(XmlPull.brief(open.name)));
        }
        if (sources.isEmpty()) {
            throw new UnreadableEvidence("It names no source file");
        }
        for (int metric = 0; metric < METRICS.length; metric++) {
            Share claims = Share.NONE;
            for (Source source : sources.values()) {
                claims = claims.plus(source.claims(metric));
            }
            told.claims(METRICS[metric], claims);
        }
        return told.reading("LCOV");
    }

    private void line() throws UnreadableEvidence {
        Source source = open;
        if (source == null) {
            outside();
            return;
        }
        switch (lines.at(0)) {
            case 'D' -> hits(source);
            case 'B' -> branch(source);
            case 'F' -> function(source);
            case 'L' -> {
                if (lines.startsWith("LF:")) {
                    source.found[0] = sum(3);
                } else if (lines.startsWith("LH:")) {
                    source.hit[0] = sum(3);
                } else {
                    throw unknown();
                }
            }
            case 'e' -> end(source);
            default -> {
                if (!lines.startsWith("VER:")
                        && !lines.startsWith("MCDC:")
                        && !lines.startsWith("MCF:")
                        && !lines.startsWith("MCH:")) {
                    throw unknown();
                }
            }
        }
    }

    private void outside() throws UnreadableEvidence {
        if (lines.startsWith("SF:") && lines.length() > 3) {
            String name = lines.text(3, lines.length());
            told.names(name);
            open = sources.computeIfAbsent(name, _ -> new Source(name, told));
            open.records++;
            open.starts.clear();
        } else if (!lines.startsWith("TN:")) {
            throw unknown();
        }
    }

    private void end(Source source) throws UnreadableEvidence {
        if (lines.length() != 13 || !lines.startsWith("end_of_record")) {
            throw unknown();
        }
        for (int metric = 0; metric < METRICS.length; metric++) {
            if (source.found[metric] >= 0 && source.hit[metric] > source.found[metric]) {
                throw lines.refused("The record of %s claims %d of %d %s"
                        .formatted(
                                XmlPull.brief(source.name),
                                source.hit[metric],
                                source.found[metric],
                                METRICS[metric].what()));
            }
        }
        open = null;
    }

    /** {@code DA:line,hits} and a checksum that some add. */
    private void hits(Source source) throws UnreadableEvidence {
        if (!lines.startsWith("DA:")) {
            throw unknown();
        }
        int comma = comma(3);
        int end = lines.indexOf(',', comma + 1);
        source.lines.add(number(3, comma), ran(comma + 1, end < 0 ? lines.length() : end));
    }

    /** {@code BRDA:line,block,branch,taken}, where the branch may be an expression with commas in it. */
    private void branch(Source source) throws UnreadableEvidence {
        if (lines.startsWith("BRDA:")) {
            int first = comma(5);
            int last = lines.lastIndexOf(',');
            number(5, first);
            int second = lines.indexOf(',', first + 1);
            if (second < 0 || second == last) {
                throw unknown();
            }
            boolean never = lines.length() == last + 2 && lines.at(last + 1) == '-';
            source.branches.add(key(5, last), !never && ran(last + 1, lines.length()));
        } else if (lines.startsWith("BRF:")) {
            source.found[1] = sum(4);
        } else if (lines.startsWith("BRH:")) {
            source.hit[1] = sum(4);
        } else {
            throw unknown();
        }
    }

    private void function(Source source) throws UnreadableEvidence {
        if (lines.startsWith("FN:")) {
            int comma = comma(3);
            number(3, comma);
            int second = lines.indexOf(',', comma + 1);
            boolean twoLines = second > comma + 1 && isNumber(comma + 1, second);
            source.functions.add(key((twoLines ? second : comma) + 1, lines.length()), false);
        } else if (lines.startsWith("FNDA:")) {
            int comma = comma(5);
            source.functions.add(key(comma + 1, lines.length()), ran(5, comma));
        } else if (lines.startsWith("FNL:")) {
            int comma = comma(4);
            int second = lines.indexOf(',', comma + 1);
            long start = number(comma + 1, second < 0 ? lines.length() : second);
            source.starts.put(number(4, comma), start);
            source.functions.add(CoveredUnits.key(start), false);
        } else if (lines.startsWith("FNA:")) {
            alias(source);
        } else if (lines.startsWith("FNF:")) {
            source.found[2] = sum(4);
        } else if (lines.startsWith("FNH:")) {
            source.hit[2] = sum(4);
        } else {
            throw unknown();
        }
    }

    /** {@code FNA:number,hits,name}: one function may have several names, and ran if one of them did. */
    private void alias(Source source) throws UnreadableEvidence {
        int comma = comma(4);
        int second = lines.indexOf(',', comma + 1);
        Long start = source.starts.get(number(4, comma));
        if (start == null || second < 0) {
            throw lines.refused("FNA is of a function that an FNL before it names");
        }
        source.functions.add(CoveredUnits.key(start), ran(comma + 1, second));
    }

    private int comma(int from) throws UnreadableEvidence {
        int comma = lines.indexOf(',', from);
        if (comma < 0) {
            throw unknown();
        }
        return comma;
    }

    private long sum(int from) throws UnreadableEvidence {
        return number(from, lines.length());
    }

    private boolean isNumber(int from, int to) {
        for (int i = from; i < to; i++) {
            if (lines.at(i) < '0' || lines.at(i) > '9') {
                return false;
            }
        }
        return to > from && to - from <= DIGITS_MAX;
    }

    private long number(int from, int to) throws UnreadableEvidence {
        if (!isNumber(from, to)) {
            throw lines.refused("A number from 0 should stand here", from + 1);
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + lines.at(i) - '0';
        }
        if (number > LINE_MAX) {
            throw lines.refused("%d is too large a number here".formatted(number), from + 1);
        }
        return number;
    }

    /** Whether a count of hits is above 0. Some tools' counts overflow and are below 0 then: nothing says that it ran. */
    private boolean ran(int from, int to) throws UnreadableEvidence {
        boolean below = to > from + 1 && lines.at(from) == '-';
        boolean some = false;
        for (int i = below ? from + 1 : from; i < to; i++) {
            byte digit = lines.at(i);
            if (digit < '0' || digit > '9') {
                throw lines.refused("A count of hits should stand here", from + 1);
            }
            some |= digit != '0';
        }
        if (to <= from) {
            throw lines.refused("A count of hits should stand here", from + 1);
        }
        return some && !below;
    }

    private long key(int from, int to) throws UnreadableEvidence {
        if (to <= from) {
            throw unknown();
        }
        long hash = FNV;
        for (int i = from; i < to; i++) {
            hash = (hash ^ lines.at(i)) * FNV_PRIME;
        }
        return CoveredUnits.key(hash);
    }

    private UnreadableEvidence unknown() throws UnreadableEvidence {
        return lines.refused("%s is no line of %s"
                .formatted(
                        XmlPull.brief(lines.text()),
                        open == null ? "an LCOV tracefile outside of a record" : "a record of LCOV"));
    }
}
