package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.AdoptGuide;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A release goes by the guide of its revision from now on, where that differs from the pinned one (ADR 67). Somebody says so who
 * has a role in the policy, or an operator, and who did not make the change: whoever changes the guide is not who decides that a
 * release goes by it. The decision says which approvals fall. Where they would fall when nobody is asked for them any more, the
 * release is proposed again instead.
 */
final class GuideAdopting {
    private static final String IMPORT =
            "Have the policy say it (slipway guide import FILE --policy slipway.yaml, slipway policy apply), and"
                    + " propose the release again.";

    private final SagaLimits limits;

    GuideAdopting(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> adopt(Dossier d, AdoptGuide said, Instant now) {
        Policy policy =
                d.launch() == null || d.isRollback() ? null : d.release().policy();
        Guide pinned = policy == null ? null : policy.guide();
        GuideFileView file = d.guideFile();
        if (policy == null || pinned == null || file == null) {
            return refuse(
                    d,
                    "no-guide-file",
                    "Nothing is known of the guide's file at the revision of release %s: it is read when a release begins whose policy names it, as in guide: {file: RELEASE.md, ...}."
                            .formatted(d.id()));
        }
        Optional<Refusal> refused = nothingToAdopt(d, file, said)
                .or(() -> Judging.refusal(d, said.email(), said.operator(), "adopts its guide"))
                .or(() -> Judging.noReason(said.reason(), "Adopting a guide"));
        if (refused.isPresent()) {
            return Decision.refuse(d, refused.get());
        }
        Guide next;
        try {
            next = GuideInForce.with(pinned, file);
        } catch (IllegalArgumentException tooMany) {
            return refuse(
                    d,
                    "too-much",
                    "The file cannot be adopted as it is: %s. %s".formatted(tooMany.getMessage(), IMPORT));
        }
        List<String> fell = GuideInForce.falling(
                policy,
                d.release(),
                pinned,
                next,
                d.approvals().stream().map(Dossier.Approval::email).toList());
        if (!fell.isEmpty() && !(d.state() instanceof ReleaseState.AwaitingApproval)) {
            return refuse(
                    d,
                    "approvals-fall",
                    "With this guide the approvals of %s fall, and release %s is %s, where nobody is asked for them. End it (./slipway release abort %s --reason WHY) and propose it again under a policy that has this guide."
                            .formatted(
                                    String.join(", ", fell), d.id(), d.state().phase(), d.id()));
        }
        Adopted word =
                new Adopted(said.email(), said.operator(), now, said.reason().strip(), next.hash(), fell);
        return Decision.move(adopted(d, file, word, said, now))
                .because("%s adopts the guide of its revision (%s): %s; %s"
                        .formatted(said.email(), next.hash(), word.reason(), fallen(fell)));
    }

    /** Which approvals fell, to follow a sentence. */
    static String fallen(List<String> fell) {
        return fell.isEmpty() ? "no approval falls" : "the approvals of %s fall".formatted(String.join(", ", fell));
    }

    private static Optional<Refusal> nothingToAdopt(Dossier d, GuideFileView file, AdoptGuide said) {
        Adopted before = file.adopted();
        if (before != null) {
            return Optional.of(new Refusal(
                    "adopted-before",
                    "%s adopted it at %s already: %s".formatted(before.by(), before.at(), before.reason())));
        }
        if (file.state() != State.DIFFERS) {
            return Optional.of(new Refusal(
                    "nothing-to-adopt",
                    "There is nothing to adopt: %s".formatted(GuideFileTexts.sentence(d.id(), file))));
        }
        if (!Objects.equals(file.sha256(), said.sha256())) {
            return Optional.of(new Refusal(
                    "another-file",
                    "%s has another text at this revision: its SHA-256 is %s. Read the difference again, and adopt what it says."
                            .formatted(file.file(), file.sha256())));
        }
        if (!Waivers.watched(d)) {
            return Optional.of(new Refusal(
                    "not-now",
                    "Release %s is %s; a guide is adopted from VALIDATING until production begins."
                            .formatted(d.id(), d.state().phase())));
        }
        return file.more() == 0
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "too-much",
                        "The file differs in %d lines, more than are kept of it, so nobody has seen them all here. %s"
                                .formatted(file.lines().size() + file.more(), IMPORT)));
    }

    private Dossier adopted(Dossier d, GuideFileView file, Adopted word, AdoptGuide said, Instant now) {
        Change change =
                Change.of(d, now).guideFile(file.adoptedBy(word)).request(said.key(), limits.requestsRemembered());
        if (word.fell().isEmpty()) {
            return change.done();
        }
        Ballot ballot = d.ballot();
        return change.withoutApprovals(new HashSet<>(word.fell()))
                .ballot(ballot == null ? null : ballot.decided(null))
                .to(askedAgain(d, now))
                .milestone(
                        Milestone.Kind.APPROVAL_ASKED,
                        Cause.of(
                                "guide-adopted",
                                "%s has adopted the guide of its revision: %s %s fell by that; say yes anew if you agree. %s wanted."
                                        .formatted(
                                                word.by(),
                                                Texts.sentence(word.reason()),
                                                word.fell().size() == 1
                                                        ? "The approval of "
                                                                + word.fell().getFirst()
                                                        : "The approvals of " + String.join(", ", word.fell()),
                                                Texts.counted(
                                                        d.guide().approvals().required(),
                                                        "approval is",
                                                        "approvals are"))),
                        Approvers.asked(d.guide()),
                        limits.milestonesMax())
                .done();
    }

    /** Whoever is asked anew has as long as whoever was asked first. */
    private static ReleaseState askedAgain(Dossier d, Instant now) {
        Wait wait = Objects.requireNonNull(d.state().waits());
        Instant until = now.plus(Votes.within(d.release(), now, d.since()));
        return until.isAfter(wait.until())
                ? d.state().waiting(new Wait(wait.since(), until, false, wait.restarted()))
                : d.state();
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
