package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What hey prints; seconds. Good are the answers with a status of 200 to 399; what got none stands under its errors. Both
 * together must be as many as the rate times the time. {@code -o csv} is read by {@link HeyCsv}.
 */
final class HeyDialect implements TextDialect {
    private static final double HALF_A_DIGIT = 0.000_05;
    private static final Set<String> PASSED_OVER =
            Set.of("Response time histogram:", "Details (average, fastest, slowest):");
    private static final String STATUSES = "Status code distribution:";
    private static final String ERRORS = "Error distribution:";
    private static final String LATENCIES = "Latency distribution:";
    private static final String SUMMARY = "Summary:";
    private static final Set<String> SECTIONS = Set.of(STATUSES, ERRORS, LATENCIES, SUMMARY);

    @Override
    public String kind() {
        return "hey";
    }

    @Override
    public String called() {
        return "output of hey";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.startsWith(HeyCsv.HEADER)
                || (beginning.startsWith(SUMMARY) && beginning.contains("Requests/sec:"));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        while (lines.next()) {
            String line = lines.text().strip();
            if (line.startsWith(HeyCsv.HEADER)) {
                return HeyCsv.read(lines, line);
            }
            if (line.equals(SUMMARY)) {
                return new Pass(lines).read();
            }
            if (!line.isEmpty()) {
                throw lines.refused("Output of hey begins with \"Summary:\"");
            }
        }
        throw lines.refused("Output of hey begins with \"Summary:\"");
    }

    private static final class Pass {
        private final ReportLines lines;
        private final Printed printed;
        private final Map<String, Double> latency = new LinkedHashMap<>();
        private String section = SUMMARY;
        private double seconds;
        private double rate;
        private long answers;
        private long good;
        private long unanswered;

        Pass(ReportLines lines) {
            this.lines = lines;
            printed = new Printed(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                String text = lines.text();
                if (text.isBlank()) {
                    continue;
                }
                if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                    line(text.strip());
                } else if (SECTIONS.contains(text.strip()) || PASSED_OVER.contains(text.strip())) {
                    section = text.strip();
                } else {
                    throw lines.refused("This line is not known, and errors could stand here");
                }
            }
            long requests = answers + unanswered;
            double claimed = rate * seconds;
            double doubt = 0.5 + HALF_A_DIGIT * (rate + seconds + 1);
            if (Math.abs(claimed - requests) > doubt) {
                throw lines.refused("It tells of %d answers and errors, but of some %.0f requests: it was cut off"
                        .formatted(requests, claimed));
            }
            LoadResult result =
                    printed.load("hey", requests, OptionalLong.of(requests - good), OptionalDouble.of(rate), latency);
            return result.lasting(OptionalDouble.of(seconds)).reading("hey", List.of());
        }

        private void line(String line) throws UnreadableEvidence {
            switch (section) {
                case SUMMARY -> summary(line);
                case LATENCIES -> {
                    int sign = line.indexOf('%');
                    String value = printed.between(line, " in ", " secs");
                    latency.put(
                            "p" + printed.count(sign < 0 ? "" : line.substring(0, sign)),
                            printed.number(value, BigDecimal.ONE));
                }
                case STATUSES -> {
                    String status = printed.between(line, "[", "]");
                    long count = printed.count(printed.between(line, "]", " responses"));
                    answers += count;
                    long code = printed.count(status);
                    good += code >= 200 && code < 400 ? count : 0;
                }
                case ERRORS -> unanswered += printed.count(printed.between(line, "[", "]"));
                default -> {}
            }
        }

        private void summary(String line) throws UnreadableEvidence {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (value.startsWith("NaN")) {
                return; // the mean of no answer
            }
            switch (colon < 0 ? "" : line.substring(0, colon)) {
                case "Total" -> seconds = printed.number(seconds(value), BigDecimal.ONE);
                case "Slowest" -> latency.put("max", printed.number(seconds(value), BigDecimal.ONE));
                case "Fastest" -> latency.put("min", printed.number(seconds(value), BigDecimal.ONE));
                case "Average" -> latency.put("mean", printed.number(seconds(value), BigDecimal.ONE));
                case "Requests/sec" -> rate = printed.number(value, BigDecimal.ONE);
                default -> {}
            }
        }

        private String seconds(String value) throws UnreadableEvidence {
            return printed.between(":" + value, ":", " secs");
        }
    }
}
