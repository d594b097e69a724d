package dev.slipway.contracts.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status: the complete present state of one release for those who are told about it.
 *
 * @param previousVersion what production ran before, or null
 * @param milestones all so far, so that none is lost where only the latest status arrives
 */
public record ReleaseStatus(
        ReleaseId release,
        String version,
        Sha sha,
        ReleasePhase phase,
        Instant since,
        @Nullable Cause cause,
        @Nullable Waiting waiting,
        int trafficPercent,
        @Nullable String previousVersion,
        List<Policy.Contact> contacts,
        List<Milestone> milestones) {
    public ReleaseStatus {
        Texts.requirePresent("release", release);
        Texts.requirePresent("version", version);
        Texts.requirePresent("sha", sha);
        Texts.requirePresent("phase", phase);
        Texts.requirePresent("since", since);
        Texts.requirePresent("contacts", contacts);
        Texts.requirePresent("milestones", milestones);
        Ranges.require("trafficPercent", trafficPercent, 0, 100);
        contacts = List.copyOf(contacts);
        milestones = List.copyOf(milestones);
    }
}
