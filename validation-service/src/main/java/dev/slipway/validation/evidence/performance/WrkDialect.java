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

/**
 * What wrk and wrk2 print; each time has a unit of its own. Percentiles come with {@code --latency}. wrk counts answers; what
 * got none is in the line of socket errors and is a request too. Of wrk2's two distributions the recorded one counts, which
 * is corrected for requests that had to wait; the uncorrected one is passed over. Lines between the count of requests and the
 * rate, where errors stand, must all be known.
 */
final class WrkDialect implements TextDialect {
    private static final String UNSENT =
            "wrk does not count requests that had to wait behind slow ones: latencies are too"
                    + " kind to a server that stalls (wrk2 corrects that)";

    @Override
    public String kind() {
        return "wrk";
    }

    @Override
    public String called() {
        return "output of wrk";
    }

    @Override
    public boolean knows(String beginning) {
        return beginning.startsWith("Running ")
                && beginning.lines().findFirst().orElse("").contains(" test @ ");
    }

    @Override
    public List<KnownFact> facts() {
        return LoadResult.known();
    }

    /** Where the text is. */
    private enum Part {
        HEAD,
        DISTRIBUTION,
        PASSED_OVER,
        COUNTS,
        END
    }

    @Override
    public Reading read(ReportLines lines, String name) throws UnreadableEvidence {
        return new Pass(lines).read();
    }

    private static final class Pass {
        private final ReportLines lines;
        private final Printed printed;
        private final Map<String, Double> latency = new LinkedHashMap<>();
        private Part part = Part.HEAD;
        private boolean corrected;
        private String url = "";
        private long answers;
        private long unanswered;
        private long bad;
        private double rate;
        private OptionalDouble seconds = OptionalDouble.empty();

        Pass(ReportLines lines) {
            this.lines = lines;
            printed = new Printed(lines);
        }

        Reading read() throws UnreadableEvidence {
            while (lines.next()) {
                String line = lines.text().strip();
                if (!line.isEmpty()) {
                    line(line);
                }
            }
            if (part != Part.END || lines.isOpenEnded()) {
                throw lines.refused("It ends without \"Requests/sec:\" and \"Transfer/sec:\", so it was cut off");
            }
            LoadResult result = printed.load(
                    url,
                    answers + unanswered,
                    OptionalLong.of(unanswered + bad),
                    OptionalDouble.of(answers == 0 ? 0 : rate * (answers + unanswered) / answers),
                    latency);
            return result.lasting(seconds).reading(corrected ? "wrk2" : "wrk", corrected ? List.of() : List.of(UNSENT));
        }

        private void line(String line) throws UnreadableEvidence {
            if (url.isEmpty()) {
                url = printed.between(line + "\n", " test @ ", "\n");
            } else if (part == Part.COUNTS) {
                counts(line);
            } else if (line.contains(" requests in ")) {
                answers = printed.count(line.substring(0, line.indexOf(' ')));
                seconds = OptionalDouble.of(printed.time(printed.between(line, " requests in ", ",")));
                part = Part.COUNTS;
            } else if (line.startsWith("Latency Distribution")) {
                corrected |= line.contains("HdrHistogram");
                part = line.contains("Uncorrected") ? Part.PASSED_OVER : Part.DISTRIBUTION;
            } else if (line.startsWith("Detailed Percentile") || line.startsWith("----")) {
                part = Part.PASSED_OVER;
            } else if (part == Part.HEAD && line.startsWith("Latency ")) {
                String[] cells = line.split("\\s+");
                latency.put("mean", printed.time(cells.length > 3 ? cells[1] : ""));
                latency.put("max", printed.time(cells[3]));
            } else if (part == Part.DISTRIBUTION) {
                percentile(line);
            } else if (part == Part.END && !line.startsWith("Transfer/sec:")) {
                throw lines.refused("Something follows the end");
            }
        }

        private void percentile(String line) throws UnreadableEvidence {
            int sign = line.indexOf('%');
            BigDecimal percent =
                    sign < 0 ? null : Quantity.parse(line.substring(0, sign)).orElse(null);
            if (percent == null) {
                throw lines.refused("Here should stand a percentile");
            }
            latency.put(
                    "p" + percent.stripTrailingZeros().toPlainString(),
                    printed.time(line.substring(sign + 1).strip()));
        }

        private void counts(String line) throws UnreadableEvidence {
            if (line.startsWith("Socket errors:")) {
                for (String each : line.substring("Socket errors:".length()).split(",", -1)) {
                    String[] cells = each.strip().split(" ", -1);
                    if (cells.length != 2) {
                        throw lines.refused("Here should stand the number of each socket error");
                    }
                    unanswered += printed.count(cells[1]);
                }
            } else if (line.startsWith("Non-2xx or 3xx responses:")) {
                bad = printed.count(line.substring(line.indexOf(':') + 1).strip());
            } else if (line.startsWith("Requests/sec:")) {
                rate = printed.number(line.substring(line.indexOf(':') + 1).strip(), BigDecimal.ONE);
                part = Part.END;
            } else {
                throw lines.refused("This line is not known, and errors would stand here");
            }
        }
    }
}
