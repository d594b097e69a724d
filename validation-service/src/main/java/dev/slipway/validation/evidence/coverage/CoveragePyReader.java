package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of coverage.py ({@code coverage json}). Its totals count, and they must agree with the lines that its files list;
 * what it calls statements are lines with one, as its XML says too. Branches are absent unless they were measured. Its
 * percentage is of lines and branches mixed, so it never counts. Contexts, functions and classes say nothing that is counted.
 */
public final class CoveragePyReader implements EvidenceReader {
    public static final String KIND = "coverage-py";

    private static final int LINE_MAX = 100_000_000;
    private static final int MEMBERS_MAX = 3;

    private final ReportJson.Limits limits;

    public CoveragePyReader(ReportJson.Limits limits) {
        this.limits = limits;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        if (report.length == 0) {
            throw new UnreadableEvidence("It is empty: its tool wrote nothing into it");
        }
        try (ReportJson json = ReportJson.open(report, limits)) {
            Told told = new Told();
            Set<String> seen = new HashSet<>();
            json.members(member -> {
                seen.add(member);
                switch (member) {
                    case "files" -> json.members(file -> file(json, told, file));
                    case "totals" -> totals(json, told);
                    default -> {
                        // how it was measured
                    }
                }
            });
            json.end();
            if (!seen.contains("files") || !seen.contains("totals")) {
                throw new UnreadableEvidence("It has no files or no totals, so it is no report of coverage.py");
            }
            return told.reading("coverage.py");
        }
    }

    private static void totals(ReportJson json, Told told) throws UnreadableEvidence {
        long[] counts = {-1, -1, -1, -1};
        json.members(member -> {
            switch (member) {
                case "covered_lines" -> counts[0] = json.count();
                case "num_statements" -> counts[1] = json.count();
                case "covered_branches" -> counts[2] = json.count();
                case "num_branches" -> counts[3] = json.count();
                default -> {
                    // percentages, and what is missing
                }
            }
        });
        if (counts[0] < 0 || counts[1] < 0) {
            throw json.error("The totals have covered_lines and num_statements");
        }
        if (counts[0] > counts[1] || counts[2] > counts[3]) {
            throw json.error("The totals cover more than there is");
        }
        told.claims(Metric.LINES, new Share(counts[0], counts[1]));
        if (counts[2] >= 0) {
            told.claims(Metric.BRANCHES, new Share(counts[2], counts[3]));
        }
    }

    private static void file(ReportJson json, Told told, String file) throws UnreadableEvidence {
        String name = file.replace('\\', '/');
        CoveredUnits lines = told.units(name, Metric.LINES);
        for (String member = json.first(); member != null; member = json.following()) {
            switch (member) {
                case "executed_lines" -> lines(json, lines, true);
                case "missing_lines" -> lines(json, lines, false);
                case "executed_branches" -> branches(json, told.units(name, Metric.BRANCHES), true);
                case "missing_branches" -> branches(json, told.units(name, Metric.BRANCHES), false);
                default -> {
                    // its summary, and the same by function and class
                }
            }
        }
    }

    private static void lines(ReportJson json, CoveredUnits lines, boolean ran) throws UnreadableEvidence {
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            lines.add(line(json), ran);
        }
    }

    /** Each from a line to a line, which is below 0 for the end of a function. */
    private static void branches(ReportJson json, CoveredUnits branches, boolean ran) throws UnreadableEvidence {
        json.elements(() -> {
            long[] ends = {0, 0, 0};
            json.elements(() -> {
                if (ends[2] < 2) {
                    ends[(int) ends[2]] = json.number().longValue();
                }
                ends[2]++;
            });
            if (ends[2] != 2) {
                throw json.error("A branch goes from one line to another");
            }
            branches.add(CoveredUnits.key(ends[0] * 1_000_003 + ends[1]), ran);
        });
    }

    private static long line(ReportJson json) throws UnreadableEvidence {
        long line = json.count();
        if (line > LINE_MAX) {
            throw json.error("There is no line %d".formatted(line));
        }
        return line;
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        if (recognises(report)) {
            return null;
        }
        return Beginnings.is(report, "<")
                ? "XML, not coverage.py's JSON"
                : ReportJson.beginning(report, MEMBERS_MAX).isPresent()
                        ? "JSON of another kind, not coverage.py's"
                        : null;
    }

    @Override
    public boolean recognises(byte[] report) {
        return ReportJson.beginning(report, MEMBERS_MAX)
                .filter(beginning -> !beginning.list())
                .map(ReportJson.Beginning::members)
                .filter(members -> members.containsKey("meta") && members.containsKey("files"))
                .isPresent();
    }

    @Override
    public List<KnownFact> facts() {
        return Told.facts(Metric.LINES, Metric.BRANCHES);
    }

    @Override
    public boolean isWhole(byte[] report) {
        return ReportJson.isWhole(report, limits);
    }
}
