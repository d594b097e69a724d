package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the people whom a policy names could ever be enough: for the roles of its approvals, one person for each, none of whom
 * made the change, and who are there, or back before the time for approvals is over; and for each announcement that a role
 * reviews; and for the change of files that somebody in particular has to approve (ADR 68). Where they could not, a release does
 * not begin (ADR 64). Deputies do neither: both are somebody's of the role.
 */
final class Quorum {
    private final Launch launch;
    private final Policy policy;
    private final Roster roster;

    private Quorum(Launch launch, Policy policy) {
        this.launch = launch;
        this.policy = policy;
        this.roster = new Roster(policy, launch.at());
    }

    /**
     * Why it does not begin, with names and what helps.
     *
     * @param makers addresses of authors and committers, case folded, as far as they are known
     */
    static Optional<Cause> missing(Launch launch, Collection<String> makers) {
        Policy policy = launch.policy();
        if (policy == null || launch.refused() != null || launch.rollback() != null) {
            return Optional.empty();
        }
        return approvers(launch, makers).or(() -> reviewers(launch));
    }

    /**
     * The same once it is known what has changed.
     *
     * @param changed files whose change somebody in particular has to approve
     */
    static Optional<Cause> missing(Launch launch, Collection<String> makers, @Nullable ChangedFiles changed) {
        return missing(launch, makers).or(() -> pathReviewers(launch, makers, changed));
    }

    /** The same of whoever has to approve the change of files. */
    static Optional<Cause> pathReviewers(Launch launch, Collection<String> makers, @Nullable ChangedFiles changed) {
        if (launch.policy() == null) {
            return Optional.empty();
        }
        Quorum quorum = new Quorum(launch, launch.policy());
        return quorum.pathReviewers(PathReviews.of(launch, changed), quorum.all(makers));
    }

    /** The same of approvals alone. */
    static Optional<Cause> approvers(Launch launch, Collection<String> makers) {
        Quorum quorum = new Quorum(launch, launch.guide());
        return quorum.approvers(quorum.all(makers));
    }

    /** The same of whoever reviews what is announced. */
    static Optional<Cause> reviewers(Launch launch) {
        return new Quorum(launch, launch.guide()).reviewers();
    }

    /** Whoever published it, or put the configuration that it brings, has made it as well. */
    private Set<String> all(Collection<String> makers) {
        Launch.Configured configured = launch.configured();
        return Stream.of(
                        makers.stream(),
                        Stream.of(launch.publisher()),
                        configured == null ? Stream.<String>of() : Stream.ofNullable(configured.changedBy()))
                .flatMap(each -> each)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Cause> approvers(Set<String> makers) {
        List<String> wanted = policy.approvals().roles();
        List<Set<String>> left = people(wanted).stream()
                .filter(person -> person.stream().noneMatch(makers::contains))
                .filter(this::isBackInTime)
                .map(person -> policy.rolesOf(person.iterator().next()))
                .toList();
        List<String> missing = Approvers.missing(wanted, left);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String role = missing.getFirst();
        return Optional.of(new Cause(
                Staff.NOBODY,
                "Approvals want %s of %s, and not so many are left%s. It begins when another contact of the role is named in the policy, or fewer of it are wanted (approvals.roles), or when they are back; then propose it again."
                        .formatted(
                                Texts.counted(count(wanted, role), "person", "people"),
                                role,
                                why(people(List.of(role)), makers)),
                Texts.counted(count(wanted, role) - count(missing, role), "person", "people"),
                Texts.counted(count(wanted, role), "person", "people")));
    }

    private Optional<Cause> pathReviewers(List<PathReviews.Wanted> wanted, Set<String> makers) {
        return wanted.stream()
                .filter(each -> PathReviews.people(policy, each.review()).stream()
                        .noneMatch(person -> person.stream().noneMatch(makers::contains) && isBackInTime(person)))
                .findFirst()
                .map(each -> Cause.of(
                        Staff.NOBODY,
                        "It changes %s, which %s has to approve, and nobody of them is left%s. It begins when somebody else may do so by the policy (approvals.paths), or when they are back; then propose it again."
                                .formatted(
                                        each.files(),
                                        each.review().who(),
                                        why(PathReviews.people(policy, each.review()), makers))));
    }

    private static int count(List<String> roles, String role) {
        return (int) roles.stream().filter(role::equals).count();
    }

    /** Of any of these roles, each by all of their addresses. */
    private List<Set<String>> people(Collection<String> roles) {
        return policy.contacts().stream()
                .filter(contact -> roles.contains(contact.role()))
                .flatMap(contact -> contact.address().stream())
                .map(address -> policy.approvals().addressesOf(address))
                .distinct()
                .toList();
    }

    private boolean isBackInTime(Set<String> person) {
        Instant over = launch.at().plus(Votes.within(launch, launch.at(), launch.at()));
        return roster.awayUntil(person.iterator().next())
                .filter(until -> !until.isBefore(over))
                .isEmpty();
    }

    /** Who of these is not left, and for what reason; begins with a separator where there is somebody. */
    private String why(Collection<Set<String>> people, Set<String> makers) {
        String all = people.stream()
                .flatMap(person -> {
                    String name = Roster.person(policy, person.iterator().next());
                    if (person.stream().anyMatch(makers::contains)) {
                        return Stream.of(name + " made the change");
                    }
                    return isBackInTime(person)
                            ? Stream.<String>of()
                            : roster
                                    .awayUntil(name)
                                    .map(until -> "%s is away until %s".formatted(name, until))
                                    .stream();
                })
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : ": " + all;
    }

    /** Of a configuration alone nothing is announced. */
    private Optional<Cause> reviewers() {
        if (launch.configured() != null) {
            return Optional.empty();
        }
        return policy.announcements().stream()
                .filter(each -> each.reviewedBy() != null
                        && people(List.of(each.reviewedBy())).stream()
                                .noneMatch(person ->
                                        roster.isThere(person.iterator().next())))
                .findFirst()
                .map(this::nobodyReviews);
    }

    private Cause nobodyReviews(Announcing announcing) {
        String role = String.valueOf(announcing.reviewedBy());
        return Cause.of(
                Staff.NOBODY,
                "Announcement %s has nobody of %s to review it: %s. It begins when another contact of the role is named in the policy, another role reviews it (announcements.reviewedBy), or when they are back; then propose it again."
                        .formatted(announcing.id(), role, roster.away(role)));
    }
}
