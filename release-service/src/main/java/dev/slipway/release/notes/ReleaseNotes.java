package dev.slipway.release.notes;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Launch;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.report.ReleaseReport;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.DutyStates;
import dev.slipway.release.saga.ForwardOnly;
import dev.slipway.release.saga.GuideFileTexts;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.NotesProse;
import dev.slipway.release.saga.Telling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notes of a release, made when somebody asks, of what is known of it and of what Git tells: the changes since the
 * release that production had verified before, what it goes without, and what is recommended to whoever upgrades. Where Git
 * cannot tell they say so; nothing else in them depends on it.
 */
public final class ReleaseNotes {
    private static final String OF_A_WAY_BACK = "It brings back what was verified before, and no changes.";

    private ReleaseNotes() {}

    /** What Git has to be asked; empty where nothing has to. */
    public static Optional<History.Question> question(Dossier d) {
        Launch launch = d.release();
        Policy policy = launch.policy();
        if (policy == null || d.isRollback() || d.isConfiguration()) {
            return Optional.empty();
        }
        Policy.Source source = policy.source();
        Set<String> branches = new LinkedHashSet<>(d.branches());
        if (branches.isEmpty() && source.isOneBranch()) {
            branches.addAll(source.from());
        }
        branches.add(source.to()); // where it is once its own branch is gone
        Baseline since = launch.baseline();
        return Optional.of(new History.Question(
                source, List.copyOf(branches), launch.proposal().sha(), since == null ? null : since.sha(), null));
    }

    /** @param told what Git has answered; null where it was not asked */
    public static NotesView of(Dossier d, @Nullable Told told) {
        Launch launch = d.release();
        List<ChangeView> changes = told instanceof Told.Read read ? Changes.of(read.commits()) : List.of();
        @Nullable String unread = unread(d, told);
        return new NotesView(
                d.id(),
                d.id().application().value(),
                launch.proposal().version(),
                launch.proposal().sha(),
                d.kind(),
                d.state().phase(),
                d.since(),
                launch.baseline(),
                unread,
                told instanceof Told.Read read && read.more(),
                only(changes, ChangeView::breaking),
                only(changes, change -> change.kind() == Kind.FEATURE),
                only(changes, change -> change.kind() == Kind.IMPROVEMENT),
                only(changes, change -> change.kind() == Kind.FIX),
                only(changes, change -> change.kind() == Kind.OTHER || change.kind() == Kind.UNKNOWN),
                launch.changes(),
                limitations(d),
                upgrade(d, changes, unread),
                prose(d),
                ReleaseReport.measured(d),
                ReleaseReport.disruption(d),
                GuideFileTexts.notes(d.id(), d.guideFile()));
    }

    private static NotesView.@Nullable Prose prose(Dossier d) {
        NotesProse said = d.prose();
        return said == null
                ? null
                : new NotesView.Prose(
                        said.text(),
                        said.by(),
                        said.at(),
                        said.reason(),
                        said.digest().toString());
    }

    private static List<ChangeView> only(List<ChangeView> changes, Predicate<ChangeView> wanted) {
        return changes.stream().filter(wanted).toList();
    }

    private static @Nullable String unread(Dossier d, @Nullable Told told) {
        return switch (told) {
            case Told.Read _ -> null;
            case Told.Refused(String why) -> Texts.sentence(why);
            case null -> {
                if (d.isRollback()) {
                    yield OF_A_WAY_BACK;
                }
                yield d.isConfiguration()
                        ? "It brings another configuration of what production runs, and no changes of the program."
                        : "It was refused before its revision was looked at.";
            }
        };
    }

    /** By waivers, by what is asked to be waived, and by what the policy leaves out. */
    private static List<String> limitations(Dossier d) {
        List<String> limitations = new ArrayList<>();
        Telling.limitations(d).forEach(limitation -> limitations.add("It goes without " + limitation));
        limitations.addAll(Telling.unconfirmed(d));
        Policy policy = d.release().policy();
        @Nullable String forwardOnly = ForwardOnly.reason(d);
        if (forwardOnly != null) {
            limitations.add("Production does not go back from it by itself: " + forwardOnly);
        }
        if (policy != null && !d.isRollback()) {
            if (policy.environments().production().strategy() == Strategy.ALL_AT_ONCE) {
                limitations.add("By its policy all users get it at once, so it is compared with nothing.");
            }
            if (policy.approvals().required() == 0) {
                limitations.add("By its policy nobody has to approve it.");
            }
            GuideStates.of(d).lines().stream()
                    .filter(line -> line.state() == LineState.UNANSWERED)
                    .forEach(line -> limitations.add("Nothing answers a line of its guide: " + line.text()));
        }
        return limitations.stream().map(Texts::sentence).toList();
    }

    /** What breaks first; then the three that always hold, with what is known; then the way back. */
    private static List<String> upgrade(Dossier d, List<ChangeView> changes, @Nullable String unread) {
        List<String> advice = new ArrayList<>();
        List<ChangeView> breaking = only(changes, ChangeView::breaking);
        for (ChangeView change : breaking) {
            advice.add(Texts.sentence("It breaks: "
                    + (change.note() == null ? change.subject() : change.subject() + ": " + change.note())));
        }
        advice.add("Back up existing data before the upgrade" + backedUp(d));
        if (!d.isRollback() && !d.isConfiguration()) {
            advice.add("Review the compatibility notes: " + compatibility(breaking.size(), unread));
        }
        advice.add("Test it in a staging environment first" + staged(d));
        advice.add(back(d));
        return advice;
    }

    /** Who has said, in a duty by which the policy has that attested, that it was done; nothing where nobody has. */
    private static String backedUp(Dossier d) {
        Policy policy = d.release().policy();
        List<String> attesting = policy == null
                ? List.of()
                : policy.duties().stream()
                        .filter(duty -> duty.attests() == Duty.Attests.BACKUP)
                        .map(Duty::id)
                        .toList();
        String said = DutyStates.of(d).stream()
                .filter(duty -> attesting.contains(duty.id()) && duty.state() == LineState.PASSED)
                .flatMap(duty -> duty.answers().stream())
                .filter(answer -> answer.result() == DutyView.Result.PASSED)
                .map(answer -> "%s at %s".formatted(answer.by(), answer.at()))
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? "." : ", as was done for this release: attested by %s.".formatted(said);
    }

    private static String compatibility(int breaking, @Nullable String unread) {
        if (unread != null) {
            return "what has changed is not known here.";
        }
        return breaking == 0
                ? "no commit says that it breaks anything."
                : Texts.counted(breaking, "change breaks", "changes break") + " something, as above.";
    }

    private static String staged(Dossier d) {
        return d.milestones().stream()
                .filter(milestone -> milestone.kind() == Milestone.Kind.STAGED)
                .findFirst()
                .map(staged ->
                        ": Slipway did, and staging verified exactly these artifacts at %s.".formatted(staged.at()))
                .orElse(".");
    }

    private static String back(Dossier d) {
        Launch.Rollback rollback = d.release().rollback();
        Baseline since = d.release().baseline();
        String application = d.id().application().value();
        if (rollback != null) {
            return "It went back from %s; a new version goes forward again.".formatted(rollback.fromVersion());
        }
        if (since == null) {
            return "There is no version before it to go back to.";
        }
        if (ForwardOnly.reason(d) != null) {
            return "It may only go forward: do not go back to %s, release a newer version. To take production back all the same: slipway app rollback %s --although-forward-only REASON"
                    .formatted(since.version(), application);
        }
        WayBackStatus way = d.wayBack();
        String command = "slipway app rollback %s --reason WHY".formatted(application);
        return way == null || way.to() == null || way.toVersion() == null
                ? "To go back to %s, of which production has a snapshot (%s): %s"
                        .formatted(since.version(), since.release(), command)
                : "To go back to %s, of which production has a snapshot (%s), %s: %s"
                        .formatted(way.toVersion(), way.to(), way.proven() ? "tried before" : "not proven", command);
    }
}
