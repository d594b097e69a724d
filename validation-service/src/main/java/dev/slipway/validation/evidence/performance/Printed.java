package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers in the lines of what a tool printed; what is no number is refused with its line. */
final class Printed {
    private static final long COUNT_MAX = 1_000_000_000_000_000L;

    private final ReportLines lines;

    Printed(ReportLines lines) {
        this.lines = lines;
    }

    double number(String text, BigDecimal factor) throws UnreadableEvidence {
        Optional<Double> number = Quantity.parse(text).flatMap(value -> Quantity.of(value, factor));
        if (number.isEmpty()) {
            throw lines.refused("\"%s\" is no number".formatted(Benchmarks.unit(text)));
        }
        return number.get();
    }

    long count(String text) throws UnreadableEvidence {
        Optional<BigDecimal> number = Quantity.parse(text);
        try {
            if (number.isPresent() && number.get().longValueExact() <= COUNT_MAX) {
                return number.get().longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // said below
        }
        throw lines.refused("\"%s\" is no whole number".formatted(Benchmarks.unit(text)));
    }

    /** A time with its unit behind it. */
    double time(String text) throws UnreadableEvidence {
        Optional<Double> time = Quantity.time(text);
        if (time.isEmpty()) {
            throw lines.refused("\"%s\" is no time with a unit".formatted(Benchmarks.unit(text)));
        }
        return time.get();
    }

    /** What stands between two texts in a line. */
    String between(String line, String before, String after) throws UnreadableEvidence {
        int from = line.indexOf(before);
        int to = from < 0 ? -1 : line.indexOf(after, from + before.length());
        if (to < 0) {
            throw lines.refused("Here should stand \"%s...%s\"".formatted(before, after.strip()));
        }
        return line.substring(from + before.length(), to).strip();
    }

    /** The result of a load test whose counts can be true and whose percentiles rise. */
    LoadResult load(
            String name, long requests, OptionalLong errors, OptionalDouble perSecond, Map<String, Double> latency)
            throws UnreadableEvidence {
        Optional<String> unusable = LoadResult.unusable(requests, errors.orElse(0));
        if (unusable.isPresent()) {
            throw lines.refused(unusable.get());
        }
        if (Quantity.falls(latency)) {
            throw lines.refused("The percentiles fall, so none of them can be believed");
        }
        return new LoadResult(Benchmarks.shown(name), requests, errors, perSecond, latency);
    }
}
