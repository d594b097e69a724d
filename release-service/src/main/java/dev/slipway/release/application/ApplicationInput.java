package dev.slipway.release.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to an application. */
public sealed interface ApplicationInput {
    /** An administrator put a policy. The same one again changes nothing. */
    record PutPolicy(Policy policy, String hash, String by) implements ApplicationInput {}

    /**
     * Somebody proposes a release.
     *
     * @param publisher verified identity, case folded
     * @param key natural key of this proposal (the event's source and id, or caller and Idempotency-Key): the same key
     *     has the same answer
     * @param operator whether the publisher may also say that this release fixes another, or is a hotfix
     * @param known the release that the key led to, if it did before; null if it did not, or it was not looked up
     */
    record Propose(
            Proposal proposal,
            String publisher,
            String key,
            boolean operator,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseId known)
            implements ApplicationInput, Asked {
        public Propose(Proposal proposal, String publisher, String key, boolean operator) {
            this(proposal, publisher, key, operator, null);
        }

        @Override
        public Propose leadingTo(ReleaseId release) {
            return new Propose(proposal, publisher, key, operator, release);
        }
    }

    /**
     * An operator wants production to go back to a version that it verified before.
     *
     * @param version which, or null for the one before the present one
     * @param by verified identity, case folded
     * @param key natural key, as for a proposal
     * @param known as for a proposal
     * @param from the version that is to be left, and no other; null where it does not matter
     * @param incident because of which it is asked; null where a person asks
     * @param althoughForwardOnly why it goes back also behind a release that may only go forward; null where nobody says so
     */
    record RollBack(
            @Nullable String version,
            String reason,
            String by,
            String key,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseId known,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            IncidentStatus incident,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String althoughForwardOnly)
            implements ApplicationInput, Asked {
        public RollBack(@Nullable String version, String reason, String by, String key) {
            this(version, reason, by, key, null, null, null, null);
        }

        /** The same, behind a release that may only go forward. */
        public RollBack although(@Nullable String why) {
            return new RollBack(version, reason, by, key, known, from, incident, why);
        }

        /** A version that is bad makes room for the one before it, as its policy says; no other version does. */
        public static RollBack ofBad(IncidentStatus incident, String reason, String by) {
            return new RollBack(null, reason, by, incident.key(), null, incident.version(), incident, null);
        }

        @Override
        public RollBack leadingTo(ReleaseId release) {
            return new RollBack(version, reason, by, key, release, from, incident, althoughForwardOnly);
        }
    }

    /**
     * Somebody wants the configuration of the present policy, and the secrets of now, for what production runs.
     *
     * @param by verified identity, case folded
     * @param key natural key, as for a proposal
     * @param known as for a proposal
     */
    record Configure(
            String by,
            String key,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseId known) implements ApplicationInput, Asked {
        public Configure(String by, String key) {
            this(by, key, null);
        }

        @Override
        public Configure leadingTo(ReleaseId release) {
            return new Configure(by, key, release);
        }
    }

    /**
     * Production says that something of what it runs was changed behind Slipway's back, or is no longer.
     *
     * @param number of the incident
     */
    record ChangedBehind(
            int number,
            boolean over,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<SettingChange> changes) implements ApplicationInput {
        public ChangedBehind {
            changes = List.copyOf(changes);
        }
    }

    /**
     * People want something done that they have learned from a release, or nothing of it is left to do. Said before the release
     * takes the item, so that none is forgotten; who looks finds out what is left of it.
     *
     * @param left whether something is
     */
    record ItemsLeft(ReleaseId release, boolean left) implements ApplicationInput {}

    /** An administrator says that nobody needs it any more. Said again it is told on again. */
    record Remove(String reason, String by) implements ApplicationInput {}

    /** Somebody says that a source branch is at this revision now. It counts once Git shows the same. */
    record PushHeard(Sha sha) implements ApplicationInput {}

    /**
     * What Git shows.
     *
     * @param pushed the revision that was heard of
     * @param head the same revision if a source branch is there; else where one is, or null if there is none
     * @param branches the source branches that are at the revision; empty where it is not said
     */
    record HeadSeen(
            Sha pushed,
            @Nullable Sha head,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> branches) implements ApplicationInput {
        public HeadSeen {
            branches = List.copyOf(branches);
        }

        /** It is not said which branches. */
        public HeadSeen(Sha pushed, @Nullable Sha head) {
            this(pushed, head, List.of());
        }
    }

    /**
     * One of its releases is somewhere else now.
     *
     * @param said version of the release when it said so, so that an older word never undoes a newer one; 0 if unknown
     */
    record ReleaseMoved(
            Moved moved, @JsonSetter(nulls = Nulls.AS_EMPTY) long said) implements ApplicationInput {
        public ReleaseMoved(Moved moved) {
            this(moved, 0);
        }
    }
}
