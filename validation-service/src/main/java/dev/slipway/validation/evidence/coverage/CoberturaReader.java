package dev.slipway.validation.evidence.coverage;

import dev.slipway.validation.evidence.Coverage.Metric;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.XmlPull;
import dev.slipway.validation.evidence.XmlRoots;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cobertura's XML, which is what coverage.py, gcovr, c8, nyc, coverlet and many others write. The counts at the root count;
 * a rate never does, since each tool has another one where there is nothing to cover: {@code 1}, {@code 0.0}, {@code NaN}.
 * Where the counts are absent, as in old files, the lines are counted, and the conditions in them: those of a class, not
 * those of its methods, which say them again. Counts and lines that contradict each other: the smaller share.
 */
public final class CoberturaReader implements EvidenceReader {
    public static final String KIND = "cobertura";

    private final ReportXml xml;

    public CoberturaReader(ReportXml.Limits limits) {
        xml = new ReportXml("A Cobertura report", limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new CoberturaPass(pull).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        Optional<ReportXml.Root> root = xml.root(report);
        if (root.isEmpty() || recognises(report)) {
            return null;
        }
        return root.get().name().equals("coverage")
                ? "Clover's own format; ask for Cobertura's"
                : XmlRoots.no(root.get().name(), "coverage");
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.atRoot(report, CoberturaReader::isOurs).orElse(false);
    }

    /** Clover's root has the same name. */
    static boolean isOurs(XmlPull pull) {
        return pull.name().equals("coverage")
                && (pull.optional("line-rate") != null || pull.optional("lines-valid") != null);
    }

    @Override
    public List<KnownFact> facts() {
        return Told.facts(Metric.LINES, Metric.BRANCHES);
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }
}
