package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is to do, as it was asked for.
 *
 * @param steps the shares that are taken, 1 to 50, rising to 100 %
 * @param canary how it is judged, or null if nothing judges
 * @param startWithin 1 s to 1 h
 * @param keptOnly whether it goes back to a kept snapshot, and nowhere else
 */
public record Plan(
        QuestionKey question,
        long ordinal,
        String version,
        Artifact artifact,
        Target target,
        Strategy strategy,
        List<Step> steps,
        @Nullable Canary canary,
        List<Gate.HttpProbe> warmUpRequests,
        Duration startWithin,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean keptOnly) {
    private static final int STEPS_MAX = 50;
    private static final int WARM_UP_REQUESTS_MAX = 100;
    private static final int PROBES_MAX = 20;
    private static final int SERVER_ERROR = 500;

    public Plan {
        steps = List.copyOf(steps);
        warmUpRequests = List.copyOf(warmUpRequests);
        Ranges.require("steps: number of them", steps.size(), 1, STEPS_MAX);
        Ranges.require("warmUpRequests: number of them", warmUpRequests.size(), 0, WARM_UP_REQUESTS_MAX);
        Ranges.require("startWithin", startWithin, Duration.ofSeconds(1), Duration.ofHours(1));
        if (steps.getLast().traffic() != Step.FULL) {
            throw new IllegalArgumentException("steps: the last one has traffic 100");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).traffic() <= steps.get(i - 1).traffic()) {
                throw new IllegalArgumentException("steps: traffic must rise from step to step");
            }
        }
    }

    /** @throws IllegalArgumentException if the command cannot be meant: it would be refused again */
    public static Plan of(StartRollout asked) {
        if (!asked.question().release().application().equals(asked.environment().application())) {
            throw new IllegalArgumentException(
                    asked.question().release() + " is not a release of " + asked.environment());
        }
        return new Plan(
                asked.question(),
                asked.ordinal(),
                asked.version(),
                asked.artifact(),
                asked.target(),
                asked.strategy(),
                asked.steps(),
                asked.canary(),
                asked.warmUpRequests(),
                asked.startWithin(),
                asked.keptOnly());
    }

    /** Names the running version in traffic tables, samples and on the target. */
    String key() {
        return question.toString();
    }

    Rank rank() {
        return new Rank(ordinal, question.attempt());
    }

    boolean judged() {
        return canary != null;
    }

    /** Whether Slipway sends requests of its own while it is judged. */
    boolean probed() {
        return canary != null && canary.traffic() == Canary.Traffic.PROBE;
    }

    /** The smoke requests that should succeed, as far as one record carries them; else the health path. */
    List<String> probes() {
        List<String> paths = warmUpRequests.stream()
                .filter(request -> request.status() < SERVER_ERROR)
                .map(Gate.HttpProbe::get)
                .distinct()
                .limit(PROBES_MAX)
                .toList();
        return paths.isEmpty() ? List.of(target.health()) : paths;
    }

    Step step(int number) {
        return steps.get(number - 1);
    }

    /** The same with the last step alone. */
    Plan allAtOnce() {
        return new Plan(
                question,
                ordinal,
                version,
                artifact,
                target,
                strategy,
                List.of(steps.getLast()),
                canary,
                warmUpRequests,
                startWithin,
                keptOnly);
    }
}
