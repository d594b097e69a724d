package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.validation.Excess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What users had of a version that production went back from, that it holds, or that was repaired: by the seconds that were judged,
 * and those after them until it answered nothing any more, or something else was judged. Of a version that was verified before, by
 * those from when its rollback began.
 *
 * @param version the version that it was
 * @param beside the version beside it, whose share is what would have been without it; absent at a first release, and of a version
 *     that was verified before
 * @param answers all answers of the version in production
 * @param excess what of them was not well beyond that share; absent where nothing was
 * @param from begin of the first bad second; absent where nothing was bad
 * @param to end of the last second in which the version answered anything: by then traffic was back, unless it is still held;
 *     absent likewise
 * @param seconds from the one to the other; 0 where nothing was bad
 * @param held whether production still has traffic of it, so that this goes on; absent is no
 * @param left whether it was verified before, so that nobody judged it and what came before its rollback is counted by nobody;
 *     absent is no, and in records from before this was said
 */
public record Disruption(
        String version,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String beside,
        long answers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Excess> excess,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant from,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant to,

        long seconds,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean held,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean left) {
    public Disruption {
        Texts.requirePresent("version", version);
        Ranges.require("answers", answers, 0, Long.MAX_VALUE);
        Ranges.require("seconds", seconds, 0, Long.MAX_VALUE);
        excess = List.copyOf(excess);
    }

    /** Of what a judge has said, or says. */
    public static Disruption of(
            String version, @Nullable String beside, long answers, List<Excess> excess, boolean held) {
        return of(version, beside, answers, excess, held, false);
    }

    /** Of what a judge has said of a version that was verified before, and is left. */
    public static Disruption ofLeft(String version, long answers, List<Excess> excess) {
        return of(version, null, answers, excess, false, true);
    }

    private static Disruption of(
            String version, @Nullable String beside, long answers, List<Excess> excess, boolean held, boolean left) {
        Instant from = excess.stream().map(Excess::from).min(Instant::compareTo).orElse(null);
        Instant to = excess.stream().map(Excess::to).max(Instant::compareTo).orElse(null);
        long seconds =
                from == null || to == null ? 0 : Duration.between(from, to).toSeconds();
        return new Disruption(version, beside, answers, excess, from, to, seconds, held, left);
    }

    /** The same in words that end no sentence. */
    public String text() {
        if (from == null || to == null) {
            return "None of the %s of %s was bad%s"
                    .formatted(counted(answers), version, beside == null ? "" : " beyond the share of " + beside);
        }
        String what = excess.stream().map(this::words).collect(Collectors.joining(", "));
        String time = Texts.words(Duration.ofSeconds(seconds));
        return held
                ? "Users of %s have had %s in %s, since %s".formatted(version, what, time, from)
                : "Users of %s had %s%s in %s, from %s to %s"
                        .formatted(version, what, left ? " since its rollback began," : "", time, from, to);
    }

    private String words(Excess each) {
        String kind = switch (each.metric()) {
            case ERRORS -> Texts.counted(each.bad(), "error", "errors");
            case REFUSALS -> Texts.counted(each.bad(), "refusal", "refusals");
            case SLOW -> Texts.counted(each.bad(), "slow answer", "slow answers");
            case UNKNOWN -> each.bad() + " bad answers";
        };
        String expected = beside == null
                ? ""
                : ", %s by the share of %s".formatted(String.format(Locale.ROOT, "%.1f", each.expected()), beside);
        return "%s (of %s%s)".formatted(kind, counted(each.answers()), expected);
    }

    private static String counted(long number) {
        return Texts.counted(number, "answer", "answers");
    }
}
