package dev.slipway.release.rehearsal;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.Due;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.RehearsalView.Check;
import dev.slipway.contracts.release.RehearsalView.Result;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Tags;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.policy.PolicyNotes;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideFileTexts;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Telling;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a release could begin, and reach production on its day: the version, Git, the people, the ways by which they are
 * told, where evidence came from before, freezes, other releases, and the guide. What is blocked says what helps.
 */
final class Readiness {
    private static final int GUIDE_NOTES_MAX = 6;

    private final Rehearsal.Question asked;
    private final Rehearsal.Seen seen;
    private final @Nullable Launch launch;
    private final Policy policy;
    private final List<Check> checks = new ArrayList<>();

    /** @param launch as it would be decided; null where there is no version */
    Readiness(Rehearsal.Question asked, Rehearsal.Seen seen, @Nullable Launch launch) {
        this.asked = asked;
        this.seen = seen;
        this.launch = launch;
        this.policy = asked.policy().policy();
    }

    List<Check> checks(List<GuideView.Line> unanswered) {
        version();
        git();
        checks.addAll(new PeopleBefore(asked, seen, launch).checks());
        checks.addAll(PagesBefore.checks(policy, asked.newest()));
        checks.addAll(ServicesBefore.checks(policy));
        evidence();
        freezes();
        calendars();
        others();
        guide(unanswered);
        PolicyNotes.of(policy, asked.now()).forEach(note -> add(Result.NOTE, "policy", Texts.sentence(note)));
        return checks;
    }

    private void add(Result result, String what, String text) {
        checks.add(new Check(result, what, text));
    }

    private void version() {
        NextVersionView next = seen.next();
        if (launch == null) {
            String why = next == null
                    ? "No version was named, and none can be suggested while Git does not tell what has changed: name"
                            + " one."
                    : String.join(" ", next.reasons())
                            + " There is nothing to release; name a version to rehearse one.";
            add(Result.BLOCKED, "version", why);
            return;
        }
        Cause refused = launch.refused();
        String version = launch.proposal().version();
        if (refused != null) {
            add(Result.BLOCKED, "version", Texts.sentence(refused.text()));
        } else if (asked.version() == null && next != null) {
            add(Result.OK, "version", "%s comes next. %s".formatted(version, String.join(" ", next.reasons())));
        } else if (next != null && next.version() != null && !next.version().equals(version)) {
            add(
                    Result.NOTE,
                    "version",
                    "%s can be proposed; the commits ask for %s. %s"
                            .formatted(version, next.version(), String.join(" ", next.reasons())));
        } else {
            add(Result.OK, "version", version + " can be proposed.");
        }
    }

    private void git() {
        String branch = "branch " + asked.branch();
        switch (seen.told()) {
            case Told.Refused(String why) -> add(Result.BLOCKED, branch, Texts.sentence(why));
            case Told.Read read ->
                add(
                        Result.OK,
                        branch,
                        "Its head is %s, which would be released."
                                .formatted(read.head().brief()));
        }
        Policy.Merge merge = policy.merge();
        String tag = merge == null || launch == null
                ? "revision"
                : "tag " + Tags.of(merge, launch.proposal().version());
        if (seen.revision() instanceof ReleaseInput.RevisionRead read) {
            String free = merge == null || launch == null
                    ? ""
                    : "It is free, and a dry run of its push and that of branch %s was let in; hooks and rules of branches are heard by the push alone. "
                            .formatted(policy.source().to());
            add(
                    Result.OK,
                    tag,
                    "%sMade by %s.".formatted(free, Texts.counted(read.people().size(), "person", "people")));
            guideFile(read.guideFile());
        } else if (seen.revision() instanceof ReleaseInput.RevisionRefused(String why)) {
            add(Result.BLOCKED, tag, Texts.sentence(why));
        }
    }

    /** Whether the file that the guide was made of is still what it says: a release goes by the guide of its policy. */
    private void guideFile(@Nullable GuideFileView file) {
        if (file != null && launch != null) {
            List<String> notes = GuideFileTexts.notes(launch.id(), file);
            add(
                    notes.isEmpty() ? Result.OK : Result.NOTE,
                    "guide file " + file.file(),
                    notes.isEmpty()
                            ? "At the head it has the lines of the guide by which it would go."
                            : notes.stream().limit(GUIDE_NOTES_MAX).collect(Collectors.joining(" ")));
        }
    }

    /** Where a report came from before one may come from again; more is not known before it is asked for. */
    private void evidence() {
        policy.checks().forEach(check -> source("check-" + check, "slipway check pass " + check));
        for (Gate gate : policy.gates()) {
            if (gate.evidence() != null) {
                source(
                        gate.id(),
                        "slipway evidence push FILE%s"
                                .formatted(gate.suite() == null ? "" : " --suite " + gate.suite()));
            }
        }
    }

    private void source(String gate, String command) {
        Dossier newest = asked.newest();
        Optional<GateVerdict> before = newest == null
                ? Optional.empty()
                : Telling.gates(newest).stream()
                        .filter(verdict -> verdict.gate().equals(gate))
                        .reduce((_, last) -> last);
        String what = "gate " + gate;
        if (newest == null || before.isEmpty()) {
            add(Result.NOTE, what, "No release was asked for it yet; a pipeline hands it in: %s".formatted(command));
            return;
        }
        switch (before.get().verdict()) {
            case PASSED, FAILED -> add(Result.OK, what, "Evidence came for %s.".formatted(newest.id()));
            case WAIVED, INCONCLUSIVE, UNKNOWN ->
                add(
                        Result.NOTE,
                        what,
                        "Of %s nothing could be known by it, or it was waived: %s A pipeline hands it in: %s"
                                .formatted(
                                        newest.id(), Texts.sentence(before.get().cause()), command));
        }
    }

    private void freezes() {
        Instant begins = asked.on().atStartOfDay(asked.zone()).toInstant();
        Instant from = begins.isBefore(asked.now()) ? asked.now() : begins;
        Instant to = asked.on().plusDays(1).atStartOfDay(asked.zone()).toInstant();
        if (!from.isBefore(to)) {
            add(Result.BLOCKED, "day", "%s is over: name a day to come.".formatted(asked.on()));
            return;
        }
        List<Freezes.Window> windows = Freezes.of(policy).between(from, to);
        boolean whole = windows.stream()
                .anyMatch(window ->
                        !window.from().isAfter(from) && !window.until().isBefore(to));
        if (windows.isEmpty()) {
            add(Result.OK, "freezes", "None is on during %s.".formatted(asked.on()));
        }
        for (Freezes.Window window : windows) {
            String text = "Nothing begins production from %s until %s: %s."
                    .formatted(
                            window.from().atZone(asked.zone()).toOffsetDateTime(),
                            window.until().atZone(asked.zone()).toOffsetDateTime(),
                            window.reason());
            add(
                    whole ? Result.BLOCKED : Result.NOTE,
                    "freezes",
                    whole ? text + " That is all of %s: choose another day.".formatted(asked.on()) : text);
        }
    }

    /** Days on which those do not work who count by a calendar: nothing stops for them, but whoever is asked may not be there. */
    private void calendars() {
        Stream.concat(
                        policy.duties().stream().flatMap(duty -> Stream.ofNullable(duty.due())),
                        policy.timetable().stream().map(Dated::due))
                .map(Due::calendar)
                .distinct()
                .filter(calendar -> !calendar.works(asked.on()))
                .forEach(calendar -> add(
                        Result.NOTE,
                        "calendar " + calendar.name(),
                        "%s is a %s by it (%s): whom the release needs may not be there. The next day on which they work is %s."
                                .formatted(
                                        asked.on(),
                                        calendar.weekend().contains(asked.on().getDayOfWeek()) ? "weekend" : "holiday",
                                        asked.on().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                                        calendar.plus(asked.on(), 0))));
    }

    private void others() {
        if (launch != null && launch.blockedBy() != null) {
            add(
                    Result.BLOCKED,
                    "other releases",
                    "%s needs an operator and holds production: slipway release show %s"
                            .formatted(launch.blockedBy(), launch.blockedBy()));
        }
        asked.application()
                .live()
                .forEach(other -> add(
                        Result.NOTE,
                        "other releases",
                        "%s is on its way: a newer one takes its place unless production has begun with it."
                                .formatted(other)));
    }

    private void guide(List<GuideView.Line> unanswered) {
        if (policy.guide() == null) {
            add(
                    Result.NOTE,
                    "guide",
                    "The policy has none: slipway guide import FILE --policy slipway.yaml makes a team's own part of"
                            + " it.");
        } else if (unanswered.isEmpty()) {
            add(Result.OK, "guide", "Something answers each line that holds for such a release.");
        } else {
            add(
                    Result.NOTE,
                    "guide",
                    "Nothing answers %s that %s for such a release."
                            .formatted(
                                    Texts.counted(unanswered.size(), "line", "lines"),
                                    unanswered.size() == 1 ? "holds" : "hold"));
        }
    }
}
