package dev.slipway.validation;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this service counts: {@code slipway.gates{verdict}} verdicts in evidence chains, {@code slipway.judgement{found}}
 * findings about canaries, {@code slipway.samples{counted}} samples of traffic. Each instance counts what it did itself.
 */
final class ValidationMeters {
    private final MeterRegistry meters;
    /** What was last found about each environment's rollout, to see what is new; the partitions of a topic bound it. */
    private final Map<String, Found> last = new ConcurrentHashMap<>();

    private record Found(
            String question,
            boolean ready,
            int passedStep,
            @Nullable Worse worse) {
        static Found in(JudgementStatus status) {
            return new Found(status.question().toString(), status.baselineReady(), status.passedStep(), status.worse());
        }
    }

    ValidationMeters(MeterRegistry meters) {
        this.meters = meters;
        passedOverCounter(); // each is there at zero before its first increment
        Arrays.stream(Verdict.values())
                .filter(verdict -> verdict != Verdict.UNKNOWN)
                .forEach(this::decidedCounter);
        List.of(true, false).forEach(this::sampledCounter);
        List.of("baseline-ready", "step-passed", "guardrail", "comparison").forEach(this::foundCounter);
    }

    private Counter passedOverCounter() {
        return meters.counter("slipway.events.passed.over", "topic", Topics.CI_EVENTS);
    }

    private Counter decidedCounter(Verdict verdict) {
        return meters.counter("slipway.gates", "verdict", verdict.name().toLowerCase(Locale.ROOT));
    }

    private Counter sampledCounter(boolean counted) {
        return meters.counter("slipway.samples", "counted", Boolean.toString(counted));
    }

    private Counter foundCounter(String what) {
        return meters.counter("slipway.judgement", "found", what);
    }

    void passedOver() {
        passedOverCounter().increment();
    }

    void decided(Verdict verdict) {
        decidedCounter(verdict).increment();
    }

    /** @param present the judgement after the sample, or null where nothing is judged */
    void sampled(String environment, @Nullable JudgementStatus present, boolean counted) {
        sampledCounter(counted).increment();
        if (present == null) {
            last.remove(environment);
            return;
        }
        Found now = Found.in(present);
        Found before = last.put(environment, now);
        if (before != null && before.question().equals(now.question())) {
            found("baseline-ready", now.ready() && !before.ready());
            found("step-passed", now.passedStep() > before.passedStep());
            Worse worse = now.worse();
            found(worse == null ? "" : worse.rule(), worse != null && before.worse() == null);
        }
    }

    private void found(String what, boolean isNew) {
        if (isNew) {
            foundCounter(Objects.requireNonNull(what)).increment();
        }
    }
}
