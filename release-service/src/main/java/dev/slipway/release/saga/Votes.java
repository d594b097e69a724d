package dev.slipway.release.saga;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.OpenFor;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.VoteView.Outcome;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Ballot.Objection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A vote on a release (ADR 64): until when it is open however many have said yes, whose no ends it, and how it was decided. One
 * person has one vote, and the newest counts.
 */
public final class Votes {
    private static final VoteView NOTHING = new VoteView(null, List.of(), List.of(), List.of(), null);

    private Votes() {}

    // ---- how long it is open

    /** What the policy says of it, where that holds of this release. */
    static Optional<OpenFor> openFor(Launch launch) {
        Policy policy = launch.policy();
        return policy == null || launch.rollback() != null
                ? Optional.empty()
                : Optional.ofNullable(policy.approvals().openFor())
                        .filter(openFor -> openFor.holds(LaunchFacts.kinds(launch)));
    }

    /** Before when no number of approvals is enough; empty where no time is named, or where nobody is asked yet. */
    static Optional<Instant> openUntil(Dossier d) {
        VoteTally tally = Ballot.of(d).tally();
        if (tally != null) {
            return Optional.ofNullable(tally.openUntil());
        }
        return d.state() instanceof ReleaseState.AwaitingApproval
                ? openFor(d.release()).map(openFor -> openFor.end(d.since()))
                : Optional.empty();
    }

    /** Whether it is too early for enough to be enough. */
    static boolean isOpen(Dossier d, Instant now) {
        return openUntil(d).filter(now::isBefore).isPresent();
    }

    /** Whether enough have said yes, and it was open long enough. */
    static boolean hasPassed(Dossier d, Instant now) {
        return Approvers.enough(d) && !isOpen(d, now);
    }

    /** When a release whose vote is open has to be looked at. */
    static Optional<Instant> next(Dossier d) {
        return d.state() instanceof ReleaseState.AwaitingApproval
                        && Ballot.of(d).tally() == null
                ? openUntil(d)
                : Optional.empty();
    }

    /**
     * How long people are waited for at most, who are asked for approvals: as long as the policy says, and until votes are open no
     * longer.
     *
     * @param since from when on
     * @param asked when they were asked
     */
    static Duration within(Launch launch, Instant since, Instant asked) {
        Duration within = launch.guide().approvals().within();
        return openFor(launch)
                .map(openFor -> Duration.between(since, openFor.end(asked)))
                .filter(open -> open.compareTo(within) > 0)
                .orElse(within);
    }

    // ---- whose no counts

    static boolean isVeto(Policy policy, String email) {
        Set<String> roles = policy.rolesOf(email);
        return policy.approvals().veto().stream().anyMatch(roles::contains);
    }

    /** The newest no of each who has not said yes since. */
    static List<Objection> standing(Policy policy, List<Dossier.Approval> yes, List<Objection> all) {
        Set<String> seen = new HashSet<>();
        yes.forEach(approval -> seen.addAll(policy.approvals().addressesOf(approval.email())));
        return all.reversed().stream()
                .filter(no -> {
                    boolean newest = !seen.contains(no.email());
                    seen.addAll(policy.approvals().addressesOf(no.email()));
                    return newest;
                })
                .toList()
                .reversed();
    }

    static List<Objection> standing(Dossier d) {
        return standing(d.guide(), d.approvals(), Ballot.of(d).objections());
    }

    /** Whether somebody is asked at all: for a yes, or for whether there is a no. */
    static boolean isAsked(Launch launch) {
        return launch.guide().approvals().required() > 0 || openFor(launch).isPresent();
    }

    // ---- how it was decided

    static VoteTally tally(Dossier d, Outcome outcome, Instant now) {
        return new VoteTally(
                now,
                outcome,
                openUntil(d).orElse(null),
                d.guide().approvals().required(),
                d.approvals().stream().map(Dossier.Approval::email).toList(),
                standing(d).stream().map(Objection::email).toList(),
                Approvers.missing(d),
                triple(d.release()));
    }

    static ReleaseInput.Triple triple(Launch release) {
        return new ReleaseInput.Triple(
                release.proposal().sha(),
                release.proposal().artifacts().stream()
                        .map(Artifact::digest)
                        .map(Digest::value)
                        .toList(),
                release.policyHash());
    }

    /** The same with how it was decided, where it passes now and nobody has written that down. */
    static Dossier counted(Dossier d, Instant now) {
        boolean counts = d.state() instanceof ReleaseState.AwaitingApproval
                && isAsked(d.release())
                && Ballot.of(d).tally() == null
                && hasPassed(d, now);
        return counts
                ? Change.of(d, now)
                        .ballot(Ballot.of(d).decided(tally(d, Outcome.PASSED, now)))
                        .done()
                : d;
    }

    // ---- for whoever reads it

    /** What people are told when they are asked. */
    static String question(Dossier d, Instant now) {
        int required = d.guide().approvals().required();
        String asked = required == 0
                ? "No approval is needed; whoever objects says so."
                : Texts.counted(required, "approval is asked for.", "approvals are asked for.");
        return asked
                + PathReviews.question(d)
                + openFor(d.release())
                        .map(openFor -> " The vote is open until %s at least.".formatted(openFor.end(now)))
                        .orElse("")
                + ForwardOnly.question(d);
    }

    /** Until when it is open, and who says no, to follow how many say yes; empty where there is neither. */
    static String words(Dossier d) {
        String open = openUntil(d).map("; open until %s"::formatted).orElse("");
        List<Objection> no = standing(d);
        return no.isEmpty()
                ? open
                : "%s; %s: %s"
                        .formatted(
                                open,
                                Texts.counted(no.size(), "no", "noes"),
                                no.stream().map(Objection::email).collect(Collectors.joining(", ")));
    }

    /** Null where nobody is asked, where there is nothing to say of it, and of what was refused before. */
    public static @Nullable VoteView view(Dossier d) {
        Launch launch = d.release();
        Policy policy = launch.policy();
        if (policy == null || launch.refused() != null || launch.rollback() != null || !isAsked(launch)) {
            return null;
        }
        List<String> missing = Approvers.missing(d);
        List<Objection> standing = standing(d);
        VoteView view = new VoteView(
                openUntil(d).orElse(null),
                policy.approvals().roles().stream()
                        .distinct()
                        .map(role -> new VoteView.Quorum(
                                role, count(policy.approvals().roles(), role), count(missing, role)))
                        .toList(),
                policy.approvals().veto(),
                Ballot.of(d).objections().stream()
                        .map(no -> new VoteView.Objection(
                                no.email(),
                                no.at(),
                                no.reason(),
                                no.yesBefore(),
                                standing.contains(no),
                                isVeto(policy, no.email())))
                        .toList(),
                decided(Ballot.of(d).tally()),
                PathReviews.views(d));
        return view.equals(NOTHING) ? null : view;
    }

    private static int count(List<String> roles, String role) {
        return (int) roles.stream().filter(role::equals).count();
    }

    private static VoteView.@Nullable Decided decided(@Nullable VoteTally tally) {
        return tally == null
                ? null
                : new VoteView.Decided(
                        tally.at(),
                        tally.outcome(),
                        tally.required(),
                        tally.yes(),
                        tally.no(),
                        tally.missing(),
                        tally.of().sha(),
                        tally.of().digests(),
                        tally.of().policyHash());
    }
}
