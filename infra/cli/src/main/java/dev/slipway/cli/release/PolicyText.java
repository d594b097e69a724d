package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.MatrixAxis;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Staffing;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.policy.WeeklyFreeze;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy told to a person, with all that it leaves to defaults filled in. */
public final class PolicyText {
    private PolicyText() {}

    public static List<String> show(Policy policy) {
        List<String> lines = new ArrayList<>();
        Policy.Source source = policy.source();
        lines.add("source     %s, from %s to %s".formatted(source.repository(), source.branches(), source.to()));
        policy.contacts().forEach(contact -> lines.add("contact    " + contact(contact)));
        lines.add("approvals  %d within %s%s"
                .formatted(
                        policy.approvals().required(),
                        brief(policy.approvals().within()),
                        VoteText.rules(policy.approvals())));
        policy.approvals().people().forEach(person -> lines.add("person     " + String.join(" is ", person)));
        lines.add("checks     " + (policy.checks().isEmpty() ? "none" : String.join(", ", policy.checks())));
        policy.gates().forEach(gate -> lines.add("gate       " + gate(gate)));
        staffing(policy.staffed(), lines);
        ForwardOnlyRule forwardOnly = policy.forwardOnly();
        if (forwardOnly != null) {
            lines.add("forward    only, where a release is declared to%s: held, and asked of %s"
                    .formatted(
                            forwardOnly.declaredBy().isEmpty()
                                    ? ""
                                    : " by " + String.join(", ", forwardOnly.declaredBy()),
                            String.join(", ", forwardOnly.ask())));
        }
        policy.duties().forEach(duty -> lines.add("duty       " + duty(duty)));
        policy.timetable()
                .forEach(dated -> lines.add("date       %s due %s, told to %s"
                        .formatted(Dated.words(dated.of()), dated.due().words(), dated.by())));
        policy.announcements().forEach(announcing -> lines.add("announce   " + announcing(announcing)));
        lines.addAll(VoteText.stay(policy.environments().staging()));
        production(policy.environments(), lines);
        Policy.Merge merge = policy.merge();
        lines.add("merge      " + (merge == null ? "nothing" : "into %s, tag %s".formatted(source.to(), merge.tag())));
        lines.add("on push    " + word(policy.onPush()));
        policy.freeze()
                .forEach(window ->
                        lines.add("freeze     %s to %s: %s".formatted(window.from(), window.to(), window.reason())));
        policy.weekly().forEach(window -> lines.add("freeze     " + weekly(window)));
        Guide guide = policy.guide();
        if (guide != null) {
            lines.add("guide      " + guide(guide));
        }
        return lines;
    }

    private static void staffing(Staffing staffing, List<String> lines) {
        if (staffing.owner() != null) {
            lines.add("owner      " + staffing.owner());
        }
        staffing.deputies().forEach((who, deputy) -> lines.add("deputy     %s for %s".formatted(deputy, who)));
        staffing.away()
                .forEach(
                        away -> lines.add("away       %s from %s to %s".formatted(away.who(), away.from(), away.to())));
    }

    private static String announcing(Announcing announcing) {
        String reviewed = announcing.reviewedBy() == null ? "" : ", reviewed by " + announcing.reviewedBy();
        return "%s by %s to %s, after %s%s"
                .formatted(
                        announcing.id(),
                        word(announcing.over()),
                        String.join(", ", announcing.to()),
                        word(announcing.after()),
                        reviewed);
    }

    private static String duty(Duty duty) {
        return "%-12s %-16s of %s%s%s%s, within %s%s: %s"
                .formatted(
                        duty.before() == null ? duty.moment() : word(duty.before()),
                        duty.id(),
                        duty.by(),
                        duty.people() > 1 ? " (%d people)".formatted(duty.people()) : "",
                        duty.matrix().isEmpty() ? "" : ", for each of " + MatrixAxis.words(duty.matrix()),
                        duty.due() == null ? waits(duty) : ", due " + duty.dueWords(),
                        brief(duty.within()),
                        duty.rule() == null ? "" : ", when " + duty.rule(),
                        duty.text());
    }

    private static String waits(Duty duty) {
        WaitsOn on = duty.waits();
        return on == null
                ? ""
                : ", waits on %s (expected within %s, ends by %s)"
                        .formatted(on.on(), brief(on.expected()), String.join(" or ", on.ends()));
    }

    private static String guide(Guide guide) {
        long open = guide.lines().stream()
                .filter(line -> line.answer().by() == GuideAnswer.By.UNANSWERED)
                .count();
        return "%s%s, %d open, %s"
                .formatted(
                        guide.file() == null ? "" : guide.file() + ", ",
                        Texts.counted(guide.lines().size(), "line", "lines"),
                        open,
                        guide.hash());
    }

    private static String weekly(WeeklyFreeze window) {
        return "every %s from %s to %s (%s): %s"
                .formatted(
                        window.every().stream()
                                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                                .collect(Collectors.joining(", ")),
                        window.from(),
                        window.to().isAfter(window.from()) ? window.to() : window.to() + " on the next day",
                        window.zone(),
                        window.reason());
    }

    private static String contact(Policy.Contact contact) {
        return "%s %s: %s"
                .formatted(
                        contact.role(),
                        contact.name(),
                        Stream.of(contact.email(), contact.slack())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(", ")));
    }

    private static String gate(Gate gate) {
        String what;
        if (!gate.http().isEmpty()) {
            what = gate.http().stream()
                    .map(probe -> "GET %s is %d".formatted(probe.get(), probe.status()))
                    .collect(Collectors.joining(", "));
        } else if (!gate.metrics().isEmpty() && gate.watch() != null) {
            what = gate.ruleText() + " for " + brief(gate.watch());
        } else if (gate.arrival() != null) {
            what = gate.ruleText() + ", each " + brief(gate.arrival().every());
        } else if (gate.files() != null) {
            what = gate.ruleText();
        } else if (gate.check() != null) {
            what = gate.check();
        } else {
            what = Stream.concat(
                            Stream.of(gate.evidence(), gate.suite()),
                            gate.rule().stream().map(each -> each.fact() + " " + each.expects()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
        }
        return "%-12s %-16s %s, within %s".formatted(word(gate.stage()), gate.id(), what, brief(gate.within()));
    }

    private static void production(Policy.Environments environments, List<String> lines) {
        Policy.Environments.Production production = environments.production();
        lines.add("start      %s, port in %s, health at %s"
                .formatted(
                        String.join(" ", production.target().command()),
                        production.target().portEnv(),
                        production.target().health()));
        lines.add("strategy   %s: %s"
                .formatted(
                        word(production.strategy()),
                        production.steps().stream()
                                .map(step -> step.hold().isZero()
                                        ? step.traffic() + " %"
                                        : "%d %% for %s".formatted(step.traffic(), brief(step.hold())))
                                .collect(Collectors.joining(", "))));
        lines.add("judged by  %s traffic, alpha %s, %d answers at least"
                .formatted(
                        word(production.canary().traffic()),
                        production.canary().alpha(),
                        production.canary().answersMin()));
        production.canary().guardrails().metrics().forEach(rule -> lines.add("metrics    " + rule));
        int heldBack =
                production.strategy() == Strategy.CANARY ? production.canary().holdBack() : 0;
        lines.add("bake       " + brief(production.bake())
                + (heldBack == 0 ? "" : ", %d %% held back on the version before until then".formatted(heldBack)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As policies write durations. */
    static String brief(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (seconds != 0 && seconds % 86_400 == 0 && seconds > 3 * 86_400) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
