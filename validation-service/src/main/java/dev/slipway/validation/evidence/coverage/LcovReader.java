package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LCOV's tracefile (geninfo(1) of lcov 1 and 2): records from {@code SF} to {@code end_of_record}, each of one source file.
 * Lines ({@code DA}), branches ({@code BRDA}; one that was never reached, {@code -}, is not covered) and functions ({@code
 * FN}, {@code FNDA}, {@code FNL}, {@code FNA}) are counted; the sums ({@code LF}, {@code LH} and others) are claims, and lcov
 * 1.16 leaves them out. Several records of one file, as several tests ({@code TN}) write them, are one file. A record without
 * its end was cut off; a line of another kind is refused.
 *
 * <p>Nothing closes the file: one that was cut off behind a record is a whole and shorter one, with another share. Only the
 * run's exit status tells.
 */
public final class LcovReader implements EvidenceReader {
    public static final String KIND = "lcov";

    private final ReportLines.Limits limits;

    public LcovReader(ReportLines.Limits limits) {
        this.limits = limits;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return new LcovPass(new ReportLines(report, "An LCOV report", limits)).read();
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return Beginnings.no(report, recognises(report), "an LCOV tracefile");
    }

    @Override
    public boolean recognises(byte[] report) {
        return Beginnings.is(report, "TN:") || Beginnings.is(report, "SF:");
    }

    @Override
    public List<KnownFact> facts() {
        return Told.facts(Metric.LINES, Metric.BRANCHES, Metric.METHODS);
    }

    @Override
    public boolean isWhole(byte[] report) {
        return Beginnings.ends(report, "end_of_record");
    }
}
