package dev.slipway.contracts.ci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * The customData of a {@code pipelinerun.finished}, {@code pipelinerun.started} or {@code pipelinerun.queued} that a check may be.
 *
 * @param check the check's name as policies write it, 1 to 200 characters
 * @param attempt 1 or more, null where the CI does not say it: of one run (the event's subject) the highest attempt
 *     counts, of several runs the one that finished last
 */
public record CheckFinished(
        ApplicationName application,
        Sha sha,
        String check,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer attempt) {
    public CheckFinished {
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
        Texts.requireLength("check", check, 1, 200);
        if (attempt != null) {
            Ranges.require("attempt", attempt, 1, 1_000_000);
        }
    }
}
