package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.release.application.Launch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A release that nobody has proposed, for whoever wants to know what would come of it. */
public final class Prospect {
    private static final Duration NO_MATTER = Duration.ofMinutes(1);

    private Prospect() {}

    /** As it would stand at its beginning. */
    public static Dossier of(Launch launch) {
        return Change.of(Dossier.unheard(launch.id()), launch.at())
                .launch(launch)
                .leftOut(LeftOut.of(launch))
                .staff(Staff.of(launch))
                .schedule(Schedule.of(launch))
                .to(new ReleaseState.Proposed(Wait.from(launch.at(), NO_MATTER)))
                .done();
    }

    /** Why it would not begin, where somebody is missing without whom it could not end. */
    public static Optional<Cause> missing(Launch launch) {
        return Staff.missing(launch);
    }

    /**
     * Why it would not begin, where those who approve it could never be enough.
     *
     * @param makers addresses of its authors, case folded
     */
    public static Optional<Cause> approvers(Launch launch, Collection<String> makers) {
        return Quorum.approvers(launch, makers);
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
