package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.release.application.Launch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A release that nobody has proposed, for whoever wants to know what would come of it. */
public final class Prospect {
    private static final Duration NO_MATTER = Duration.ofMinutes(1);

    private Prospect() {}

    /** As it would stand at its beginning. */
    public static Dossier of(Launch launch) {
        return of(launch, launch.at(), null);
    }

    /**
     * As it would stand at its beginning on the day that it is planned for, with those who are there when they are needed.
     *
     * @param launch decided as on that day
     * @param now before which nobody is asked for anything
     * @param read what Git says of its revision; null where that is not known
     */
    public static Dossier of(Launch launch, Instant now, ReleaseInput.@Nullable RevisionRead read) {
        Change change = Change.of(Dossier.unheard(launch.id()), launch.at())
                .launch(launch)
                .leftOut(LeftOut.of(launch))
                .staff(Staff.of(launch, when(launch, now)))
                .schedule(Schedule.of(launch));
        if (read != null) {
            change.people(read.people(), read.unmatched())
                    .branches(read.branches())
                    .committed(read.committed())
                    .guideFile(read.guideFile())
                    .changed(read.changed());
        }
        return change.to(new ReleaseState.Proposed(Wait.from(launch.at(), NO_MATTER)))
                .done();
    }

    /** By when somebody has to be there for a duty. */
    private static Function<Duty, Instant> when(Launch launch, Instant now) {
        return duty -> when(launch, duty.due(), now);
    }

    /** When something is due, where that follows from the release day; else on that day, as whoever does it later is not known. */
    static Instant when(Launch launch, @Nullable Due due, Instant now) {
        LocalDate day = launch.proposal().day();
        if (due == null || due.after() != null || day == null) {
            return launch.at();
        }
        Instant by = due.dates(day).due();
        return by.isBefore(now) ? now : by;
    }

    /** Why it would not begin, or not end, where somebody is missing on the day on which they are needed. */
    public static Optional<Cause> missing(Launch launch, Instant now) {
        return Staff.missing(launch, when(launch, now));
    }

    /**
     * Why it would not begin, where those who approve it could never be enough.
     *
     * @param makers addresses of its authors, case folded
     */
    public static Optional<Cause> approvers(Launch launch, Collection<String> makers) {
        return Quorum.approvers(launch, makers);
    }

    /** The same of whoever has to approve the change of files. */
    public static Optional<Cause> fileReviewers(
            Launch launch, Collection<String> makers, @Nullable ChangedFiles changed) {
        return Quorum.pathReviewers(launch, makers, changed);
    }

    /** What it changes that somebody in particular has to approve, and who, for people. */
    public static List<String> fileReviews(Launch launch, @Nullable ChangedFiles changed) {
        return PathReviews.of(launch, changed).stream()
                .map(each -> "%s for %s".formatted(each.review().who(), each.files()))
                .toList();
    }

    /** Why it would not begin, where nobody is there to review what it is announced by. */
    public static Optional<Cause> reviewers(Launch launch) {
        return Quorum.reviewers(launch);
    }

    /**
     * Roles of the required approvals that nobody is left for, as who made the change may not approve it.
     *
     * @param makers addresses of its authors, case folded
     */
    public static List<String> rolesWithoutApprover(Policy policy, Collection<String> makers) {
        List<Set<String>> people = policy.contacts().stream()
                .flatMap(contact -> Optional.ofNullable(contact.email()).stream())
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .map(address -> policy.approvals().addressesOf(address))
                .distinct()
                .filter(person -> person.stream().noneMatch(makers::contains))
                .map(person -> policy.rolesOf(person.iterator().next()))
                .toList();
        return Approvers.missing(policy.approvals().roles(), people);
    }
}
