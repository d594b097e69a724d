package dev.slipway.release.saga;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.Difference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a guide's file at the released revision is, in sentences for people. */
public final class GuideFileTexts {
    private static final int TEXT_MAX = 120;

    private GuideFileTexts() {}

    /** In one sentence. */
    static String sentence(ReleaseId release, GuideFileView file) {
        return Texts.sentence(words(release, file));
    }

    /** The same, for a sentence that goes on. */
    static String words(ReleaseId release, GuideFileView file) {
        String why = file.why() == null ? "" : ": " + file.why();
        return switch (file.state()) {
            case SAME -> "%s at its revision has the lines of the guide that it goes by".formatted(file.file()) + why;
            case MISSING -> "its revision has no file %s, which its guide was read from".formatted(file.file()) + why;
            case UNREADABLE -> "%s at its revision cannot be read as a guide".formatted(file.file()) + why;
            case UNKNOWN -> "%s at its revision is not known here".formatted(file.file());
            case DIFFERS -> differs(release, file);
        };
    }

    private static String differs(ReleaseId release, GuideFileView file) {
        String lines = "%s at its revision differs from its guide in %s"
                .formatted(file.file(), Texts.counted(file.lines().size() + file.more(), "line", "lines"));
        Adopted word = file.adopted();
        return word == null
                ? "%s, and nobody has adopted that: it goes by the guide of its policy (./slipway guide adopt %s --reason WHY)"
                        .formatted(lines, release)
                : "%s, and it goes by the file since %s, adopted by %s: %s (%s)"
                        .formatted(lines, word.at(), word.by(), word.reason(), GuideAdopting.fallen(word.fell()));
    }

    /** For the notes: nothing where the file is the guide, or nobody has looked; else that it differs, and each line of it. */
    public static List<String> notes(ReleaseId release, @Nullable GuideFileView file) {
        if (file == null || file.state() == GuideFileView.State.SAME) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        notes.add(capital(sentence(release, file)));
        file.lines().forEach(line -> notes.add(line(line)));
        if (file.more() > 0) {
            notes.add("And %s more.".formatted(Texts.counted(file.more(), "line", "lines")));
        }
        return notes;
    }

    private static String line(Difference line) {
        String was = line.was() == null ? "" : " (was: %s)".formatted(Texts.oneLine(line.was(), TEXT_MAX));
        String word = switch (line.kind()) {
            case ADDED -> "New";
            case CHANGED -> "Changed";
            case MOVED -> "Moved";
            case GONE -> "Gone";
            case UNKNOWN -> "Other";
        };
        return "%s, %s: %s%s".formatted(word, line.id(), Texts.oneLine(line.text(), TEXT_MAX), was);
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
