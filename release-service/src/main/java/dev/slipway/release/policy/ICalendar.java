package dev.slipway.release.policy;

import dev.slipway.contracts.policy.YearlyHoliday;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The all-day events of an iCalendar document (RFC 5545), as calendars of holidays have them: DTSTART and, exclusively, DTEND of
 * each VEVENT that is not cancelled; with RRULE those that come again every year, and with EXDATE those of them that do not. What
 * would be read otherwise than its author meant is refused: events with a time of day, rules that are not yearly, lengths, and
 * single ones of a row that were moved.
 *
 * @param days those that come once, sorted, each once
 * @param yearly those that come again, in the order of the document
 */
record ICalendar(List<LocalDate> days, List<YearlyHoliday> yearly) {
    static final ICalendar NONE = new ICalendar(List.of(), List.of());

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    private static final Pattern DAY = Pattern.compile("\\d{8}");
    private static final Pattern LISTED = Pattern.compile(",");
    private static final int EVENT_DAYS_MAX = YearlyHoliday.DAYS_MAX;

    ICalendar {
        days = List.copyOf(days);
        yearly = List.copyOf(yearly);
    }

    /**
     * @param daysMax so many days at most, those that come again counted once
     * @throws IllegalArgumentException if it is none, or has an event that is not read; the message says which and what helps
     */
    static ICalendar read(String text, int daysMax) {
        Reading reading = new Reading(daysMax);
        List<String> lines = unfolded(text);
        if (lines.stream()
                .findFirst()
                .filter("BEGIN:VCALENDAR"::equalsIgnoreCase)
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "holidays: an iCalendar document begins with BEGIN:VCALENDAR, as the text of an .ics file does");
        }
        lines.forEach(reading::line);
        if (reading.event != null) {
            throw new IllegalArgumentException("holidays: an event does not end; END:VEVENT is missing");
        }
        return new ICalendar(List.copyOf(reading.days), reading.yearly);
    }

    /** A line that begins with a space or a tab goes on with the one before (RFC 5545, 3.1). */
    private static List<String> unfolded(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : LINE_END.split(text, -1)) {
            boolean goesOn = !lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
            if (goesOn) {
                lines.set(lines.size() - 1, lines.getLast() + line.substring(1));
            } else if (!line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    /** A document as far as it has been read. */
    private static final class Reading {
        private final int daysMax;
        private final TreeSet<LocalDate> days = new TreeSet<>();
        private final List<YearlyHoliday> yearly = new ArrayList<>();
        private @Nullable Event event;

        Reading(int daysMax) {
            this.daysMax = daysMax;
        }

        void line(String line) {
            int colon = line.indexOf(':');
            String name = (colon < 0 ? line : line.substring(0, colon)).split(";", 2)[0].toUpperCase(Locale.ROOT);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            boolean ofEvent = value.equalsIgnoreCase("VEVENT");
            Event open = event;
            if (name.equals("BEGIN") && ofEvent) {
                event = new Event();
            } else if (name.equals("END") && ofEvent) {
                event = null;
                add(open);
            } else if (open != null) {
                open.property(name, value);
            }
        }

        private void add(@Nullable Event ended) {
            if (ended == null || ended.cancelled) {
                return;
            }
            LocalDate first = ended.first();
            LocalDate after = ended.after(first);
            if (ended.rule == null) {
                first.datesUntil(after).forEach(days::add);
            } else {
                int inRow = Math.toIntExact(after.toEpochDay() - first.toEpochDay());
                yearly.add(RecurrenceRule.yearly(first, inRow, ended.rule, ended.except));
            }
            int again = yearly.stream().mapToInt(YearlyHoliday::days).sum();
            if (days.size() + again > daysMax) {
                throw new IllegalArgumentException(
                        "holidays: at most %d days; leave out years that are over".formatted(daysMax));
            }
        }
    }

    /** One event, as far as it has been read. */
    private static final class Event {
        private final List<LocalDate> except = new ArrayList<>();
        private @Nullable LocalDate start;
        private @Nullable LocalDate end;
        private @Nullable String rule;
        private boolean cancelled;

        void property(String name, String value) {
            switch (name) {
                case "DTSTART" -> start = day(value);
                case "DTEND" -> end = day(value);
                case "STATUS" -> cancelled = value.equalsIgnoreCase("CANCELLED");
                case "RRULE" -> {
                    if (rule != null) {
                        throw new IllegalArgumentException(
                                "holidays: an event has one RRULE; write another event for the other");
                    }
                    rule = value;
                }
                case "EXDATE" -> LISTED.splitAsStream(value).map(ICalendar::day).forEach(except::add);
                case "RECURRENCE-ID" ->
                    throw new IllegalArgumentException(
                            "holidays: RECURRENCE-ID is not read; name the day that was moved in EXDATE, and write the other as an event of its own");
                case "RDATE", "EXRULE", "DURATION" ->
                    throw new IllegalArgumentException(
                            "holidays: %s is not read; write each day out as an event of its own".formatted(name));
                default -> {} // names, identities and notes say nothing of days
            }
        }

        LocalDate first() {
            LocalDate first = start;
            if (first == null) {
                throw new IllegalArgumentException(
                        "holidays: an event has no DTSTART, as in DTSTART;VALUE=DATE:20261225");
            }
            return first;
        }

        LocalDate after(LocalDate first) {
            LocalDate after = Optional.ofNullable(end).orElse(first.plusDays(1));
            if (!first.isBefore(after) || after.isAfter(first.plusDays(EVENT_DAYS_MAX))) {
                throw new IllegalArgumentException("holidays: an event has 1 to %d days, the one of %s ends on %s"
                        .formatted(EVENT_DAYS_MAX, first, after));
            }
            return after;
        }
    }

    static LocalDate day(String value) {
        try {
            if (DAY.matcher(value).matches()) {
                return LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
            }
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException("holidays: there is no day " + value, noSuchDay);
        }
        throw new IllegalArgumentException(
                "holidays: events are of whole days, as in DTSTART;VALUE=DATE:20261225; one has %s".formatted(value));
    }
}
