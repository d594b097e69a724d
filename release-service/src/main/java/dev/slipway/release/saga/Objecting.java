package dev.slipway.release.saga;

import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView.Outcome;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.Ballot.Objection;
import dev.slipway.release.saga.ReleaseInput.SayNo;
import java.time.Instant;
import java.util.Set;

/**
 * A no counts if it is to exactly this sha, these digests and this policy. It takes the place of the same person's yes. That of a
 * role with a veto ends the release as long as production has not begun; that of others is on record while approvals are asked for,
 * and stops nothing by itself. Whoever made the change may say it as well: a no makes it stricter.
 */
final class Objecting {
    /** Kind of the cause when somebody's no ended it. */
    static final String VETOED = "vetoed";

    private final Entering entering;
    private final SagaLimits limits;

    Objecting(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    Decision<Dossier> sayNo(Dossier d, SayNo no, Instant now) {
        if (d.state() instanceof ReleaseState.Unheard || !Approving.sameTriple(d.release(), no.triple())) {
            return refuse(
                    d,
                    "another-triple",
                    "The no is not to this release's sha, digests and policy. Read the release again and object to what it says.");
        }
        boolean veto = d.release().policy() != null && Votes.isVeto(d.guide(), no.email());
        if (!isHeard(d, veto)) {
            return refuse(d, "not-now", late(d, veto));
        }
        Ballot ballot = Ballot.of(d);
        boolean said = Votes.standing(d).stream()
                .anyMatch(
                        each -> each.email().equals(no.email()) && each.reason().equals(no.why()));
        if (said) {
            return Decision.stay(d);
        }
        if (ballot.objections().size() >= Ballot.MAX && !veto) {
            return refuse(
                    d,
                    "too-many",
                    "%d noes are on record of release %s already, which is as many as it keeps. To stop it: ./slipway release abort %s --reason WHY"
                            .formatted(Ballot.MAX, d.id(), d.id()));
        }
        Dossier heard = heard(d, no, now);
        String because = "objected by %s: %s".formatted(no.email(), no.why());
        return Decision.move(veto ? vetoed(heard, no, now) : heard).because(because);
    }

    /** While people are asked; a veto until production begins, which is what staging and a candidate wait for. */
    private static boolean isHeard(Dossier d, boolean veto) {
        return switch (d.state()) {
            case ReleaseState.AwaitingApproval _ -> true;
            case ReleaseState.Staging _, ReleaseState.Candidate _ -> veto;
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    private static String late(Dossier d, boolean veto) {
        return "Release %s is %s, and a no is heard in AWAITING_APPROVAL%s. An operator stops it: ./slipway release abort %s --reason WHY"
                .formatted(
                        d.id(),
                        d.state().phase(),
                        veto ? ", STAGING and CANDIDATE" : ", that of a role with a veto until production begins",
                        d.id());
    }

    private Dossier heard(Dossier d, SayNo no, Instant now) {
        Set<String> person = d.guide().approvals().addressesOf(no.email());
        Instant yesBefore = d.approvals().stream()
                .filter(approval -> person.contains(approval.email()))
                .map(Dossier.Approval::at)
                .findFirst()
                .orElse(null);
        return Change.of(d, now)
                .withoutApprovals(person)
                .ballot(Ballot.of(d).and(new Objection(no.email(), now, no.why(), yesBefore)))
                .request(no.key(), limits.requestsRemembered())
                .done();
    }

    private Dossier vetoed(Dossier d, SayNo no, Instant now) {
        Dossier counted = Change.of(d, now)
                .ballot(Ballot.of(d).decided(Votes.tally(d, Outcome.VETOED, now)))
                .done();
        Cause why = Cause.of(
                VETOED,
                "%s of %s said no, whose no ends a release: %s"
                        .formatted(
                                no.email(),
                                String.join(
                                        ", ",
                                        d.guide().approvals().veto().stream()
                                                .filter(d.guide().rolesOf(no.email())::contains)
                                                .toList()),
                                no.why()));
        return entering.giveUp(counted, ReleasePhase.REJECTED, why, now);
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
