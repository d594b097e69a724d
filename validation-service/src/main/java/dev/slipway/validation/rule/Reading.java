package dev.slipway.validation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server that collects metrics has answered to one query.
 *
 * @param value null where it gave no number
 * @param of when the number was measured; null where there is none
 * @param asked when it was asked
 * @param why there is no number, in words that do not change from try to try, at most 300 characters; empty if there is
 */
public record Reading(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double value,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant of,

        Instant asked,
        String why) {
    private static final int WHY_CHARACTERS_MAX = 300;

    public Reading {
        why = Texts.brief(why, WHY_CHARACTERS_MAX);
    }

    public static Reading of(double value, Instant of, Instant asked) {
        return new Reading(value, of, asked, "");
    }

    public static Reading nothing(String why, Instant asked) {
        return new Reading(null, null, asked, why);
    }
}
