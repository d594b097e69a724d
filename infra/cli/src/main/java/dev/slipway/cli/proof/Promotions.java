package dev.slipway.cli.proof;

import dev.slipway.contracts.deployment.Promotion;
import dev.slipway.contracts.validation.Judge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which steps of a rollout a person had it go on from before they had passed, as its statuses tell one after the other. A
 * promotion counts for those alone for which it was given. Its note names them; one of before that was noted names none, and
 * counts for the steps that lie between the status that tells it first and the one before that; for all after that one where the
 * first to tell it is on its way back already, as what came between was never told.
 */
final class Promotions {
    private static final String FORMER = "promoted: ";

    private final Set<Integer> passedOver = new HashSet<>();
    private List<String> known = List.of();
    private int place;

    /**
     * The next status.
     *
     * @param at which step it is at: 0 before the first, one more than there are steps in the bake, and one more than the last
     *     of these at the end
     * @param notes what was decided on the way, the latest of it
     */
    void hear(int at, List<String> notes) {
        for (String note : notes) {
            Promotion.of(note).ifPresent(promotion -> add(promotion.first(), promotion.last()));
            if (note.startsWith(FORMER) && count(notes, note) > count(known, note)) {
                add(place, at == 0 ? Judge.STEP_MAX : at - 1);
            }
        }
        known = notes;
        place = Math.max(place, at);
    }

    private static long count(List<String> notes, String note) {
        return notes.stream().filter(note::equals).count();
    }

    private void add(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(passedOver::add);
    }

    /** Whether a person answers for each of these. */
    boolean answerFor(int first, int last) {
        return IntStream.rangeClosed(first, last).allMatch(passedOver::contains);
    }
}
