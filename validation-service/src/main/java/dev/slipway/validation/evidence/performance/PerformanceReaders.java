package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.ReportLines;
import java.util.List;

/** The readers of what benchmarks and load tests measured. */
public final class PerformanceReaders {
    /** Numbers stand denser than elements of XML do. */
    private static final int TOKENS_AN_ELEMENT = 8;

    private static final int TEXT_CHARS_MAX = 100_000;
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private PerformanceReaders() {}

    public static List<EvidenceReader> all(JUnitReader.Limits limits) {
        ReportJson.Limits json = new ReportJson.Limits(
                limits.depthMax(), (long) TOKENS_AN_ELEMENT * limits.elementsMax(), TEXT_CHARS_MAX);
        ReportLines.Limits lines = new ReportLines.Limits(limits.elementsMax(), LINE_BYTES_MAX);
        return List.of(
                new JsonMeasurements(new JmhDialect(), json),
                new JsonMeasurements(new GoogleBenchmarkDialect(), json),
                new JsonMeasurements(new PytestBenchmarkDialect(), json),
                new JsonMeasurements(new CriterionDialect(), json),
                new JsonMeasurements(new HyperfineDialect(), json),
                new TextMeasurements(new GoBenchDialect(), lines),
                new JsonMeasurements(new K6Dialect(), json),
                new JsonMeasurements(new VegetaDialect(), json),
                new JsonMeasurements(new AutocannonDialect(), json),
                new JsonMeasurements(new BombardierDialect(), json),
                new TextMeasurements(new HeyDialect(), lines),
                new TextMeasurements(new WrkDialect(), lines),
                new TextMeasurements(new AbDialect(), lines),
                new TextMeasurements(new LocustDialect(), lines),
                new TwoForms(
                        new JsonMeasurements(new GatlingStatsDialect(), json),
                        new TextMeasurements(new GatlingTextDialect(), lines)));
    }
}
