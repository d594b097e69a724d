package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Freezes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is legal in a policy, yet will hardly be meant at the time at which it is put. */
public final class PolicyNotes {
    private PolicyNotes() {}

    /** One sentence each, for whoever puts the policy. */
    public static List<String> of(Policy policy, Instant now) {
        List<String> notes = new ArrayList<>();
        for (Policy.Freeze window : policy.freeze()) {
            if (!window.to().isAfter(now)) {
                notes.add("the freeze \"%s\" is over since %s and holds nothing any more"
                        .formatted(window.reason(), window.to()));
            }
        }
        if (Freezes.of(policy).neverEnd(now)) {
            notes.add("the weekly freezes leave no time at all in which a release may begin production");
        }
        return notes;
    }
}
