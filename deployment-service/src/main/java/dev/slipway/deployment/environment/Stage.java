package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the rollout that holds the slot is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Stage.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = Stage.WarmingUp.class, name = "warming-up"),
    @JsonSubTypes.Type(value = Stage.Stepping.class, name = "stepping"),
    @JsonSubTypes.Type(value = Stage.Baking.class, name = "baking"),
    @JsonSubTypes.Type(value = Stage.Full.class, name = "full"),
    @JsonSubTypes.Type(value = Stage.Restoring.class, name = "restoring")
})
public sealed interface Stage {
    /** The version is being fetched and started. */
    record Starting() implements Stage {}

    /** It runs; {@code warm} once the warm-up is over. */
    record WarmingUp(boolean warm) implements Stage {}

    /**
     * It has the share of a step.
     *
     * @param step from 1
     * @param tableCounter counter of the traffic table that put the step into force
     */
    record Stepping(int step, long tableCounter) implements Stage {}

    /**
     * Every step has passed, and it is watched at the share that it keeps: the last step of the judgement.
     *
     * @param step one more than there are steps
     * @param tableCounter counter of the traffic table that began the bake
     */
    record Baking(int step, long tableCounter) implements Stage {}

    /** Every step and the bake have passed. */
    record Full(int step, long tableCounter) implements Stage {}

    /**
     * Traffic is back, and what serves is being verified.
     *
     * @param step where it was
     * @param attempt from 1
     */
    record Restoring(int step, int attempt) implements Stage {}

    /** 0 before the first share; the bake is one more than there are steps. */
    default int stepNumber() {
        return switch (this) {
            case Starting _, WarmingUp _ -> 0;
            case Stepping(int step, long _) -> step;
            case Baking(int step, long _) -> step;
            case Full(int step, long _) -> step;
            case Restoring(int step, int _) -> step;
        };
    }

    /** Whether a judgement of the running version is wanted. */
    default boolean watched() {
        return switch (this) {
            case WarmingUp _, Stepping _, Baking _, Full _ -> true;
            case Starting _, Restoring _ -> false;
        };
    }
}
