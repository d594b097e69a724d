package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long a vote stays open at least, from when approvals are asked for: before that no number of them is enough (ADR 64).
 *
 * @param time 1 s to 30 d
 * @param calendar of whose working days the time is counted, each from midnight to midnight by its zone; null where all time counts
 * @param when kinds of release, one of which it must be, each once; empty for all
 */
public record OpenFor(
        Duration time,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkCalendar calendar,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ReleaseKind> when) {
    public OpenFor {
        Texts.requirePresent("approvals.openFor.time", time);
        Ranges.require("approvals.openFor.time", time, Duration.ofSeconds(1), Duration.ofDays(30));
        when = List.copyOf(when);
        Policy.requireOnce(
                "approvals.openFor.when: each kind of release",
                when.stream().map(ReleaseKind::word).toList());
    }

    /** Of every release, all time counted. */
    public OpenFor(Duration time) {
        this(time, null, List.of());
    }

    /** Whether it holds of a release of these kinds. */
    public boolean holds(Collection<ReleaseKind> kinds) {
        return when.isEmpty() || when.stream().anyMatch(kinds::contains);
    }

    /** When enough approvals are enough. */
    public Instant end(Instant asked) {
        WorkCalendar days = calendar;
        if (days == null) {
            return asked.plus(time);
        }
        Instant at = asked;
        Duration left = time;
        while (true) {
            LocalDate day = LocalDate.ofInstant(at, days.zone());
            Instant midnight = day.plusDays(1).atStartOfDay(days.zone()).toInstant();
            if (days.works(day)) {
                Duration rest = Duration.between(at, midnight);
                if (rest.compareTo(left) >= 0) {
                    return at.plus(left);
                }
                left = left.minus(rest);
            }
            at = midnight;
        }
    }

    /** For a sentence: {@code 72 h of working days (office), for major, minor}. */
    public String words() {
        return Texts.words(time)
                + (calendar == null ? "" : " of working days (%s)".formatted(calendar.name()))
                + (when.isEmpty()
                        ? ""
                        : ", for " + when.stream().map(ReleaseKind::word).collect(Collectors.joining(", ")));
    }
}
