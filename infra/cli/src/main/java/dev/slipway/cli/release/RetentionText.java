package dev.slipway.cli.release;

import dev.slipway.contracts.release.RetentionView;
import java.util.ArrayList;
import java.util.List;

/** What is kept of a release, for people. */
public final class RetentionText {
    private RetentionText() {}

    public static List<String> lines(RetentionView kept) {
        List<String> lines = new ArrayList<>();
        lines.add("release    " + kept.release());
        RetentionView.Held hold = kept.hold();
        if (hold != null) {
            lines.add("hold       by %s since %s: %s".formatted(hold.by(), hold.at(), hold.reason()));
            lines.add("next       ./slipway evidence lift %s --reason WHY".formatted(kept.release()));
        }
        lines.add("evidence   " + kept.evidence().text());
        lines.add("records    " + kept.records().text());
        return lines;
    }
}
