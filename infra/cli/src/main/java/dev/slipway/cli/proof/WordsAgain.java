package dev.slipway.cli.proof;

import dev.slipway.chain.Link;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.simulation.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds each word about a rollout against what the judge says over its seconds at that place: it goes on to a step, into the
 * bake and to its end only when what was before has passed, or when a person has promoted it past exactly that
 * ({@link Promotions}). That a step was inconclusive is not held against it: it is held until a person resumes it, and may pass
 * meanwhile.
 */
final class WordsAgain {
    private final Replay replay = new Replay();
    private final List<Advance> unpassed = new ArrayList<>();
    private int step = -1;

    /** Production went on to a step though the one before it had not passed. */
    private record Advance(long line, int step, int passed) {
        boolean answeredFor(Promotions promotions) {
            return promotions.answerFor(passed + 1, step - 1);
        }
    }

    /**
     * What the release was told of the rollout.
     *
     * @param record position of the record, from 1
     * @param notes the latest of what was decided on the way
     */
    private record Status(long record, Phase phase, int step, int steps, List<String> notes) {}

    /** Lines come in the order in which they were heard, numbered from 1. */
    void hear(long number, Replay.Line line) {
        Judge judge = line.judge();
        if (judge != null) {
            if (step >= 0 && judge.step() > step && replay.passedStep() < judge.step() - 1) {
                unpassed.add(new Advance(number, judge.step(), replay.passedStep()));
            }
            step = Math.max(step, judge.step());
        }
        replay.hear(line);
    }

    Replay.Result result() {
        return replay.result();
    }

    /**
     * What does not agree.
     *
     * @param upTo how many lines the record names; what was heard after these is not of the record
     */
    List<String> faults(List<Link> records, QuestionKey rollout, long upTo) {
        List<String> told = new ArrayList<>();
        Set<String> seen = new HashSet<>(); // a status stands in the record until there is another
        Promotions promotions = new Promotions();
        for (Status status : statuses(records, rollout)) {
            promotions.hear(at(status), status.notes());
            fault(status, promotions)
                    .filter(seen::add)
                    .map(fault -> "record %d: %s".formatted(status.record(), fault))
                    .ifPresent(told::add);
        }
        List<String> faults = new ArrayList<>();
        unpassed.stream()
                .filter(advance -> advance.line() <= upTo && !advance.answeredFor(promotions))
                .map(advance -> "recorded second %d: production went on to step %d, and by then %s"
                        .formatted(advance.line(), advance.step(), said(advance.passed())))
                .forEach(faults::add);
        faults.addAll(told);
        return faults;
    }

    /** Its step, where the bake is one more than there are steps, and the end one more than the last of these. */
    private int at(Status status) {
        return switch (status.phase()) {
            case STEPPING -> status.step();
            case BAKING -> status.steps() + 1;
            case FULL, VERIFIED -> status.steps() + (bakes(status) ? 2 : 1);
            case WAITING, STARTING, WARMING_UP, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN -> 0;
        };
    }

    private boolean bakes(Status status) {
        return step > status.steps();
    }

    private Optional<String> fault(Status status, Promotions promotions) {
        int needed = at(status) - 1;
        int passed = replay.passedStep();
        return needed > passed && !promotions.answerFor(passed + 1, needed)
                ? Optional.of("the release was told that production was %s, and over all stored seconds %s"
                        .formatted(place(status), said(passed)))
                : Optional.empty();
    }

    private static String place(Status status) {
        return switch (status.phase()) {
            case STEPPING -> "at step " + status.step();
            case BAKING -> "baking";
            default -> "through all its steps";
        };
    }

    private static String said(int passed) {
        return passed == 0 ? "no step had passed" : "step %d was the last that had passed".formatted(passed);
    }

    private static List<Status> statuses(List<Link> records, QuestionKey rollout) {
        List<Status> all = new ArrayList<>();
        long position = 0;
        for (Link link : records) {
            position++;
            for (JsonNode status : link.record().path("set").path("rollouts")) {
                if (is(status.path("question"), rollout)) {
                    all.add(status(position, status));
                }
            }
        }
        return all;
    }

    private static boolean is(JsonNode question, QuestionKey rollout) {
        return question.isObject()
                && WireJson.mapper().treeToValue(question, QuestionKey.class).equals(rollout);
    }

    private static Status status(long position, JsonNode status) {
        String phase = status.path("phase").asString("");
        return new Status(
                position,
                Arrays.stream(Phase.values())
                        .filter(each -> each.name().equals(phase))
                        .findFirst()
                        .orElse(Phase.UNKNOWN),
                status.path("step").asInt(0),
                status.path("steps").asInt(0),
                status.path("notes")
                        .valueStream()
                        .map(note -> note.asString(""))
                        .toList());
    }
}
