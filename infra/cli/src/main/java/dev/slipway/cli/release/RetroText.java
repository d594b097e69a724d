package dev.slipway.cli.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.Item;
import dev.slipway.contracts.release.RetroView.State;
import dev.slipway.contracts.release.RetroView.Word;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people learned from releases and want done, and what others say of them. */
public final class RetroText {
    private RetroText() {}

    /**
     * All of one release.
     *
     * @param today after which a day is late
     */
    public static List<String> lines(ReleaseId release, RetroView retro, LocalDate today) {
        List<String> lines = new ArrayList<>();
        retro.items().forEach(item -> item(release, item, today, lines));
        lines.addAll(feedback(retro));
        return lines.isEmpty() ? List.of("nobody has said anything of %s yet".formatted(release)) : lines;
    }

    /** What others say alone. */
    public static List<String> feedback(RetroView retro) {
        List<String> lines = new ArrayList<>();
        for (RetroView.Feedback each : retro.feedback()) {
            lines.add("feedback   %s: %s".formatted(each.from(), each.text()));
            if (each.link() != null) {
                lines.add("           " + each.link());
            }
        }
        return lines;
    }

    /** What is to be done still of releases before one, then what was said of it. */
    public static List<String> with(ReleaseView release, LocalDate today) {
        List<String> lines = new ArrayList<>(owed(release.owedItems(), today));
        if (release.retro() != null) {
            lines.addAll(lines(release.id(), release.retro(), today));
        }
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    /** What is to be done still of releases before, with how it is closed. */
    public static List<String> owed(List<RetroView.Owed> all, LocalDate today) {
        List<String> lines = new ArrayList<>();
        for (RetroView.Owed owed : all) {
            item(owed.release(), owed.item(), today, lines);
        }
        return lines;
    }

    private static void item(ReleaseId release, Item item, LocalDate today, List<String> lines) {
        lines.add("%-10s %s/%d: %s".formatted(word(item, today), release, item.number(), item.text()));
        if (item.owner() != null) {
            lines.add("           for %s%s".formatted(item.owner(), item.due() == null ? "" : " until " + item.due()));
        }
        for (Word said : item.history()) {
            lines.add("           %s by %s at %s%s"
                    .formatted(
                            said.reason().isEmpty() ? "raised" : words(said.state()),
                            said.by(),
                            said.at(),
                            said.reason().isEmpty() ? "" : ": " + said.reason()));
        }
        if (item.stillOpen()) {
            lines.add("           ./slipway retro close %s/%d --as done --reason WHY --by EMAIL"
                    .formatted(release, item.number()));
        }
    }

    private static String word(Item item, LocalDate today) {
        boolean late =
                item.state() == State.OPEN && item.due() != null && item.due().isBefore(today);
        if (late || item.time() == TimeState.LATE) {
            return "late";
        } else if (item.time() == TimeState.DUE_SOON) {
            return "due soon";
        }
        return item.state() == State.NOTED ? "lesson" : words(item.state());
    }

    private static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
