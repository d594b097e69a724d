package dev.slipway.cli.release;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Contacts;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.contracts.validation.GateVerdict;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A release told to a person: first where it is and why, who is waited for until when, and what to type next. */
public final class ReleaseText {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    public ReleaseText(ZoneId zone) {
        this.zone = zone;
    }

    /** The whole of it. */
    public List<String> show(ReleaseView release) {
        List<String> lines = new ArrayList<>(head(release));
        lines.add("");
        lines.add("release    %s (%s %s, number %d%s)"
                .formatted(
                        release.id(),
                        release.application(),
                        release.version(),
                        release.ordinal(),
                        release.attempt() > 1 ? ", attempt " + release.attempt() : ""));
        lines.add("revision   %s%s"
                .formatted(
                        release.sha(),
                        release.authors().isEmpty() ? "" : " by " + String.join(", ", release.authors())));
        lines.addAll(unmatched(release));
        release.artifacts()
                .forEach(artifact -> lines.add("artifact   %s %s".formatted(artifact.digest(), artifact.uri())));
        lines.add("policy     " + release.policyHash());
        if (release.guideHash() != null) {
            lines.add("guide      " + release.guideHash());
        }
        lines.addAll(GuideFileText.lines(release.id().value(), release.guideFile()));
        if (release.configuration() != null) {
            lines.add("configured " + release.configuration());
        }
        lines.addAll(changes(release));
        lines.add("proposed   %s by %s".formatted(moment(release.proposedAt()), release.publisher()));
        lines.add("approvals  " + approvals(release));
        lines.addAll(VoteText.lines(release.vote()));
        lines.addAll(forwardOnly(release));
        lines.addAll(limitations(release));
        lines.addAll(staff(release));
        lines.addAll(contacts(release));
        lines.addAll(duties(release));
        lines.addAll(OwedText.lines(release.owed()));
        lines.addAll(ReviewText.lines(release));
        lines.addAll(timetable(release));
        rollout(release.rollout(), lines);
        lines.addAll(disruption(release));
        if (release.mergedAs() != null) {
            lines.add("merged as  " + release.mergedAs());
        }
        gates(release.gates(), lines);
        milestones(release.milestones(), lines);
        return lines;
    }

    /** Why production does not go back from it by itself; nothing where it does. */
    public static List<String> forwardOnly(ReleaseView release) {
        return release.forwardOnly() == null ? List.of() : List.of("forward    only: " + release.forwardOnly());
    }

    /** Names in its commits by which nobody logs in; none is kept from approving by them, so whoever approves looks. */
    public static List<String> unmatched(ReleaseView release) {
        return release.unmatchedAuthors().isEmpty()
                ? List.of()
                : List.of("           and by names that nobody logs in by; look whether one is yours: "
                        + String.join(", ", release.unmatchedAuthors()));
    }

    /** Gates that it goes without, one line each: by whose word, until when, and why. */
    public static List<String> limitations(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "limitation";
        for (WaiverView waiver : release.knownLimitations()) {
            String who = waiver.confirmedBy() == null
                    ? "asked to be waived by %s, not confirmed yet,".formatted(waiver.by())
                    : "waived by %s and %s".formatted(waiver.by(), waiver.confirmedBy());
            lines.add("%-10s %s %s until %s%s: %s"
                    .formatted(term, waiver.gate(), who, waiver.until(), over(waiver), waiver.reason()));
            term = "";
        }
        return lines;
    }

    /** What users had of a version that production went back from, or holds; nothing where it does neither. */
    public static List<String> disruption(ReleaseView release) {
        return release.disruption() == null
                ? List.of()
                : List.of("disruption " + release.disruption().text() + ".");
    }

    /** Who answers for it; nothing where nobody is named. */
    public static List<String> staff(ReleaseView release) {
        return release.owner() == null ? List.of() : List.of("owner      " + release.owner());
    }

    /** Whom to ask, one line each. */
    public static List<String> contacts(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "contacts";
        for (RunbookView.Person person : release.contacts()) {
            lines.add("%-10s %s".formatted(term, Contacts.text(person)));
            term = "";
        }
        return lines;
    }

    /** What is asked of people, two lines each and a table where it is asked for cell by cell: where it is, and what was answered by whom. */
    public static List<String> duties(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "duties";
        for (DutyView duty : release.duties()) {
            lines.add("%-10s %s %s (%s, %s): %s"
                    .formatted(
                            term,
                            duty.id(),
                            GuideAnswer.word(duty.state()).replace('-', ' '),
                            duty.by(),
                            duty.moment(),
                            duty.text()));
            lines.add("           " + duty.why());
            lines.addAll(WaitText.lines(duty));
            if (duty.when() != null) {
                lines.add("           asked of releases where: " + duty.when());
            }
            if (!duty.asked().isEmpty()) {
                lines.add("           asked of " + String.join(", ", duty.asked()));
            }
            if (duty.timing() != null) {
                lines.add("           " + timing(duty.timing()));
            }
            MatrixText.lines(duty).forEach(line -> lines.add("           " + line));
            duty.answers().forEach(answer -> proof(answer, lines));
            term = "";
        }
        return lines;
    }

    /** When what is no duty is to be done, two lines each. */
    public static List<String> timetable(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "timetable";
        for (DateView date : release.timetable()) {
            lines.add("%-10s %s %s (%s): %s"
                    .formatted(
                            term,
                            Dated.words(date.of()),
                            GuideAnswer.word(date.state()).replace('-', ' '),
                            date.by(),
                            date.why()));
            lines.add("           " + timing(date.timing()));
            term = "";
        }
        return lines;
    }

    /** In UTC, as whoever reads it may be anywhere; the rule names the calendar. */
    static String timing(DutyView.Timing timing) {
        if (timing.due() == null) {
            return "due %s; which day that is nobody knows yet".formatted(timing.rule());
        }
        String state = timing.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "due %s: by %s%s%s"
                .formatted(
                        timing.rule(),
                        timing.due(),
                        timing.from() == null ? "" : ", counted from " + timing.from(),
                        timing.state() == DutyView.TimeState.OPEN || timing.state() == DutyView.TimeState.OVER
                                ? ""
                                : "; it is " + state);
    }

    private static void proof(DutyView.Answer answer, List<String> lines) {
        answer.fields().forEach((name, value) -> lines.add("           %s: %s".formatted(name, value)));
        answer.links().forEach(link -> lines.add("           " + link));
        answer.files()
                .forEach(file -> lines.add(
                        "           file %s (%d bytes, %s)".formatted(file.name(), file.bytes(), file.digest())));
    }

    private static String over(WaiverView waiver) {
        WaiverView.Withdrawn withdrawn = waiver.withdrawn();
        if (withdrawn != null) {
            return " (taken back by %s: %s)".formatted(withdrawn.by(), withdrawn.reason());
        }
        return waiver.lapsed() ? " (over)" : "";
    }

    /** What its configuration has otherwise than what production ran when it was proposed, one line each. */
    public static List<String> changes(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        String term = "otherwise ";
        for (SettingChange change : release.changes()) {
            lines.add("%-10s %s".formatted(term, change.text()));
            term = "";
        }
        return lines;
    }

    /** State, cause, who is waited for, next command. */
    public List<String> head(ReleaseView release) {
        List<String> lines = new ArrayList<>();
        lines.add("state      %s since %s".formatted(release.state(), moment(release.since())));
        if (release.cause() != null) {
            lines.add("cause      " + cause(release.cause()));
            wrote(release.cause().observed(), release.cause().limit(), lines);
        }
        Waiting waiting = release.waiting();
        if (waiting != null) {
            lines.add("waits for  %s: %s".formatted(waiting.owner(), waiting.what()));
            lines.add("           since %s, until %s".formatted(moment(waiting.since()), moment(waiting.until())));
        }
        ReviewText.own(release).forEach(review -> lines.add("waits for  people: " + ReviewText.words(review)));
        lines.add("next       " + next(release));
        return lines;
    }

    /** One sentence with what was observed and what was allowed. */
    public static String cause(Cause cause) {
        return measured(cause.text(), cause.observed(), cause.limit());
    }

    /** What has no limit is no figure but what a program wrote, often after a command to type: it stands by itself. */
    private static String measured(String text, String observed, String limit) {
        if (limit.isBlank()) {
            return text;
        }
        return observed.isBlank()
                ? "%s (limit %s)".formatted(text, limit)
                : "%s (observed %s, limit %s)".formatted(text, observed, limit);
    }

    private static void wrote(String observed, String limit, List<String> lines) {
        if (limit.isBlank() && !observed.isBlank()) {
            observed.lines().forEach(line -> lines.add("           | " + line));
        }
    }

    private static String next(ReleaseView release) {
        Waiting waiting = release.waiting();
        if (waiting != null && waiting.command() != null) {
            String command = waiting.command();
            return command.contains(" approve ") && !command.contains("--as") ? command + " --as EMAIL" : command;
        }
        if (release.next() != null) {
            return release.next();
        }
        Optional<AwaitedReview> review = ReviewText.own(release).findFirst();
        if (review.isPresent()) {
            return review.get().command();
        }
        return release.state().terminal()
                ? "nothing: this is where it stays"
                : "nothing to do; watch it with ./slipway release watch " + release.id();
    }

    private static String approvals(ReleaseView release) {
        String count = "%d of %d".formatted(release.approvals().size(), release.approvalsRequired());
        List<String> who = release.approvals().stream()
                .map(ReleaseView.ApprovalView::email)
                .toList();
        return who.isEmpty() ? count : count + ": " + String.join(", ", who);
    }

    private static void rollout(@Nullable RolloutStatus rollout, List<String> lines) {
        if (rollout == null) {
            return;
        }
        String place = rollout.phase() == RolloutStatus.Phase.BAKING
                ? "every one of %d steps has passed".formatted(rollout.steps())
                : "step %d of %d".formatted(rollout.step(), rollout.steps());
        lines.add("rollout    %s: %s, %s, %d %% of traffic%s"
                .formatted(
                        rollout.environment(),
                        rollout.phase(),
                        place,
                        rollout.trafficPercent(),
                        rollout.paused() ? ", paused" : ""));
        RolloutStatus.RolloutCause cause = rollout.cause();
        if (cause != null) {
            lines.add("           " + measured(cause.text(), cause.observed(), cause.limit()));
            wrote(cause.observed(), cause.limit(), lines);
        }
        rollout.notes().forEach(note -> lines.add("           " + note));
        JudgementText.lines(rollout.judgement()).forEach(line -> lines.add("           " + line));
    }

    private static void gates(List<GateVerdict> gates, List<String> lines) {
        if (gates.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("gates");
        for (GateVerdict gate : gates) {
            lines.add("  %-12s %-20s %-14s %s"
                    .formatted(
                            gate.verdict(),
                            gate.gate(),
                            gate.stage(),
                            gate.complete() ? gate.observed() : gate.cause()));
            if (gate.verdict() == GateVerdict.Verdict.FAILED) {
                lines.add("               %s; rule: %s".formatted(gate.cause(), gate.rule()));
            }
        }
    }

    private void milestones(List<Milestone> milestones, List<String> lines) {
        if (milestones.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("milestones");
        for (Milestone milestone : milestones) {
            lines.add("  %s  %-15s %s".formatted(moment(milestone.at()), milestone.kind(), cause(milestone.cause())));
        }
    }

    private String moment(Instant at) {
        return MOMENT.format(at.atZone(zone));
    }

    /** One line for each input. */
    public List<String> timeline(List<ReleaseView.TimelineEntry> entries) {
        return entries.stream()
                .map(entry -> "%s  %-18s %-22s %s%s"
                        .formatted(
                                moment(entry.at()),
                                entry.state(),
                                entry.input(),
                                entry.actor(),
                                entry.reason().isBlank() ? "" : ": " + entry.reason()))
                .toList();
    }

    /** A table of releases, newest first. */
    public List<String> list(List<ReleaseView> releases) {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %-18s %-19s %s".formatted("release", "state", "since", "why or waiting for"));
        for (ReleaseView release : releases) {
            Waiting waiting = release.waiting();
            Cause cause = release.cause();
            String why = cause != null ? cause(cause) : waiting != null ? waiting.what() : ReviewText.waits(release);
            lines.add("%-24s %-18s %-19s %s".formatted(release.id(), release.state(), moment(release.since()), why));
        }
        return lines;
    }
}
