package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.NearestName;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.messaging.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a duty is asked for one by one: the cells of its matrix, each answered by as many people as the duty takes (ADR 56). A
 * duty without a matrix has a single cell, which has no name.
 */
final class Cells {
    /** The cell of what is asked as a whole. */
    static final String WHOLE = "";

    private static final int SHOWN_MAX = 8;

    private Cells() {}

    static List<String> of(Duty duty) {
        return duty.matrix().isEmpty() ? List.of(WHOLE) : duty.cells();
    }

    static List<DutyAnswer> answers(Dossier d, Duty duty, String cell) {
        return Duties.answers(d, duty).stream()
                .filter(answer -> answer.isOf(cell))
                .toList();
    }

    /** What of its answers counts: of what is asked for after the release those since it failed last, as it may have been done since. */
    static List<DutyAnswer> counting(Dossier d, Duty duty, String cell) {
        List<DutyAnswer> all = answers(d, duty, cell);
        int from = 0;
        for (int i = 0; duty.isAfterWork() && i < all.size(); i++) {
            from = all.get(i).stops() ? i + 1 : from;
        }
        return all.subList(from, all.size());
    }

    /** How many people have said of it that it passed or, where none did, that it does not apply. */
    static long done(Dossier d, Duty duty, String cell) {
        return counting(d, duty, cell).stream()
                .filter(answer -> answer.passed() || answer.dismisses())
                .count();
    }

    static boolean isDone(Dossier d, Duty duty, String cell) {
        return done(d, duty, cell) >= duty.people();
    }

    /** Whether enough people have said so, and nobody otherwise. */
    static boolean isAnswered(Dossier d, Duty duty, String cell) {
        return isDone(d, duty, cell) && counting(d, duty, cell).stream().noneMatch(DutyAnswer::stops);
    }

    /** Those that not enough people have answered and that are not waived by themselves, in the order of the matrix. */
    static List<String> open(Dossier d, Duty duty) {
        return of(duty).stream()
                .filter(cell -> !isDone(d, duty, cell)
                        && DutyWaivers.ofCell(d, duty, cell).isEmpty())
                .toList();
    }

    /** Those of which no answer of this person counts, under whichever of their addresses. */
    static List<String> unanswered(Dossier d, Duty duty, String email) {
        Set<String> person = d.guide().approvals().addressesOf(email);
        return of(duty).stream()
                .filter(cell -> counting(d, duty, cell).stream()
                        .noneMatch(answer -> person.contains(answer.said().by())))
                .toList();
    }

    /** Those that are still open and that this person has not answered. */
    static List<String> openTo(Dossier d, Duty duty, String email) {
        List<String> unanswered = unanswered(d, duty, email);
        return open(d, duty).stream().filter(unanswered::contains).toList();
    }

    /** Why an answer does not say of which cells it is. */
    static Optional<Refusal> unnamed(Dossier d, Duty duty, List<String> named) {
        if (duty.matrix().isEmpty()) {
            return named.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            "no-cells", "Duty %s is asked as a whole; answer it without a cell.".formatted(duty.id())));
        }
        if (named.isEmpty()) {
            return Optional.of(new Refusal(
                    "which-cell",
                    "Duty %s is answered cell by cell: say --cell CELL, which may be repeated, or --all-cells. Open: %s."
                            .formatted(duty.id(), words(open(d, duty)))));
        }
        List<String> legal = duty.cells();
        return named.equals(List.of(DutyView.ALL_CELLS))
                ? Optional.empty()
                : named.stream()
                        .filter(cell -> !legal.contains(cell))
                        .findFirst()
                        .map(cell -> unknown(duty, cell));
    }

    /** Says of a duty with a matrix that it has no such cell. */
    static Refusal unknown(Duty duty, String cell) {
        List<String> legal = duty.cells();
        return new Refusal(
                "unknown-cell",
                "Duty %s has no cell %s; %s"
                        .formatted(
                                duty.id(),
                                Texts.shown(cell),
                                NearestName.to(cell, legal)
                                        .map("did you mean %s?"::formatted)
                                        .orElseGet(() -> "it has: " + words(legal) + ".")));
    }

    /** How far it is, for a sentence: {@code 1 of 2 people}, {@code 3 of 6 cells}. */
    static String progress(Dossier d, Duty duty) {
        if (duty.matrix().isEmpty()) {
            return "%d of %s".formatted(done(d, duty, WHOLE), Texts.counted(duty.people(), "person", "people"));
        }
        int all = duty.cells().size();
        return "%d of %s".formatted(all - open(d, duty).size(), Texts.counted(all, "cell", "cells"));
    }

    /** What an answer to it says in a command, with a space before it; of the first that is open. */
    static String option(Dossier d, Duty duty) {
        return duty.matrix().isEmpty()
                ? ""
                : " --cell " + open(d, duty).stream().findFirst().orElse("CELL");
    }

    /** Names for a sentence, of many the first. */
    static String words(List<String> cells) {
        return String.join(", ", cells.subList(0, Math.min(cells.size(), SHOWN_MAX)))
                + (cells.size() > SHOWN_MAX ? " and %d more".formatted(cells.size() - SHOWN_MAX) : "");
    }

    /** A cell of a duty, or the duty where it is asked as a whole. */
    static String named(String duty, String cell) {
        return cell.isEmpty() ? "duty " + duty : "cell %s of duty %s".formatted(cell, duty);
    }
}
