package dev.slipway.cli.proof;

import dev.slipway.chain.Link;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.ShippedBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds each word about a rollout against what the judge says over its seconds at that place: it goes on to a step, into the
 * bake and to its end only when what was before has passed, or when a person promotes it. That a step was inconclusive is not
 * held against it: it is held until a person resumes it, and may pass meanwhile.
 */
final class WordsAgain {
    private static final String PROMOTED = "promoted: ";

    private final Replay replay = new Replay(ShippedBounds.BOUNDS);
    private final List<Advance> unpassed = new ArrayList<>();
    private int step = -1;

    /** Production went on to a step though the one before it had not passed. */
    private record Advance(long line, int step, int passed) {}

    /**
     * What the release was told of the rollout.
     *
     * @param record position of the record, from 1
     * @param promotions those of its latest notes that say who had it go on
     */
    private record Status(long record, Phase phase, int step, int steps, List<String> promotions) {}

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
        List<Status> statuses = statuses(records, rollout);
        List<String> faults = new ArrayList<>();
        unpassed.stream()
                .filter(advance -> advance.line() <= upTo)
                .skip(promotions(statuses))
                .map(advance -> "recorded second %d: production went on to step %d, and by then %s"
                        .formatted(advance.line(), advance.step(), said(advance.passed())))
                .forEach(faults::add);
        Set<String> seen = new HashSet<>(); // a status stands in the record until there is another
        boolean promoted = false; // what a status notes are the latest alone
        for (Status status : statuses) {
            promoted |= !status.promotions().isEmpty();
            fault(status, promoted)
                    .filter(seen::add)
                    .map(fault -> "record %d: %s".formatted(status.record(), fault))
                    .ifPresent(faults::add);
        }
        return faults;
    }

    /** How often a person had it go on; the same reason of the same person may stand there twice. */
    private static long promotions(List<Status> statuses) {
        Map<String, Long> notes = new HashMap<>();
        for (Status status : statuses) {
            for (String note : new HashSet<>(status.promotions())) {
                long now = status.promotions().stream().filter(note::equals).count();
                notes.merge(note, now, Math::max);
            }
        }
        return notes.values().stream().mapToLong(Long::longValue).sum();
    }

    private Optional<String> fault(Status status, boolean promoted) {
        boolean bakes = step > status.steps();
        int needed = switch (status.phase()) {
            case STEPPING -> status.step() - 1;
            case BAKING -> status.steps();
            case FULL, VERIFIED -> status.steps() + (bakes ? 1 : 0);
            case WAITING, STARTING, WARMING_UP, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN -> 0;
        };
        int passed = replay.passedStep();
        return needed > passed && !promoted
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
                        .filter(note -> note.startsWith(PROMOTED))
                        .toList());
    }
}
