package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.GuideStates.Standing;
import dev.slipway.release.saga.ReleaseInput.SayOfLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person says that a line of the guide does not apply to a release, or that it does after all (ADR 67). It changes what is shown
 * of the line and nothing that the release does: a gate is asked as before, and what has gone wrong is shown as that. So it is
 * never a waiver. A line that a gate answers takes two people, of whom the first has a role that waives the gate.
 */
final class LineSaying {
    /** What nobody says away. */
    static final Set<LineState> BAD = Set.of(LineState.FAILED, LineState.INCONCLUSIVE, LineState.WAIVED);

    private final SagaLimits limits;

    LineSaying(SagaLimits limits) {
        this.limits = limits;
    }

    Decision<Dossier> say(Dossier d, SayOfLine said, Instant now) {
        Guide guide = d.launch() == null || d.isRollback() ? null : GuideInForce.of(d);
        if (guide == null) {
            return refuse(d, "no-guide", "Release %s goes by no guide.".formatted(d.id()));
        }
        Optional<GuideLine> line = GuideInForce.line(guide, said.line());
        if (line.isEmpty()) {
            return refuse(d, "no-line", unknown(guide, said.line()));
        }
        List<LineWord> standing = LineWord.standing(d.guide(), d.lineWords(), said.line());
        Optional<Refusal> refused = Judging.noReason(said.reason(), "Saying whether a line applies")
                .or(() -> said.applies()
                        ? takingBack(d, said, standing)
                        : dismissing(d, guide, line.get(), said, standing));
        if (refused.isPresent()) {
            return Decision.refuse(d, refused.get());
        }
        boolean again = !said.applies()
                && standing.stream()
                        .anyMatch(word -> word.by().equals(said.email())
                                && word.reason().equals(said.reason().strip()));
        return again ? Decision.stay(d) : taken(d, line.get(), said, now);
    }

    private Decision<Dossier> taken(Dossier d, GuideLine line, SayOfLine said, Instant now) {
        LineWord word = new LineWord(
                said.line(),
                said.email(),
                said.operator(),
                said.applies(),
                now,
                said.reason().strip());
        Dossier after = Change.of(d, now)
                .lineWord(word)
                .request(said.key(), limits.requestsRemembered())
                .done();
        boolean half = !said.applies()
                && LineWord.standing(d.guide(), after.lineWords(), line.id()).size() < LineWord.people(line);
        return Decision.move(after)
                .because("%s says that line %s %s: %s%s"
                        .formatted(
                                said.email(),
                                line.id(),
                                said.applies() ? "applies" : "does not apply",
                                word.reason(),
                                half ? "; a second person has to say so" : ""));
    }

    private static Optional<Refusal> takingBack(Dossier d, SayOfLine said, List<LineWord> standing) {
        if (standing.isEmpty()) {
            return Optional.of(new Refusal(
                    "no-word",
                    "Nobody says of line %s that it does not apply; there is nothing to take back."
                            .formatted(said.line())));
        }
        return Judging.mayJudge(d.guide(), said.email(), said.operator())
                ? Optional.empty()
                : Judging.refusal(d, said.email(), said.operator(), "says that it applies");
    }

    private static Optional<Refusal> dismissing(
            Dossier d, Guide guide, GuideLine line, SayOfLine said, List<LineWord> standing) {
        return LeftOut.why(guide, line, d.release())
                .map(why ->
                        new Refusal("does-not-apply", "Line %s does not apply already: %s.".formatted(line.id(), why)))
                .or(() -> answeredOtherwise(d, line))
                .or(() -> Judging.refusal(d, said.email(), said.operator(), "says that a line does not apply"))
                .or(() -> ofGate(d, line, said, standing))
                .or(() -> settled(d, line))
                .or(() -> before(d, line, said, standing));
    }

    /** What is answered by something that says so itself, or that nobody may say it of in a release. */
    private static Optional<Refusal> answeredOtherwise(Dossier d, GuideLine line) {
        GuideAnswer answer = line.answer();
        return switch (answer.by()) {
            case DUTY ->
                Optional.of(new Refusal(
                        "ask-duty",
                        "Duty %s answers line %s, and whoever is asked for it says so: ./slipway release duty %s %s --not-applicable --reason WHY"
                                .formatted(answer.name(), line.id(), d.id(), answer.name())));
            case APPROVAL ->
                Optional.of(new Refusal(
                        "not-dismissable",
                        "Line %s is answered by a yes that the policy requires and the release waits for; nobody says it away. Where it is not to be asked of such releases, the policy says so (approvals)."
                                .formatted(line.id())));
            case VALUE, NOTHING ->
                Optional.of(new Refusal(
                        "not-dismissable",
                        "Line %s is %s; there is nothing to do of it in any release."
                                .formatted(
                                        line.id(), answer.by() == By.VALUE ? "a value of the policy" : "no demand")));
            case GATE, DOCUMENT, ACTION, UNANSWERED, UNKNOWN -> Optional.empty();
        };
    }

    /** Whoever may let a release go without the gate may say so, before production; it is asked all the same. */
    private static Optional<Refusal> ofGate(Dossier d, GuideLine line, SayOfLine said, List<LineWord> standing) {
        if (line.answer().by() != By.GATE) {
            return Optional.empty();
        }
        String gate = line.answer().name();
        Optional<WaiverRule> rule = d.guide().waiver(gate);
        if (rule.isEmpty()) {
            return Optional.of(new Refusal(
                    "not-dismissable",
                    "Gate %s answers line %s, and the policy of this release lets nobody waive it; so nobody says that it does not apply."
                            .formatted(gate, line.id())));
        }
        if (!(d.state() instanceof ReleaseState.Proposed) && !Waivers.watched(d)) {
            return Optional.of(new Refusal(
                    "not-now",
                    "Release %s is %s; of a line that a gate answers it is said before production begins."
                            .formatted(d.id(), d.state().phase())));
        }
        boolean first = standing.isEmpty()
                || d.guide()
                        .approvals()
                        .addressesOf(said.email())
                        .contains(standing.getFirst().by());
        return first
                        && d.guide().rolesOf(said.email()).stream()
                                .noneMatch(rule.get().roles()::contains)
                ? Optional.of(new Refusal(
                        "not-your-role",
                        "%s is no contact of the role that waives gate %s: %s. One of these says it first."
                                .formatted(
                                        said.email(),
                                        gate,
                                        String.join(" or ", rule.get().roles()))))
                : Optional.empty();
    }

    private static Optional<Refusal> settled(Dossier d, GuideLine line) {
        Standing standing = GuideStates.in(d).beforeWords(line);
        if (!BAD.contains(standing.state())) {
            return Optional.empty();
        }
        String remedy = line.answer().by() == By.GATE && standing.state() != LineState.WAIVED
                ? " To let it go without: " + Waivers.command(d, line.answer().name())
                : "";
        return Optional.of(new Refusal(
                "gone-wrong",
                "Line %s is %s, and that stays to be seen: %s.%s"
                        .formatted(
                                line.id(),
                                GuideAnswer.word(standing.state()).replace('-', ' '),
                                standing.why(),
                                remedy)));
    }

    private static Optional<Refusal> before(Dossier d, GuideLine line, SayOfLine said, List<LineWord> standing) {
        boolean theirs = standing.stream()
                .anyMatch(
                        word -> d.guide().approvals().addressesOf(said.email()).contains(word.by()));
        boolean enough = standing.size() >= LineWord.people(line);
        boolean again = standing.stream()
                .anyMatch(word -> word.by().equals(said.email())
                        && word.reason().equals(said.reason().strip()));
        if (again) {
            return Optional.empty();
        }
        if (theirs && !enough) {
            return Optional.of(new Refusal(
                    "same-person",
                    "%s says so of line %s already; a second person has to, as a gate answers it."
                            .formatted(standing.getFirst().by(), line.id())));
        }
        if (enough) {
            return Optional.of(new Refusal(
                    "said-before",
                    "That is so already: %s says that line %s does not apply: %s"
                            .formatted(
                                    standing.getFirst().by(),
                                    line.id(),
                                    standing.getFirst().reason())));
        }
        return d.lineWords().size() >= LineWord.MAX
                ? Optional.of(new Refusal(
                        "too-many",
                        "%d words on lines of release %s are on record, which is as many as it keeps. Say it in the guide: when: at the line or its heading."
                                .formatted(LineWord.MAX, d.id())))
                : Optional.empty();
    }

    private static String unknown(Guide guide, String written) {
        List<String> ids = guide.lines().stream().map(GuideLine::id).toList();
        return "The guide has no line %s; %s"
                .formatted(
                        Texts.shown(written),
                        NearestName.to(written, ids)
                                .map("did you mean %s?"::formatted)
                                .orElse("./slipway guide show --json names them all."));
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
