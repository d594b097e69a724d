package dev.slipway.guide;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What would answer a line, in words of Slipway's policy; where today's grammar has no word for it, that is said. */
final class Answers {
    private static final Pattern APPROVALS =
            Pattern.compile("(?i).*\\b(approvals?|approv\\w+|reviewers?|sign.?offs?|lgtm|final (code )?review)\\b.*");
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d{1,2})\\b");
    private static final Pattern NOTES =
            Pattern.compile("(?i).*(change-?log|release[- ]notes?|\\bnotes\\b|known limitations|new features|bug"
                    + " ?fix|improvements|upgrade|highlights|versionshinweise).*");
    private static final Pattern RUNBOOK = Pattern.compile("(?i).*(run-?book|deployment steps|playbook).*");
    private static final Pattern ANNOUNCEMENT =
            Pattern.compile("(?i).*(announce|blog|tweet|mail|post|slack|comms|newsletter).*");
    private static final int NAME_MAX = 50;

    private Answers() {}

    static Answer of(
            GuideLine line,
            Clause clause,
            Classed classed,
            @Nullable NamedRole role,
            Condition condition,
            List<Timing> timing) {
        String name = name(line);
        return switch (classed.kind()) {
            case GATE -> classed.evidence().orElseThrow().answer(name);
            case DUTY -> duty(line, clause, role, condition, timing);
            case DOCUMENT -> document(line);
            case ACTION -> action(clause, name);
            case VALUE, NOTHING -> Answer.none("nothing is to be done");
        };
    }

    /** Where a person has said what class a line is, and nothing more. */
    static Answer decided(Proposal proposal, LineClass kind, @Nullable NamedRole role) {
        GuideLine line = proposal.line();
        Clause clause = Clause.of(line.text());
        return switch (kind) {
            case GATE ->
                Evidence.of(line.text())
                        .map(evidence -> evidence.answer(name(line)))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s was decided to be a gate, and nothing says what it is bound to: add answer: to it"
                                        .formatted(line.id())));
            case DUTY ->
                role == null
                        ? duty(line, clause, null, proposal.condition(), proposal.timing())
                        : asked(line, role, proposal.condition(), proposal.timing());
            case DOCUMENT -> document(line);
            case ACTION -> action(clause, name(line));
            case VALUE -> value(line);
            case NOTHING -> Answer.none("nothing, as decided");
        };
    }

    private static Answer duty(
            GuideLine line, Clause clause, @Nullable NamedRole role, Condition condition, List<Timing> timing) {
        Optional<Waiting> waits = Waiting.of(line, timing);
        if (waits.isPresent()) {
            return waits(line, waits.get(), role, DutyMoment.of(line, timing));
        }
        if (APPROVALS.matcher(clause.asked()).matches() && !clause.asked().matches("(?i).*(notes|changelog|docs).*")) {
            String roles =
                    role == null || role.name().startsWith("@") ? "" : ", roles: [%s]".formatted(quoted(role.name()));
            int people = role == null ? 1 : role.people();
            return new Answer(
                    "approvals of exactly the revision that is released",
                    "approvals: {required: %d%s}".formatted(people, roles),
                    Answer.Cover.SLIPWAY);
        }
        return asked(line, role, condition, timing);
    }

    /** Somebody sees to it that others do it; the times are for people to say. */
    private static Answer waits(GuideLine line, Waiting waits, @Nullable NamedRole role, DutyMoment moment) {
        return new Answer(
                "a wait on others, ended by %s and never by time: how long it usually takes, and how long it may, is asked"
                        .formatted(
                                waits.seen()
                                        ? "a person, or by a poll if its address is put into waits.ends"
                                        : "a person, or by a callback"),
                "duties: [{id: %s, text: %s, by: %s, %s, waits: {on: %s, expected: %s, longest: %s, ends: {person: true}}}]"
                        .formatted(
                                name(line),
                                quoted(line.text()),
                                role == null ? "ROLE" : quoted(role.name()),
                                moment.words(),
                                quoted(waits.on()),
                                time(waits.expected()),
                                time(waits.longest())),
                Answer.Cover.SLIPWAY);
    }

    private static String time(Duration time) {
        return time.toMinutes() % 60 == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
    }

    /** Somebody is asked by name, whatever is asked. */
    private static Answer asked(GuideLine line, @Nullable NamedRole role, Condition condition, List<Timing> timing) {
        String when = condition.when().isEmpty()
                ? ""
                : ", when: [%s]"
                        .formatted(condition.when().stream()
                                .sorted()
                                .map(Condition.Kind::word)
                                .collect(Collectors.joining(", ")));
        DutyMoment moment = DutyMoment.of(line, timing);
        return new Answer(
                "%s is asked by name, and answers with proof: slipway release duty RELEASE %s"
                        .formatted(role == null ? "a person" : role.name(), name(line)),
                "duties: [{id: %s, text: %s, by: %s, %s%s%s}]"
                        .formatted(
                                name(line),
                                quoted(line.text()),
                                role == null ? "ROLE" : quoted(role.name()),
                                moment.words(),
                                role != null && role.people() > 1 ? ", people: 2" : "",
                                when),
                Answer.Cover.SLIPWAY);
    }

    private static Answer document(GuideLine line) {
        String all = line.text() + " " + line.heading();
        if (RUNBOOK.matcher(all).matches()) {
            return new Answer(
                    "the release's runbook, by its plan: slipway release runbook RELEASE; --decide"
                            + " LINE=document:runbook says so",
                    null,
                    Answer.Cover.SLIPWAY);
        }
        if (NOTES.matcher(all).matches()) {
            return new Answer(
                    "the release's notes, by its commits: slipway release notes RELEASE; --decide LINE=document:notes"
                            + " says so",
                    null,
                    Answer.Cover.SLIPWAY);
        }
        return ANNOUNCEMENT.matcher(all).matches()
                ? new Answer(
                        "an announcement, sent once the release has ended: slipway release announcements RELEASE; "
                                + "--decide LINE=document:announcement says so",
                        "announcements: [{id: users, channel: mail, to: [ADDRESS]}]",
                        Answer.Cover.HANDED_IN)
                : Answer.yet("a document: nothing renders it yet; a pipeline may check that it is there");
    }

    private static Answer action(Clause clause, String name) {
        String text = clause.asked();
        if (text.matches("(?i)^(merge|mergen)\\b.*\\b(branch|into|main|master|production|back)\\b.*")) {
            return new Answer(
                    "the release merges into source.to after production",
                    "merge: {tag: \"v{version}\"}",
                    Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)^(tag|tagge|taggen)\\b.*|^(create|push|cut)\\b[^.]*\\btags?\\b.*")) {
            return new Answer(
                    "the release tags after production", "merge: {tag: \"v{version}\"}", Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)^(deploy|roll ?out|ship|promote|ausrollen)\\b.*")) {
            String where = text.matches("(?i).*\\bstag(e|ing)\\b.*") ? "staging" : "production";
            return new Answer(
                    "the rollout to " + where, "environments: {%s: ...}".formatted(where), Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)^(roll ?back|rollback|revert|keep|maintain)\\b.*")) {
            return new Answer(
                    "the way back, taken by itself when production is bad",
                    "environments: {production: {whenBad: roll-back}}",
                    Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)^(notify|tell|inform|informiere|informieren)\\b.*")) {
            return new Answer(
                    "the contacts are told by mail and Slack",
                    "contacts: [{role: ROLE, name: NAME, email: EMAIL}]",
                    Answer.Cover.SLIPWAY);
        }
        return new Answer(
                "Slipway does not do it: a pipeline or a person does, and says so: slipway check pass " + name,
                "checks: [%s]".formatted(name),
                Answer.Cover.HANDED_IN);
    }

    static Answer ofNoStep(GuideLine line, StepReading.Kind kind) {
        return switch (kind) {
            case VALUE -> value(line);
            case CONTACT ->
                new Answer(
                        "contacts of the application",
                        "contacts: [{role: ROLE, name: NAME, email: EMAIL}]",
                        Answer.Cover.SLIPWAY);
            case TEMPLATE -> Answer.yet("a document made from this text: nothing renders it yet");
            case PRINCIPLE -> Answer.none("a principle: nothing to answer");
            case PROHIBITION -> Answer.none("a rule to keep: nothing to answer");
            case TITLE -> Answer.none("a title: done when the lines below it are");
            case NOTE, STEP -> Answer.none("it explains: nothing to answer");
            case TARGET -> Answer.none("part of the line above it");
            case DROPPED -> Answer.none("does not apply, as the guide says itself");
        };
    }

    private static Answer value(GuideLine line) {
        String text = line.text();
        if (APPROVALS.matcher(text).matches()) {
            Matcher number = NUMBER.matcher(text);
            String required = number.find() ? number.group(1) : "1";
            return new Answer(
                    "a number of the policy", "approvals: {required: %s}".formatted(required), Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i).*\\b(ci|checks?|workflows?|pipelines?)\\b.*")) {
            return new Answer("the pipelines that must have passed", "checks: [build]", Answer.Cover.HANDED_IN);
        }
        if (text.matches("(?i).*\\b(source|from|branch)\\b.*")) {
            return new Answer("branches of the policy", "source: {from: BRANCH, to: BRANCH}", Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i).*\\b(target|to|base)\\b.*branch.*|\\W*(target|to|into|base)\\s*:.*")) {
            return new Answer("branches of the policy", "source: {from: BRANCH, to: BRANCH}", Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)\\W*(version|tag)\\b.*")) {
            return new Answer("given with each release: slipway release create VERSION", null, Answer.Cover.SLIPWAY);
        }
        if (text.matches("(?i)\\W*(release )?(type|kind)\\b.*")) {
            return new Answer(
                    "told from the version and how it is proposed: slipway release show RELEASE",
                    null,
                    Answer.Cover.SLIPWAY);
        }
        return Answer.yet("a value of the release: no word of the policy says it yet");
    }

    /** A name that the policy takes for gates and checks, from the line's id. */
    static String name(GuideLine line) {
        String id = line.id();
        String slug = java.text.Normalizer.normalize(id, java.text.Normalizer.Form.NFKD)
                .replaceAll("[^a-z0-9-]", "")
                .replaceAll("-{2,}", "-")
                .replaceAll("^-|-$", "");
        if (slug.length() <= NAME_MAX) {
            return slug;
        }
        String cut = slug.substring(slug.length() - NAME_MAX);
        return cut.replaceAll("^-", "");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "") + "\"";
    }
}
