package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What ab prints; milliseconds. Answers with another status than 2xx are no failures to ab, so both are counted; an answer
 * that is both counts twice, up to all requests: rather too many than too few. A length that differs from the first answer's
 * is a failure to ab unless it is told {@code -l}.
 *
 * <p>{@code -e} writes percentiles alone: neither requests nor errors, so it gives no fact; and with 50 requests or fewer its
 * last rows are read beyond the end and hold a constant. What stands there up to 90 % is kept as long as it rises.
 */
final class AbDialect implements TextDialect {
    private static final String BANNER = "This is ApacheBench";
    private static final String CSV = "Percentage served,Time in ms";
    private static final int KEPT_PERCENT = 90;
    private static final String NO_FACT =
            "ab -e says neither how many requests there were nor how many failed, so nothing"
                    + " is a fact: hand in what ab prints";

    @Override
    public String kind() {
        return "ab";
    }

    @Override
    public String called() {
        return "output of ab";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.startsWith(BANNER) || beginning.startsWith(CSV);
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        while (lines.next()) {
            String line = lines.text().strip();
            if (line.startsWith(BANNER)) {
                return new Pass(lines).read();
            }
            if (line.equals(CSV)) {
                return csv(lines);
            }
            if (!line.isEmpty()) {
                throw lines.refused("Output of ab begins with \"%s\"".formatted(BANNER));
            }
        }
        throw lines.refused("Output of ab begins with \"%s\"".formatted(BANNER));
    }

    private static Reading csv(ReportLines lines) throws UnreadableEvidence {
        Printed printed = new Printed(lines);
        Map<String, Double> latency = new LinkedHashMap<>();
        double before = 0;
        boolean rises = true;
        int rows = 0;
        while (lines.next()) {
            String[] cells = lines.text().split(",", -1);
            if (cells.length != 2 || printed.count(cells[0]) != rows) {
                throw lines.refused("Here should stand the row of %d %%".formatted(rows));
            }
            double seconds = printed.number(cells[1], Quantity.MILLI);
            rises &= seconds >= before;
            before = seconds;
            if (rises && List.of(50, 75, KEPT_PERCENT).contains(rows)) {
                latency.put("p" + rows, seconds);
            }
            rows++;
        }
        if (rows < 100 || lines.isOpenEnded()) {
            throw lines.refused("It has %d rows of 100: it was cut off".formatted(rows));
        }
        List<String> notes = new ArrayList<>(List.of(NO_FACT));
        if (!rises) {
            notes.add("Its rows fall: those from there on are no measurement");
        }
        Measurement measurement = new Measurement(
                "ab",
                "latency",
                "s",
                KnownFact.Better.LOWER,
                List.of(),
                latency,
                OptionalLong.empty(),
                OptionalLong.empty());
        return new Reading("ab -e", Facts.NONE, notes, List.of(), List.of(measurement));
    }

    private static final class Pass {
        private final ReportLines lines;
        private final Printed printed;
        private final Map<String, Double> latency = new LinkedHashMap<>();
        private String host = "";
        private String path = "";
        private long requests = -1;
        private long failed = -1;
        private long written;
        private long other;
        private double rate = -1;
        private OptionalDouble seconds = OptionalDouble.empty();
        private boolean percentiles;

        Pass(ReportLines lines) {
            this.lines = lines;
            printed = new Printed(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                String line = lines.text().strip();
                if (percentiles && !line.isEmpty()) {
                    percentile(line);
                } else {
                    line(line);
                }
            }
            boolean whole = requests >= 0 && failed >= 0 && rate >= 0 && (latency.containsKey("max") || requests == 1);
            if (!whole || lines.isOpenEnded()) {
                throw lines.refused("It ends before the last percentile, so it was cut off or ab gave up");
            }
            long errors = Math.min(requests, failed + written + other);
            LoadResult result =
                    printed.load(host + path, requests, OptionalLong.of(errors), OptionalDouble.of(rate), latency);
            return result.lasting(seconds).reading("ab", List.of());
        }

        private void line(String line) throws UnreadableEvidence {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "Server Hostname" -> host = value;
                case "Document Path" -> path = value;
                case "Time taken for tests" ->
                    seconds = OptionalDouble.of(
                            printed.number(printed.between(":" + value, ":", " seconds"), BigDecimal.ONE));
                case "Complete requests" -> requests = printed.count(value);
                case "Failed requests" -> failed = printed.count(value);
                case "Write errors" -> written = printed.count(value);
                case "Non-2xx responses" -> other = printed.count(value);
                case "Requests per second" ->
                    rate = printed.number(printed.between(":" + value, ":", " ["), BigDecimal.ONE);
                case "Time per request" -> {
                    if (value.endsWith("[ms] (mean)")) {
                        latency.put("mean", printed.number(printed.between(":" + value, ":", " ["), Quantity.MILLI));
                    }
                }
                case "Percentage of the requests served within a certain time (ms)" -> percentiles = true;
                case "(Connect",
                        "Keep-Alive requests",
                        "Total transferred",
                        "Total body sent",
                        "HTML transferred",
                        "Total PUT",
                        "Total POSTed" -> {}
                default -> {
                    if (requests >= 0 && rate < 0) {
                        throw lines.refused("This line is not known, and errors would stand here");
                    }
                }
            }
        }

        private void percentile(String line) throws UnreadableEvidence {
            int sign = line.indexOf('%');
            long percent = printed.count(sign < 0 ? "" : line.substring(0, sign));
            String rest = line.substring(sign + 1).strip();
            double seconds = printed.number(rest.split(" ", 2)[0], Quantity.MILLI);
            latency.put(percent == 100 ? "max" : "p" + percent, seconds);
        }
    }
}
