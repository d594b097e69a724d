package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What answers a line, and what the policy has to get for that.
 *
 * @param duty to be written into the policy; null for none
 * @param contact the same
 */
record Bound(GuideAnswer answer, @Nullable Duty duty, Policy.@Nullable Contact contact) {
    static Bound of(GuideAnswer answer) {
        return new Bound(answer, null, null);
    }
}
