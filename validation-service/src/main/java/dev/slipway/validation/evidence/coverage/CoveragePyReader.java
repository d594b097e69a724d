package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.Coverage.Share;
import dev.slipway.validation.evidence.CoveredUnits;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.Arrays;
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
            return new Pass(json).read();
        }
    }

    /** One pass over such a report. */
    private static final class Pass {
        private final ReportJson json;
        private final Told told = new Told();
        private final Set<String> seen = new HashSet<>();
        /** Of one list, as many as it has. */
        private int[] lines = new int[100];

        private Pass(ReportJson json) {
            this.json = json;
        }

        private Reading read() throws UnreadableEvidence {
            json.members(member -> {
                seen.add(member);
                switch (member) {
                    case "files" -> files();
                    case "totals" -> totals();
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

        private void totals() throws UnreadableEvidence {
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

        private void files() throws UnreadableEvidence {
            for (String file = json.first(); file != null; file = json.following()) {
                file(file.replace('\\', '/'));
            }
        }

        private void file(String name) throws UnreadableEvidence {
            CoveredUnits units = told.units(name, Metric.LINES);
            for (String member = json.first(); member != null; member = json.following()) {
                switch (member) {
                    case "executed_lines" -> lines(units, true);
                    case "missing_lines" -> lines(units, false);
                    case "executed_branches" -> branches(told.units(name, Metric.BRANCHES), true);
                    case "missing_branches" -> branches(told.units(name, Metric.BRANCHES), false);
                    default -> {
                        // its summary, and the same by function and class
                    }
                }
            }
        }

        private void lines(CoveredUnits units, boolean ran) throws UnreadableEvidence {
            int count = 0;
            for (boolean more = json.firstElement(); more; more = json.nextElement()) {
                long line = json.count();
                if (line > LINE_MAX) {
                    throw json.error("There is no line %d".formatted(line));
                }
                if (count == lines.length) {
                    lines = Arrays.copyOf(lines, 2 * count);
                }
                lines[count++] = (int) line;
            }
            units.add(lines, count, ran);
        }

        /** Each from a line to a line, which is below 0 for the end of a function. */
        private void branches(CoveredUnits branches, boolean ran) throws UnreadableEvidence {
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
