package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WeeklyFreeze;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The freeze windows of a policy: some come once, some every week. */
final class FreezeMapping {
    private static final String EVERY = "every";
    private static final String END_OF_DAY = "24:00";
    private static final int LETTERS = 3;

    private FreezeMapping() {}

    static List<Policy.Freeze> once(JsonNode windows) {
        List<Policy.Freeze> once = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            JsonNode json = windows.path(i);
            if (!json.has(EVERY)) {
                once.add(PolicyMapping.within("/freeze/" + i, () -> once(json, reason(json))));
            }
        }
        return once;
    }

    private static Policy.Freeze once(JsonNode json, String reason) {
        return new Policy.Freeze(
                instant(json.path("from").asString()), instant(json.path("to").asString()), reason);
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noSuchTime) {
            throw new IllegalArgumentException("There is no such time as " + text, noSuchTime);
        }
    }

    static List<WeeklyFreeze> weekly(JsonNode windows) {
        List<WeeklyFreeze> weekly = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            JsonNode json = windows.path(i);
            if (json.has(EVERY)) {
                weekly.add(PolicyMapping.within("/freeze/" + i, () -> weekly(json, reason(json))));
            }
        }
        return weekly;
    }

    private static WeeklyFreeze weekly(JsonNode json, String reason) {
        List<DayOfWeek> every = PolicyMapping.list(json.path(EVERY), "", (day, _) -> day(day.asString()));
        return new WeeklyFreeze(
                every,
                time(json.path("from").asString()),
                time(json.path("to").asString()),
                zone(json.path("zone").asString()),
                reason);
    }

    static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, LETTERS).toLowerCase(Locale.ROOT).equals(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException("There is no weekday " + name);
    }

    /** The end of a day is the beginning of the next. */
    static LocalTime time(String text) {
        return text.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "There is no zone %s; zones are named such as Europe/Berlin, or UTC".formatted(name), unknown);
        }
    }

    private static String reason(JsonNode json) {
        return json.path("reason").asString();
    }
}
