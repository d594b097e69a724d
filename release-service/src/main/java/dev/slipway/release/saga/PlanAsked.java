package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.AskedKind;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.saga.GuideStates.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the steps of a plan wait for: gates, approvals and duties, each with whom it asks and where the release is in it. */
final class PlanAsked {
    /** Of what has no verdict yet. */
    static final String NOT_ASKED = "it has not been asked";

    private static final String REQUIRED_CHECK = "required-check:";
    private static final int RULE_CHARACTERS_MAX = 200;

    private final Dossier d;
    private final Policy policy;
    private final GuideStates states;
    private final DutyStates duties;

    PlanAsked(Dossier d) {
        this.d = d;
        this.policy = d.guide();
        this.states = GuideStates.in(d);
        this.duties = new DutyStates(d);
    }

    /** @param step whose assessment answers them; a gate that is asked in several has a verdict in each */
    List<Asked> gates(List<Gate> gates, String step) {
        List<GateVerdict> verdicts =
                Waivers.assessment(d, step).map(AssessmentStatus::gates).orElse(List.of());
        return gates.stream().map(gate -> asked(gate, verdicts)).toList();
    }

    /** The proof of the way back, which production gives. */
    List<Asked> wayBack() {
        return Steps.wayBack(policy).stream()
                .map(gate -> asked(gate, Telling.gates(d)))
                .toList();
    }

    private Asked asked(Gate gate, List<GateVerdict> verdicts) {
        Standing standing = verdicts.stream()
                .filter(verdict -> verdict.gate().equals(gate.id()))
                .reduce((_, last) -> last)
                .map(states::verdict)
                .orElseGet(() -> Standing.of(LineState.OPEN, NOT_ASKED));
        String waivable = policy.waiver(gate.id())
                .map(WaiverRule::roles)
                .map(roles -> "; %s may ask to waive it".formatted(String.join(", ", roles)))
                .orElse("");
        return new Asked(
                AskedKind.GATE,
                gate.id(),
                text(gate) + waivable + dated(Dated.GATE, gate.id()),
                List.of(),
                gate.within(),
                standing.state(),
                standing.why());
    }

    /** What a gate looks at, and what it has to be. */
    static String text(Gate gate) {
        String check = gate.check();
        if (check != null) {
            return check(check, gate);
        }
        if (gate.evidence() != null) {
            return "a report of kind %s%s: %s"
                    .formatted(
                            gate.evidence(), gate.suite() == null ? "" : " of suite " + gate.suite(), gate.ruleText());
        }
        return gate.metrics().isEmpty() || gate.watch() == null
                ? gate.ruleText()
                : "its own metrics, watched for %s: %s".formatted(Texts.words(gate.watch()), gate.ruleText());
    }

    private static String check(String check, Gate gate) {
        return switch (check) {
            case "merge" -> "the revision merges into the target branch without conflicts";
            case "way-back" -> "production shows that it can go back";
            default ->
                check.startsWith(REQUIRED_CHECK)
                        ? "CI says that %s succeeded for exactly this revision"
                                .formatted(check.substring(REQUIRED_CHECK.length()))
                        : gate.ruleText();
        };
    }

    /** As many as the policy requires, then each role that has to be among them. */
    List<Asked> approvals() {
        Policy.Approvals approvals = policy.approvals();
        if (!Votes.isAsked(d.release())) {
            return List.of();
        }
        List<Asked> all = new ArrayList<>();
        all.add(approval(
                GuideAnswer.REQUIRED,
                approvals.required() == 0
                        ? "nobody has to say yes; whoever objects says so"
                        : Texts.counted(approvals.required(), "approval", "approvals")
                                + " by people who neither wrote, committed nor published it"));
        approvals.roles().stream().distinct().forEach(role -> all.add(approval(role, ofRole(approvals.roles(), role))));
        approvals.paths().forEach(rule -> all.add(review(rule)));
        return all;
    }

    private Asked review(PathReview rule) {
        Standing standing = states.review(rule);
        return new Asked(
                AskedKind.APPROVAL,
                Texts.brief(rule.name(), RULE_CHARACTERS_MAX),
                "one of them by %s, where such a file has changed".formatted(rule.who()),
                Stream.concat(
                                rule.roles().stream().flatMap(role -> people(role).stream()),
                                rule.people().stream().flatMap(this::known))
                        .distinct()
                        .toList(),
                policy.approvals().within(),
                standing.state(),
                standing.why());
    }

    private static String ofRole(List<String> roles, String role) {
        long wanted = roles.stream().filter(role::equals).count();
        return wanted == 1
                ? "one of them by a person of the role " + role
                : "%d of them by people of the role %s".formatted(wanted, role);
    }

    private Asked approval(String name, String text) {
        Standing standing = states.approval(name);
        return new Asked(
                AskedKind.APPROVAL,
                name,
                text + dated(Dated.APPROVAL, name),
                people(name),
                policy.approvals().within(),
                standing.state(),
                standing.why());
    }

    /** When something is to be done, as a sentence of a step; a phase is the step itself. */
    Optional<String> dated(String of) {
        String words = Dated.words(of);
        String what = of.startsWith(Dated.PHASE)
                ? "Due"
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + " is due";
        return d.isRollback()
                ? Optional.empty()
                : policy.dated(of)
                        .map(Timed.OfDate::new)
                        .map(timed -> "%s %s.".formatted(what, Timetable.words(d, timed)));
    }

    /** When the timetable has it done, to follow a sentence; empty where it does not say. */
    private String dated(String kind, String what) {
        return Timetable.words(d, policy.dated(Dated.name(kind, what)).map(Timed.OfDate::new));
    }

    List<Asked> duties(Duty.Before before) {
        return Duties.all(d).stream()
                .filter(duty -> duty.before() == before && LeftOut.why(d, duty).isEmpty())
                .map(this::duty)
                .toList();
    }

    /** Whether all that is waited for there is for others to do. */
    boolean isOnOthers(Duty.Before before) {
        return Duties.all(d).stream()
                .filter(duty -> duty.before() == before && LeftOut.why(d, duty).isEmpty())
                .allMatch(Duty::isWait);
    }

    /** What people type there. */
    String answer(Duty.Before before) {
        return isOnOthers(before)
                ? "slipway release show %s says how far others are".formatted(d.id())
                : "slipway release duty %s DUTY pass --reason WHY --as EMAIL".formatted(d.id());
    }

    /** What is left to do after that end. */
    List<Asked> afterWork(ReleasePhase end) {
        return Duties.all(d).stream()
                .filter(duty -> duty.after() != null
                        && AfterWork.ends(duty.after()).contains(end)
                        && LeftOut.why(d, duty).isEmpty())
                .map(this::duty)
                .toList();
    }

    private Asked duty(Duty duty) {
        Standing standing = duties.standing(duty);
        String fields = duty.fields().isEmpty() ? "" : "; the answer says " + String.join(", ", duty.fields());
        String people = duty.people() == 1 ? "" : "; %d people answer".formatted(duty.people());
        String cells = duty.matrix().isEmpty() ? "" : "; cell by cell: " + Cells.words(duty.cells());
        WaitsOn on = duty.waits();
        String due = on == null
                ? Timetable.words(d, Timed.of(duty))
                : "; waits on %s, %s, ends by %s"
                        .formatted(on.on(), on.times(duty.within()), String.join(" or ", on.ends()));
        return new Asked(
                AskedKind.DUTY,
                duty.id(),
                duty.text() + people + fields + cells + due,
                Staff.people(d, duty).stream().flatMap(this::known).toList(),
                duty.within(),
                standing.state(),
                standing.why());
    }

    /** Whom a role means: contacts by whose address a person is known. */
    List<String> people(String role) {
        return policy.contacts().stream()
                .filter(contact -> contact.role().equals(role) && contact.email() != null)
                .map(PlanAsked::named)
                .toList();
    }

    private Stream<String> known(String email) {
        return Roster.contact(policy, email).map(PlanAsked::named).stream();
    }

    private static String named(Policy.Contact contact) {
        return "%s (%s)".formatted(contact.name(), contact.role());
    }

    /** Names of gates among these that people may waive. */
    List<String> waivable(List<Asked> asked) {
        return asked.stream()
                .map(Asked::name)
                .filter(gate -> policy.waiver(gate).isPresent())
                .toList();
    }

    static List<Asked> both(List<Asked> one, List<Asked> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
