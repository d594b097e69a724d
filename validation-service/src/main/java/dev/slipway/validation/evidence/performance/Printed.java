package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.FewDigits;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers in the lines of what a tool printed; what is no number is refused with its line. */
final class Printed {
    private static final long COUNT_MAX = 1_000_000_000_000_000L;
    /** Of what a double and {@link #COUNT_MAX} hold exactly. */
    private static final int DIGITS_MAX = 15;

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

    /**
     * The same of what stands between two places of the line: of a few digits with at most one point, as nearly all are, no
     * text is made.
     *
     * @param factor 1, or a power of ten below it
     */
    double number(int begin, int end, BigDecimal factor) throws UnreadableEvidence {
        long digits = 0;
        int point = -1;
        for (int i = begin; i < end; i++) {
            int digit = lines.at(i) - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (digit == '.' - '0' && point < 0) {
                point = i;
            } else {
                return number(lines.text(begin, end), factor);
            }
        }
        int many = end - begin - (point < 0 ? 0 : 1);
        int scale = factor.scale() + (point < 0 ? 0 : end - 1 - point);
        return many > 0 && many <= DIGITS_MAX && FewDigits.isNearest(scale)
                ? FewDigits.nearest(digits, scale)
                : number(lines.text(begin, end), factor);
    }

    /** Likewise. */
    long count(int begin, int end) throws UnreadableEvidence {
        long count = 0;
        for (int i = begin; i < end; i++) {
            int digit = lines.at(i) - '0';
            if (digit < 0 || digit > 9) {
                return count(lines.text(begin, end));
            }
            count = count * 10 + digit;
        }
        return end > begin && end - begin <= DIGITS_MAX ? count : count(lines.text(begin, end));
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
