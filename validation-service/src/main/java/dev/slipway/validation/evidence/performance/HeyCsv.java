package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code hey -o csv} prints: a line for each answer; seconds. Requests that got no answer are not in it, so it cannot
 * tell the share of errors: no latency is a fact. The answers are samples all the same.
 */
final class HeyCsv {
    static final String HEADER = "response-time,";

    private static final String NO_ERRORS =
            "hey's csv leaves out requests without an answer, so no latency is a fact: hand in what hey prints without -o csv";

    private HeyCsv() {}

    /** @param header the line on which the report stands */
    static Reading read(ReportLines lines, String header) throws UnreadableEvidence {
        List<String> names = List.of(header.split(",", -1));
        int time = names.indexOf("response-time");
        int status = names.indexOf("status-code");
        if (status < 0) {
            throw lines.refused("The csv has no column status-code");
        }
        Printed printed = new Printed(lines);
        List<Double> samples = new ArrayList<>();
        long answers = 0;
        long good = 0;
        while (lines.next()) {
            String[] cells = lines.text().split(",", -1);
            if (cells.length != names.size()) {
                throw lines.refused("This row has %d cells, not %d".formatted(cells.length, names.size()));
            }
            answers++;
            long code = printed.count(cells[status]);
            double seconds = printed.number(cells[time], BigDecimal.ONE);
            if (code >= 200 && code < 400) {
                good++;
                if (samples.size() < Benchmarks.SAMPLES_MAX) {
                    samples.add(seconds);
                }
            }
        }
        if (answers == 0 || lines.isOpenEnded()) {
            throw lines.refused(
                    answers == 0
                            ? "It holds no answer: nothing was measured, and that is no evidence"
                            : "Its last line has no end: it was cut off");
        }
        Facts facts = new Facts(List.of(Fact.count("load.requests", answers)));
        Measurement measurement = new Measurement(
                "hey",
                "latency",
                "s",
                KnownFact.Better.LOWER,
                samples,
                Map.of(),
                OptionalLong.of(answers),
                OptionalLong.of(good));
        return new Reading("hey", facts, List.of(NO_ERRORS), List.of(), List.of(measurement));
    }
}
