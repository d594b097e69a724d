package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.WorkCalendar;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** When duties and other things are due, each with the calendar that it is counted by; {@link DueRules} has found that there is one. */
final class DueMapping {
    private static final List<DayOfWeek> WEEKEND = List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private DueMapping() {}

    static List<WorkCalendar> calendars(JsonNode document) {
        return PolicyMapping.list(document.path("calendars"), "/calendars", DueMapping::calendar);
    }

    private static WorkCalendar calendar(JsonNode json, String at) {
        return PolicyMapping.within(at, () -> {
            ICalendar holidays = json.has("holidays")
                    ? ICalendar.read(json.path("holidays").asString(), WorkCalendar.HOLIDAYS_MAX)
                    : ICalendar.NONE;
            return new WorkCalendar(
                    json.path("name").asString(),
                    FreezeMapping.zone(json.path("zone").asString()),
                    json.has("weekend")
                            ? PolicyMapping.list(
                                    json.path("weekend"), at, (day, _) -> FreezeMapping.day(day.asString()))
                            : WEEKEND,
                    holidays.days(),
                    holidays.yearly());
        });
    }

    /** When what is no duty is to be done. */
    static List<Dated> timetable(JsonNode document) {
        List<WorkCalendar> calendars = calendars(document);
        return PolicyMapping.list(
                document.path("timetable"),
                "/timetable",
                (json, at) -> PolicyMapping.within(
                        at,
                        () -> new Dated(
                                of(json),
                                json.path("by").asString(),
                                Objects.requireNonNull(due(json.path("due"), calendars, at)))));
    }

    private static String of(JsonNode json) {
        return Dated.KINDS.stream()
                .filter(json::has)
                .map(kind -> Dated.name(kind, json.path(kind).asString()))
                .collect(Collectors.joining());
    }

    static @Nullable Due due(JsonNode json, List<WorkCalendar> calendars, String at) {
        if (json.isMissingNode()) {
            return null;
        }
        String name = PolicyMapping.text(json, "calendar", "");
        List<WorkCalendar> named = new ArrayList<>(calendars);
        named.removeIf(calendar -> !name.isEmpty() && !calendar.name().equals(name));
        return PolicyMapping.within(
                at + "/due",
                () -> new Due(
                        json.path("days").asInt(),
                        PolicyMapping.optional(json, "after"),
                        named.getFirst(),
                        FreezeMapping.time(PolicyMapping.text(json, "at", "17:00")),
                        json.path("soon").asInt(1),
                        json.path("escalate").asInt(1)));
    }
}
