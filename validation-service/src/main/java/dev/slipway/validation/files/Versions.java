package dev.slipway.validation.files;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.VersionStrings;
import dev.slipway.contracts.policy.VersionStrings.VersionString;
import dev.slipway.rules.LinePattern;
import dev.slipway.rules.LinePattern.Found;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.files.Located.Unreadable;
import dev.slipway.validation.files.RevisionFiles.Look;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether files say the released version. A file that is not there, or says another version, fails: the revision is what it
 * is. One that cannot be read, or says nothing at that place, is inconclusive: nobody knows which version it means. A place
 * that says several versions fails, as at least one of them is not the released one.
 */
final class Versions {
    private static final int FOUND_MAX = 200;
    private static final int VALUE_SHOWN_MAX = 80;

    private Versions() {}

    static Judged judge(Gate gate, VersionStrings asked, RevisionFiles files) {
        Set<String> legal = asked.legal();
        List<Rules.Part> parts = new ArrayList<>();
        List<String> observed = new ArrayList<>();
        Map<String, List<String>> places = new HashMap<>();
        int other = 0;
        for (VersionString place : asked.files()) {
            List<Found> found = List.of();
            Ruling ruling;
            switch (files.at(place.path())) {
                case Look.Absent _ -> {
                    ruling = new Ruling.Breaks(
                            "%s is not in the revision; the policy says that it tells the version"
                                    .formatted(place.path()),
                            false);
                    observed.add(place.path() + " absent");
                }
                case Look.Other(String why) -> ruling = new Ruling.Unknown(place.path() + " " + why);
                case Look.Text(String text) -> {
                    try {
                        found = found(place, text);
                        ruling = said(place, found, legal);
                    } catch (Unreadable unreadable) {
                        ruling = new Ruling.Unknown(
                                "%s:%d %s".formatted(place.path(), unreadable.line(), unreadable.why()));
                    }
                }
            }
            for (Found one : found) {
                String where = "%s:%d %s".formatted(place.path(), one.line(), shown(one.text()));
                observed.add(where);
                places.computeIfAbsent(place.path(), _ -> new ArrayList<>())
                        .add("line %d: %s".formatted(one.line(), shown(one.text())));
            }
            other += ruling instanceof Ruling.Breaks ? 1 : 0;
            parts.add(new Rules.Part(place.where() + " says " + String.join(" or ", legal), ruling));
        }
        List<Fact> facts = List.of(
                Fact.count(FilesRule.VERSIONS_PLACES, asked.files().size()),
                Fact.count(FilesRule.VERSIONS_OTHER, other));
        return Judged.of(
                gate,
                parts,
                facts,
                String.join(", ", observed),
                places,
                "%s %s"
                        .formatted(
                                Texts.counted(asked.files().size(), "place says", "places say"),
                                String.join(" or ", legal)));
    }

    private static Ruling said(VersionString place, List<Found> found, Set<String> legal) {
        if (found.isEmpty()) {
            return new Ruling.Unknown("%s says no version at %s"
                    .formatted(
                            place.path(),
                            place.where().substring(place.path().length()).strip()));
        }
        List<String> wrong = found.stream()
                .filter(one -> !legal.contains(one.text()))
                .map(one -> "%s:%d says %s".formatted(place.path(), one.line(), shown(one.text())))
                .distinct()
                .toList();
        return wrong.isEmpty()
                ? new Ruling.Holds()
                : new Ruling.Breaks(
                        "%s, and %s is released"
                                .formatted(String.join(", ", Judged.some(wrong, 3)), String.join(" or ", legal)),
                        false);
    }

    /** All that stands at a place; of one where only one value can stand, that one. */
    private static List<Found> found(VersionString place, String text) throws Unreadable {
        if (place.pattern() != null) {
            return LinePattern.of(place.pattern()).in(text, FOUND_MAX);
        }
        if (place.xml() != null) {
            return XmlPath.values(place.xml(), text, FOUND_MAX);
        }
        if (place.at() == null) {
            return text.isBlank() ? List.of() : List.of(new Found(1, text.strip()));
        }
        List<Found> found = new ArrayList<>();
        String pointer = pointer(place.at());
        for (Located document : Located.read(place.path(), text)) {
            document.text(pointer).ifPresent(value -> found.add(new Found(document.line(pointer), value)));
        }
        return found;
    }

    /** {@code $.packages[0].version} is {@code /packages/0/version}. */
    private static String pointer(String path) {
        return path.substring(1)
                .replace("~", "~0")
                .replace('.', '/')
                .replace("[", "/")
                .replace("]", "");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : Texts.brief(value, VALUE_SHOWN_MAX);
    }
}
