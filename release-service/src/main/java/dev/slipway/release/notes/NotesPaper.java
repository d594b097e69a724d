package dev.slipway.release.notes;

import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.NotesView;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Notes laid out for people, in no format yet: each text is plain, whoever writes it down escapes it.
 *
 * @param title one line
 * @param lead sentences below it
 */
record NotesPaper(String title, List<String> lead, List<Section> sections) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final String NONE = "None.";

    NotesPaper {
        lead = List.copyOf(lead);
        sections = List.copyOf(sections);
    }

    /** @param instead what is said where there are no items */
    record Section(String title, List<Item> items, String instead) {
        Section {
            items = List.copyOf(items);
        }
    }

    /**
     * One line.
     *
     * @param mark what it is about; null where nothing is said before it
     * @param commit the ten digits by which people know it; null for what is no commit
     */
    record Item(
            @Nullable String mark, String text, @Nullable String commit) {
        Item {
            text = CONTROL.matcher(text).replaceAll(" ");
        }

        static Item of(String text) {
            return new Item(null, text, null);
        }
    }

    static NotesPaper of(NotesView notes) {
        List<Section> sections = new ArrayList<>();
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
        sections.add(lines("Known Limitations", notes.knownLimitations()));
        sections.add(lines("Upgrade Recommendations", notes.upgrade()));
        return new NotesPaper(notes.application() + " " + notes.version(), lead(notes), sections);
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

    private static Section changes(String title, NotesView notes, List<ChangeView> changes) {
        return new Section(
                title,
                changes.stream().map(NotesPaper::item).toList(),
                notes.unread() == null ? NONE : "Not known, as said above.");
    }

    private static Item item(ChangeView change) {
        String subject = change.note() == null ? change.subject() : change.subject() + ": " + change.note();
        return new Item(change.scope(), subject, change.sha().brief());
    }

    private static Section lines(String title, List<String> lines) {
        return new Section(title, lines.stream().map(Item::of).toList(), NONE);
    }
}
