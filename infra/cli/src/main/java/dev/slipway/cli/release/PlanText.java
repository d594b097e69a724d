package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.PlanView.Progress;
import dev.slipway.contracts.release.PlanView.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What comes of a release, for people: each step with what it waits for and its way back. */
public final class PlanText {
    private static final int TEXT_MAX = 300;

    private PlanText() {}

    public static List<String> lines(PlanView plan) {
        List<String> lines = new ArrayList<>();
        lines.add("%s is %s since %s".formatted(plan.release(), plan.state(), plan.since()));
        lines.add(plan.says());
        if (plan.waiting() != null) {
            lines.add("waits for %s: %s, until %s"
                    .formatted(
                            plan.waiting().owner(),
                            plan.waiting().what(),
                            plan.waiting().until()));
        }
        if (plan.waiting() != null && plan.waiting().command() != null) {
            lines.add("next      " + plan.waiting().command());
        }
        if (!plan.policyHash().isEmpty()) {
            lines.add("by policy %s%s"
                    .formatted(plan.policyHash(), plan.guideHash() == null ? "" : ", guide " + plan.guideHash()));
        }
        lines.addAll(steps(plan.steps()));
        return lines;
    }

    /** Numbered, each after an empty line. */
    public static List<String> steps(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        int number = 1;
        for (Step step : steps) {
            lines.add("");
            lines.add("%2d. %s%s".formatted(number++, step.title(), step.progress() == Progress.NOW ? " (now)" : ""));
            lines.add("    " + step.text());
            step.asked().forEach(asked -> lines.add("    " + asked(asked)));
            lines.add("    way back: " + step.back());
        }
        return lines;
    }

    private static String asked(Asked asked) {
        String of = asked.of().isEmpty() ? "" : ", of " + String.join(", ", asked.of());
        String within = asked.within() == null ? "" : ", within " + Texts.words(asked.within());
        return "%-12s  %s %s%s%s: %s"
                .formatted(
                        asked.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        asked.kind().name().toLowerCase(Locale.ROOT),
                        asked.name(),
                        of,
                        within,
                        Texts.oneLine(asked.text(), TEXT_MAX));
    }
}
