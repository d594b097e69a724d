package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.release.saga.GuideStates.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a release is in what it asks of people, for whoever reads it; nothing here is a decision. */
public final class DutyStates {
    private final Dossier d;

    DutyStates(Dossier d) {
        this.d = d;
    }

    /** Every duty of its policy, in the order of the policy. */
    public static List<DutyView> of(Dossier d) {
        Policy policy = d.release().policy();
        DutyStates states = new DutyStates(d);
        return policy == null
                ? List.of()
                : policy.duties().stream().map(states::view).toList();
    }

    private DutyView view(Duty duty) {
        Standing standing = standing(duty);
        boolean leftOut = d.isRollback() || LeftOut.why(d, duty).isPresent();
        List<DutyView.Answer> answers =
                Duties.answers(d, duty).stream().map(DutyAnswer::said).toList();
        return new DutyView(
                duty.id(),
                duty.text(),
                duty.by(),
                duty.before(),
                duty.people(),
                duty.fields(),
                standing.state(),
                standing.why(),
                answers,
                duty.rule(),
                leftOut ? List.of() : Staff.people(d, duty),
                duty.matrix(),
                duty.cells().stream()
                        .map(cell ->
                                leftOut ? new DutyView.Cell(cell, standing.state(), standing.why()) : cell(duty, cell))
                        .toList(),
                Timed.of(duty).map(timed -> Timetable.view(d, timed)).orElse(null),
                duty.after(),
                d.isRollback() ? null : Waits.view(d, duty));
    }

    private DutyView.Cell cell(Duty duty, String cell) {
        Standing standing = answered(duty, cell)
                .filter(said -> said.state() != LineState.FAILED || !DutyWaivers.isWaived(d, duty, cell))
                .or(() -> DutyWaivers.of(d, duty, cell).map(this::waived))
                .orElseGet(() -> waiting(duty, List.of(cell)));
        return new DutyView.Cell(cell, standing.state(), standing.why());
    }

    /** What came of a cell, once enough people have said so; nothing while it is open. */
    private Optional<Standing> answered(Duty duty, String cell) {
        List<DutyAnswer> answers = Cells.answers(d, duty, cell);
        List<DutyAnswer> counting = Cells.counting(d, duty, cell);
        Optional<DutyAnswer> stops = duty.isAfterWork()
                ? answers.reversed().stream().filter(_ -> counting.isEmpty()).findFirst()
                : answers.stream().filter(DutyAnswer::stops).findFirst();
        if (stops.isPresent()) {
            return stops.map(answer ->
                    Standing.at(LineState.FAILED, answer.text(), answer.said().at()));
        }
        if (!Cells.isDone(d, duty, cell)) {
            return Optional.empty();
        }
        LineState done = counting.stream().anyMatch(DutyAnswer::passed) ? LineState.PASSED : LineState.DOES_NOT_APPLY;
        return Optional.of(
                Standing.at(done, said(answers), answers.getLast().said().at()));
    }

    private static String said(List<DutyAnswer> answers) {
        return answers.stream().map(DutyAnswer::text).collect(Collectors.joining("; "));
    }

    Standing standing(Duty duty) {
        if (d.isRollback()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "a way back waits for nobody");
        }
        Optional<String> leftOut = LeftOut.why(d, duty);
        if (leftOut.isPresent()) {
            return Standing.of(LineState.DOES_NOT_APPLY, leftOut.get());
        }
        Optional<Waiver> waiver = DutyWaivers.of(d, duty).filter(_ -> !Duties.isAnswered(d, duty));
        if (waiver.isPresent()) {
            return waived(waiver.get());
        }
        List<String> cells = Cells.of(duty).stream()
                .filter(cell -> Cells.isAnswered(d, duty, cell)
                        || DutyWaivers.ofCell(d, duty, cell).isEmpty())
                .toList();
        List<Standing> answered =
                cells.stream().flatMap(cell -> answered(duty, cell).stream()).toList();
        Optional<Standing> failed = answered.stream()
                .filter(standing -> standing.state() == LineState.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            return failed.get();
        }
        if (answered.size() == cells.size()) {
            if (cells.size() < Cells.of(duty).size()) {
                return waivedInPart(duty);
            }
            List<DutyAnswer> answers = Duties.answers(d, duty);
            boolean passed = answered.stream().anyMatch(standing -> standing.state() == LineState.PASSED);
            return Standing.at(
                    passed ? LineState.PASSED : LineState.DOES_NOT_APPLY,
                    said(answers),
                    answers.getLast().said().at());
        }
        return waiting(duty, Cells.of(duty));
    }

    /** Answered but for cells that are waived by themselves; the first of them is shown. */
    private Standing waivedInPart(Duty duty) {
        List<String> waived = Cells.of(duty).stream()
                .filter(cell -> !Cells.isAnswered(d, duty, cell))
                .toList();
        Standing first = waived(DutyWaivers.ofCell(d, duty, waived.getFirst()).orElseThrow());
        return new Standing(
                LineState.WAIVED,
                "%s of %s, the others are answered. %s"
                        .formatted(
                                Cells.words(waived), Texts.counted(duty.cells().size(), "cell", "cells"), first.why()),
                first.at(),
                first.waiver());
    }

    private Standing waived(Waiver waiver) {
        Optional<Duty> duty = DutyWaivers.duty(d, waiver.gate());
        String before = duty.flatMap(known -> DutyWaivers.failure(d, known, DutyWaivers.cell(known, waiver.gate())))
                .map(DutyAnswer::text)
                .orElse("nobody has answered it");
        String what = duty.filter(Duty::isAfterWork).isPresent() ? "Left undone" : "Known limitation";
        return new Standing(
                LineState.WAIVED,
                Texts.sentence("%s, %s. Before that: %s".formatted(what, waiver.text(), before)),
                waiver.confirmedAt(),
                waiver.view());
    }

    /** Where it is while one of these cells is open. */
    private Standing waiting(Duty duty, List<String> cells) {
        Cause late = Duties.late(d, duty);
        if (late.equals(d.cause())) {
            return Standing.at(LineState.FAILED, late.text(), d.since());
        }
        String wanted = (cells.size() == 1 ? wanted(duty, cells.getFirst()) : wanted(duty))
                + Timed.of(duty).map(timed -> Timetable.urgency(d, timed)).orElse("");
        String notAsked = AfterWork.notAsked(d, duty);
        if (notAsked != null) {
            boolean never = d.state() instanceof ReleaseState.Ended;
            return Standing.of(never ? LineState.DOES_NOT_APPLY : LineState.OPEN, notAsked);
        }
        return Duties.isTurn(d, duty)
                ? Standing.at(LineState.DUE, wanted, d.since())
                : new GuideActions(d).ahead(wanted);
    }

    private String wanted(Duty duty, String cell) {
        WaitsOn on = duty.waits();
        if (on != null) {
            return Waits.wanted(d, duty, on);
        }
        List<DutyAnswer> answers = Cells.answers(d, duty, cell);
        return "%d of %d of %s has answered%s"
                .formatted(answers.size(), duty.people(), whom(duty), answers.isEmpty() ? "" : ": " + said(answers));
    }

    private String wanted(Duty duty) {
        return "%s are answered by %s; open: %s"
                .formatted(Cells.progress(d, duty), whom(duty), Cells.words(Cells.open(d, duty)));
    }

    private String whom(Duty duty) {
        String whom = Staff.whom(d, duty);
        return whom.equals(duty.by()) ? "the role " + whom : whom;
    }
}
