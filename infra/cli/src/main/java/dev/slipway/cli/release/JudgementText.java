package dev.slipway.cli.release;

import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What both versions answered: how much of it was not well, and which kinds of answers differ most. */
final class JudgementText {
    private static final int SHOWN_MAX = 3;
    private static final double PERCENT = 100;
    /** Below a tenth of a percent of answers a difference says nothing to a person. */
    private static final double SHARE_MIN = 0.001;

    private JudgementText() {}

    static List<String> lines(@Nullable JudgementStatus judgement) {
        if (judgement == null
                || judgement.canary().answers() + judgement.baseline().answers() == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("new: " + side(judgement.canary()) + "; old: " + side(judgement.baseline()));
        List<String> differing = differing(judgement.canary(), judgement.baseline());
        if (!differing.isEmpty()) {
            lines.add("differs most: " + String.join(", ", differing));
        }
        lines.addAll(judgement.notes());
        return lines;
    }

    private static String side(SideCounts side) {
        return "%d answers, %d errors, %d refusals, %d slow"
                .formatted(side.answers(), side.errors(), side.refusals(), side.slow());
    }

    /** The kinds whose shares are furthest apart, where both sides have answered. */
    private static List<String> differing(SideCounts canary, SideCounts baseline) {
        if (canary.answers() == 0 || baseline.answers() == 0) {
            return List.of();
        }
        Set<String> kinds = new TreeSet<>(canary.kinds().keySet());
        kinds.addAll(baseline.kinds().keySet());
        return kinds.stream()
                .filter(kind -> apart(kind, canary, baseline) >= SHARE_MIN)
                .sorted(Comparator.comparingDouble((String kind) -> -apart(kind, canary, baseline)))
                .limit(SHOWN_MAX)
                .map(kind -> String.format(
                        Locale.ROOT,
                        "%s %.1f %% of the new, %.1f %% of the old",
                        kind,
                        share(kind, canary) * PERCENT,
                        share(kind, baseline) * PERCENT))
                .toList();
    }

    private static double apart(String kind, SideCounts one, SideCounts other) {
        return Math.abs(share(kind, one) - share(kind, other));
    }

    private static double share(String kind, SideCounts side) {
        Map<String, Long> kinds = side.kinds();
        return (double) kinds.getOrDefault(kind, 0L) / side.answers();
    }
}
