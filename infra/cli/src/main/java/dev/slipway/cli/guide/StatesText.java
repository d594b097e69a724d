package dev.slipway.cli.guide;

import dev.slipway.cli.release.GuideFileText;
import dev.slipway.cli.release.OwedText;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Line;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Repair;
import dev.slipway.contracts.release.GuideView.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a release is in its guide, for people: by heading, each line with where it stands and what answers it, and the gaps last. */
public final class StatesText {
    private static final int TEXT_MAX = 100;
    private static final int WHY_MAX = 160;

    private StatesText() {}

    public static List<String> lines(GuideView view) {
        List<String> lines = new ArrayList<>();
        lines.add(head(view));
        lines.addAll(OwedText.lines(view.owed()));
        if (view.guideHash() == null) {
            lines.add("its policy has no guide: slipway guide import FILE --policy slipway.yaml");
            return lines;
        }
        lines.add("guide %s%s of policy %s"
                .formatted(view.file() == null ? "" : view.file() + ", ", view.guideHash(), view.policyHash()));
        lines.addAll(GuideFileText.lines(
                view.release() == null ? view.application() : view.release().value(), view.guideFile()));
        List<String> under = List.of();
        for (Line line : view.lines()) {
            if (!line.under().equals(under)) {
                lines.add("");
                under = line.under();
                if (!under.isEmpty()) {
                    lines.add(heading(under, view.headings()));
                }
            }
            lines.addAll(line(line, view.file()));
        }
        lines.add("");
        lines.addAll(repair(view));
        lines.add(summary(view));
        return lines;
    }

    /** Lines that the last releases show to be of no use as they are; nothing where there are none. */
    private static List<String> repair(GuideView view) {
        List<String> lines = new ArrayList<>();
        for (Repair repair : view.repair()) {
            if (lines.isEmpty()) {
                lines.add("for repair, by the last releases:");
            }
            lines.add("  %-14s  %s".formatted(flaw(repair), Texts.oneLine(repair.text(), TEXT_MAX)));
            lines.add("%s%s: %s".formatted(" ".repeat(18), repair.id(), seen(repair)));
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    private static String flaw(Repair repair) {
        return repair.flaw().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String seen(Repair repair) {
        String of = Texts.counted(repair.looked(), "release", "releases");
        return switch (repair.flaw()) {
            case NEVER_APPLIED -> "it applied to none of the last " + of;
            case ALWAYS_LATE ->
                "it was late in all %d that came to it, of the last %s".formatted(repair.releases(), of);
            case ALWAYS_WAIVED ->
                "it was waived in all %d that came to it, of the last %s".formatted(repair.releases(), of);
            case UNKNOWN -> "of the last " + of;
        };
    }

    /** One line alone, by its id. */
    public static List<String> of(GuideView view, String id) {
        return view.lines().stream()
                .filter(line -> line.id().equals(id))
                .flatMap(line -> line(line, view.file()).stream())
                .toList();
    }

    private static List<String> line(Line line, @Nullable String file) {
        String place = place(line, file);
        return List.of(
                "  %-14s  %s%s"
                        .formatted(
                                word(line.state()),
                                Texts.oneLine(line.text(), TEXT_MAX),
                                place.isEmpty() ? "" : "  " + place),
                " ".repeat(18) + answered(line));
    }

    /** Where it stands, as editors and terminals open it; empty where nobody said. */
    private static String place(Line line, @Nullable String file) {
        if (line.line() == null) {
            return "";
        }
        return file == null ? "line " + line.line() : "%s:%d".formatted(file, line.line());
    }

    /** The guide's own title is left out; of which releases its lines are is said where a heading says it. */
    private static String heading(List<String> under, List<GuideHeading> headings) {
        String shown = String.join(" / ", under.size() > 1 ? under.subList(1, under.size()) : under);
        String when = headings.stream()
                .filter(heading -> under.contains(heading.under()))
                .map(GuideHeading::rule)
                .collect(Collectors.joining("; "));
        return when.isEmpty() ? shown : "%s (when %s)".formatted(shown, when);
    }

    private static String head(GuideView view) {
        return view.release() == null
                ? view.application() + " has had no release yet"
                : "%s is %s, of kind %s"
                        .formatted(
                                view.release(),
                                view.state(),
                                view.kinds().stream().map(ReleaseKind::word).collect(Collectors.joining(", ")));
    }

    private static String answered(Line line) {
        GuideAnswer answer = line.answer();
        String why = Texts.oneLine(line.why(), WHY_MAX);
        return switch (answer.by()) {
            case GATE, APPROVAL, DUTY, DOCUMENT, ACTION ->
                "%s %s: %s".formatted(answer.by().name().toLowerCase(Locale.ROOT), answer.name(), why);
            case VALUE -> "value " + why;
            case NOTHING, UNANSWERED, UNKNOWN -> why;
        };
    }

    /** What nothing answers is said in full: it is what has to be seen to. What is late is counted where something is. */
    public static String summary(GuideView view) {
        Tally tally = view.tally();
        String counts = "%s: %d covered, %d proven, %d open"
                .formatted(
                        Texts.counted(tally.lines(), "line applies", "lines apply"),
                        tally.covered(),
                        tally.proven(),
                        tally.open());
        long late = view.lines().stream()
                .filter(line -> line.state() == LineState.LATE)
                .count();
        if (late > 0) {
            counts += ", %d late".formatted(late);
        }
        String gaps = view.lines().stream()
                .filter(line -> line.state() == LineState.UNANSWERED)
                .map(line -> Texts.oneLine(line.text(), TEXT_MAX)
                        + (line.line() == null ? "" : " (%s)".formatted(place(line, view.file()))))
                .collect(Collectors.joining("; "));
        return gaps.isEmpty() ? counts : "%s; nothing answers: %s".formatted(counts, gaps);
    }

    private static String word(LineState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
