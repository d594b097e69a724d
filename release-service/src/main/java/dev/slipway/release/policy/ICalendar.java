package dev.slipway.release.policy;

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
 * each VEVENT that is not cancelled. What would be read otherwise than its author meant is refused: events with a time of day,
 * events that recur, and lengths.
 */
final class ICalendar {
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    private static final Pattern DAY = Pattern.compile("\\d{8}");
    private static final int EVENT_DAYS_MAX = 31;

    private final int daysMax;
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private @Nullable LocalDate start;
    private @Nullable LocalDate end;
    private boolean cancelled;
    private boolean inEvent;

    private ICalendar(int daysMax) {
        this.daysMax = daysMax;
    }

    /**
     * @param daysMax so many days at most
     * @return each once, sorted
     * @throws IllegalArgumentException if it is none, or has an event that is not read; the message says which and what helps
     */
    static List<LocalDate> days(String text, int daysMax) {
        ICalendar calendar = new ICalendar(daysMax);
        List<String> lines = unfolded(text);
        if (lines.stream()
                .findFirst()
                .filter("BEGIN:VCALENDAR"::equalsIgnoreCase)
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "holidays: an iCalendar document begins with BEGIN:VCALENDAR, as the text of an .ics file does");
        }
        lines.forEach(calendar::line);
        if (calendar.inEvent) {
            throw new IllegalArgumentException("holidays: an event does not end; END:VEVENT is missing");
        }
        return List.copyOf(calendar.days);
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

    private void line(String line) {
        int colon = line.indexOf(':');
        String name = (colon < 0 ? line : line.substring(0, colon)).split(";", 2)[0].toUpperCase(Locale.ROOT);
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        boolean event = value.equalsIgnoreCase("VEVENT");
        if (name.equals("BEGIN") && event) {
            start = null;
            end = null;
            cancelled = false;
            inEvent = true;
        } else if (name.equals("END") && event) {
            inEvent = false;
            add();
        } else if (inEvent) {
            property(name, value);
        }
    }

    private void property(String name, String value) {
        switch (name) {
            case "DTSTART" -> start = day(value);
            case "DTEND" -> end = day(value);
            case "STATUS" -> cancelled = value.equalsIgnoreCase("CANCELLED");
            case "RRULE", "RDATE", "DURATION" ->
                throw new IllegalArgumentException(
                        "holidays: %s is not read; write each day out as an event of its own".formatted(name));
            default -> {} // names, identities and notes say nothing of days
        }
    }

    private void add() {
        LocalDate first = start;
        if (cancelled) {
            return;
        }
        if (first == null) {
            throw new IllegalArgumentException("holidays: an event has no DTSTART, as in DTSTART;VALUE=DATE:20261225");
        }
        LocalDate after = Optional.ofNullable(end).orElse(first.plusDays(1));
        if (!first.isBefore(after) || after.isAfter(first.plusDays(EVENT_DAYS_MAX))) {
            throw new IllegalArgumentException("holidays: an event has 1 to %d days, the one of %s ends on %s"
                    .formatted(EVENT_DAYS_MAX, first, after));
        }
        first.datesUntil(after).forEach(days::add);
        if (days.size() > daysMax) {
            throw new IllegalArgumentException(
                    "holidays: at most %d days; leave out years that are over".formatted(daysMax));
        }
    }

    private static LocalDate day(String value) {
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
