package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.OwedDuty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do of a release once it has ended (ADR 60): duties that the policy asks for after that end. Nothing waits for
 * them and nothing is decided by them: the release is what it came to. It stays among those that can be answered, and reminds,
 * until each is done or waived.
 */
public final class AfterWork {
    private AfterWork() {}

    /** Those that are asked for after the end that it came to, in the order of the policy; none before that. */
    static List<Duty> asked(Dossier d) {
        return d.state() instanceof ReleaseState.Ended && d.launch() != null
                ? Duties.all(d).stream().filter(duty -> isAsked(d, duty)).toList()
                : List.of();
    }

    /** Whether the release has come to the end after which this one is asked for. */
    static boolean isAsked(Dossier d, Duty duty) {
        return duty.after() != null
                && d.state() instanceof ReleaseState.Ended ended
                && Announcements.phase(duty.after()) == ended.phase()
                && LeftOut.why(d, duty).isEmpty();
    }

    /** Those of them that are neither done nor waived. */
    static List<Duty> open(Dossier d) {
        return asked(d).stream().filter(duty -> !Duties.isDone(d, duty)).toList();
    }

    /** Those who are asked are told when it has ended. */
    static Change ask(Change change, Dossier ended, int milestonesMax) {
        return Duties.ask(change, ended, open(ended), milestonesMax);
    }

    /** What is open of a release that has ended, as its successors show it. */
    public static List<OwedDuty> owed(Dossier d) {
        List<String> open = open(d).stream().map(Duty::id).toList();
        return open.isEmpty()
                ? List.of()
                : DutyStates.of(d).stream()
                        .filter(view -> open.contains(view.id()))
                        .map(view -> new OwedDuty(d.id(), view))
                        .toList();
    }

    /** The day of its end, from which its times are counted; empty before that. */
    static Optional<LocalDate> day(Dossier d, Due due) {
        return d.state() instanceof ReleaseState.Ended
                ? Optional.of(LocalDate.ofInstant(d.since(), due.calendar().zone()))
                : Optional.empty();
    }

    /** Where no time is set it is late once that long has passed since the end. */
    static Optional<Due.Dates> dates(Dossier d, Duty duty) {
        Instant end = d.state() instanceof ReleaseState.Ended ? d.since() : null;
        return end == null ? Optional.empty() : Optional.of(new Due.Dates(null, end.plus(duty.within()), null));
    }

    /** What it waits for before it can be answered, or why it never will be; null where it is asked for. */
    static @Nullable String notAsked(Dossier d, Duty duty) {
        if (duty.after() == null || isAsked(d, duty)) {
            return null;
        }
        return "it is asked for once the release has ended as " + Announcements.phase(duty.after());
    }
}
