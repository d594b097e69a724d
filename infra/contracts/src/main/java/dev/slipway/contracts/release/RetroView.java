package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.DutyView.TimeState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people learned from a release and want done, and what others say of it ({@code GET /api/v1/releases/{id}/retro}).
 *
 * @param items oldest first, at most {@value #ITEMS_MAX}; absent where there are none
 * @param feedback oldest first, at most {@value #FEEDBACK_MAX}; absent where there is none
 */
public record RetroView(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Item> items,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Feedback> feedback) {
    public static final int ITEMS_MAX = 50;
    public static final int FEEDBACK_MAX = 200;
    public static final int TEXT_CHARACTERS_MAX = 500;
    public static final int FEEDBACK_CHARACTERS_MAX = 1_000;
    public static final int FROM_CHARACTERS_MAX = 100;
    public static final int LINK_CHARACTERS_MAX = 500;
    public static final RetroView NOTHING = new RetroView(List.of(), List.of());

    /** From so many days before its day something is due soon. */
    public static final int DUE_SOON_DAYS = 2;

    public RetroView {
        items = List.copyOf(items);
        feedback = List.copyOf(feedback);
    }

    /** The same as it is at a moment: with where each item is in its time. */
    public RetroView at(Instant now) {
        return new RetroView(items.stream().map(item -> item.at(now)).toList(), feedback);
    }

    /** Where something that is to be done until the end of a day is in its time. Days are those of UTC, as nobody said a zone. */
    public static TimeState time(LocalDate due, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (due.isBefore(today)) {
            return TimeState.LATE;
        }
        return today.isBefore(due.minusDays(DUE_SOON_DAYS)) ? TimeState.OPEN : TimeState.DUE_SOON;
    }

    /**
     * A lesson, or something to do.
     *
     * @param number 1 for the first of a release, then rising by one; {@code RELEASE/NUMBER} names it
     * @param text one line of 1 to {@value RetroView#TEXT_CHARACTERS_MAX} characters
     * @param owner address of who sees to it; absent for a lesson
     * @param due until when, by its owner's calendar; absent where nobody said a day
     * @param history who raised it, and who closed it as what and why, oldest first
     * @param time whether it is due soon, or late; absent where it has no day, or is closed
     */
    public record Item(
            int number,
            Kind kind,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String owner,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate due,

            State state,
            List<Word> history,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TimeState time) {
        /** Whenever that is. */
        public Item(
                int number,
                Kind kind,
                String text,
                @Nullable String owner,
                @Nullable LocalDate due,
                State state,
                List<Word> history) {
            this(number, kind, text, owner, due, state, history, null);
        }

        public Item {
            Texts.requirePresent("kind", kind);
            Texts.requirePresent("text", text);
            Texts.requirePresent("state", state);
            history = List.copyOf(history);
        }

        /** The same as it is at a moment. */
        public Item at(Instant now) {
            return new Item(
                    number,
                    kind,
                    text,
                    owner,
                    due,
                    state,
                    history,
                    due != null && stillOpen() ? RetroView.time(due, now) : null);
        }

        /** Whether somebody has to see to it, and it is not done. */
        public boolean stillOpen() {
            return state == State.OPEN;
        }
    }

    /** What an item is. */
    public enum Kind {
        /** Somebody sees to it. */
        ACTION,
        /** Worth knowing, and nothing is to be done. */
        LESSON,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Where an item is. */
    public enum State {
        /** It is to be done, and shown with the releases that follow. */
        OPEN,
        /** It is a lesson. */
        NOTED,
        DONE,
        /** It is not to be done after all. */
        DROPPED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * What somebody made of an item.
     *
     * @param by address of who said it
     * @param reason why, in their words; empty where it was raised
     */
    public record Word(State state, String by, Instant at, String reason) {}

    /**
     * What somebody says of a release: users, support, another team.
     *
     * @param from who says it, as whoever hands it in puts it: a channel or a role rather than a person, 1 to
     *     {@value RetroView#FROM_CHARACTERS_MAX} characters
     * @param text one line of 1 to {@value RetroView#FEEDBACK_CHARACTERS_MAX} characters
     * @param link where there is more, http or https, at most {@value RetroView#LINK_CHARACTERS_MAX} characters; absent where
     *     nobody said
     * @param by who handed it in, as the record has it
     */
    public record Feedback(
            String from,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String link,

            String by,
            Instant at) {}

    /** What is left to do of an earlier release, shown with those that came after it. */
    public record Owed(ReleaseId release, Item item) {
        public Owed {
            Texts.requirePresent("release", release);
            Texts.requirePresent("item", item);
        }

        /** The same as it is at a moment. */
        public Owed at(Instant now) {
            return new Owed(release, item.at(now));
        }
    }

    /** What its owner is reminded of: an item that is open and has a day, as an {@link Item} has them. */
    public record Due(int number, String text, String owner, LocalDate due) {
        public Due {
            Texts.requirePresent("text", text);
            Texts.requirePresent("owner", owner);
            Texts.requirePresent("due", due);
        }
    }

    /**
     * Body of {@code POST /api/v1/releases/{id}/retro}.
     *
     * @param owner address of who sees to it; null for whoever raises it
     * @param lesson whether nothing is to be done; then it has neither an owner nor a day
     */
    public record RaiseRequest(
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String owner,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate due,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean lesson) {}

    /**
     * Body of {@code POST /api/v1/releases/{id}/retro/{number}/close}.
     *
     * @param as DONE or DROPPED
     * @param reason why, for the record
     */
    public record CloseRequest(State as, String reason) {}

    /** Body of {@code POST /api/v1/releases/{id}/feedback}. */
    public record FeedbackRequest(
            String from,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String link) {}
}
