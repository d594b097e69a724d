package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.Told;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What workers are asked to do; the bodies of tasks. */
public sealed interface Work {
    String START = "start";
    String WARM_UP = "warm-up";
    String RESTORE = "restore";
    String STOP = "stop";
    String RESTART = "restart";
    String PROVE_WAY_BACK = "prove-way-back";

    /**
     * Fetch, start or adopt, wait for health; as {@link #RESTART} what runs is stopped before. Becomes
     * {@link EnvironmentInput.Started} or a StartFailed.
     *
     * @param told names of {@link Told} that whoever asked for the version wants to know beside it
     */
    record Start(
            String key,
            Artifact artifact,
            Target target,
            Duration startWithin,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Sha sha,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Artifact> others,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> told)
            implements Work {
        public Start {
            others = List.copyOf(others);
            told = List.copyOf(told);
        }

        /** Of which nobody wants to be told more than it is asked with. */
        public Start(
                String key,
                Artifact artifact,
                Target target,
                Duration startWithin,
                @Nullable Sha sha,
                List<Artifact> others) {
            this(key, artifact, target, startWithin, sha, others, List.of());
        }

        static Start of(Plan plan) {
            return new Start(
                    plan.key(),
                    plan.artifact(),
                    plan.target(),
                    plan.startWithin(),
                    plan.sha(),
                    plan.others(),
                    plan.placeholders().stream().filter(Told::isMeant).toList());
        }

        static Start of(Snapshot snapshot) {
            return new Start(
                    snapshot.key(),
                    snapshot.artifact(),
                    snapshot.target(),
                    snapshot.startWithin(),
                    snapshot.sha(),
                    snapshot.others());
        }

        /** The first and all others, as they are placed. */
        @JsonIgnore
        public List<Artifact> artifacts() {
            return Stream.concat(Stream.of(artifact), others.stream()).toList();
        }
    }

    /**
     * Send requests until it is warm. Becomes {@link EnvironmentInput.WarmedUp}.
     *
     * @param longest 0 for no warm-up at all
     * @param checks whether each request must then be answered with its status
     * @param http2 whether it is asked in HTTP/2 by prior knowledge; false where it was not said
     */
    record WarmUp(
            String key,
            URI address,
            String health,
            List<Gate.HttpProbe> requests,
            Duration longest,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean checks,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean http2)
            implements Work {
        public WarmUp {
            requests = List.copyOf(requests);
        }
    }

    /** See that a verified version answers; start it again if it is gone. Becomes Restored or RestoreFailed. */
    record Restore(String rollout, Start verified) implements Work {}

    /** End a process. Becomes {@link EnvironmentInput.Stopped}. */
    record Stop(String key) implements Work {}

    /** Show that the verified version could be started again. Becomes {@link EnvironmentInput.WayBackTried}. */
    record ProveWayBack(QuestionKey question, String version, Start verified) implements Work {
        @JsonIgnore
        public String instanceKey() {
            return proofKey(verified.key(), question);
        }
    }

    /** A second instance of the same version, for this question alone. */
    static String proofKey(Snapshot verified, QuestionKey question) {
        return proofKey(verified.key(), question);
    }

    private static String proofKey(String verified, QuestionKey question) {
        return verified + "~" + question;
    }
}
