package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.validation.JudgementStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The judgements of one environment: at most one at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JudgementState.Idle.class, name = "idle"),
    @JsonSubTypes.Type(value = JudgementState.Judging.class, name = "judging")
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

    /** Nothing is judged. */
    record Idle(String id, List<JudgementStatus> ended) implements JudgementState {
        public Idle {
            ended = List.copyOf(ended);
        }
    }

    /** A rollout is judged. */
    record Judging(String id, Rollout rollout, Step step, Verdicts verdicts, Tally tally, List<JudgementStatus> ended)
            implements JudgementState {
        public Judging {
            ended = List.copyOf(ended);
        }

        Judging at(Step next) {
            return new Judging(id, rollout, next, verdicts, tally.nextStep(), ended);
        }

        Judging with(Verdicts found, Tally counted) {
            return new Judging(id, rollout, step, found, counted, ended);
        }

        Idle over(JudgementStatus last, int memory) {
            List<JudgementStatus> all = new ArrayList<>(ended);
            all.add(last);
            return new Idle(id, all.subList(Math.max(0, all.size() - memory), all.size()));
        }
    }
}
