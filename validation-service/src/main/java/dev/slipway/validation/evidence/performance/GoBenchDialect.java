package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code go test -bench} prints. With {@code -count} the lines of one benchmark are its samples. A benchmark that fails
 * has no line of its own: {@code --- FAIL} and the package's {@code FAIL} are {@code tool.errors}, and so is a panic. Each
 * package must have its closing {@code ok} or {@code FAIL}: else the text was cut off or filtered, and nobody knows what is
 * missing. A benchmark that prints breaks its own line, and the report is refused. The number of processors at the end of names ({@code -8}) is left out where all have the same.
 */
final class GoBenchDialect implements TextDialect {
    private static final String PREFIX = "Benchmark";
    private static final String TIME = "ns/op";
    private static final int PRIME = 31;

    @Override
    public String kind() {
        return "go-bench";
    }

    @Override
    public String called() {
        return "output of go test -bench";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.contains(" ns/op")
                && (beginning.startsWith(PREFIX) || beginning.contains("\n" + PREFIX))
                && (beginning.startsWith("goos: ") || beginning.contains("\ngoos: "));
    }

    @Override
    public List<KnownFact> facts() {
        return Benchmarks.knownWithErrors();
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        return new Pass(lines).read();
    }

    /** One metric of a benchmark in a package. */
    private record Key(String module, String benchmark, String unit) {
        @Override
        public int hashCode() {
            return (module.hashCode() * PRIME + benchmark.hashCode()) * PRIME + unit.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && benchmark.equals(key.benchmark)
                    && unit.equals(key.unit)
                    && module.equals(key.module);
        }
    }

    /**
     * What is printed beside a number.
     *
     * @param factor of it, for {@link Key#unit}
     */
    private record Metric(String unit, BigDecimal factor, Samples samples) {}

    private static final class Pass {
        private final ReportLines lines;
        private final Cells cells;
        private final Map<Key, Samples> samples = new LinkedHashMap<>();
        /** What stands on the line before, as neighbours mostly tell of the same. */
        private final List<Metric> metrics = new ArrayList<>();

        private String benchmark = "";
        private String module = "";
        private boolean open;
        private long ends;
        private long failed;
        private boolean failedHere;

        Pass(ReportLines lines) {
            this.lines = lines;
            cells = new Cells(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                if (lines.startsWith(PREFIX)) {
                    benchmark();
                } else {
                    line(lines.text());
                }
            }
            if (open || ends == 0 || lines.isOpenEnded()) {
                throw lines.refused(
                        "It ends without the \"ok\" or \"FAIL\" of its package, so it was cut off or filtered");
            }
            if (samples.isEmpty() && failed == 0) {
                throw lines.refused("It holds no benchmark: nothing was measured, and that is no evidence");
            }
            return reading();
        }

        private void line(String line) throws UnreadableEvidence {
            if (line.startsWith("pkg: ")) {
                if (open) {
                    throw lines.refused("The package before has no \"ok\" or \"FAIL\"");
                }
                module = line.substring(5).strip();
                metrics.clear();
                open = true;
            } else if (line.startsWith("--- FAIL") || line.startsWith("panic: ")) {
                fail();
            } else if (line.startsWith("ok  \t")) {
                end();
            } else if (line.startsWith("FAIL\t")) {
                if (!failedHere) {
                    fail();
                }
                end();
            } else if (!isLegal(line)) {
                throw lines.refused("This line is not known, and a benchmark or a failure could stand here");
            }
        }

        /** What a benchmark logs stands anywhere; what could be a line that counts and is none does not. */
        private static boolean isLegal(String line) {
            return line.equals("FAIL")
                    || (!line.contains("ns/op")
                            && !line.contains("FAIL")
                            && !line.startsWith("ok ")
                            && !line.startsWith("pan"));
        }

        private void fail() {
            failed++;
            failedHere = true;
        }

        private void end() {
            ends++;
            open = false;
            failedHere = false;
        }

        /** {@code BenchmarkParse/small-8   1000   1234 ns/op   16 B/op}. */
        private void benchmark() throws UnreadableEvidence {
            open = true;
            cells.words();
            if (cells.contain("FAIL:") && lines.text().contains("--- FAIL: ")) {
                fail();
                return;
            }
            if (cells.count() == 1) {
                return; // its name alone, before what it logs
            }
            if (cells.count() < 4 || cells.count() % 2 != 0) {
                throw lines.refused("A benchmark's line should hold iterations and numbers with units;"
                        + " a benchmark that prints into it cannot be read");
            }
            cells.whole(1);
            if (!cells.is(0, benchmark)) {
                benchmark = cells.text(0);
                metrics.clear();
            }
            for (int i = 2; i < cells.count(); i += 2) {
                Metric metric = metric(i / 2 - 1, i + 1);
                double value = cells.number(i, metric.factor());
                if (metric.samples().size() < Benchmarks.SAMPLES_MAX) {
                    metric.samples().add(value);
                }
            }
        }

        /** @param place of it on the line, from 0 */
        private Metric metric(int place, int unitCell) throws UnreadableEvidence {
            if (place < metrics.size() && cells.is(unitCell, metrics.get(place).unit())) {
                return metrics.get(place);
            }
            String unit = cells.text(unitCell);
            boolean time = unit.equals(TIME);
            Key key = new Key(module, benchmark, time ? "s" : unit);
            Metric metric = new Metric(
                    unit, time ? Quantity.NANO : BigDecimal.ONE, samples.computeIfAbsent(key, _ -> new Samples()));
            if (place == metrics.size()) {
                metrics.add(metric);
            }
            return metric;
        }

        private Reading reading() {
            String suffix = commonSuffix();
            Benchmarks benchmarks = new Benchmarks();
            samples.forEach((key, values) -> {
                Measurement measured = benchmarks.keepsMore() ? measured(key, suffix, values) : Benchmarks.LEFT_OUT;
                if (key.unit().equals("s")) {
                    benchmarks.add(shown(key, suffix).substring(PREFIX.length()), measured);
                } else {
                    benchmarks.aside(measured);
                }
            });
            if (failed > 0) {
                benchmarks.note("Lines of benchmarks that failed are missing: %d failures".formatted(failed));
            }
            return benchmarks.reading("go test -bench", OptionalLong.of(failed));
        }

        /** What all names end with; empty where they differ in it. */
        private String commonSuffix() {
            String before = "";
            Set<String> suffixes = new HashSet<>();
            for (Key key : samples.keySet()) {
                if (!key.benchmark().equals(before)) {
                    before = key.benchmark();
                    suffixes.add(suffix(before));
                }
            }
            return suffixes.size() == 1 ? suffixes.iterator().next() : "";
        }

        private static String shown(Key key, String suffix) {
            return key.benchmark().substring(0, key.benchmark().length() - suffix.length());
        }

        private static Measurement measured(Key key, String suffix, Samples values) {
            String shown = shown(key, suffix);
            String full = key.module().isEmpty() ? shown : key.module() + "." + shown;
            return key.unit().equals("s")
                    ? Benchmarks.time(full, values, Map.of())
                    : Benchmarks.measurement(
                            full,
                            Benchmarks.metric(key.unit()),
                            Benchmarks.unit(key.unit()),
                            better(key.unit()),
                            values,
                            Map.of());
        }

        private static KnownFact.Better better(String unit) {
            if (unit.endsWith("/op")) {
                return KnownFact.Better.LOWER;
            }
            return unit.endsWith("/s") ? KnownFact.Better.HIGHER : KnownFact.Better.NEITHER;
        }

        private static String suffix(String name) {
            int dash = name.length() - 1;
            while (dash > 0 && name.charAt(dash) >= '0' && name.charAt(dash) <= '9') {
                dash--;
            }
            return dash > 0 && dash + 1 < name.length() && name.charAt(dash) == '-' ? name.substring(dash) : "";
        }
    }
}
