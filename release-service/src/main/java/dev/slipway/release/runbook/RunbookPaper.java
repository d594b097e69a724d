package dev.slipway.release.runbook;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.RunbookView.Person;
import dev.slipway.release.paper.Paper;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A runbook laid out for people: whom to call, where everything is, what is typed, and each step with its way back. */
public final class RunbookPaper {
    private RunbookPaper() {}

    public static Paper of(RunbookView runbook) {
        PlanView plan = runbook.plan();
        List<Paper.Section> sections = new ArrayList<>();
        sections.add(new Paper.Section(
                "Contacts",
                runbook.contacts().stream().map(RunbookPaper::person).toList(),
                "None are known."));
        sections.add(new Paper.Section(
                "Where Everything Is",
                runbook.places().stream()
                        .map(place -> Paper.Item.of(place.what(), place.address()))
                        .toList(),
                "Nothing is known."));
        sections.add(new Paper.Section(
                "What Is Typed",
                runbook.commands().stream()
                        .map(command -> Paper.Item.of(command.when(), command.command()))
                        .toList(),
                ""));
        int number = 1;
        for (PlanView.Step step : plan.steps()) {
            sections.add(step(step, number++));
        }
        return new Paper("Runbook of %s %s".formatted(plan.application(), plan.version()), lead(runbook), sections);
    }

    private static List<String> lead(RunbookView runbook) {
        PlanView plan = runbook.plan();
        return List.of(
                "Release %s of revision %s, %s since %s. %s"
                        .formatted(
                                plan.release(),
                                plan.sha().brief(),
                                plan.state(),
                                plan.since().truncatedTo(ChronoUnit.SECONDS),
                                plan.says()),
                "It holds for this release alone, by policy %s%s."
                        .formatted(
                                plan.policyHash().isEmpty() ? "(none)" : plan.policyHash(),
                                plan.guideHash() == null ? ", which has no guide" : " with guide " + plan.guideHash()),
                pinned(plan, runbook.pinned()));
    }

    private static String pinned(PlanView plan, RunbookView.@Nullable Pinned pinned) {
        if (pinned == null) {
            return "No runbook is pinned in its record.";
        }
        String where = "Pinned in its record as %s at %s, %s."
                .formatted(pinned.digest(), pinned.at().truncatedTo(ChronoUnit.SECONDS), pinned.why());
        String otherwise = String.join("; ", pinned.differences());
        if (pinned.shown()) {
            return where
                    + (otherwise.isEmpty()
                            ? " This is that one, and it reads alike now."
                            : " This is that one; otherwise now: %s.".formatted(otherwise));
        }
        return where
                + (otherwise.isEmpty()
                        ? " What follows reads as it was pinned, with where the release is in it."
                        : " What follows reads otherwise: %s. As it was pinned: slipway release runbook %s --pinned"
                                .formatted(otherwise, plan.release()));
    }

    private static Paper.Item person(Person person) {
        String ways = Stream.concat(Stream.ofNullable(person.email()), Stream.ofNullable(person.slack()))
                .collect(Collectors.joining(", "));
        return Paper.Item.of(person.role(), person.name() + ": " + ways);
    }

    private static Paper.Section step(PlanView.Step step, int number) {
        return new Paper.Section(
                "%d. %s: %s".formatted(number, step.title(), word(step.progress())),
                List.of(step.text()),
                step.asked().stream().map(RunbookPaper::asked).toList(),
                "",
                "Way back: " + step.back());
    }

    private static Paper.Item asked(Asked asked) {
        String of = asked.of().isEmpty() ? "" : "; asked of " + String.join(", ", asked.of());
        String within = asked.within() == null ? "" : "; within " + Texts.words(asked.within());
        String state = asked.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Paper.Item.of(
                "%s %s".formatted(asked.kind().name().toLowerCase(Locale.ROOT), asked.name()),
                "%s%s%s (%s: %s)".formatted(asked.text(), of, within, state, asked.why()));
    }

    private static String word(Progress progress) {
        return switch (progress) {
            case DONE -> "done";
            case NOW -> "now";
            case AHEAD -> "to come";
            case STOPPED -> "not passed";
            case NEVER -> "never came";
            case UNKNOWN -> "not known";
        };
    }
}
