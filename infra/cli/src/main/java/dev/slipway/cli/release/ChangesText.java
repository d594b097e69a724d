package dev.slipway.cli.release;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.NextVersionView;
import java.util.ArrayList;
import java.util.List;

/** Which version comes next, for people: the version, why, and the commits that decided. */
public final class ChangesText {
    private static final int SHOWN_MAX = 20;
    private static final int SUBJECT_MAX = 120;

    private ChangesText() {}

    public static List<String> lines(NextVersionView next) {
        List<String> lines = new ArrayList<>();
        lines.add(
                next.version() == null
                        ? "%s: nothing to release".formatted(next.application())
                        : "%s@%s".formatted(next.application(), next.version()));
        next.reasons().forEach(reason -> lines.add("  " + reason));
        next.because().stream().limit(SHOWN_MAX).forEach(change -> lines.add("    " + change(change)));
        int more = next.because().size() - SHOWN_MAX;
        if (more > 0) {
            lines.add("    and %d more: --json shows all".formatted(more));
        }
        return lines;
    }

    private static String change(ChangeView change) {
        String type = change.type() == null ? "" : change.type();
        String scope = change.scope() == null ? "" : "(" + change.scope() + ")";
        String head = type + scope + (change.breaking() ? "!" : "");
        String subject = Texts.oneLine(change.subject(), SUBJECT_MAX);
        return change.sha().brief() + " " + (head.isEmpty() ? subject : head + ": " + subject);
    }
}
