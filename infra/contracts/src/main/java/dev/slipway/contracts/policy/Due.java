package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * When something of a release is to be done, such as a duty to be answered: in working days from the release day, from the end
 * of the release where it is asked for after that, or from when something else of it was done.
 *
 * @param days working days after it, -250 to 250; negative is before it, and stands with the release day alone
 * @param after id of the duty whose last answer it is counted from, or what {@link Dated} calls all else;
 *     null for the release day, or the end
 * @param calendar by which days are counted
 * @param at until when on that day, by the calendar's clock
 * @param soon so many working days before that it is due soon, 0 to 20; 0 for never
 * @param escalate so many working days after that everybody is told, 0 to 20; 0 for never
 */
public record Due(
        int days,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String after,
        WorkCalendar calendar,
        LocalTime at,
        int soon,
        int escalate) {
    public static final int DAYS_MAX = 250;
    public static final int AROUND_MAX = 20;

    public Due {
        Texts.requirePresent("due.calendar", calendar);
        Texts.requirePresent("due.at", at);
        Ranges.require("due.days", days, after == null ? -DAYS_MAX : 0, DAYS_MAX);
        Ranges.require("due.soon", soon, 0, AROUND_MAX);
        Ranges.require("due.escalate", escalate, 0, AROUND_MAX);
    }

    /**
     * The moments that follow from the day that it is counted from.
     *
     * @param soon from when it is due soon; null for never
     * @param due from when it is late
     * @param escalates from when everybody is told; null for never
     */
    public record Dates(
            @Nullable Instant soon, Instant due, @Nullable Instant escalates) {}

    /** @param from the release day, or the day on which the other was done */
    public Dates dates(LocalDate from) {
        LocalDate day = calendar.plus(from, days);
        return new Dates(
                soon == 0 ? null : moment(calendar.plus(day, -soon)),
                moment(day),
                escalate == 0 ? null : moment(calendar.plus(day, escalate)));
    }

    private Instant moment(LocalDate day) {
        return day.atTime(at).atZone(calendar.zone()).toInstant();
    }

    /** The same, from the release day. */
    public String words() {
        return words("the release day");
    }

    /**
     * For a sentence: {@code 2 working days before the release day (office)}.
     *
     * @param day what it is counted from where that is nothing else that was done
     */
    public String words(String day) {
        String from = after == null ? day : Dated.done(after);
        String when = days == 0
                ? (after == null ? "on " : "on the day on which ") + from
                : "%s %s %s"
                        .formatted(
                                Texts.counted(Math.abs(days), "working day", "working days"),
                                days < 0 ? "before" : "after",
                                from);
        return "%s (%s)".formatted(when, calendar.name());
    }
}
