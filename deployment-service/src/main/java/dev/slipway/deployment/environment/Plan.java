package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is to do, as it was asked for.
 *
 * @param steps the shares that are taken, 1 to 50, rising to 100 %
 * @param canary how it is judged, or null if nothing judges
 * @param startWithin 1 s to 1 h
 * @param keptOnly whether it goes back to a kept snapshot, and nowhere else
 * @param bake the watch after the last step, 0 s to 24 h; none where a plan was written before there was any
 * @param holdBack share that stays on the version before until the new one is verified, percent, 0 to 50; none until the
 *     rollout is admitted, because it rests on what is verified then
 * @param front how users come to the environment from its first share on; by default where a plan says nothing
 * @param care how it is looked after once it is verified; null where a plan says nothing
 * @param sha the revision that it was made of; null where nobody said it
 * @param others artifacts that lie beside the first under their names; none where a plan was written before there were any
 * @param configuration digest of what the program is started with; null where nobody said it
 * @param placeholders names of those that whoever asked wants to be told once the version runs; none where a plan says
 *     nothing
 * @param forwardOnly why it is held instead of going back by itself; null where it goes back
 * @param fixes the release that it repairs; null for none
 * @param asksFirst whether whoever asked for it is asked, where it had to wait for its slot, before it begins
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
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean keptOnly,
        @JsonSetter Duration bake,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int holdBack,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Front.IfAbsent.class) @JsonSetter
        Front front,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Care care,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sha sha,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Artifact> others,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest configuration,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> placeholders,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forwardOnly,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReleaseId fixes,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean asksFirst) {
    private static final int HOLD_BACK_MAX = 50;
    private static final Duration BAKE_MAX = Duration.ofHours(24);
    private static final int STEPS_MAX = 50;
    private static final int WARM_UP_REQUESTS_MAX = 100;
    private static final int PROBES_MAX = 20;
    private static final int SERVER_ERROR = 500;

    public Plan {
        steps = List.copyOf(steps);
        warmUpRequests = List.copyOf(warmUpRequests);
        others = List.copyOf(others);
        placeholders = List.copyOf(placeholders);
        Ranges.require("steps: number of them", steps.size(), 1, STEPS_MAX);
        Ranges.require("warmUpRequests: number of them", warmUpRequests.size(), 0, WARM_UP_REQUESTS_MAX);
        Ranges.require("startWithin", startWithin, Duration.ofSeconds(1), Duration.ofHours(1));
        bake = bake == null ? Duration.ZERO : bake;
        front = front == null ? Front.DEFAULT : front;
        Ranges.require("bake", bake, Duration.ZERO, BAKE_MAX);
        Ranges.require("holdBack", holdBack, 0, HOLD_BACK_MAX);
        if (steps.getLast().traffic() != Step.FULL) {
            throw new IllegalArgumentException("steps: the last one has traffic 100");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).traffic() <= steps.get(i - 1).traffic()) {
                throw new IllegalArgumentException("steps: traffic must rise from step to step");
            }
        }
    }

    /** Of whose configuration nothing is said but what it is. */
    public Plan(
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
            boolean keptOnly,
            Duration bake,
            int holdBack,
            Front front,
            @Nullable Care care,
            @Nullable Sha sha,
            List<Artifact> others) {
        this(
                question,
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
                holdBack,
                front,
                care,
                sha,
                others,
                null,
                List.of(),
                null,
                null,
                false);
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
                asked.keptOnly(),
                asked.bake(),
                0,
                asked.front(),
                Care.of(asked.contacts(), asked.whenBad()),
                asked.sha(),
                asked.others(),
                asked.configuration(),
                asked.placeholders(),
                asked.forwardOnly(),
                asked.fixes(),
                asked.asksFirst());
    }

    Stream<Artifact> artifacts() {
        return Stream.concat(Stream.of(artifact), others.stream());
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
        return canary != null && canary.traffic() == Canary.Traffic.PROBE && !probes().isEmpty();
    }

    /**
     * The smoke requests that should succeed, as far as one record carries them; else the health path. They go to whichever
     * version they fall on, so none asks after gRPC's health or for what is otherwise in each process, as its port is: a
     * policy that wants probes has a path without.
     */
    List<String> probes() {
        List<String> paths = warmUpRequests.stream()
                .filter(request -> request.status() < SERVER_ERROR)
                .map(Gate.HttpProbe::get)
                .filter(Plan::isForAnyVersion)
                .distinct()
                .limit(PROBES_MAX)
                .toList();
        return paths.isEmpty()
                ? Stream.of(target.health()).filter(Plan::isForAnyVersion).toList()
                : paths;
    }

    private static boolean isForAnyVersion(String asked) {
        return !GrpcHealth.isMeant(asked) && !Placeholders.needMachine(asked);
    }

    /** Whether it must answer its smoke requests as the policy expects before it gets any traffic. */
    boolean checkedBefore() {
        return strategy == Strategy.BLUE_GREEN && !warmUpRequests.isEmpty();
    }

    /** Whether what is verified is a measure of it: not where all is moved at once, nor for the version that is left. */
    boolean compared() {
        return !keptOnly && strategy != Strategy.ALL_AT_ONCE;
    }

    /** Whether it has to tell of itself before a step passes. Who goes back to what was verified is not held up by that. */
    boolean metered() {
        return canary != null
                && !keptOnly
                && target.metrics() != null
                && !canary.guardrails().metrics().isEmpty();
    }

    /** Whether a bake follows the last step. */
    boolean bakes() {
        return judged() && !bake.isZero();
    }

    /** The step that the bake is: one more than there are steps. */
    int bakeStep() {
        return steps.size() + 1;
    }

    /** The share at a step or in the bake: what is held back never moves before the version is verified. */
    int traffic(int number) {
        int asked = number > steps.size() ? Step.FULL : steps.get(number - 1).traffic();
        return Math.min(asked, Step.FULL - holdBack);
    }

    Duration hold(int number) {
        return number > steps.size() ? bake : steps.get(number - 1).hold();
    }

    /** How long it may stay at a step, in the bake, or in the warm-up (step 0) before nobody can know. */
    Duration within(int number) {
        Duration longest = canary == null ? Duration.ZERO : canary.stepWithin();
        return number > steps.size() ? longest.plus(bake) : longest;
    }

    /** The longest time that all steps and the bake are planned to take. */
    Duration planned() {
        return Judge.plannedFor(Step.held(steps, bake));
    }

    /** The same with the last step alone. */
    Plan allAtOnce() {
        return with(List.of(steps.getLast()), bake, holdBack);
    }

    /** The same, of whose share so much stays behind. */
    Plan holdingBack(int percent) {
        return with(steps, bake, percent);
    }

    Plan baking(Duration longer) {
        return with(steps, longer, holdBack);
    }

    /** The same, held for that reason instead of going back by itself. */
    Plan onlyForward(@Nullable String reason) {
        return with(steps, bake, holdBack, reason);
    }

    /** The same without the steps to less than a share that is there already. */
    Plan from(int percent) {
        return with(steps.stream().filter(step -> step.traffic() >= percent).toList(), bake, holdBack);
    }

    private Plan with(List<Step> taken, Duration watch, int heldBack) {
        return with(taken, watch, heldBack, forwardOnly);
    }

    private Plan with(List<Step> taken, Duration watch, int heldBack, @Nullable String onlyForward) {
        return new Plan(
                question,
                ordinal,
                version,
                artifact,
                target,
                strategy,
                taken,
                canary,
                warmUpRequests,
                startWithin,
                keptOnly,
                watch,
                heldBack,
                front,
                care,
                sha,
                others,
                configuration,
                placeholders,
                onlyForward,
                fixes,
                asksFirst);
    }
}
