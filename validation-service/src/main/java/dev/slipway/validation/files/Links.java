package dev.slipway.validation.files;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.FilePaths;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.files.RevisionFiles.Look;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether links of Markdown files lead somewhere within the repository: to a file or folder of the revision, and, where they
 * name a heading of a file that is looked at as well, to that heading. Those that lead out of it are counted.
 */
final class Links {
    private static final int LINKS_MAX = 50_000;
    private static final int SHOWN_MAX = 5;

    private final RevisionFiles files;
    private final Map<String, MarkdownText> documents = new LinkedHashMap<>();
    private final Map<String, List<String>> places = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private int checked;
    private int outside;

    private Links(RevisionFiles files) {
        this.files = files;
    }

    /** Paths within the repository to which links of a file lead. */
    static Set<String> targets(String path, String text) {
        return MarkdownText.of(path, text).targets();
    }

    static Judged judge(Gate gate, List<String> patterns, RevisionFiles files) {
        Links links = new Links(files);
        List<String> unread = new ArrayList<>();
        for (String pattern : patterns) {
            if (files.fitting(path -> FilePaths.fits(pattern, path)).isEmpty()) {
                unread.add("No file of the revision fits " + pattern);
            }
        }
        List<String> taken =
                files.fitting(path -> patterns.stream().anyMatch(pattern -> FilePaths.fits(pattern, path)));
        for (String path : taken) {
            switch (files.at(path)) {
                case Look.Text(String text) -> links.documents.put(path, MarkdownText.of(path, text));
                case Look.Other(String why) -> unread.add(path + " " + why);
                case Look.Absent _ -> unread.add(path + " is not in the revision");
            }
        }
        links.documents.forEach(links::check);
        if (links.checked + links.outside > LINKS_MAX) {
            return Judged.unknown("There are more than %,d links".formatted(LINKS_MAX));
        }
        List<Fact> facts = List.of(
                Fact.count(FilesRule.LINKS_FILES, links.documents.size()),
                Fact.count(FilesRule.LINKS_CHECKED, links.checked),
                Fact.count(FilesRule.LINKS_BROKEN, links.broken.size()),
                Fact.count(FilesRule.LINKS_OUTSIDE, links.outside));
        return Judged.of(
                gate,
                List.of(new Rules.Part(
                        "links of %s lead somewhere".formatted(String.join(", ", patterns)), links.ruling(unread))),
                facts,
                String.join(", ", facts.stream().map(Fact::toString).toList()),
                links.places,
                "%s within the repository; %d to elsewhere, not followed"
                        .formatted(
                                Texts.counted(links.checked, "link leads somewhere", "links lead somewhere"),
                                links.outside));
    }

    private Ruling ruling(List<String> unread) {
        if (!broken.isEmpty()) {
            return new Ruling.Breaks(String.join("; ", Judged.some(broken, SHOWN_MAX)), false);
        }
        return unread.isEmpty()
                ? new Ruling.Holds()
                : new Ruling.Unknown(String.join("; ", Judged.some(unread, SHOWN_MAX)));
    }

    private void check(String path, MarkdownText document) {
        outside += document.outside();
        for (MarkdownText.Link link : document.links()) {
            checked++;
            MarkdownText target = documents.get(link.path());
            String why = "";
            if (!link.path().isEmpty() && !files.has(link.path())) {
                why = "%s is not in the revision".formatted(link.path());
            } else if (target != null && !link.anchor().isEmpty() && !target.hasAnchor(link.anchor())) {
                why = "%s has no heading #%s".formatted(link.path(), link.anchor());
            }
            if (!why.isEmpty()) {
                broken.add("%s:%d %s".formatted(path, link.line(), why));
                places.computeIfAbsent(path, _ -> new ArrayList<>()).add("line %d: %s".formatted(link.line(), why));
            }
        }
    }
}
