package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
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
 * @param next what a person can do now that it has ended, in one sentence; null where nothing is to be done
 * @param announcements what is to be sent now that it has ended; empty before, and in statuses from before there was that
 * @param asksOn whether people are asked for something after its end, so that more may be told; absent where nobody is
 * @param items what people want done of it until a day, of which their owners are reminded; absent where nothing is
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
        List<Milestone> milestones,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Announced> announcements,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean asksOn,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<RetroView.Due> items) {
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
        announcements = List.copyOf(announcements);
        items = List.copyOf(items);
    }

    /** After whose end nobody is asked for anything. */
    public ReleaseStatus(
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
            List<Milestone> milestones,
            @Nullable String next,
            List<Announced> announcements) {
        this(
                release,
                version,
                sha,
                phase,
                since,
                cause,
                waiting,
                trafficPercent,
                previousVersion,
                contacts,
                milestones,
                next,
                announcements,
                false,
                List.of());
    }

    /** Of which nothing is announced. */
    public ReleaseStatus(
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
            List<Milestone> milestones,
            @Nullable String next) {
        this(
                release,
                version,
                sha,
                phase,
                since,
                cause,
                waiting,
                trafficPercent,
                previousVersion,
                contacts,
                milestones,
                next,
                List.of(),
                false,
                List.of());
    }

    /** Of a release for which nothing is to be done, or of which it is not said. */
    public ReleaseStatus(
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
        this(
                release,
                version,
                sha,
                phase,
                since,
                cause,
                waiting,
                trafficPercent,
                previousVersion,
                contacts,
                milestones,
                null);
    }
}
