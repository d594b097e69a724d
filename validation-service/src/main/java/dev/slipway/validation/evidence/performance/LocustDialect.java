package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code PREFIX_stats.csv} of {@code locust --csv PREFIX}; milliseconds. The last row, "Aggregated", is the run; the others
 * are its requests and must add up to it. It says no time, but its rate is that of all requests from the run's begin to the
 * last of them. The other files of locust ({@code _stats_history}, {@code _failures}, {@code _exceptions}) tell nothing more and
 * are passed over in a folder.
 */
final class LocustDialect implements TextDialect {
    private static final String HEADER = "Type,Name,Request Count,Failure Count,";
    private static final String AGGREGATED = "Aggregated";
    private static final Map<String, String> SUMMARY = Map.of(
            "Average Response Time", "mean",
            "Min Response Time", "min",
            "Max Response Time", "max",
            "50%", "p50",
            "75%", "p75",
            "90%", "p90",
            "95%", "p95",
            "99%", "p99",
            "99.9%", "p99.9");

    @Override
    public String kind() {
        return "locust";
    }

    @Override
    public String called() {
        return "stats.csv of locust";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.startsWith(HEADER);
    }

    static boolean isAnotherCsv(String beginning) {
        return beginning.startsWith("Timestamp,User Count,")
                || beginning.startsWith("Method,Name,Error,")
                || beginning.startsWith("Count,Message,Traceback,");
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        if (!lines.next() || !lines.startsWith(HEADER)) {
            throw lines.refused("stats.csv of locust begins with \"%s\"".formatted(HEADER));
        }
        List<String> names = cells(lines);
        List<Measurement> measurements = new ArrayList<>();
        long requests = 0;
        long failures = 0;
        LoadResult all = null;
        while (lines.next()) {
            if (all != null) {
                throw lines.refused("A row follows \"Aggregated\", the last one");
            }
            Row row = row(lines, names);
            if (row.isAll()) {
                all = whole(lines, row, requests, failures);
            } else {
                requests += row.requests();
                failures += row.failures();
                if (row.requests() > 0 && measurements.size() < Benchmarks.MEASUREMENTS_MAX - 1) {
                    measurements.add(row.result(lines).measurement());
                }
            }
        }
        if (all == null || lines.isOpenEnded()) {
            throw lines.refused("It ends without the row \"Aggregated\", so it was cut off");
        }
        measurements.add(all.measurement());
        return all.lastingByItsRate().reading("locust", List.of(), List.of(), measurements);
    }

    private static LoadResult whole(ReportLines lines, Row row, long requests, long failures)
            throws UnreadableEvidence {
        LoadResult all = row.result(lines);
        if (requests != row.requests() || failures != row.failures()) {
            throw lines.refused("The rows tell of %d requests and %d failures, this sum of %d and %d"
                    .formatted(requests, failures, row.requests(), row.failures()));
        }
        return all;
    }

    /** What a row says. */
    private record Row(
            boolean isAll,
            String name,
            long requests,
            long failures,
            OptionalDouble rate,
            Map<String, Double> latency) {
        LoadResult result(ReportLines lines) throws UnreadableEvidence {
            return new Printed(lines).load(name, requests, OptionalLong.of(failures), rate, latency);
        }
    }

    private static Row row(ReportLines lines, List<String> names) throws UnreadableEvidence {
        Printed printed = new Printed(lines);
        List<String> cells = cells(lines);
        if (cells.size() != names.size()) {
            throw lines.refused("This row has %d cells, not %d".formatted(cells.size(), names.size()));
        }
        Map<String, Double> latency = new LinkedHashMap<>();
        Double rate = null;
        for (int i = 4; i < cells.size(); i++) {
            String called = SUMMARY.get(names.get(i));
            String cell = cells.get(i);
            if (called != null && !cell.equals("N/A")) {
                latency.put(called, printed.number(cell, Quantity.MILLI));
            } else if (names.get(i).equals("Requests/s")) {
                rate = printed.number(cell, BigDecimal.ONE);
            }
        }
        String type = cells.get(0);
        return new Row(
                type.isEmpty() && cells.get(1).equals(AGGREGATED),
                type.isEmpty() ? cells.get(1) : type + " " + cells.get(1),
                printed.count(cells.get(2)),
                printed.count(cells.get(3)),
                optional(rate),
                latency);
    }

    private static OptionalDouble optional(@Nullable Double rate) {
        return Optional.ofNullable(rate).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /** Cells of a line; a quote in quotes is written twice. */
    private static List<String> cells(ReportLines lines) throws UnreadableEvidence {
        String line = lines.text();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char at = line.charAt(i);
            if (quoted && at == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(at);
                i++;
            } else if (at == '"') {
                quoted = !quoted;
            } else if (at == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(at);
            }
        }
        if (quoted) {
            throw lines.refused("A quote here has no end");
        }
        cells.add(cell.toString());
        return cells;
    }
}
