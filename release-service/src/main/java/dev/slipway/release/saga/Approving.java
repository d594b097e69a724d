package dev.slipway.release.saga;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.ReleaseInput.Approve;
import java.time.Instant;
import java.util.List;

/** A yes counts if it is to exactly this sha, these digests and this policy, by someone who did not make the change. */
final class Approving {
    private static final int APPROVALS_MAX = 200;

    private final SagaLimits limits;

    Approving(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> approve(Dossier d, Approve approve, Instant now) {
        if (d.state() instanceof ReleaseState.Unheard || !sameTriple(d.release(), triple(approve))) {
            return refuse(
                    d,
                    "another-triple",
                    "The approval is not to this release's sha, digests and policy. Read the release again and approve"
                            + " what it says.");
        }
        if (!GuideInForce.isNamed(d, approve.guideHash())) {
            return refuse(
                    d,
                    "another-guide",
                    "The approval is not to the guide that this release goes by, which somebody has adopted since."
                            + " Read the release again and approve what it says.");
        }
        if (d.approvedAs(approve.email())) {
            return Decision.stay(d);
        }
        if (!(d.state() instanceof ReleaseState.AwaitingApproval)) {
            return refuse(
                    d,
                    "not-now",
                    "Release %s is %s and takes approvals only in AWAITING_APPROVAL."
                            .formatted(d.id(), d.state().phase()));
        }
        if (d.madeBy(approve.email())) {
            return refuse(
                    d,
                    "own-change",
                    "%s wrote, committed or published this change; somebody else has to approve it."
                            .formatted(approve.email()));
        }
        if (d.approvedBy(approve.email())) {
            return refuse(
                    d,
                    "approved-before",
                    "%s approved this under another address; the policy counts both as one person."
                            .formatted(approve.email()));
        }
        if (d.approvals().size() >= APPROVALS_MAX) {
            return refuse(
                    d,
                    "too-many",
                    "%d people have approved release %s, which is as many as it keeps."
                            .formatted(APPROVALS_MAX, d.id()));
        }
        Ballot ballot = d.ballot();
        return Decision.move(Change.of(d, now)
                        .approval(approve.email())
                        .ballot(ballot == null ? null : ballot.decided(null))
                        .request(approve.key(), limits.requestsRemembered())
                        .done())
                .because("approved by " + approve.email());
    }

    private static ReleaseInput.Triple triple(Approve approve) {
        return new ReleaseInput.Triple(approve.sha(), approve.digests(), approve.policyHash());
    }

    static boolean sameTriple(Launch release, ReleaseInput.Triple said) {
        List<String> digests = release.proposal().artifacts().stream()
                .map(Artifact::digest)
                .map(Digest::value)
                .sorted()
                .toList();
        return release.proposal().sha().equals(said.sha())
                && digests.equals(said.digests().stream().sorted().toList())
                && release.policyHash().equals(said.policyHash());
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
