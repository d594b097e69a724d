package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.RehearsalView.Ask;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A release before its start, for people: what was looked at, who is asked, what nothing answers, the steps, and what blocks. */
public final class RehearsalText {
    private static final int TEXT_MAX = 300;

    private RehearsalText() {}

    public static List<String> lines(RehearsalView rehearsal) {
        List<String> lines = new ArrayList<>();
        lines.add("%s on %s (%s)%s"
                .formatted(
                        rehearsal.version() == null
                                ? rehearsal.application()
                                : rehearsal.application() + "@" + rehearsal.version(),
                        rehearsal.on(),
                        rehearsal.zone(),
                        rehearsal.kinds().isEmpty()
                                ? ""
                                : ", of kind "
                                        + rehearsal.kinds().stream()
                                                .map(ReleaseKind::word)
                                                .collect(Collectors.joining(", "))));
        lines.add("by policy %s%s"
                .formatted(
                        rehearsal.policyHash(),
                        rehearsal.guideHash() == null ? "" : ", guide " + rehearsal.guideHash()));
        lines.add("");
        rehearsal.checks().forEach(check -> lines.add(check(check)));
        people(rehearsal.people(), lines);
        if (!rehearsal.unanswered().isEmpty()) {
            lines.add("");
            lines.add("nothing answers");
            rehearsal
                    .unanswered()
                    .forEach(line -> lines.add("  %s%s"
                            .formatted(
                                    Texts.oneLine(line.text(), TEXT_MAX),
                                    line.line() == null ? "" : " (line %d)".formatted(line.line()))));
        }
        lines.addAll(PlanText.steps(rehearsal.steps()));
        lines.add("");
        lines.add(summary(rehearsal));
        return lines;
    }

    private static String check(Check check) {
        return "%-7s  %s: %s".formatted(check.result().name().toLowerCase(Locale.ROOT), check.what(), check.text());
    }

    private static void people(List<Ask> people, List<String> lines) {
        if (people.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("who is asked");
        for (Ask ask : people) {
            Asked asked = ask.asked();
            lines.add("  %s: %s%s%s: %s"
                    .formatted(
                            ask.when(),
                            asked.name(),
                            asked.of().isEmpty() ? "" : " of " + String.join(", ", asked.of()),
                            asked.within() == null ? "" : ", within " + Texts.words(asked.within()),
                            Texts.oneLine(asked.text(), TEXT_MAX)));
        }
    }

    private static String summary(RehearsalView rehearsal) {
        long blocked = rehearsal.checks().stream()
                .filter(check -> check.result() == Result.BLOCKED)
                .count();
        long notes = rehearsal.checks().stream()
                .filter(check -> check.result() == Result.NOTE)
                .count();
        return "%s, %s"
                .formatted(
                        blocked == 0 ? "nothing blocks" : Texts.counted(blocked, "thing blocks", "things block"),
                        Texts.counted(notes, "note", "notes"));
    }
}
