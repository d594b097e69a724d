package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a program, as far as its target can tell.
 *
 * @param text one sentence for a person, with exit status or signal and seconds where it ended
 * @param exitStatus with which it ended, 0 to 255; null if it runs, a signal ended it, or nobody was there to see it
 * @param signal that ended it, such as {@code KILL}; null likewise
 * @param seconds for which it ran; null where that is not known
 * @param lastLines the last of what it wrote, oldest first, with secrets masked; at most 20 of at most 300 characters
 * @param log where its whole log is, on the machine that ran it; null where there is none
 * @param remedy what to try, in one sentence; empty where nothing is to be said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trouble(
        String text,
        @Nullable Integer exitStatus,
        @Nullable String signal,
        @Nullable Long seconds,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> lastLines,
        @Nullable String log,
        @JsonSetter(nulls = Nulls.AS_EMPTY) String remedy) {
    public static final int LINES_MAX = 20;
    public static final int LINE_CHARACTERS_MAX = 300;

    public Trouble {
        Texts.requirePresent("text", text);
        lastLines = List.copyOf(lastLines);
        Ranges.require("lastLines: number of them", lastLines.size(), 0, LINES_MAX);
    }

    /** Of which nothing but a sentence is known. */
    public static Trouble of(String text) {
        return new Trouble(text, null, null, null, List.of(), null, "");
    }

    /** The same, said in other words. */
    public Trouble saying(String other) {
        return new Trouble(other, exitStatus, signal, seconds, lastLines, log, remedy);
    }
}
