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
    private static final String RATE = "Requests/s";
    private static final int FIRST_VALUE = 4;
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
        return new Pass(lines).read();
    }

    private static final class Pass {
        private final ReportLines lines;
        private final Cells cells;
        private final List<String> names;
        /** By column: in which unit it counts; null where it does not. */
        private final @Nullable BigDecimal[] units;
        /** By column: whether it is a number in every row. */
        private final boolean[] always;
        /** By column, of the row that was read; not a number where none stands there. */
        private final double[] values;

        private long requests;
        private long failures;

        /** On the header. */
        Pass(ReportLines lines) throws UnreadableEvidence {
            this.lines = lines;
            cells = new Cells(lines);
            cells.commas();
            names = cells.texts();
            units = new @Nullable BigDecimal[names.size()];
            always = new boolean[names.size()];
            values = new double[names.size()];
            for (int i = FIRST_VALUE; i < units.length; i++) {
                always[i] = names.get(i).equals(RATE);
                units[i] = always[i] ? BigDecimal.ONE : SUMMARY.containsKey(names.get(i)) ? Quantity.MILLI : null;
            }
        }

        Reading read() throws UnreadableEvidence {
            List<Measurement> measurements = new ArrayList<>();
            long allRequests = 0;
            long allFailures = 0;
            LoadResult all = null;
            while (lines.next()) {
                if (all != null) {
                    throw lines.refused("A row follows \"Aggregated\", the last one");
                }
                row();
                if (cells.is(0, "") && cells.is(1, AGGREGATED)) {
                    all = whole(allRequests, allFailures);
                } else {
                    allRequests += requests;
                    allFailures += failures;
                    if (requests > 0 && measurements.size() < Benchmarks.MEASUREMENTS_MAX - 1) {
                        measurements.add(result().measurement());
                    }
                }
            }
            if (all == null || lines.isOpenEnded()) {
                throw lines.refused("It ends without the row \"Aggregated\", so it was cut off");
            }
            measurements.add(all.measurement());
            return all.lastingByItsRate().reading("locust", List.of(), List.of(), measurements);
        }

        private void row() throws UnreadableEvidence {
            cells.commas();
            if (cells.count() != names.size()) {
                throw lines.refused("This row has %d cells, not %d".formatted(cells.count(), names.size()));
            }
            for (int i = FIRST_VALUE; i < values.length; i++) {
                BigDecimal unit = units[i];
                values[i] = unit == null || (!always[i] && cells.is(i, "N/A")) ? Double.NaN : cells.number(i, unit);
            }
            requests = cells.whole(2);
            failures = cells.whole(3);
        }

        private LoadResult whole(long allRequests, long allFailures) throws UnreadableEvidence {
            LoadResult all = result();
            if (requests != allRequests || failures != allFailures) {
                throw lines.refused("The rows tell of %d requests and %d failures, this sum of %d and %d"
                        .formatted(allRequests, allFailures, requests, failures));
            }
            return all;
        }

        /** What the row says. */
        private LoadResult result() throws UnreadableEvidence {
            Map<String, Double> latency = new LinkedHashMap<>();
            OptionalDouble rate = OptionalDouble.empty();
            for (int i = FIRST_VALUE; i < values.length; i++) {
                String called = SUMMARY.get(names.get(i));
                if (called != null && !Double.isNaN(values[i])) {
                    latency.put(called, values[i]);
                } else if (names.get(i).equals(RATE)) {
                    rate = OptionalDouble.of(values[i]);
                }
            }
            String name = cells.is(0, "") ? cells.text(1) : cells.text(0) + " " + cells.text(1);
            return new Printed(lines).load(name, requests, OptionalLong.of(failures), rate, latency);
        }
    }
}
