package dev.slipway.validation.judgement;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.StopJudging;

/** Everything that may happen to an environment's judgement. */
public sealed interface JudgementInput {
    /** The environment judges a rollout, at this step. */
    record JudgeAsked(Judge judge) implements JudgementInput {}

    /** The rollout is decided. */
    record StopAsked(StopJudging stop) implements JudgementInput {}

    /** One second of traffic as one gateway saw it. */
    record Sampled(TrafficSample sample) implements JudgementInput {}

    /** What the present word about a rollout rests on is stored. */
    record SecondsKept(QuestionKey question, JudgedSeconds seconds) implements JudgementInput {}

    /** Time to see whether anyone still wants to know. */
    record AbandonmentDue() implements JudgementInput {}
}
