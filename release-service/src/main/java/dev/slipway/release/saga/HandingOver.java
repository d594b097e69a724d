package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Staffing;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.HandOver;
import dev.slipway.release.saga.Staff.HandedOver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has to answer for becomes another's: a duty, or the release itself with each duty of theirs that is still open.
 * Whose it is may say so, the release's owner of everybody's, and an operator where neither is there. It goes to a contact of
 * the policy, for nobody else would be told; that they have the duty's role is not asked: it is their name that is on record.
 */
final class HandingOver {
    private final SagaLimits limits;

    HandingOver(SagaLimits limits) {
        this.limits = limits;
    }

    /** What is asked for, for the record. */
    static String verb(ReleaseInput.Request request) {
        if (request instanceof ReleaseInput.SetDay) {
            return "set the release day";
        }
        return request instanceof HandOver ? "hand over" : "answer a duty";
    }

    Decision<Dossier> handOver(Dossier d, HandOver said, Instant now) {
        Staff staff = d.staff();
        if (staff == null || d.launch() == null) {
            return refuse(
                    d,
                    "nobody-asked",
                    "Release %s has no owner and asks nothing of people by name, so there is nothing to hand over."
                            .formatted(d.id()));
        }
        if (d.state() instanceof ReleaseState.Ended && AfterWork.open(d).isEmpty()) {
            return refuse(
                    d,
                    "not-now",
                    "Release %s is %s; nobody is asked any more."
                            .formatted(d.id(), d.state().phase()));
        }
        Policy policy = d.guide();
        String to = Roster.person(policy, Staffing.folded(said.to()));
        String from = Roster.person(policy, said.from() == null ? said.email() : Staffing.folded(said.from()));
        Optional<Refusal> wrong = persons(policy, staff, said, from, to, now);
        if (wrong.isPresent()) {
            return Decision.refuse(d, wrong.get());
        }
        String one = said.duty();
        Optional<Refusal> notTheirs = one == null ? Optional.empty() : notTheirs(d, one, from);
        if (notTheirs.isPresent()) {
            return Decision.refuse(d, notTheirs.get());
        }
        List<Duty> duties = open(d, from).stream()
                .filter(duty -> one == null || duty.id().equals(one))
                .toList();
        boolean owner = one == null && from.equals(staff.owner());
        Optional<Refusal> nothing = what(d, duties, owner, from, to);
        return nothing.isPresent()
                ? Decision.refuse(d, nothing.get())
                : handed(
                        d,
                        staff,
                        said,
                        new HandedOver(
                                from,
                                to,
                                owner,
                                duties.stream().map(Duty::id).toList(),
                                said.email(),
                                !isPerson(policy, said.email(), from) && !isPerson(policy, said.email(), staff.owner()),
                                now,
                                said.reason().strip()),
                        now);
    }

    private Decision<Dossier> handed(Dossier d, Staff staff, HandOver said, HandedOver handover, Instant now) {
        Cause told = Cause.of(
                "handed-over",
                "%s See what is asked: ./slipway release show %s".formatted(Texts.sentence(handover.text()), d.id()));
        return Decision.move(Change.of(d, now)
                        .staff(staff.after(handover))
                        .milestone(Milestone.Kind.HANDED_OVER, told, List.of(handover.to()), limits.milestonesMax())
                        .request(said.key(), limits.requestsRemembered())
                        .done())
                .because(handover.text());
    }

    /** Whether the other address, if there is one, is of the same person. */
    static boolean isPerson(Policy policy, String email, @Nullable String other) {
        return other != null && policy.approvals().addressesOf(email).contains(other);
    }

    /** Who may, from whom and to whom. */
    private static Optional<Refusal> persons(
            Policy policy, Staff staff, HandOver said, String from, String to, Instant now) {
        boolean may = said.operator()
                || isPerson(policy, said.email(), from)
                || isPerson(policy, said.email(), staff.owner());
        if (!may) {
            return Optional.of(new Refusal(
                    "not-yours",
                    "%s hands over their own alone; that of %s is handed over by them, by %s or by an operator."
                            .formatted(
                                    said.email(),
                                    from,
                                    staff.owner() == null
                                            ? "an owner, if there were one,"
                                            : "the owner, " + staff.owner())));
        }
        if (!Texts.says(said.reason())) {
            return Optional.of(
                    new Refusal("no-reason", "Handing over takes a reason, for the release's record: --reason WHY"));
        }
        if (Roster.contact(policy, to).isEmpty()) {
            List<String> people = policy.contacts().stream()
                    .flatMap(contact -> contact.address().stream())
                    .distinct()
                    .toList();
            return Optional.of(new Refusal(
                    "unknown-person",
                    "%s is no email of a contact of the release's policy, so they would not be told; %s"
                            .formatted(
                                    Texts.shown(to),
                                    NearestName.to(to, people)
                                            .map("did you mean %s?"::formatted)
                                            .orElseGet(() -> "it has: " + String.join(", ", people) + "."))));
        }
        if (isPerson(policy, from, to)) {
            return Optional.of(new Refusal("same-person", "%s and %s are one person.".formatted(from, to)));
        }
        return new Roster(policy, now)
                .awayUntil(to)
                .map(until -> new Refusal(
                        "away", "%s is away until %s; hand it over to somebody who is there.".formatted(to, until)));
    }

    /** Duties that this person is asked for and has not answered, which may still be answered. */
    private static List<Duty> open(Dossier d, String from) {
        return Duties.all(d).stream()
                .filter(duty -> LeftOut.why(d, duty).isEmpty())
                .filter(duty -> !(d.state() instanceof ReleaseState.Ended) || AfterWork.isAsked(d, duty))
                .filter(duty -> Staff.isAsked(d.staff(), d.guide(), duty, from))
                .filter(duty -> !Cells.openTo(d, duty, from).isEmpty())
                .toList();
    }

    private static Optional<Refusal> notTheirs(Dossier d, String one, String from) {
        Optional<Duty> duty =
                Duties.all(d).stream().filter(each -> each.id().equals(one)).findFirst();
        if (duty.isEmpty()) {
            return Optional.of(new Refusal("no-duty", DutyAnswering.unknown(Duties.all(d), one)));
        }
        return open(d, from).contains(duty.get())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "nothing-to-hand-over",
                        "Duty %s is not asked of %s any more: it is asked of %s, and %s."
                                .formatted(
                                        one,
                                        from,
                                        String.join(", ", Staff.people(d, duty.get())),
                                        new DutyStates(d).standing(duty.get()).why())));
    }

    /** Whether there is something, and still enough people for it afterwards. */
    private static Optional<Refusal> what(Dossier d, List<Duty> duties, boolean owner, String from, String to) {
        if (duties.isEmpty() && !owner) {
            return Optional.of(new Refusal(
                    "nothing-to-hand-over",
                    "Nothing of release %s is open that %s has to answer for; --from EMAIL names somebody else."
                            .formatted(d.id(), from)));
        }
        return duties.stream()
                .filter(duty -> duty.people() > 1 && Staff.isAsked(d.staff(), d.guide(), duty, to))
                .findFirst()
                .map(duty -> new Refusal(
                        "two-people",
                        "Duty %s is asked of %d people, and %s is one of them already; name somebody else."
                                .formatted(duty.id(), duty.people(), to)));
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
