package dev.slipway.guide;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person fills in, in the dialects that guides use. A word in brackets that is a link is none: links are read before. */
final class Placeholders {
    private static final Pattern ANY = Pattern.compile(
            "\\$\\{\\{[^}]+}}|\\{\\{[^}]+}}|<%=[^%]+%>|\\$\\{[A-Za-z_][^}]*}|\\$[A-Z][A-Z0-9_]+|\\{[A-Za-z][A-Za-z0-9_"
                    + " .-]{0,40}}|<[A-Za-z][A-Za-z0-9_ .-]{0,40}>|%[A-Z][A-Z_]+%|@[A-Z][A-Z_]+@"
                    + "|\\[[^\\]]{0,40}(?i:name|version|date|insert|list|contact|number|link|url|your|yyyy|minor|major|todo|tbd|fill|xx)[^\\]]{0,60}]"
                    + "|\\bv?(?:\\d+|[XYN])(?:\\.\\d+)?\\.[XxYN](?:\\.[ZzXxN0-9](?:[+-][\\w.]+)?)?\\b|\\bv?X+(?:\\.[YXZ0-9]+)+\\b|\\b(?:DD[-/.]MM[-/.]YYYY|YYYY[-/.]MM[-/.]DD|YYYYMMDD|YYYY\\.\\w+)\\b|\\bX{3,}(?:"
                    + " X{2,})?\\b|_{3,}");
    private static final Pattern SAMPLE = Pattern.compile("\\bv?\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?\\b");

    private Placeholders() {}

    static List<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return List.copyOf(found);
    }

    /** Full versions that stand in more than one line: eight guides write a sample instead of a placeholder. */
    static Set<String> samples(List<GuideLine> lines) {
        return lines.stream()
                .flatMap(line -> versions(line).stream().distinct())
                .collect(Collectors.groupingBy(version -> version, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(counted -> counted.getValue() > 1)
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    static List<String> versions(GuideLine line) {
        return SAMPLE.matcher(line.text() + " " + String.join(" ", line.code()))
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    static List<String> of(GuideLine line, Set<String> samples) {
        Set<String> all = new LinkedHashSet<>(in(line.text()));
        line.code().forEach(code -> all.addAll(in(code)));
        if (line.shape() == GuideLine.Shape.TEMPLATE) {
            line.notes().forEach(text -> all.addAll(in(text)));
        }
        versions(line).stream().filter(samples::contains).forEach(all::add);
        return List.copyOf(all);
    }
}
