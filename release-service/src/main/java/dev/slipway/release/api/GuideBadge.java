package dev.slipway.release.api;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Badge;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.GuideView.Tally;

/** How much of a guide is covered, proven and open, as a badge: its values, and drawn. */
final class GuideBadge {
    private static final int SCHEMA = 1; // https://shields.io/badges/endpoint-badge
    private static final String LABEL = "release guide";
    private static final int CHARACTER_WIDTH = 7; // of 11 px, wide enough for any of the words below
    private static final int PADDING = 10;

    private GuideBadge() {}

    static Badge of(GuideView guide) {
        Tally tally = guide.tally();
        return new Badge(SCHEMA, LABEL, message(guide), color(guide), tally);
    }

    private static String message(GuideView guide) {
        if (guide.guideHash() == null) {
            return "none";
        }
        Tally tally = guide.tally();
        String counts = "%d of %d covered, %d proven, %d open"
                .formatted(tally.covered(), tally.lines(), tally.proven(), tally.open());
        long late = guide.lines().stream()
                .filter(line -> line.state() == LineState.LATE)
                .count();
        return late == 0 ? counts : "%s, %d late".formatted(counts, late);
    }

    private static String color(GuideView guide) {
        if (guide.guideHash() == null) {
            return "lightgrey";
        } else if (any(guide, LineState.FAILED)) {
            return "red";
        }
        return guide.tally().open() > 0 || any(guide, LineState.INCONCLUSIVE) || any(guide, LineState.LATE)
                ? "yellow"
                : "brightgreen";
    }

    private static boolean any(GuideView guide, LineState state) {
        return guide.lines().stream().anyMatch(line -> line.state() == state);
    }

    /** Text and two rectangles: nothing in it runs, is fetched, or is styled by anything else. */
    static String svg(Badge badge) {
        int left = width(badge.label());
        int right = width(badge.message());
        String whole = Texts.markup(badge.label() + ": " + badge.message());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s">
                <title>%2$s</title>
                <rect width="%3$d" height="20" fill="#555"/>
                <rect x="%3$d" width="%4$d" height="20" fill="%5$s"/>
                <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                <text x="%6$d" y="14" textLength="%7$d">%8$s</text>
                <text x="%9$d" y="14" textLength="%10$d">%11$s</text>
                </g>
                </svg>
                """.formatted(
                        left + right,
                        whole,
                        left,
                        right,
                        shade(badge.color()),
                        left / 2,
                        left - PADDING,
                        Texts.markup(badge.label()),
                        left + right / 2,
                        right - PADDING,
                        Texts.markup(badge.message()));
    }

    private static int width(String text) {
        return text.length() * CHARACTER_WIDTH + PADDING;
    }

    /** Dark enough for white letters. */
    private static String shade(String color) {
        return switch (color) {
            case "brightgreen" -> "#2e7d32";
            case "yellow" -> "#8a6d00";
            case "red" -> "#b3261e";
            default -> "#6b6b6b";
        };
    }
}
