package dev.slipway.contracts;

/**
 * The natural key of a command: the same question gets the same answer, for good.
 *
 * @param step what is asked about, for example {@code staging}, {@code production}, {@code assess-pre-release}; a name
 *     without slash, 1 to 40 characters
 * @param attempt 1 for the first; rises only when the same is tried anew: by a person, or after a freeze took a rollout out of
 *     the queue
 */
public record QuestionKey(ReleaseId release, String step, int attempt) {
    public QuestionKey {
        Texts.requirePresent("A question's release", release);
        Texts.requireLength("A question's step", step, 1, 40);
        if (step.indexOf('/') >= 0) {
            throw new IllegalArgumentException("A question's step has no slash; " + Texts.shown(step) + " has");
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("A question's attempt must be 1 or more, is " + attempt);
        }
    }

    /** {@code release/step/attempt}. */
    public static QuestionKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "A question has the form release/step/attempt, not " + Texts.shown(text));
        }
        return new QuestionKey(new ReleaseId(parts[0]), parts[1], attempt(parts[2]));
    }

    private static int attempt(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "A question's attempt is a number from 1, not " + Texts.shown(text), notANumber);
        }
    }

    @Override
    public String toString() {
        return release + "/" + step + "/" + attempt;
    }
}
