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
     * @param since when it is asked, or was
     */
    Optional<Duration> within(Dossier d, Duty.Before before, Instant since) {
        Stream<Duration> others = switch (before) {
            case STAGING ->
                Approvers.enough(d)
                        ? Stream.empty()
                        : Stream.of(d.guide().approvals().within());
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
                .flatMap(before -> within(d, before, wait.since()))
                .map(wait.since()::plus)
                .filter(later -> later.isAfter(wait.until()))
                .map(later -> new Wait(wait.since(), later, false, wait.restarted()))
                .map(longer -> Change.of(d, now).to(d.state().waiting(longer)).done())
                .orElse(d);
    }
}
