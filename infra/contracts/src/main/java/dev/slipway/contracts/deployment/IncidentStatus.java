package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.SettingChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status: a verified version that went bad, from then until it is well again or serves no more. Topic
 * {@link Topics#DEPLOYMENT_EVENTS}, keyed by release.
 *
 * @param release that brought the version here
 * @param number 1 for the first incident of an environment, then rising by one; with the environment its natural key
 * @param kind what it is by now; a version that died and dies again becomes a crash loop
 * @param begun when it went bad
 * @param over when it was well again or served no more; null while the incident lasts
 * @param ending how it ended, in one sentence; null while it lasts
 * @param restarts how often the version was started again since it was verified
 * @param why what was seen last
 * @param goesBack whether the version before it is to come back by itself
 * @param contacts who is told; empty where it is not known
 * @param changes what is otherwise than the version was started with, of kind CHANGED; else empty
 * @param notBack why it does not go back although its policy says so, in one sentence; null where it does, or the policy does
 *     not. Where {@code goesBack} is said as well it was to go back, and release-service refused it
 */
public record IncidentStatus(
        EnvironmentId environment,
        ReleaseId release,
        String version,
        int number,
        Kind kind,
        Instant begun,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant over,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ending,
        int restarts,
        Trouble why,
        boolean goesBack,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Policy.Contact> contacts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<SettingChange> changes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String notBack) {
    public IncidentStatus {
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("release", release);
        Texts.requirePresent("version", version);
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("begun", begun);
        Texts.requirePresent("why", why);
        Ranges.require("number", number, 1, Integer.MAX_VALUE);
        Ranges.require("restarts", restarts, 0, Integer.MAX_VALUE);
        contacts = List.copyOf(contacts);
        changes = List.copyOf(changes);
    }

    /** One in which nothing was changed behind Slipway's back, and nothing keeps it from going back. */
    public IncidentStatus(
            EnvironmentId environment,
            ReleaseId release,
            String version,
            int number,
            Kind kind,
            Instant begun,
            @Nullable Instant over,
            @Nullable String ending,
            int restarts,
            Trouble why,
            boolean goesBack,
            List<Policy.Contact> contacts) {
        this(
                environment,
                release,
                version,
                number,
                kind,
                begun,
                over,
                ending,
                restarts,
                why,
                goesBack,
                contacts,
                List.of(),
                null);
    }

    /** The same from release-service, which does not take it back for this reason although it was to go back. */
    public IncidentStatus withNotBack(String because) {
        return new IncidentStatus(
                environment,
                release,
                version,
                number,
                kind,
                begun,
                over,
                ending,
                restarts,
                why,
                goesBack,
                contacts,
                changes,
                because);
    }

    /** Names it for good: {@code hello/production#3}. */
    public String key() {
        return environment + "#" + number;
    }

    /** What happened to the version. */
    public enum Kind {
        /** Its process ended by itself. */
        DIED,
        /** It runs, and does not answer as it should. */
        UNREADY,
        /** It ended again and again. */
        CRASH_LOOP,
        /** What it was started with was changed behind Slipway's back. */
        CHANGED,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
