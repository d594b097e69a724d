package dev.slipway.deployment.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.SettingChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a verified version has been since it was verified.
 *
 * @param key of the version
 * @param health UP, UNREADY or RESTARTING
 * @param since when it became so
 * @param restarts how often it was started again since it was verified
 * @param falls how often it went bad, as far as that is remembered
 * @param deaths how often it ended or had to be ended, likewise
 * @param nextStartAt when it is started again; null while it runs, and while it is being started
 * @param hung whether it runs and must be stopped before it is started again
 * @param incidents number of the environment's last incident, 0 before the first
 * @param incident what is wrong; null while nothing is
 * @param wellSince when the last incident was over; null before one was
 * @param changed what was changed behind Slipway's back of what it was started with; null while nothing was. An incident
 *     beside the other, as a version may be well with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Watched(
        String key,
        Health health,
        Instant since,
        int restarts,
        int falls,
        int deaths,
        @Nullable Instant nextStartAt,
        boolean hung,
        int incidents,
        @Nullable Incident incident,
        @Nullable Instant wellSince,
        @Nullable Incident changed) {

    /**
     * A time in which it was bad.
     *
     * @param number of the environment's incidents, from 1
     * @param why what was seen last
     * @param goesBack whether the version before it is to come back by itself
     * @param changes what is otherwise than it was started with, of kind CHANGED; else empty
     */
    public record Incident(
            int number,
            Kind kind,
            Instant begun,
            Trouble why,
            boolean goesBack,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<SettingChange> changes) {
        public Incident {
            changes = List.copyOf(changes);
        }

        /** One in which nothing was changed. */
        public Incident(int number, Kind kind, Instant begun, Trouble why, boolean goesBack) {
            this(number, kind, begun, why, goesBack, List.of());
        }
    }

    /** One of which nothing bad is known. */
    public static Watched well(String key, Instant since, int incidents) {
        return new Watched(key, Health.UP, since, 0, 0, 0, null, false, incidents, null, null, null);
    }

    /** Whether nothing is to be remembered of it. */
    public boolean plain() {
        return health == Health.UP && restarts == 0 && falls == 0 && incidents == 0;
    }

    Watched is(Health next, Instant now) {
        return new Watched(
                key,
                next,
                next == health ? since : now,
                restarts,
                falls,
                deaths,
                null,
                false,
                incidents,
                incident,
                wellSince,
                changed);
    }

    Watched waiting(Instant start, boolean stopFirst) {
        return new Watched(
                key, health, since, restarts, falls, deaths, start, stopFirst, incidents, incident, wellSince, changed);
    }

    Watched starting() {
        return new Watched(
                key, health, since, restarts + 1, falls, deaths, null, hung, incidents, incident, wellSince, changed);
    }

    Watched fallen(int allFalls, int allDeaths) {
        return new Watched(
                key,
                health,
                since,
                restarts,
                allFalls,
                allDeaths,
                nextStartAt,
                hung,
                incidents,
                incident,
                wellSince,
                changed);
    }

    Watched in(Incident next) {
        return new Watched(
                key, health, since, restarts, falls, deaths, nextStartAt, hung, Math.max(incidents, next.number()), next, wellSince, changed);
    }

    Watched over(Instant now) {
        return new Watched(
                key, health, since, restarts, falls, deaths, nextStartAt, hung, incidents, null, now, changed);
    }

    /** The same, of which something was changed, or nothing any more. */
    Watched changed(@Nullable Incident next) {
        int number = next == null ? incidents : Math.max(incidents, next.number());
        return new Watched(
                key, health, since, restarts, falls, deaths, nextStartAt, hung, number, incident, wellSince, next);
    }
}
