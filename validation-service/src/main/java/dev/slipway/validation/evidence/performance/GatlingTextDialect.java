package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.KnownFact;
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

/**
 * What Gatling prints at its end: since 3.14 there is no other summary that a program can read. Milliseconds; of the columns
 * the one of requests that were answered well is the latency. Behind the table stand the simulation's own assertions
 * ({@code Global: 95th percentile of response time is less than 5000.0 : true (actual : 1190.0)}): {@code load.assertions} and
 * {@code load.assertions-failed}. How many there should be the text does not say: a gate that needs them asks for their
 * number.
 */
final class GatlingTextDialect implements TextDialect {
    private static final String TABLE = "---- Global Information";
    private static final String PERCENTILE = "response time ";
    private static final String COMPLETED = " completed in ";

    @Override
    public String kind() {
        return "gatling";
    }

    @Override
    public String called() {
        return "output or stats.json of Gatling";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.contains(TABLE) || (beginning.startsWith("Simulation ") && beginning.contains(" started..."));
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.knownWithAssertions();
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        return new Pass(lines).read();
    }

    /** A row of the table; nothing stands for {@code -}. */
    private record Row(String name, Optional<BigDecimal> all, Optional<BigDecimal> good, Optional<BigDecimal> failed) {}

    private static final class Pass {
        private final ReportLines lines;
        private final Printed printed;
        private final Map<String, Row> rows = new LinkedHashMap<>();
        private boolean inTable;
        private boolean ended;
        private long assertions;
        private long broken;
        private OptionalDouble seconds = OptionalDouble.empty();

        Pass(ReportLines lines) {
            this.lines = lines;
            printed = new Printed(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                line(lines.text().strip());
            }
            Row count = rows.get("request count");
            if (count == null || !ended || lines.isOpenEnded()) {
                throw lines.refused(
                        "It has no whole table \"Global Information\", so it was cut off or Gatling gave up");
            }
            return reading(count);
        }

        private void line(String line) throws UnreadableEvidence {
            if (line.startsWith(TABLE)) {
                inTable = true;
                rows.clear();
            } else if (line.startsWith("----") || line.startsWith("====")) {
                ended |= line.startsWith("====") && !rows.isEmpty();
                inTable = false;
            } else if (inTable && line.startsWith("> ")) {
                Row row = line.contains("|") ? columns(line) : brackets(line);
                rows.put(row.name(), row);
            } else if (inTable) {
                throw lines.refused("A row of the table begins with \"> \"");
            } else if (line.startsWith("Simulation ") && line.contains(COMPLETED)) {
                seconds = OptionalDouble.of((double) printed.count(printed.between(line, COMPLETED, " second")));
            } else if (line.contains("(actual : ")) {
                assertion(line);
            }
        }

        private void assertion(String line) throws UnreadableEvidence {
            boolean holds = line.contains(" : true (actual : ");
            if (!holds && !line.contains(" : false (actual : ")) {
                throw lines.refused("An assertion is true or false");
            }
            assertions++;
            broken += holds ? 0 : 1;
        }

        /** {@code > request count | 1,100 | 1,099 | 1}, since 3.12. */
        private Row columns(String line) throws UnreadableEvidence {
            String[] cells = line.substring(2).split("\\|", -1);
            if (cells.length != 4) {
                throw lines.refused("A row of the table has three columns");
            }
            return row(cells[0], cells[1], cells[2], cells[3]);
        }

        /** {@code > request count   1100 (OK=1099   KO=1     )}, before. */
        private Row brackets(String line) throws UnreadableEvidence {
            String head = line.substring(2, Math.max(2, line.indexOf(" (OK="))).strip();
            int space = head.lastIndexOf(' ');
            return row(
                    head.substring(0, Math.max(0, space)),
                    head.substring(space + 1),
                    printed.between(line, "(OK=", " KO="),
                    printed.between(line, " KO=", ")"));
        }

        private Row row(String name, String all, String good, String failed) throws UnreadableEvidence {
            return new Row(name.strip().replace(" (ms)", ""), cell(all), cell(good), cell(failed));
        }

        private Optional<BigDecimal> cell(String text) throws UnreadableEvidence {
            if (text.strip().equals("-")) {
                return Optional.empty();
            }
            Optional<BigDecimal> number = Quantity.parse(text.strip());
            if (number.isEmpty()) {
                throw lines.refused("\"%s\" is no number".formatted(Benchmarks.unit(text.strip())));
            }
            return number;
        }

        private Reading reading(Row count) throws UnreadableEvidence {
            long requests = whole(count.all());
            long failed = whole(count.failed());
            if (whole(count.good()) + failed != requests) {
                throw lines.refused("OK and KO are not all of %d requests".formatted(requests));
            }
            Map<String, Double> latency = new LinkedHashMap<>();
            rows.forEach((name, row) -> row.good()
                    .flatMap(value -> Quantity.of(value, Quantity.MILLI))
                    .ifPresent(value -> called(name).ifPresent(called -> latency.put(called, value))));
            OptionalDouble rate = Optional.ofNullable(
                            rows.getOrDefault("mean throughput (rps)", rows.get("mean requests/sec")))
                    .flatMap(Row::all)
                    .flatMap(value -> Quantity.of(value, BigDecimal.ONE))
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty());
            LoadResult result = printed.load("Global Information", requests, OptionalLong.of(failed), rate, latency);
            List<Fact> further = new ArrayList<>();
            if (assertions > 0) {
                further.add(Fact.count("load.assertions", assertions));
                further.add(Fact.count("load.assertions-failed", broken));
            }
            return result.lasting(seconds).reading("Gatling", List.of(), further, List.of(result.measurement()));
        }

        private long whole(Optional<BigDecimal> number) throws UnreadableEvidence {
            return number.isEmpty() ? 0 : printed.count(number.get().toPlainString());
        }

        private static Optional<String> called(String row) {
            return switch (row) {
                case "min response time" -> Optional.of("min");
                case "max response time" -> Optional.of("max");
                case "mean response time" -> Optional.of("mean");
                case "std deviation", "response time std deviation" -> Optional.of("stddev");
                default ->
                    row.startsWith(PERCENTILE) && row.endsWith(" percentile")
                            ? Quantity.parse(row.substring(PERCENTILE.length(), row.length() - " percentile".length())
                                            .replaceAll("[a-z]+$", ""))
                                    .map(percent -> "p" + percent.toPlainString())
                            : Optional.empty();
            };
        }
    }
}
