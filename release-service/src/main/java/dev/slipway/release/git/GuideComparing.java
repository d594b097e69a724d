package dev.slipway.release.git;

import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.GuideLine.Shape;
import dev.slipway.guide.Proposal;
import dev.slipway.guide.Rerun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A guide's file beside the guide that is pinned, line by line, matched as an import matches that finds a guide it knows (ADR 46):
 * so ids are those that an import would give, and a line whose words are a little otherwise is the same line.
 */
final class GuideComparing {
    private GuideComparing() {}

    /** @throws IllegalArgumentException if the text is no guide that can be read */
    static GuideFileView of(Guide pinned, String file, String text) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        Rerun rerun = Rerun.of(GuideFile.parse(name, text), known(pinned, name));
        Map<String, GuideLine> before = new HashMap<>();
        pinned.lines().forEach(line -> before.put(line.id(), line));
        List<Difference> all = new ArrayList<>();
        Set<String> there = new HashSet<>();
        @Nullable String after = null;
        for (Proposal proposal : rerun.proposals()) {
            dev.slipway.guide.GuideLine line = proposal.line();
            if (line.shape() == Shape.HEADING && !proposal.step()) {
                continue; // it stands over the lines below it, as in a policy
            }
            there.add(line.id());
            Difference difference = difference(before.get(line.id()), line, after);
            if (difference != null) {
                all.add(difference);
            }
            after = line.id();
        }
        pinned.lines().stream()
                .filter(line -> !there.contains(line.id()))
                .map(line -> new Difference(Kind.GONE, line.id(), line.text(), null, line.under(), null, null))
                .forEach(all::add);
        return told(file, GuideFile.sha256(text), all);
    }

    private static Decisions known(Guide pinned, String name) {
        return new Decisions(
                name,
                pinned.lines().stream()
                        .map(line -> new Decisions.Known(
                                line.id(), line.under(), line.text(), line.line() == null ? 1 : line.line(), null))
                        .toList());
    }

    private static @Nullable Difference difference(
            @Nullable GuideLine was, dev.slipway.guide.GuideLine line, @Nullable String after) {
        String text = GuideLine.shortened(line.text(), GuideLine.TEXT_CHARACTERS_MAX);
        List<String> under = under(line);
        int at = line.source().line();
        if (was == null) {
            return new Difference(Kind.ADDED, line.id(), text, null, under, at, after);
        } else if (!was.text().equals(text)) {
            return new Difference(Kind.CHANGED, line.id(), text, was.text(), under, at, after);
        }
        return was.under().equals(under) ? null : new Difference(Kind.MOVED, line.id(), text, null, under, at, after);
    }

    /** As an import writes them into a policy. */
    private static List<String> under(dev.slipway.guide.GuideLine line) {
        List<String> headings = line.headings().stream()
                .map(heading -> GuideLine.shortened(heading, GuideLine.HEADING_CHARACTERS_MAX))
                .filter(heading -> !heading.isEmpty())
                .toList();
        return headings.subList(Math.max(0, headings.size() - GuideLine.HEADINGS_MAX), headings.size());
    }

    /** As many of them as are kept; of the others how many there are. */
    private static GuideFileView told(String file, String sha256, List<Difference> all) {
        if (all.isEmpty()) {
            return new GuideFileView(
                    file, State.SAME, "its text is another, and each line is as it was", sha256, List.of(), 0);
        }
        int kept = 0;
        int characters = 0;
        for (Difference each : all) {
            characters +=
                    each.text().length() + (each.was() == null ? 0 : each.was().length());
            characters += each.under().stream().mapToInt(String::length).sum();
            if (kept == GuideFileView.LINES_MAX || characters > GuideFileView.CHARACTERS_MAX) {
                break;
            }
            kept++;
        }
        return new GuideFileView(file, State.DIFFERS, null, sha256, all.subList(0, kept), all.size() - kept);
    }
}
