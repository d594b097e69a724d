package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.ConfirmWaiver;
import dev.slipway.release.saga.ReleaseInput.Waive;
import dev.slipway.release.saga.ReleaseInput.WithdrawWaiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may let a release go without a gate or a duty: whoever asks for it has a role that the policy names for it and says why
 * and until when; somebody else, who did not make the change, confirms it. Both say so of exactly this sha, these digests
 * and this policy.
 */
final class Waiving {
    private final Entering entering;
    private final SagaLimits limits;

    Waiving(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    Decision<Dossier> waive(Dossier d, Waive waive, Instant now) {
        Refusal refusal = refusal(d, waive, now);
        if (refusal != null) {
            return Decision.refuse(d, refusal);
        }
        Waiver asked = Waiver.asked(waive.gate(), waive.reason().strip(), waive.until(), waive.email(), now);
        return Decision.move(Change.of(d, now)
                        .waiver(asked)
                        .request(waive.key(), limits.requestsRemembered())
                        .done())
                .because("waiver of %s until %s asked for by %s: %s"
                        .formatted(Waivers.named(d, asked.gate()), asked.until(), asked.by(), asked.reason()));
    }

    Decision<Dossier> confirm(Dossier d, ConfirmWaiver confirm, Instant now) {
        Refusal refusal = notHere(d, confirm);
        if (refusal != null) {
            return Decision.refuse(d, refusal);
        }
        Optional<Waiver> asked = Waivers.of(d, confirm.gate()).filter(waiver -> !waiver.lapsed());
        if (asked.isEmpty() || !now.isBefore(asked.get().until())) {
            return refuse(
                    d,
                    "no-waiver",
                    "Nobody has asked to waive %s, or it is over. Ask: ./slipway release waive %s %s --reason WHY --until TIME"
                            .formatted(Waivers.named(d, confirm.gate()), d.id(), confirm.gate()));
        }
        Waiver waiver = asked.get();
        if (confirm.email().equals(waiver.confirmedBy())) {
            return Decision.stay(d);
        }
        if (d.madeBy(confirm.email())) {
            return refuse(
                    d,
                    "own-change",
                    "%s wrote, committed or published this change; somebody else has to confirm the waiver."
                            .formatted(confirm.email()));
        }
        if (d.guide().approvals().addressesOf(confirm.email()).contains(waiver.by())) {
            return refuse(
                    d,
                    "same-person",
                    "%s asked for this waiver; a second person has to confirm it.".formatted(waiver.by()));
        }
        if (waiver.counts()) {
            return Decision.refuse(d, waivedBefore(d, waiver));
        }
        Waiver confirmed = waiver.confirmed(confirm.email(), now);
        Dossier after = Change.of(d, now)
                .waiver(confirmed)
                .request(confirm.key(), limits.requestsRemembered())
                .done();
        boolean goesOn = !Duties.awaited(d).isEmpty() && Duties.awaited(after).isEmpty();
        return Decision.move(goesOn ? entering.answered(after, now) : after)
                .because("%s %s".formatted(Waivers.named(d, confirmed.gate()), confirmed.text()));
    }

    private static Refusal waivedBefore(Dossier d, Waiver waiver) {
        return new Refusal(
                "waived-before",
                Texts.sentence(
                        "That is so already, %s is %s".formatted(Waivers.named(d, waiver.gate()), waiver.text())));
    }

    /** Whoever said it may take it back, and so may whoever could have said it. */
    Decision<Dossier> withdraw(Dossier d, WithdrawWaiver withdraw, Instant now) {
        Refusal elsewhere = elsewhere(d, withdraw);
        if (elsewhere != null) {
            return Decision.refuse(d, elsewhere);
        }
        Waiver waiver =
                Waivers.of(d, withdraw.gate()).filter(known -> !known.lapsed()).orElse(null);
        if (waiver == null) {
            return refuse(
                    d,
                    "no-waiver",
                    "No waiver of %s counts or is asked for; there is nothing to take back."
                            .formatted(Waivers.named(d, withdraw.gate())));
        }
        if (!mayWithdraw(d, waiver, withdraw.email())) {
            return refuse(
                    d,
                    "not-your-role",
                    "%s neither asked for this waiver nor confirmed it, and is no contact of a role that waives %s."
                            .formatted(withdraw.email(), Waivers.named(d, waiver.gate())));
        }
        if (!Texts.says(withdraw.reason())) {
            return refuse(d, "no-reason", "Taking a waiver back takes a reason: it stands in the release's record.");
        }
        String reason = withdraw.reason().strip();
        return Decision.move(Change.of(d, now)
                        .waiver(waiver.takenBack(new Waiver.Withdrawn(withdraw.email(), reason, now)))
                        .request(withdraw.key(), limits.requestsRemembered())
                        .done())
                .because("waiver of %s withdrawn by %s: %s"
                        .formatted(Waivers.named(d, waiver.gate()), withdraw.email(), reason));
    }

    private static boolean mayWithdraw(Dossier d, Waiver waiver, String email) {
        Set<String> person = d.guide().approvals().addressesOf(email);
        String second = waiver.confirmedBy();
        return person.contains(waiver.by())
                || (second != null && person.contains(second))
                || d.guide()
                        .waiver(waiver.gate())
                        .filter(rule -> d.guide().rolesOf(email).stream().anyMatch(rule.roles()::contains))
                        .isPresent();
    }

    private static @Nullable Refusal refusal(Dossier d, Waive waive, Instant now) {
        Refusal notHere = notHere(d, waive);
        if (notHere != null) {
            return notHere;
        }
        WaiverRule rule = d.guide().waiver(waive.gate()).orElseThrow();
        if (d.guide().rolesOf(waive.email()).stream().noneMatch(rule.roles()::contains)) {
            return new Refusal(
                    "not-your-role",
                    "%s is no contact of the role that waives %s: %s."
                            .formatted(
                                    waive.email(), Waivers.named(d, waive.gate()), String.join(" or ", rule.roles())));
        }
        if (!Texts.says(waive.reason())) {
            return new Refusal("no-reason", "A waiver takes a reason: it stands in the release as a known limitation.");
        }
        Instant latest = now.plus(rule.longest());
        if (!waive.until().isAfter(now) || waive.until().isAfter(latest)) {
            return new Refusal(
                    "until-out-of-range",
                    "A waiver of %s ends after now and by %s at the latest, not at %s: the policy's waivers.longest is %s."
                            .formatted(Waivers.named(d, waive.gate()), latest, waive.until(), hours(rule.longest())));
        }
        return Waivers.of(d, waive.gate())
                .filter(Waiver::counts)
                .map(waiver -> waivedBefore(d, waiver))
                .orElse(null);
    }

    private static String hours(Duration longest) {
        return longest.toHours() > 0 ? longest.toHours() + " h" : longest.toMinutes() + " min";
    }

    /** Where and of what nobody can waive anything. */
    private static @Nullable Refusal notHere(Dossier d, ReleaseInput.OfGate asked) {
        Refusal elsewhere = elsewhere(d, asked);
        if (elsewhere != null) {
            return elsewhere;
        }
        Optional<Duty> duty = DutyWaivers.duty(d, asked.gate());
        Optional<String> leftOut = duty.flatMap(each -> LeftOut.why(d, each));
        if (leftOut.isPresent()) {
            return new Refusal(
                    "does-not-apply",
                    "There is nothing to waive: %s does not apply to this release, %s."
                            .formatted(Waivers.named(d, asked.gate()), leftOut.get()));
        }
        boolean passed = duty.map(each -> DutyWaivers.isAnswered(d, each, asked.gate()))
                .orElseGet(() -> hasPassed(d, asked.gate()));
        return passed
                ? new Refusal(
                        duty.isPresent() ? "duty-answered" : "gate-passed",
                        "There is nothing to waive: %s has passed.".formatted(Waivers.named(d, asked.gate())))
                : null;
    }

    private static @Nullable Refusal elsewhere(Dossier d, ReleaseInput.OfGate asked) {
        if (d.state() instanceof ReleaseState.Unheard || !Approving.sameTriple(d.release(), asked.triple())) {
            return new Refusal(
                    "another-triple",
                    "The waiver is not of this release's sha, digests and policy. Read the release again and waive what it says.");
        }
        if (!Waivers.watched(d) && !AfterWork.isLeft(d, asked.gate())) {
            return new Refusal(
                    "not-now",
                    "Release %s is %s; gates and duties are waived from VALIDATING until production begins."
                            .formatted(d.id(), d.state().phase()));
        }
        Optional<Refusal> noCell = DutyWaivers.noCell(d, asked.gate());
        if (noCell.isPresent()) {
            return noCell.get();
        }
        if (!Waivers.isWaivable(d, asked.gate())) {
            return new Refusal(
                    "not-waivable",
                    "The policy of this release lets nobody waive %s. %s"
                            .formatted(Texts.shown(asked.gate()), waivable(d)));
        }
        return null;
    }

    private static String waivable(Dossier d) {
        List<String> gates = d.guide().waivers().stream()
                .flatMap(rule -> rule.gates().stream())
                .toList();
        return gates.isEmpty() ? "It names no waivers." : "It lets people waive: " + String.join(", ", gates) + ".";
    }

    private static boolean hasPassed(Dossier d, String gate) {
        List<GateVerdict> verdicts = d.assessments().stream()
                .flatMap(status -> status.gates().stream())
                .filter(verdict -> verdict.gate().equals(gate))
                .toList();
        return !verdicts.isEmpty()
                && verdicts.stream().allMatch(verdict -> verdict.complete() && verdict.verdict() == Verdict.PASSED);
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
