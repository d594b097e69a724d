package dev.slipway.validation.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import org.jspecify.annotations.Nullable;

/**
 * That a release needs its reports no longer, and the answer.
 *
 * @param asked null before it was asked
 * @param answer null until it is done
 */
@JsonInclude(Include.NON_NULL)
public record Forgetting(
        String release,
        @Nullable ForgetEvidence asked,
        @Nullable EvidenceForgotten answer) {

    /** What may happen to it. */
    public sealed interface Input {
        /** Release-service says so, or asks again. */
        record Asked(ForgetEvidence question) implements Input {}

        /**
         * It is done.
         *
         * @param outcome the answer from now on
         */
        record Done(EvidenceForgotten outcome) implements Input {}
    }
}
