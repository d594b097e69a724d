package dev.slipway.release.policy;

import dev.slipway.contracts.policy.YearlyHoliday;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule of a holiday (RFC 5545, 3.3.10), as far as calendars of holidays have them: every year, or every few, on a day
 * of a month or on a weekday of one. Any other is refused with its part that is not read, and with what helps.
 */
final class RecurrenceRule {
    private static final Set<String> READ =
            Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST");
    private static final Pattern WEEKDAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,4}");
    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final String BY_DAY =
            "BYDAY is read with one weekday and which one of the month, such as 4TH or -1MO";
    private static final int DAY_CHARACTERS = 8;

    private final LocalDate first;
    private final String text;
    private final Map<String, String> parts;

    private RecurrenceRule(LocalDate first, String text) {
        this.first = first;
        this.text = text;
        this.parts = parts(text);
    }

    /**
     * @param first DTSTART
     * @param days how many each time
     * @param rule the value of RRULE
     * @param except days of EXDATE
     * @throws IllegalArgumentException if it is not read
     */
    static YearlyHoliday yearly(LocalDate first, int days, String rule, List<LocalDate> except) {
        return new RecurrenceRule(first, rule).holiday(days, except);
    }

    private Map<String, String> parts(String rule) {
        Map<String, String> all = new HashMap<>();
        for (String part : rule.strip().toUpperCase(Locale.ROOT).split(";")) {
            String[] named = part.split("=", 2);
            if (named.length < 2 || all.put(named[0].strip(), named[1].strip()) != null) {
                throw refused("%s is no part of a rule, or stands twice".formatted(part));
            }
        }
        all.keySet().stream()
                .filter(name -> !READ.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(other -> {
                    throw refused(other + " is not read");
                });
        return all;
    }

    private YearlyHoliday holiday(int days, List<LocalDate> except) {
        if (!"YEARLY".equals(parts.get("FREQ"))) {
            throw refused("only FREQ=YEARLY is read");
        }
        boolean ofMonth = parts.containsKey("BYMONTH");
        boolean ofWeekday = parts.containsKey("BYDAY");
        boolean ofDay = parts.containsKey("BYMONTHDAY");
        if (parts.containsKey("BYSETPOS") && !ofWeekday) {
            throw refused("BYSETPOS is read with BYDAY alone");
        }
        if (ofWeekday && ofDay) {
            throw refused("BYDAY together with BYMONTHDAY is not read");
        }
        if ((ofWeekday || ofDay) && !ofMonth) {
            throw refused("BYDAY and BYMONTHDAY are read with the month that is meant, as in BYMONTH=11;BYDAY=4TH");
        }
        YearlyHoliday open = new YearlyHoliday(
                first,
                days,
                number("INTERVAL").orElse(1),
                number("BYMONTH").orElse(first.getMonthValue()),
                ofWeekday ? null : number("BYMONTHDAY").orElse(first.getDayOfMonth()),
                ofWeekday ? week() : null,
                ofWeekday ? weekday() : null,
                null,
                except);
        if (open.in(first.getYear()).filter(first::equals).isEmpty()) {
            throw refused("DTSTART %s is no day of it".formatted(first));
        }
        return until(open);
    }

    private YearlyHoliday until(YearlyHoliday open) {
        String until = parts.get("UNTIL");
        Optional<Integer> count = number("COUNT");
        if (until != null && count.isPresent()) {
            throw refused("either COUNT or UNTIL");
        }
        @Nullable
        LocalDate last = until == null
                ? count.map(open::last).orElse(null)
                : ICalendar.day(until.substring(0, Math.min(DAY_CHARACTERS, until.length())));
        if (last != null && last.isBefore(first)) {
            throw refused("UNTIL is before DTSTART");
        }
        return new YearlyHoliday(
                first,
                open.days(),
                open.every(),
                open.month(),
                open.dayOfMonth(),
                open.week(),
                open.weekday(),
                last,
                open.except());
    }

    private Optional<Integer> number(String name) {
        return Optional.ofNullable(parts.get(name)).map(value -> {
            if (!NUMBER.matcher(value).matches()) {
                throw refused("%s=%s: one number is read".formatted(name, value));
            }
            return Integer.valueOf(value);
        });
    }

    /** Which one stands before the weekday or, as some write it, in BYSETPOS. */
    private int week() {
        @Nullable String before = byDay().group(1);
        Optional<Integer> position = number("BYSETPOS");
        if ((before == null) != position.isPresent()) {
            throw refused(BY_DAY);
        }
        return before == null ? position.orElseThrow() : Integer.parseInt(before);
    }

    private DayOfWeek weekday() {
        return DayOfWeek.of(WEEKDAYS.indexOf(byDay().group(2)) + 1);
    }

    private Matcher byDay() {
        Matcher matcher = WEEKDAY.matcher(parts.getOrDefault("BYDAY", ""));
        if (!matcher.matches()) {
            throw refused(BY_DAY);
        }
        return matcher;
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                "holidays: RRULE:%s of the event of %s is refused: %s. Write each day out as an event of its own"
                        .formatted(text, first, why));
    }
}
