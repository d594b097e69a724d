package dev.slipway.release.notes;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.AnnouncementView.Channel;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.paper.Paper;
import dev.slipway.release.paper.PaperMarkdown;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a release to those who use it, drafted for a channel of the facts of its notes and of what a maintainer says
 * above them (ADR 79). What has not happened is not told as if it had: a draft of a release on its way says so, and what came to
 * nothing has nothing to announce but that, and what users had of it.
 */
public final class Announcement {
    private static final int CHAT_CHANGES_MAX = 5;
    private static final int CHAT_CHANGE_CHARACTERS_MAX = 160;
    private static final int CHAT_LINE_CHARACTERS_MAX = 300;
    private static final String SUPPORT = "support";

    private final Dossier d;
    private final NotesView notes;

    private Announcement(Dossier d, NotesView notes) {
        this.d = d;
        this.notes = notes;
    }

    /** @throws IllegalArgumentException if nothing is written for the channel */
    public static AnnouncementView of(Dossier d, NotesView notes, Channel channel) {
        Announcement announcement = new Announcement(d, notes);
        return new AnnouncementView(
                d.id(),
                channel,
                notes.state(),
                notes.state().terminal(),
                channel == Channel.MAIL ? headline(notes) : null,
                announcement.text(channel),
                announcement.before());
    }

    private String text(Channel channel) {
        return switch (channel) {
            case MAIL -> String.join("\n", mail());
            case CHAT -> String.join("\n", chat());
            case TEXT -> PaperMarkdown.of(new Paper(headline(notes), lead(), page()));
            case UNKNOWN -> throw new IllegalArgumentException("channel is mail, chat or text");
        };
    }

    private List<String> lead() {
        String had = disruption();
        return had == null ? List.of(happened()) : List.of(happened(), had);
    }

    private List<Paper.Section> page() {
        NotesView.Prose prose = prose();
        List<Paper.Section> all = new ArrayList<>();
        if (prose != null) {
            all.add(NotesPaper.words(prose, null));
        }
        all.addAll(sections());
        return all;
    }

    /** What users had of what was taken back: the judge may go on hearing of it for some seconds after this is written. */
    private @Nullable String disruption() {
        return notes.disruption() == null
                ? null
                : "As far as is counted by now: %s".formatted(Texts.sentence(notes.disruption()));
    }

    /** What a maintainer says of what it brings; nothing of what came to nothing. */
    private NotesView.@Nullable Prose prose() {
        return brings() ? notes.prose() : null;
    }

    private List<String> upgrade() {
        return Upgrade.forUsers(d, notes.breaking(), notes.unread());
    }

    /** The one line that says it all. */
    static String headline(NotesView notes) {
        String name = notes.application() + " " + notes.version();
        return switch (notes.state()) {
            case COMPLETED -> name + " is released";
            case ROLLING_BACK, ROLLED_BACK -> name + " was taken back";
            case REJECTED, EXPIRED, ABORTED, SUPERSEDED, RESTORING -> name + " is not released";
            case PROPOSED,
                    VALIDATING,
                    AWAITING_APPROVAL,
                    STAGING,
                    CANDIDATE,
                    ROLLING_OUT,
                    BAKING,
                    MERGING,
                    NEEDS_OPERATOR,
                    UNKNOWN -> name + " is on its way";
        };
    }

    private String happened() {
        Cause cause = d.cause();
        String why = cause == null ? "" : " " + Texts.sentence(cause.text());
        return switch (notes.state()) {
            case COMPLETED ->
                notes.since() == null
                        ? "It is the first release, and runs for all users."
                        : "It runs for all users, in place of %s."
                                .formatted(notes.since().version());
            case ROLLING_BACK, ROLLED_BACK -> back() + why;
            case REJECTED, EXPIRED, ABORTED, SUPERSEDED, RESTORING -> "Nothing changes for users." + why;
            case PROPOSED,
                    VALIDATING,
                    AWAITING_APPROVAL,
                    STAGING,
                    CANDIDATE,
                    ROLLING_OUT,
                    BAKING,
                    MERGING,
                    NEEDS_OPERATOR,
                    UNKNOWN -> "It is not released yet: this tells what it would bring.";
        };
    }

    /** What users have instead, as far as production has said it: there may be no version before, or they never had this one. */
    private String back() {
        Optional<RolloutStatus> restored =
                d.rollout(EnvironmentId.PRODUCTION).filter(status -> status.phase() == RolloutStatus.Phase.RESTORED);
        if (restored.isEmpty()) {
            String before = Telling.previousVersion(d);
            return "Production is asked to go back%s.".formatted(before == null ? "" : " to " + before);
        }
        String running = restored.get().runningVersion();
        if (running == null) {
            return "Nothing is served any more, as there is no version before it.";
        }
        return (d.hadTraffic() ? "Users have %s again." : "Users had nothing of it, and have %s as before.")
                .formatted(running);
    }

    /** Whether there is something to tell of what it brings. */
    private boolean brings() {
        return notes.state() == ReleasePhase.COMPLETED || !notes.state().terminal();
    }

    private List<Paper.Section> sections() {
        List<Paper.Section> sections = new ArrayList<>();
        if (brings()) {
            add(sections, "What Breaks", notes.breaking());
            add(sections, "New", notes.features());
            add(sections, "Better", notes.improvements());
            add(sections, "Fixed", notes.fixes());
            if (!notes.knownLimitations().isEmpty()) {
                sections.add(new Paper.Section(
                        "Known Limitations",
                        notes.knownLimitations().stream().map(Paper.Item::of).toList(),
                        ""));
            }
            sections.add(new Paper.Section(
                    "Upgrade Recommendations",
                    upgrade().stream().map(Paper.Item::of).toList(),
                    ""));
        }
        return sections;
    }

    private static void add(List<Paper.Section> sections, String title, List<ChangeView> changes) {
        if (!changes.isEmpty()) {
            sections.add(new Paper.Section(
                    title,
                    changes.stream().map(change -> Paper.Item.of(words(change))).toList(),
                    ""));
        }
    }

    private static String words(ChangeView change) {
        return change.note() == null ? change.subject() : change.subject() + ": " + change.note();
    }

    private List<String> mail() {
        List<String> lines = new ArrayList<>(List.of(Texts.sentence(headline(notes))));
        lines.addAll(lead());
        NotesView.Prose prose = prose();
        if (prose != null) {
            lines.add("");
            lines.add(prose.text());
        }
        for (Paper.Section section : sections()) {
            lines.add("");
            lines.add(section.title() + ":");
            section.items().forEach(item -> lines.add("- " + item.text()));
        }
        String support = support();
        if (support != null) {
            lines.add("");
            lines.add("Questions: " + support);
        }
        return lines;
    }

    private List<String> chat() {
        List<String> lines = new ArrayList<>(List.of(headline(notes) + ". " + happened()));
        String had = disruption();
        if (had != null) {
            lines.add(Texts.brief(had, CHAT_LINE_CHARACTERS_MAX));
        }
        NotesView.Prose prose = prose();
        if (prose != null) {
            lines.add(Texts.brief(prose.text().strip().lines().findFirst().orElse(""), CHAT_LINE_CHARACTERS_MAX));
        }
        if (brings()) {
            List<ChangeView> told = Stream.of(notes.breaking(), notes.features(), notes.improvements(), notes.fixes())
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
            told.stream()
                    .limit(CHAT_CHANGES_MAX)
                    .forEach(change -> lines.add((change.breaking() ? "- breaks: " : "- ")
                            + Texts.oneLine(words(change), CHAT_CHANGE_CHARACTERS_MAX)));
            int more = told.size() - CHAT_CHANGES_MAX;
            if (more > 0) {
                lines.add("and %s more".formatted(Texts.counted(more, "change", "changes")));
            }
            lines.add(Texts.brief("Upgrade: " + String.join(" ", upgrade()), CHAT_LINE_CHARACTERS_MAX));
        }
        return lines;
    }

    /** Whom users ask: contacts of the role support, by their mail. */
    private @Nullable String support() {
        Policy policy = d.release().policy();
        String support = policy == null
                ? ""
                : policy.contacts().stream()
                        .filter(contact -> contact.role().equals(SUPPORT) && contact.email() != null)
                        .map(contact -> "%s <%s>".formatted(contact.name(), contact.email()))
                        .collect(Collectors.joining(", "));
        return support.isEmpty() ? null : support;
    }

    private List<String> before() {
        List<String> before = new ArrayList<>();
        if (!notes.state().terminal()) {
            before.add("The release has not ended: send nothing before it has.");
        }
        if (notes.unread() != null) {
            before.add("What has changed is not known: " + notes.unread());
        }
        if (notes.more()) {
            before.add("There are older changes, which are not told here.");
        }
        return before;
    }
}
