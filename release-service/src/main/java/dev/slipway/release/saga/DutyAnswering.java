package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.AnswerDuty;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a duty counts if it is of exactly this sha, these digests and this policy, by somebody of the duty's role, while
 * the release stands before what waits for it, and says all that the duty asks for. Whoever made the change may answer: it is
 * what they know, and where that is not enough the policy asks for two people. That there is nothing to do is a judgement
 * instead, which somebody else makes.
 */
final class DutyAnswering {
    private final Entering entering;
    private final SagaLimits limits;

    DutyAnswering(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    Decision<Dossier> answer(Dossier d, AnswerDuty said, Instant now) {
        if (d.state() instanceof ReleaseState.Unheard || !Approving.sameTriple(d.release(), said.triple())) {
            return refuse(
                    d,
                    "another-triple",
                    "The answer is not of this release's sha, digests and policy. Read the release again and answer for what it says.");
        }
        List<Duty> duties = Duties.all(d);
        Optional<Duty> duty =
                duties.stream().filter(each -> each.id().equals(said.duty())).findFirst();
        if (duty.isEmpty()) {
            return refuse(d, "no-duty", unknown(duties, said.duty()));
        }
        Optional<String> leftOut = LeftOut.why(d, duty.get());
        if (leftOut.isPresent()) {
            return refuse(
                    d,
                    "does-not-apply",
                    "Duty %s does not apply to this release: %s. Nobody is asked."
                            .formatted(said.duty(), leftOut.get()));
        }
        Optional<Refusal> unnamed = Cells.unnamed(d, duty.get(), said.cells());
        if (unnamed.isPresent()) {
            return Decision.refuse(d, unnamed.get());
        }
        List<String> cells = cells(d, duty.get(), said);
        if (saidBefore(d, duty.get(), cells, said)) {
            return Decision.stay(d);
        }
        Refusal refusal = refusal(d, duty.get(), cells, said);
        return refusal == null ? taken(d, duty.get(), cells, said, now) : Decision.refuse(d, refusal);
    }

    /** Of which cells it is said; all that they have answered where they have answered all. */
    private static List<String> cells(Dossier d, Duty duty, AnswerDuty said) {
        if (!said.cells().equals(List.of(DutyView.ALL_CELLS))) {
            return said.cells().isEmpty()
                    ? List.of(Cells.WHOLE)
                    : duty.cells().stream().filter(said.cells()::contains).toList();
        }
        List<String> left =
                isGood(said) ? Cells.openTo(d, duty, said.email()) : Cells.unanswered(d, duty, said.email());
        return left.isEmpty() ? duty.cells() : left;
    }

    private static boolean isGood(AnswerDuty said) {
        return said.result() == DutyView.Result.PASSED || said.result() == DutyView.Result.NOT_APPLICABLE;
    }

    /** Whoever is asked for is waited for no longer; what was kept back for them is looked at now. */
    private Decision<Dossier> taken(Dossier d, Duty duty, List<String> cells, AnswerDuty said, Instant now) {
        DutyAnswer answer = new DutyAnswer(
                duty.id(),
                new DutyView.Answer(
                        said.result(),
                        said.email(),
                        now,
                        said.reason().strip(),
                        said.fields(),
                        said.links(),
                        duty.matrix().isEmpty() ? List.of() : cells,
                        said.via(),
                        said.files()));
        boolean awaited = !Duties.awaited(d).isEmpty();
        Dossier after = Change.of(d, now)
                .duty(answer)
                .request(said.key(), limits.requestsRemembered())
                .done();
        boolean goesOn = awaited && Duties.awaited(after).isEmpty();
        return Decision.move(goesOn ? entering.answered(after, now) : after)
                .because("duty %s: %s".formatted(duty.id(), answer.text()));
    }

    private static @Nullable Refusal refusal(Dossier d, Duty duty, List<String> cells, AnswerDuty said) {
        if (!Duties.isTurn(d, duty)) {
            return new Refusal(
                    "not-now",
                    "Release %s is %s; duty %s is answered %s."
                            .formatted(d.id(), d.state().phase(), duty.id(), moment(duty)));
        }
        Optional<Refusal> ending = WaitEnding.refusal(d, duty, said);
        if (ending.isPresent()) {
            return ending.get();
        }
        if (!WaitEnding.isCallback(said) && !Staff.isAsked(d.staff(), d.guide(), duty, said.email())) {
            return new Refusal(
                    "not-your-role",
                    "%s is nobody whom duty %s is asked of: %s. Ask %s."
                            .formatted(said.email(), duty.id(), Staff.whom(d, duty), people(d, duty)));
        }
        for (String cell : cells) {
            Optional<Refusal> refused = ofCell(d, duty, cell, said);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (!Texts.says(said.reason())) {
            return new Refusal(
                    "no-reason", "An answer takes a reason: what was done and seen, for the release's record.");
        }
        Refusal fields = fields(duty, said);
        Refusal links = fields == null ? links(said.links()) : fields;
        return links == null ? files(said.files()) : links;
    }

    private static String moment(Duty duty) {
        return switch (duty.before()) {
            case STAGING -> "in AWAITING_APPROVAL";
            case PRODUCTION -> "in CANDIDATE";
            case END -> "in BAKING, once the bake has passed";
            case null -> duty.moment();
        };
    }

    /** What stands against it at one cell: what they have said before, and what others have. */
    private static Optional<Refusal> ofCell(Dossier d, Duty duty, String cell, AnswerDuty said) {
        Optional<DutyAnswer> before = earlier(d, duty, cell, said.email())
                .filter(known -> holds(d, duty, cell, known))
                .filter(known -> !duty.isAfterWork() || known.stops() != isGood(said));
        if (before.isPresent()) {
            return Optional.of(new Refusal(
                    "answered-before",
                    "One person answers a %s once, and %s If that is not so any more: ./slipway release abort %s --reason WHY"
                            .formatted(
                                    cell.isEmpty() ? "duty" : "cell",
                                    Texts.sentence(before.get().text()),
                                    d.id())));
        }
        Optional<Refusal> beside = beside(d, duty, cell, said);
        if (beside.isPresent() || !isGood(said)) {
            return beside;
        }
        Optional<DutyAnswer> failed = Cells.answers(d, duty, cell).stream()
                .filter(answer -> answer.stops() && !duty.isAfterWork())
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of(new Refusal(
                    "failed-before",
                    "%s Nobody says otherwise beside that. Waive it: %s"
                            .formatted(
                                    Texts.sentence(failed.get().text()),
                                    Waivers.command(d, DutyWaivers.name(duty, cell)))));
        }
        if (!Cells.isDone(d, duty, cell)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "passed-before",
                "%s %s by the word of %s; only that it failed is still taken."
                        .formatted(
                                cell.isEmpty() ? "Duty " + duty.id() : "Cell %s of duty %s".formatted(cell, duty.id()),
                                said.result() == DutyView.Result.PASSED ? "has passed" : "does not apply",
                                Cells.counting(d, duty, cell).stream()
                                        .map(answer -> answer.said().by())
                                        .collect(Collectors.joining(", ")))));
    }

    /** What stands against it beside who says it: by whom the change was made, and what others have said. */
    private static Optional<Refusal> beside(Dossier d, Duty duty, String cell, AnswerDuty said) {
        boolean dismisses = said.result() == DutyView.Result.NOT_APPLICABLE;
        if (dismisses && d.madeBy(said.email())) {
            return Optional.of(new Refusal(
                    "own-change",
                    "%s wrote, committed or published it; that duty %s does not apply is said by somebody else of the role %s."
                            .formatted(said.email(), duty.id(), duty.by())));
        }
        return Cells.counting(d, duty, cell).stream()
                .filter(answer -> dismisses ? answer.passed() : answer.dismisses())
                .filter(_ -> dismisses || said.result() == DutyView.Result.PASSED)
                .findFirst()
                .map(answer -> new Refusal(
                        "said-otherwise",
                        "%s says that %s %s; beside that only the same is taken, where two people are asked, or that it failed."
                                .formatted(
                                        answer.said().by(),
                                        Cells.named(duty.id(), cell),
                                        dismisses ? "passed" : "does not apply")));
    }

    private static String people(Dossier d, Duty duty) {
        return Staff.people(d, duty).stream()
                .map(email -> Roster.contact(d.guide(), email)
                        .map(Policy.Contact::name)
                        .orElse(email))
                .collect(Collectors.joining(" or "));
    }

    private static @Nullable Refusal fields(Duty duty, AnswerDuty said) {
        for (String name : said.fields().keySet()) {
            if (!duty.fields().contains(name)) {
                return new Refusal(
                        "unknown-field",
                        "Duty %s asks for no %s; %s"
                                .formatted(
                                        duty.id(),
                                        Texts.shown(name),
                                        NearestName.to(name, duty.fields())
                                                .map("did you mean %s?"::formatted)
                                                .orElseGet(() -> asksFor(duty))));
            }
        }
        List<String> missing = duty.fields().stream()
                .filter(name -> !Texts.says(said.fields().get(name)))
                .toList();
        if (!missing.isEmpty() && said.result() != DutyView.Result.NOT_APPLICABLE) {
            return new Refusal(
                    "missing-field",
                    "Duty %s also asks for %s; say %s."
                            .formatted(
                                    duty.id(),
                                    String.join(", ", missing),
                                    missing.stream()
                                            .map("--field %s=VALUE"::formatted)
                                            .collect(Collectors.joining(" "))));
        }
        return said.fields().values().stream()
                .filter(value -> value.length() > DutyView.VALUE_CHARACTERS_MAX)
                .findFirst()
                .map(value -> new Refusal(
                        "field-too-long",
                        "A field has at most %d characters, this one has %d; put more behind a link: --link URL."
                                .formatted(DutyView.VALUE_CHARACTERS_MAX, value.length())))
                .orElse(null);
    }

    private static String asksFor(Duty duty) {
        return duty.fields().isEmpty()
                ? "it asks for a reason alone."
                : "it asks for " + String.join(", ", duty.fields()) + ".";
    }

    private static @Nullable Refusal links(List<String> links) {
        boolean good = links.size() <= DutyView.LINKS_MAX
                && links.stream()
                        .allMatch(link -> link.length() <= DutyView.LINK_CHARACTERS_MAX
                                && link.matches("https?://[^\\s\\p{Cc}]+"));
        return good
                ? null
                : new Refusal(
                        "bad-link",
                        "Links begin with http:// or https:// and have at most %d characters, and there are at most %d."
                                .formatted(DutyView.LINK_CHARACTERS_MAX, DutyView.LINKS_MAX));
    }

    private static @Nullable Refusal files(List<AnswerFile> files) {
        if (files.size() > AnswerFile.FILES_MAX) {
            return new Refusal(
                    "too-many-files",
                    "An answer has at most %d files, this one has %d; put more into one, or behind a link: --link URL."
                            .formatted(AnswerFile.FILES_MAX, files.size()));
        }
        Set<String> names = new HashSet<>();
        return files.stream()
                .map(AnswerFile::name)
                .filter(name -> !names.add(name))
                .findFirst()
                .map(name -> new Refusal(
                        "same-name",
                        "Two files of the answer are called %s; each takes a name of its own.".formatted(name)))
                .orElse(null);
    }

    private static boolean saidBefore(Dossier d, Duty duty, List<String> cells, AnswerDuty said) {
        return cells.stream()
                .allMatch(cell -> earlier(d, duty, cell, said.email())
                        .filter(known -> holds(d, duty, cell, known) && isSame(known.said(), said))
                        .isPresent());
    }

    /** What somebody with this address has answered of a cell, under whichever of their addresses. */
    private static Optional<DutyAnswer> earlier(Dossier d, Duty duty, String cell, String email) {
        Set<String> person = d.guide().approvals().addressesOf(email);
        return Cells.answers(d, duty, cell).stream()
                .filter(answer -> person.contains(answer.said().by()))
                .reduce((_, later) -> later);
    }

    /** Whether it is still so: of what is asked for after the release, until somebody says otherwise. */
    private static boolean holds(Dossier d, Duty duty, String cell, DutyAnswer known) {
        List<DutyAnswer> counting = Cells.counting(d, duty, cell);
        return !duty.isAfterWork() || counting.contains(known) || (known.stops() && counting.isEmpty());
    }

    private static boolean isSame(DutyView.Answer known, AnswerDuty said) {
        return known.result() == said.result()
                && known.reason().equals(said.reason().strip())
                && known.fields().equals(said.fields())
                && known.links().equals(said.links())
                && known.files().equals(said.files());
    }

    /** What to say of a duty that there is not. */
    static String unknown(List<Duty> duties, String name) {
        if (duties.isEmpty()) {
            return "This release has no duties: its policy names none, or it is a way back.";
        }
        List<String> all = duties.stream().map(Duty::id).toList();
        return "This release has no duty %s; %s"
                .formatted(
                        Texts.shown(name),
                        NearestName.to(name, all)
                                .map("did you mean %s?"::formatted)
                                .orElseGet(() -> "it has: " + String.join(", ", all) + "."));
    }

    private static Decision<Dossier> refuse(Dossier d, String code, String detail) {
        return Decision.refuse(d, new Refusal(code, detail));
    }
}
