package dev.slipway.validation.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The judge over what was recorded of a rollout, by the bounds that it went by: what it finds, and when. */
public final class Replay {
    private final List<Finding> findings = new ArrayList<>();
    private Judgement core = new Judgement(ShippedBounds.BOUNDS);
    private @Nullable JudgementState state;
    private int passedStep;

    /**
     * One line of a recording: either a question or a second of one gateway, as the service heard it.
     *
     * @param at when it heard it
     * @param bounds which it judges by from this question on; null beside a second, and of recordings from before they were
     *     noted, which are judged by the shipped ones, slow answers as they were weighed then
     */
    public record Line(
            Instant at,
            @Nullable Judge judge,
            @Nullable TrafficSample sample,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            JudgedBounds bounds) {
        public Line {
            if ((judge == null) == (sample == null)) {
                throw new IllegalArgumentException("A line of a recording holds either a judge or a sample");
            }
            if (bounds != null && judge == null) {
                throw new IllegalArgumentException("Bounds stand beside a question to the judge");
            }
        }

        public static Line of(Instant at, Judge judge, JudgedBounds bounds) {
            return new Line(at, judge, null, bounds);
        }

        public static Line of(Instant at, TrafficSample sample) {
            return new Line(at, null, sample, null);
        }
    }

    /** What was found at some second, in words. */
    public record Finding(Instant at, String what) {}

    /** What came of it. */
    public record Result(List<Finding> findings, @Nullable JudgementStatus last) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /** Lines come in the order in which they were heard. */
    public void hear(Line line) {
        Judge judge = line.judge();
        TrafficSample sample = line.sample();
        if (judge != null) {
            JudgedBounds bounds = line.bounds();
            core = new Judgement((bounds == null ? JudgedBounds.UNNOTED : bounds).in(ShippedBounds.BOUNDS));
            decide(judge.environment().toString(), new JudgeAsked(judge), line.at());
        } else if (sample != null) {
            decide(sample.environment().toString(), new Sampled(sample), line.at());
        }
    }

    /** The highest step that has passed by now, 0 for none. */
    public int passedStep() {
        return passedStep;
    }

    public Result result() {
        return new Result(findings, state == null ? null : state.present().orElse(null));
    }

    private void decide(String environment, JudgementInput input, Instant at) {
        JudgementState before = state == null ? core.initial(environment) : state;
        JudgementState after = core.decide(before, input, at).state();
        state = after;
        Optional<JudgementStatus> was = before.present();
        after.present().ifPresent(now -> compare(was, now, at));
    }

    private void compare(Optional<JudgementStatus> was, JudgementStatus now, Instant at) {
        passedStep = now.passedStep();
        if (now.baselineReady() && !was.map(JudgementStatus::baselineReady).orElse(false)) {
            findings.add(new Finding(at, "the baseline is known"));
        }
        now.notes().stream()
                .filter(note ->
                        !was.map(JudgementStatus::notes).orElse(List.of()).contains(note))
                .forEach(note -> findings.add(new Finding(at, note)));
        if (now.passedStep() > was.map(JudgementStatus::passedStep).orElse(0)) {
            findings.add(new Finding(at, "step %d has passed".formatted(now.passedStep())));
        }
        if (now.worse() != null && was.map(JudgementStatus::worse).isEmpty()) {
            findings.add(new Finding(at, "worse: " + now.worse()));
        }
    }
}
