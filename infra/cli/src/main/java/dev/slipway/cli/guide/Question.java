package dev.slipway.cli.guide;

import java.util.List;

/**
 * What an import asks about a line that it binds to nothing by itself.
 *
 * @param line id of the line
 * @param at where it stands, from 1
 * @param under its headings
 * @param choices what may answer it, the proposed one first; empty where only a person can say
 */
public record Question(String line, int at, List<String> under, String text, String asks, List<Choice> choices) {
    /**
     * @param answer as {@code --decide} takes it: {@code duty:devops}
     * @param words what comes of it
     */
    public record Choice(String answer, String words) {}

    public Question {
        under = List.copyOf(under);
        choices = List.copyOf(choices);
    }

    /** What is proposed; empty where nothing is. */
    public String proposed() {
        return choices.isEmpty() ? "" : choices.getFirst().answer();
    }
}
