package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * DORA's five metrics of an application, or of all together, over a window of days and over the one before ({@code GET
 * /api/v1/applications/{application}/dora} and {@code GET /api/v1/dora}). A rollout is a release that production was moved to,
 * whatever came of it; one that goes back to a version before is none.
 *
 * @param application null for all together
 * @param days length of the window, and of the one before
 * @param from begin of the window; a rollout counts in the one in which it ended
 * @param to its end, exclusive
 * @param whole whether all releases of both windows could be read; where not, the older ones are missing
 * @param watch how long after its end a rollback or a hotfix still makes a rollout a failed one
 * @param deploymentsPerDay rollouts that completed, per day
 * @param deploymentsPerWeek the same per week
 * @param leadTimeSeconds median from the commit's time to its release's completion in production
 * @param changeFailureRate share, 0 to 1, of rollouts that were taken back, or followed by a rollback or hotfix within the
 *     watch; each counts once
 * @param recoverySeconds median, over those, from when it was known to be bad until production was verified again
 * @param reworkRate share, 0 to 1, of unplanned ones (hotfixes, fixes, ways back) among all that production was moved to
 */
public record DoraView(
        @Nullable String application,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int days,
        Instant from,
        Instant to,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean whole,
        Duration watch,
        Metric deploymentsPerDay,
        Metric deploymentsPerWeek,
        Metric leadTimeSeconds,
        Metric changeFailureRate,
        Metric recoverySeconds,
        Metric reworkRate) {
    public DoraView {
        Texts.requirePresent("from", from);
        Texts.requirePresent("to", to);
    }

    /**
     * One metric.
     *
     * @param value in the window; absent where nothing can be said, which is not zero
     * @param of how many rollouts or releases it is made of
     * @param before in the window before; absent likewise
     * @param trend whether that is better
     * @param why what the value is made of, or why there is none, in a sentence for a person
     */
    public record Metric(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double value,

            @JsonSetter(nulls = Nulls.AS_EMPTY) int of,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double before,

            Trend trend,
            String why) {
        public Metric {
            Texts.requirePresent("trend", trend);
        }
    }

    /** This window beside the one before. */
    public enum Trend {
        BETTER,
        WORSE,
        /** By less than a twentieth. */
        SAME,
        /** One of the two is absent. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
