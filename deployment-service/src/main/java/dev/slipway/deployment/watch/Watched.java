package dev.slipway.deployment.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import java.time.Instant;
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
        @Nullable Instant wellSince) {

    /**
     * A time in which it was bad.
     *
     * @param number of the environment's incidents, from 1
     * @param why what was seen last
     * @param goesBack whether the version before it is to come back by itself
     */
    public record Incident(int number, Kind kind, Instant begun, Trouble why, boolean goesBack) {}

    /** One of which nothing bad is known. */
    public static Watched well(String key, Instant since, int incidents) {
        return new Watched(key, Health.UP, since, 0, 0, 0, null, false, incidents, null, null);
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
                wellSince);
    }

    Watched waiting(Instant start, boolean stopFirst) {
        return new Watched(
                key, health, since, restarts, falls, deaths, start, stopFirst, incidents, incident, wellSince);
    }

    Watched starting() {
        return new Watched(key, health, since, restarts + 1, falls, deaths, null, hung, incidents, incident, wellSince);
    }

    Watched fallen(int allFalls, int allDeaths) {
        return new Watched(
                key, health, since, restarts, allFalls, allDeaths, nextStartAt, hung, incidents, incident, wellSince);
    }

    Watched in(Incident next) {
        return new Watched(
                key, health, since, restarts, falls, deaths, nextStartAt, hung, next.number(), next, wellSince);
    }

    Watched over(Instant now) {
        return new Watched(key, health, since, restarts, falls, deaths, nextStartAt, hung, incidents, null, now);
    }
}
