package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.Excess.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the canary's answers had of bad ones beyond the baseline's share, second by second. It decides nothing: it says how much
 * users had of a version that went back, and since when.
 *
 * @param to end of the latest second in which the canary answered, or null
 */
record Excesses(
        Sum errors,
        Sum refusals,
        Sum slow,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant to) {
    static final Excesses NONE = new Excesses(Sum.NOTHING, Sum.NOTHING, Sum.NOTHING, null);

    /**
     * A cumulative sum (Page) of bad answers less the expected ones, which begins anew wherever it falls to nothing: where it
     * began last is the likeliest beginning of what is bad.
     *
     * @param from begin of the second in which it rose above 0, or null while it is 0
     */
    record Sum(
            double bad,
            long answers,
            double expected,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant from) {
        static final Sum NOTHING = new Sum(0, 0, 0, null);

        Sum plus(Instant second, double more, long of, double share) {
            double nowBad = bad + more;
            double nowExpected = expected + of * share;
            return nowBad <= nowExpected
                    ? NOTHING
                    : new Sum(nowBad, answers + of, nowExpected, from == null ? second : from);
        }

        private Optional<Excess> said(Metric metric, @Nullable Instant to) {
            long whole = Math.round(bad);
            double tenths = Math.round(expected * 10) / 10.0;
            return from == null || to == null || Math.round(whole - tenths) < 1
                    ? Optional.empty()
                    : Optional.of(new Excess(metric, whole, Math.max(whole, answers), tenths, from, to));
        }
    }

    Excesses plus(Instant second, SideTally canary, Bad share) {
        if (canary.answers() == 0 && canary.timed() == 0) {
            return this;
        }
        Instant end = second.plusSeconds(1);
        return new Excesses(
                errors.plus(second, (double) canary.errors(), canary.answers(), share.errors()),
                refusals.plus(second, (double) canary.refusals(), canary.answers(), share.refusals()),
                slow.plus(second, share.slowOf(canary), canary.timed(), share.slow()),
                to == null || end.isAfter(to) ? end : to);
    }

    /** What is at least one answer beyond what was to be expected. */
    List<Excess> said() {
        return Stream.of(errors.said(Metric.ERRORS, to), refusals.said(Metric.REFUSALS, to), slow.said(Metric.SLOW, to))
                .flatMap(Optional::stream)
                .toList();
    }
}
