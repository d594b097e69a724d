package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In what a guide's file at the released revision differs from the guide, for people. */
public final class GuideFileText {
    private static final int TEXT_MAX = 100;

    private GuideFileText() {}

    /**
     * The first line says what the file is, each other one line of it; nothing where nobody has looked.
     *
     * @param release its id
     */
    public static List<String> lines(String release, @Nullable GuideFileView file) {
        if (file == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("guide file " + said(file)));
        file.lines().forEach(line -> difference(line, lines));
        if (file.more() > 0) {
            lines.add("           and %s%s"
                    .formatted(
                            Texts.counted(file.more(), "line", "lines"),
                            file.lines().isEmpty() ? "" : " more"));
        }
        if (file.state() == State.DIFFERS && file.adopted() == null) {
            lines.add("           to go by it: slipway guide adopt %s --reason WHY".formatted(release));
        }
        return lines;
    }

    private static String said(GuideFileView file) {
        String why = file.why() == null ? "" : ": " + file.why();
        return switch (file.state()) {
            case SAME -> "%s is the same at the released revision%s".formatted(file.file(), why);
            case MISSING -> "%s is not in the released revision%s".formatted(file.file(), why);
            case UNREADABLE -> "%s cannot be read at the released revision%s".formatted(file.file(), why);
            case UNKNOWN -> "%s, of which nothing is known here".formatted(file.file());
            case DIFFERS -> differs(file);
        };
    }

    private static String differs(GuideFileView file) {
        String many = Texts.counted(file.lines().size() + file.more(), "line", "lines");
        Adopted word = file.adopted();
        return word == null
                ? "%s differs in %s at the released revision; the release goes by the guide of its policy"
                        .formatted(file.file(), many)
                : "%s differs in %s from the policy's guide; adopted by %s at %s: %s (%s)"
                        .formatted(file.file(), many, word.by(), word.at(), word.reason(), fell(word));
    }

    /** Whose approvals fell. */
    public static String fell(Adopted word) {
        return word.fell().isEmpty()
                ? "no approval fell"
                : "the approvals of %s fell".formatted(String.join(", ", word.fell()));
    }

    private static void difference(Difference line, List<String> lines) {
        String kind = line.kind() == GuideFileView.Kind.ADDED
                ? "new"
                : line.kind().name().toLowerCase(Locale.ROOT);
        lines.add("           %-8s %s: %s".formatted(kind, line.id(), Texts.oneLine(line.text(), TEXT_MAX)));
        if (line.was() != null) {
            lines.add("           %-8s was: %s".formatted("", Texts.oneLine(line.was(), TEXT_MAX)));
        }
    }
}
