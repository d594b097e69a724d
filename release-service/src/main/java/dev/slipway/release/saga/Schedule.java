package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time of a release's duties and of what else has a date, as far as it is written down: the day that they are counted from,
 * and how far each has been seen to be. All else is computed of these and of the policy ({@link Timetable}).
 *
 * @param day the release day; null while nobody has set one
 * @param marks of what is waited for and whose time is known, in the order of the policy
 * @param words by whom the day was set since it began, oldest first, the last {@value #WORDS_MAX}; absent where nobody has, and
 *     from before that was kept
 */
public record Schedule(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate day,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Mark> marks,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<DaySet> words) {
    static final Schedule NONE = new Schedule(null, List.of(), List.of());
    private static final int WORDS_MAX = 20;

    public Schedule {
        marks = List.copyOf(marks);
        words = List.copyOf(words);
    }

    /**
     * Somebody's word of which day it is.
     *
     * @param by address of who said so
     * @param operator whether they said so as an operator, and not as the owner
     */
    public record DaySet(LocalDate day, String by, boolean operator, Instant at, String reason) {}

    /** Kind of the cause when its proposal names a day that is over. */
    static final String NO_SUCH_DAY = "no-such-day";

    /** As the proposal says it; nothing where it says no day. */
    static @Nullable Schedule of(Launch launch) {
        LocalDate proposed = launch.proposal().day();
        return proposed == null ? null : new Schedule(proposed, List.of(), List.of());
    }

    /** Why it does not begin, where the day that its proposal names is over by the policy's first calendar. */
    static Optional<Cause> over(Launch launch) {
        LocalDate proposed = launch.proposal().day();
        if (proposed == null) {
            return Optional.empty();
        }
        ZoneId zone = Timed.all(launch.guide()).stream()
                .flatMap(timed -> Stream.ofNullable(timed.due()))
                .map(due -> due.calendar().zone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(launch.at(), zone);
        return proposed.isBefore(today)
                ? Optional.of(Cause.of(
                        NO_SUCH_DAY,
                        "The release day %s is over, today is %s. Propose it again with a day to come, or without one: --day DATE"
                                .formatted(proposed, today)))
                : Optional.empty();
    }

    /**
     * How far a duty, or what the timetable gives a date, has been seen to be.
     *
     * @param duty its id, or what the timetable calls it
     * @param due until when it is to be done; with another time it begins anew
     * @param state the last that was seen
     * @param told the most urgent of which people were told
     */
    public record Mark(String duty, Instant due, TimeState state, TimeState told) {
        Mark at(TimeState now) {
            return new Mark(duty, due, now, told);
        }

        Mark heard() {
            return new Mark(duty, due, state, state);
        }

        /** Whether people have not heard yet of how urgent it is. */
        boolean isNews() {
            return state.compareTo(told) > 0;
        }
    }

    /** On another day, by that word. */
    Schedule on(DaySet word) {
        List<DaySet> more = Stream.concat(words.stream(), Stream.of(word)).toList();
        return new Schedule(word.day(), marks, more.subList(Math.max(0, more.size() - WORDS_MAX), more.size()));
    }

    Schedule with(List<Mark> others) {
        return new Schedule(day, others, words);
    }
}
