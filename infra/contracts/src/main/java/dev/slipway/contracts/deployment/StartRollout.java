package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Command: move this environment to this version. Repeated until it is answered.
 *
 * @param ordinal the release's ordinal within its application; the newest waiting rollout is kept
 * @param steps the shares to go through; a single 100 % step for staging
 * @param canary how to judge, or null where nothing is judged (staging)
 * @param warmUpRequests requests that warm the version up
 * @param startWithin how long the version may take to become healthy
 * @param keptOnly whether this is a rollback of a completed release: it is admitted only to a digest of which the
 *     environment keeps a snapshot, else answered NOT_ADMITTED; false where a sender does not know it
 * @param bake how long the version is watched after its last step, as the last step of its judgement, 0 s to 24 h; absent
 *     is 0 s: then whoever sends it watches by himself
 * @param front how users come to the environment from the version's first share on; absent is {@link Front#DEFAULT}
 * @param sha the revision that the version was made of; null where a sender does not say it
 * @param whenBad what is done when the version goes bad after it was verified; absent is ALERT
 * @param contacts who is told then, at most 50; empty where a sender does not say
 * @param others further artifacts, at most 19, that lie beside {@code artifact} under their names; none where a sender
 *     knows but one
 * @param configuration digest of what the program is started with, as the policy has it ({@link Configuration#digest}); null
 *     where a sender does not say it
 * @param placeholders names of {@link Placeholders} that the machine knows and the sender wants to be told in
 *     {@link RolloutStatus#placeholders} once the version runs, as it has it asked with them, and names of {@link Told}; at most
 *     400, none where a sender says nothing
 * @param forwardOnly why the environment is not to go back from this version by itself: what would take it back holds it at
 *     its present share, paused, with its cause, until a person resumes, promotes, aborts or rolls it back; null where it goes
 *     back, and where a sender does not know it
 * @param fixes the release whose rollout this one repairs. One that may only go forward and has the slot hands it over, and the
 *     share that it has stays with it until this version takes it; of any other nothing follows. Null for none
 * @param asksFirst whether the environment, where it had to wait for its slot, asks before it begins: it tells that it is the
 *     version's turn ({@link RolloutStatus#atTurn}), and begins once the same command comes with false; false where a sender does
 *     not know it
 */
public record StartRollout(
        QuestionKey question,
        EnvironmentId environment,
        long ordinal,
        String version,
        Artifact artifact,
        Target target,
        Strategy strategy,
        List<Step> steps,
        @Nullable Canary canary,
        List<Gate.HttpProbe> warmUpRequests,
        Duration startWithin,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean keptOnly,
        @JsonSetter Duration bake,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
        Front front,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sha sha,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = WhenBad.IfAbsent.class) @JsonSetter
        WhenBad whenBad,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Policy.Contact> contacts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Artifact> others,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest configuration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> placeholders,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forwardOnly,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReleaseId fixes,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean asksFirst) {
    private static final Duration BAKE_MAX = Duration.ofHours(24);
    private static final int CONTACTS_MAX = 50;
    private static final int OTHERS_MAX = 19;
    /**
     * More than a machine has to tell: artifact, folder and port, at most 20 artifacts by name, as many ports as a target has,
     * and {@link Told} of as many secrets as two targets have.
     */
    public static final int PLACEHOLDERS_MAX = 400;

    public StartRollout {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("version", version);
        Texts.requirePresent("artifact", artifact);
        Texts.requirePresent("target", target);
        Texts.requirePresent("strategy", strategy);
        Texts.requirePresent("steps", steps);
        Texts.requirePresent("warmUpRequests", warmUpRequests);
        Texts.requirePresent("startWithin", startWithin);
        bake = bake == null ? Duration.ZERO : bake;
        Ranges.require("bake", bake, Duration.ZERO, BAKE_MAX);
        Step.requireRising(steps);
        steps = List.copyOf(steps);
        warmUpRequests = List.copyOf(warmUpRequests);
        front = front == null ? Front.DEFAULT : front;
        contacts = List.copyOf(contacts);
        Ranges.require("contacts: their number", contacts.size(), 0, CONTACTS_MAX);
        others = List.copyOf(others);
        Ranges.require("others: number of artifacts", others.size(), 0, OTHERS_MAX);
        whenBad = whenBad == null ? WhenBad.ALERT : whenBad;
        placeholders = List.copyOf(placeholders);
        Ranges.require("placeholders: their number", placeholders.size(), 0, PLACEHOLDERS_MAX);
    }

    /** To an environment that is reached by default; nothing is said of the revision, nor of what comes later. */
    public StartRollout(
            QuestionKey question,
            EnvironmentId environment,
            long ordinal,
            String version,
            Artifact artifact,
            Target target,
            Strategy strategy,
            List<Step> steps,
            @Nullable Canary canary,
            List<Gate.HttpProbe> warmUpRequests,
            Duration startWithin,
            boolean keptOnly,
            Duration bake) {
        this(
                question,
                environment,
                ordinal,
                version,
                artifact,
                target,
                strategy,
                steps,
                canary,
                warmUpRequests,
                startWithin,
                keptOnly,
                bake,
                Front.DEFAULT,
                null,
                WhenBad.ALERT,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                false);
    }
}
