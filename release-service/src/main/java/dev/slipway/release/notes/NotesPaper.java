package dev.slipway.release.notes;

import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.release.paper.Paper;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notes laid out for people. */
public final class NotesPaper {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NONE = "None.";

    private NotesPaper() {}

    public static Paper of(NotesView notes) {
        List<Paper.Section> sections = new ArrayList<>();
        if (notes.prose() != null) {
            sections.add(said(notes.prose()));
        }
        sections.add(changes("Breaking Changes", notes, notes.breaking()));
        sections.add(changes("New Features", notes, notes.features()));
        sections.add(changes("Improvements", notes, notes.improvements()));
        sections.add(changes("Bug Fixes", notes, notes.fixes()));
        sections.add(changes("Other Changes", notes, notes.others()));
        if (!notes.configuration().isEmpty()) {
            List<String> settings =
                    notes.configuration().stream().map(SettingChange::text).toList();
            sections.add(lines("Configuration", settings));
        }
        if (notes.disruption() != null) {
            sections.add(lines("Disruption", List.of(notes.disruption())));
        }
        if (!notes.measured().isEmpty()) {
            sections.add(lines("Measured", notes.measured()));
        }
        sections.add(lines("Known Limitations", notes.knownLimitations()));
        if (!notes.guide().isEmpty()) {
            sections.add(lines("Release Guide", notes.guide()));
        }
        sections.add(lines("Upgrade Recommendations", notes.upgrade()));
        return new Paper(notes.application() + " " + notes.version(), lead(notes), sections);
    }

    /** What people say; that they said it and when stands below, and the facts follow. */
    private static Paper.Section said(NotesView.Prose prose) {
        return words(
                prose,
                "Said by %s on %s; all that follows is read from what happened."
                        .formatted(prose.by(), DAY.format(prose.at())));
    }

    /** What people say, in its order, and a sentence below it. */
    static Paper.Section words(NotesView.Prose prose, @Nullable String last) {
        List<String> paragraphs = new ArrayList<>();
        boolean begins = true;
        for (String line : prose.text().split("\n", -1)) {
            String text = line.strip();
            boolean item = text.startsWith("- ");
            if (!text.isEmpty() && (begins || item)) {
                paragraphs.add(item ? "• " + text.substring(2).strip() : text);
            } else if (!text.isEmpty()) {
                paragraphs.set(paragraphs.size() - 1, paragraphs.getLast() + " " + text);
            }
            begins = text.isEmpty();
        }
        return new Paper.Section("In Words", paragraphs, List.of(), "", last);
    }

    private static List<String> lead(NotesView notes) {
        List<String> lead = new ArrayList<>();
        String since = notes.since() == null
                ? "Production had verified no release before it."
                : "Changes since %s.".formatted(notes.since().release());
        lead.add("Release %s of revision %s, %s since %s. %s"
                .formatted(notes.release(), notes.sha().brief(), notes.state(), DAY.format(notes.at()), since));
        if (!notes.state().terminal()) {
            lead.add("It has not ended yet: these notes tell what is known so far.");
        }
        if (notes.unread() != null) {
            lead.add(notes.unread());
        }
        if (notes.more()) {
            lead.add("There are older changes, which are not told here.");
        }
        return lead;
    }

    private static Paper.Section changes(String title, NotesView notes, List<ChangeView> changes) {
        return new Paper.Section(
                title,
                changes.stream().map(NotesPaper::item).toList(),
                notes.unread() == null ? NONE : "Not known, as said above.");
    }

    private static Paper.Item item(ChangeView change) {
        String subject = change.note() == null ? change.subject() : change.subject() + ": " + change.note();
        return new Paper.Item(change.scope(), subject, change.sha().brief());
    }

    private static Paper.Section lines(String title, List<String> lines) {
        return new Paper.Section(title, lines.stream().map(Paper.Item::of).toList(), NONE);
    }
}
