package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.KnownFact;
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
    private record Key(String module, String benchmark, String unit) {}

    private static final class Pass {
        private final ReportLines lines;
        private final Printed printed;
        private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
        private String module = "";
        private boolean open;
        private long ends;
        private long failed;
        private boolean failedHere;

        Pass(ReportLines lines) {
            this.lines = lines;
            printed = new Printed(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                line(lines.text());
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
                open = true;
            } else if (line.startsWith(PREFIX)) {
                benchmark(line);
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
        private void benchmark(String line) throws UnreadableEvidence {
            open = true;
            if (line.contains("--- FAIL: ")) {
                fail();
                return;
            }
            String[] cells = line.strip().split("\\s+");
            if (cells.length == 1) {
                return; // its name alone, before what it logs
            }
            if (cells.length < 4 || cells.length % 2 != 0) {
                throw lines.refused("A benchmark's line should hold iterations and numbers with units;"
                        + " a benchmark that prints into it cannot be read");
            }
            printed.count(cells[1]);
            for (int i = 2; i < cells.length; i += 2) {
                boolean isTime = cells[i + 1].equals("ns/op");
                double value = printed.number(cells[i], isTime ? Quantity.NANO : BigDecimal.ONE);
                Key key = new Key(module, cells[0], isTime ? "s" : cells[i + 1]);
                List<Double> values = samples.computeIfAbsent(key, _ -> new ArrayList<>());
                if (values.size() < Benchmarks.SAMPLES_MAX) {
                    values.add(value);
                }
            }
        }

        private Reading reading() {
            Set<String> suffixes = new HashSet<>();
            samples.keySet().forEach(key -> suffixes.add(suffix(key.benchmark())));
            String suffix = suffixes.size() == 1 ? suffixes.iterator().next() : "";
            Benchmarks benchmarks = new Benchmarks();
            samples.forEach((key, values) -> {
                String shown = key.benchmark().substring(0, key.benchmark().length() - suffix.length());
                String full = key.module().isEmpty() ? shown : key.module() + "." + shown;
                if (key.unit().equals("s")) {
                    benchmarks.add(shown.substring(PREFIX.length()), Benchmarks.time(full, values, Map.of()));
                } else {
                    benchmarks.aside(Benchmarks.measurement(
                            full,
                            Benchmarks.metric(key.unit()),
                            Benchmarks.unit(key.unit()),
                            better(key.unit()),
                            values,
                            Map.of()));
                }
            });
            if (failed > 0) {
                benchmarks.note("Lines of benchmarks that failed are missing: %d failures".formatted(failed));
            }
            return benchmarks.reading("go test -bench", OptionalLong.of(failed));
        }

        private static KnownFact.Better better(String unit) {
            if (unit.endsWith("/op")) {
                return KnownFact.Better.LOWER;
            }
            return unit.endsWith("/s") ? KnownFact.Better.HIGHER : KnownFact.Better.NEITHER;
        }

        private static String suffix(String name) {
            int dash = name.lastIndexOf('-');
            boolean digits = dash > 0
                    && dash + 1 < name.length()
                    && name.chars().skip(dash + 1).allMatch(each -> each >= '0' && each <= '9');
            return digits ? name.substring(dash) : "";
        }
    }
}
