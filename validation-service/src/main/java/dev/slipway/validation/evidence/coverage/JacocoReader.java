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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JaCoCo's XML (DTD "Report 1.1"), as JaCoCo and Kover write it. Only the counters that are children of the report itself
 * count; those of groups, packages, classes, methods and source files say the same again. A report without them that has
 * lines was not written to its end. The lines of source files are read beside: they must agree with the sum, and several
 * modules are told together by them. The DOCTYPE that each such file has is passed over, and its DTD never fetched.
 *
 * <p>A counter that is absent (BRANCH, where nothing branches) is no fact.
 */
public final class JacocoReader implements EvidenceReader {
    public static final String KIND = "jacoco";

    /** What stands in a report itself; anything else may be a counter that was to count. */
    static final Set<String> CHILDREN = Set.of("sessioninfo", "group", "package", "counter");

    private final ReportXml xml;

    public JacocoReader(ReportXml.Limits limits) {
        xml = new ReportXml("A JaCoCo report", limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new JacocoPass(pull).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        Optional<ReportXml.Root> root = xml.root(report);
        if (root.isEmpty()) {
            return null;
        }
        return root.get().name().equals("report") && recognises(report)
                ? null
                : XmlRoots.no(root.get().name(), "JaCoCo's report");
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.atRoot(report, JacocoReader::isOurs).orElse(false);
    }

    /** Others have a root of this name too. */
    private static boolean isOurs(XmlPull pull) throws UnreadableEvidence {
        if (!pull.name().equals("report") || pull.optional("name") == null) {
            return false;
        }
        XmlPull.Event event = pull.next();
        while (event == XmlPull.Event.TEXT || event == XmlPull.Event.COMMENT) {
            event = pull.next();
        }
        return event == XmlPull.Event.END || CHILDREN.contains(pull.name());
    }

    @Override
    public List<KnownFact> facts() {
        return Told.facts(Metric.LINES, Metric.BRANCHES, Metric.INSTRUCTIONS, Metric.METHODS);
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }
}
