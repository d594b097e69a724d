package dev.slipway.contracts.deployment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a person had a rollout go on without waiting for some of its steps to pass, as a note of a {@link RolloutStatus} says it:
 * {@code promoted past step 2: WHY (WHO)}.
 *
 * @param first number of the step that it was at, from 1; one more than there are steps for the bake
 * @param last number of the last step that was not waited for, {@code first} or more
 */
public record Promotion(int first, int last) {
    private static final Pattern NOTE =
            Pattern.compile("promoted past steps? ([0-9]{1,4})(?: to ([0-9]{1,4}))?: .*", Pattern.DOTALL);

    public Promotion {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "Steps %d to %d are none that can be passed over".formatted(first, last));
        }
    }

    /** What is noted of it. */
    public String note(String reason, String actor) {
        String steps = first == last ? "step " + first : "steps %d to %d".formatted(first, last);
        return "promoted past %s: %s (%s)".formatted(steps, reason, actor);
    }

    /** What a note says; nothing where it is about something else. */
    public static Optional<Promotion> of(String note) {
        Matcher said = NOTE.matcher(note);
        if (!said.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(said.group(1));
        int last = said.group(2) == null ? first : Integer.parseInt(said.group(2));
        return first < 1 || last < first ? Optional.empty() : Optional.of(new Promotion(first, last));
    }
}
