package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The judgements of one environment: at most one at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JudgementState.Idle.class, name = "idle"),
    @JsonSubTypes.Type(value = JudgementState.Judging.class, name = "judging"),
    @JsonSubTypes.Type(value = JudgementState.Resting.class, name = "resting")
})
public sealed interface JudgementState {
    String id();

    /** Last statuses of judgements that have ended, oldest first. */
    List<JudgementStatus> ended();

    /** The last status of a judgement that has ended, if it is still remembered. */
    default Optional<JudgementStatus> endedWith(QuestionKey question) {
        return ended().stream()
                .filter(status -> status.question().equals(question))
                .findFirst();
    }

    /** Where the present judgement is, if there is one. */
    default Optional<JudgementStatus> present() {
        return switch (this) {
            case Idle _ -> Optional.empty();
            case Judging judging -> Optional.of(Saying.status(judging));
            case Resting resting -> Optional.of(Saying.status(resting.judging()));
        };
    }

    /** What is asked now, as a question would put it; nothing while none is answered by counting. */
    default Optional<Judge> asked() {
        return switch (this) {
            case Judging judging -> Optional.of(judging.question());
            case Idle _, Resting _ -> Optional.empty();
        };
    }

    /**
     * Nothing is judged.
     *
     * @param tableCounter highest counter of a traffic table that was heard of; a question with a lower one is from the
     *     past
     * @param tally what still comes of the last one, if it was not well; null where nothing is waited for. It ticks, so it is
     *     not journaled
     */
    record Idle(
            String id,
            long tableCounter,
            List<JudgementStatus> ended,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Trailing tally)
            implements JudgementState {
        public Idle {
            ended = List.copyOf(ended);
        }

        Idle(String id, long tableCounter, List<JudgementStatus> ended) {
            this(id, tableCounter, ended, null);
        }

        /** With what still came of the last one. */
        @Override
        public Optional<JudgementStatus> endedWith(QuestionKey question) {
            Optional<JudgementStatus> last = JudgementState.super.endedWith(question);
            return tally == null || !tally.rollout().equals(question)
                    ? last
                    : last.map(word -> word.since(tally.excesses().said()));
        }

        Idle over(QuestionKey question, JudgedSeconds stored) {
            return new Idle(
                    id,
                    tableCounter,
                    ended.stream()
                            .map(each -> each.question().equals(question) ? each.over(stored) : each)
                            .toList(),
                    tally);
        }

        Idle counting(Trailing next) {
            return new Idle(id, tableCounter, ended, next);
        }
    }

    /** A rollout is judged. */
    record Judging(String id, Rollout rollout, Step step, Verdicts verdicts, Tally tally, List<JudgementStatus> ended)
            implements JudgementState {
        public Judging {
            ended = List.copyOf(ended);
        }

        Judge question() {
            return new Judge(
                    rollout.question(),
                    EnvironmentId.parse(id),
                    rollout.canary(),
                    rollout.baseline(),
                    step.number(),
                    step.trafficPercent(),
                    step.hold(),
                    step.tableCounter(),
                    rollout.rules(),
                    rollout.planned(),
                    rollout.left());
        }

        Judging at(Step next) {
            return new Judging(id, rollout, next, verdicts, tally.holdingAnew(), ended);
        }

        Judging with(Verdicts found, Tally counted) {
            return new Judging(id, rollout, step, found, counted, ended);
        }

        Idle over(JudgementStatus last, int memory, @Nullable Trailing trailing) {
            List<JudgementStatus> all = new ArrayList<>(ended);
            all.add(last);
            return new Idle(
                    id, step.tableCounter(), all.subList(Math.max(0, all.size() - memory), all.size()), trailing);
        }
    }

    /** A rollout that nobody has asked about in a while. What comes meanwhile is not counted; it goes on when asked for. */
    record Resting(Judging judging) implements JudgementState {
        @Override
        public String id() {
            return judging.id();
        }

        @Override
        public List<JudgementStatus> ended() {
            return judging.ended();
        }
    }
}
