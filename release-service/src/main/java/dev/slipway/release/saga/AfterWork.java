package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.ReleasePhase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do of a release once it has ended (ADR 60): duties that the policy asks for after that end. Nothing waits for
 * them and nothing is decided by them: the release is what it came to. It stays among those that can be answered, and reminds,
 * until each is done. A waiver of one is for its time: when it is over, or taken back, the duty is asked for again.
 */
public final class AfterWork {
    private AfterWork() {}

    /** Those that are asked for after the end that it came to, in the order of the policy; none before that. */
    static List<Duty> asked(Dossier d) {
        return d.state() instanceof ReleaseState.Ended && d.launch() != null
                ? Duties.all(d).stream().filter(duty -> isAsked(d, duty)).toList()
                : List.of();
    }

    /** Ends after which something is asked for. */
    static Set<ReleasePhase> ends(Announcing.After after) {
        return after == Announcing.After.END
                ? Set.of(ReleasePhase.COMPLETED, ReleasePhase.ROLLED_BACK)
                : Set.of(Announcements.phase(after));
    }

    /** Whether the release has come to the end after which this one is asked for. */
    static boolean isAsked(Dossier d, Duty duty) {
        return duty.after() != null
                && d.state() instanceof ReleaseState.Ended ended
                && ends(duty.after()).contains(ended.phase())
                && LeftOut.why(d, duty).isEmpty();
    }

    /** Those of them that are neither done nor waived. */
    static List<Duty> open(Dossier d) {
        return asked(d).stream().filter(duty -> !Duties.isDone(d, duty)).toList();
    }

    /** Those of them of which people have not said that they are done: open, or waived for a time. */
    static List<Duty> unanswered(Dossier d) {
        return asked(d).stream().filter(duty -> !Duties.isAnswered(d, duty)).toList();
    }

    /** Whether a waiver of this name is of something that is left to do of a release that has ended. */
    public static boolean isLeft(Dossier d, String gate) {
        return unanswered(d).stream().anyMatch(duty -> DutyWaivers.isOf(duty, gate));
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
        return "it is asked for once the release has ended as "
                + ends(duty.after()).stream().sorted().map(ReleasePhase::name).collect(Collectors.joining(" or "));
    }
}
