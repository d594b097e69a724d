package dev.slipway.deployment.environment;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.deployment.watch.MemoryGuard;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to an environment. */
public sealed interface EnvironmentInput {
    /** release-service wants this rollout, once however often it says so. */
    record StartAsked(Plan plan) implements EnvironmentInput {}

    /** A command about a rollout that was asked for before, or should have been. */
    sealed interface RolloutAsked extends EnvironmentInput {
        QuestionKey question();

        String reason();

        String actor();
    }

    /** What a person does to a rollout that goes on; each message counts once, however often it arrives. */
    sealed interface Steered extends RolloutAsked {
        /** Id of the message, or null if it has none. */
        @Nullable
        String message();
    }

    /** Something about the rollout that holds the slot; nothing without one. */
    sealed interface AboutActive extends EnvironmentInput {}

    /** It baked well: snapshot and slot move to it. */
    record ConfirmAsked(QuestionKey question, String reason, String actor) implements RolloutAsked {}

    /** @param production what production runs, for an environment that is to go back to that; null where it is not said */
    record RollBackAsked(
            QuestionKey question,
            String reason,
            String actor,
            @Nullable Digest production) implements RolloutAsked {
        /** Nothing is said of production. */
        RollBackAsked(QuestionKey question, String reason, String actor) {
            this(question, reason, actor, null);
        }
    }

    record AbortAsked(QuestionKey question, String reason, String actor) implements RolloutAsked {}

    /** Drop it if it has not started. */
    record WithdrawAsked(QuestionKey question, String reason, String actor) implements RolloutAsked {}

    record PauseAsked(
            QuestionKey question,
            String reason,
            String actor,
            @Nullable String message) implements Steered {}

    record ResumeAsked(
            QuestionKey question,
            String reason,
            String actor,
            @Nullable String message) implements Steered {}

    /** @param full straight to 100 %, else one step */
    record PromoteAsked(
            QuestionKey question,
            String reason,
            String actor,
            boolean full,
            @Nullable String message) implements Steered {}

    record WayBackAsked(QuestionKey question) implements EnvironmentInput {}

    /** validation-service's present judgement. */
    record Judged(String source, long sourceVersion, JudgementStatus status) implements AboutActive {}

    /** A version runs and is healthy. */
    record Started(String key, Instance instance) implements EnvironmentInput {}

    /**
     * A version did not come up.
     *
     * @param kind {@code start-failed} if the version did not come up, {@code errored} if our machinery broke
     * @param trouble what was seen of its program, or null if nothing was
     */
    record StartFailed(
            String key, String kind, String text, @Nullable Trouble trouble) implements AboutActive {
        /** Nothing was seen of its program. */
        StartFailed(String key, String kind, String text) {
            this(key, kind, text, null);
        }
    }

    /**
     * The warm-up is over.
     *
     * @param wrong what the version answered otherwise than it should, or null if it did not or nobody asked
     */
    record WarmedUp(String key, String text, @Nullable String wrong) implements AboutActive {
        /** Nobody asked, or it answered as it should. */
        WarmedUp(String key, String text) {
            this(key, text, null);
        }
    }

    /** @param rollout key of the rollout that goes back */
    record Restored(String rollout, Instance instance) implements AboutActive {}

    record RestoreFailed(String rollout, String text) implements AboutActive {}

    record Stopped(String key) implements EnvironmentInput {}

    record WayBackTried(QuestionKey question, boolean proven, String detail) implements EnvironmentInput {}

    /**
     * The target says that a version which should run does not.
     *
     * @param why what can be told of its end; null where nothing can
     */
    record ProcessGone(String key, @Nullable Trouble why) implements EnvironmentInput {
        /** Nothing can be told of its end. */
        ProcessGone(String key) {
            this(key, null);
        }
    }

    /** A version that should run has not answered that it is ready, as many times in a row as its policy says. */
    record TurnedUnready(String key, Trouble why) implements EnvironmentInput {}

    /** It answers that it is ready again, as often as its policy says. */
    record TurnedReady(String key) implements EnvironmentInput {}

    /** It has not answered that it lives, likewise: it hangs. */
    record Hangs(String key, Trouble why) implements EnvironmentInput {}

    /** A version on its way uses more than a guardrail of its policy allows. */
    record OverLimit(String key, MemoryGuard.Crossed crossed) implements EnvironmentInput {}

    /**
     * What the looks at the own metrics of a version on its way add up to.
     *
     * @param missing why nobody can say whether they are as its policy wants them; empty if they are
     */
    record MetricsSeen(String key, String missing) implements AboutActive {}

    /**
     * What a version was started with has been compared with what is there now.
     *
     * @param changes what is otherwise; empty where nothing is
     */
    record Compared(String key, List<SettingChange> changes) implements EnvironmentInput {
        public Compared {
            changes = List.copyOf(changes);
        }
    }

    /** Timer {@code watch}: what was bad is to be started again, or has been well for long enough. */
    record WatchDue() implements EnvironmentInput {}

    /**
     * Versions that should run do not, because Slipway itself was stopped, or the machine under it: that is not their
     * fault, and they are started anew. All at once, so that no table sends requests to one of them for the other's sake.
     */
    record EndedByUs(List<String> keys) implements EnvironmentInput {
        public EndedByUs {
            keys = List.copyOf(keys);
        }

        public EndedByUs(String key) {
            this(List.of(key));
        }
    }

    /**
     * This service looks after its environments again.
     *
     * @param away how long nobody did
     */
    record CameBack(Duration away) implements AboutActive {}

    /** The traffic table is due to be said again. */
    record TableDue() implements EnvironmentInput {}

    /**
     * Nobody needs the application any more.
     *
     * @param ordinal of its newest release then
     */
    record RemoveAsked(long ordinal, String reason, String actor) implements EnvironmentInput {}

    /** Timer {@code repeat}: ask for the judgement again. */
    record RepeatDue() implements AboutActive {}

    /** Timer {@code deadline}: the present stage has taken too long. */
    record DeadlineDue() implements AboutActive {}

    /** Timer {@code remind}: say again what waits. */
    record RemindDue() implements EnvironmentInput {}

    /** Timer {@code drain}: stop what has served its last requests. */
    record DrainDue() implements EnvironmentInput {}

    /** Timer {@code prove}: a proof of the way back has taken too long. */
    record ProveDue() implements EnvironmentInput {}
}
