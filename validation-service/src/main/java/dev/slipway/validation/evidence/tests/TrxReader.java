package dev.slipway.validation.evidence.tests;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportXml;
import dev.slipway.validation.evidence.TestCounts;
import dev.slipway.validation.evidence.XmlRoots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TRX, the test results file of Visual Studio, {@code dotnet test --logger trx} and Microsoft.Testing.Platform (schema vstst):
 * results, some of them with inner results for each row of data; counters; and what the run itself says ({@code RunInfos}). Read
 * by its documentation and by files of others; the tools were not run here.
 *
 * <ul>
 *   <li>Passed has passed, Failed has failed; Error, Timeout, Aborted, Disconnected, PassedButRunAborted, what has no outcome,
 *       and what is still Pending or InProgress are errors; NotRunnable has failed, since it should have run
 *   <li>NotExecuted and Inconclusive are skipped; Warning and Completed neither passed nor failed
 *   <li>A result with inner ones is counted by these; it counts only if it failed and none of them did
 *   <li>An error of the run ({@code RunInfo}), or a run that failed, counts where no test shows it: adapters repeat each
 *       failed test there
 * </ul>
 */
public final class TrxReader implements EvidenceReader {
    public static final String KIND = "trx";

    private final ReportXml xml;

    public TrxReader(ReportXml.Limits limits) {
        xml = new ReportXml("A TRX report", limits);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        return xml.read(report, pull -> new TrxPass(pull).read());
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return xml.root(report)
                .filter(root -> !isOurs(root))
                .map(root -> XmlRoots.no(root.name(), "TestRun"))
                .orElse(null);
    }

    @Override
    public boolean recognises(byte[] report) {
        return xml.root(report).filter(TrxReader::isOurs).isPresent();
    }

    static boolean isOurs(ReportXml.Root root) {
        return root.name().equals("TestRun");
    }

    @Override
    public List<KnownFact> facts() {
        return TestCounts.KNOWN;
    }

    @Override
    public boolean isWhole(byte[] report) {
        return xml.isWhole(report);
    }
}
