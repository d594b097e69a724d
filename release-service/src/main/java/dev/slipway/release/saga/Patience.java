package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** How long people are waited for who are asked together with others: until the first of what is still open is late. */
final class Patience {
    private final SagaLimits limits;

    Patience(SagaLimits limits) {
        this.limits = limits;
    }

    /**
     * The shortest time of what is still open there, people's or gates'; empty where nothing is.
     *
     * @param since when it is asked
     */
    Optional<Duration> within(Dossier d, Duty.Before before, Instant since) {
        return within(d, before, since, since, since);
    }

    /**
     * The same later.
     *
     * @param since from when on it is waited for
     * @param asked when it was asked
     */
    private Optional<Duration> within(Dossier d, Duty.Before before, Instant since, Instant asked, Instant now) {
        Stream<Duration> others = switch (before) {
            case STAGING ->
                Approvers.enough(d) && !isOpen(d, asked, now)
                        ? Stream.empty()
                        : Stream.of(Votes.within(d.release(), since, asked));
            case PRODUCTION -> Stream.empty();
            case END ->
                Steps.passedInProduction(d)
                        ? Stream.empty()
                        : Stream.of(Entering.longest(d.guide().gates(Stage.PRODUCTION))
                                .plus(limits.assessMargin()));
        };
        Stream<Duration> duties =
                Duties.open(d, before).stream().map(duty -> Duration.between(since, Timetable.until(d, duty, since)));
        return Stream.concat(others, duties).min(Duration::compareTo);
    }

    private static boolean isOpen(Dossier d, Instant asked, Instant now) {
        return Votes.openFor(d.release())
                .filter(openFor -> now.isBefore(openFor.end(asked)))
                .isPresent();
    }

    /** Once the most urgent of what is asked has been answered, the next has the time that it has. */
    Dossier extended(Dossier d, Instant now) {
        Wait wait = d.state().waits();
        if (wait == null
                || Duties.all(d).isEmpty()
                || Duties.isBehind(d)
                || DutyWaivers.asked(d).isPresent()) {
            return d;
        }
        return Duties.turn(d)
                .flatMap(before -> within(d, before, wait.since(), d.since(), now))
                .map(wait.since()::plus)
                .filter(later -> later.isAfter(wait.until()))
                .map(later -> new Wait(wait.since(), later, false, wait.restarted()))
                .map(longer -> Change.of(d, now).to(d.state().waiting(longer)).done())
                .orElse(d);
    }
}
