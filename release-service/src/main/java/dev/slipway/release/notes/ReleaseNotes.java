package dev.slipway.release.notes;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Launch;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.report.ReleaseReport;
import dev.slipway.release.saga.Dossier;
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
                Upgrade.of(d, only(changes, ChangeView::breaking), unread),
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
}
