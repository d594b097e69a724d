package dev.slipway.guide;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a text for people, fenced so that it can be copied, from commands and from what programs print. */
final class Prose {
    private static final Set<String> MARKUP = Set.of("markdown", "md", "mdx", "html", "rst");
    private static final Set<String> PLAIN =
            Set.of("", "text", "txt", "plain", "plaintext", "none", "email", "mail", "eml");
    private static final Pattern COMMAND = Pattern.compile(
            "^\\s*([$#>%]\\s?\\S.*|(sudo|git|cd|make|npm|npx|yarn|pnpm|python3?|pip|mvn|gradle|\\./\\S+|go|cargo|docker|kubectl|helm"
                    + "|gh|curl|wget|export|set|echo|brew|apt(-get)?|ssh|scp|cp|mv|rm|mkdir|ls|cat|source|bundle|rake|gem|dotnet|aws|gcloud)\\s.*"
                    + "|[A-Z_]+=\\S*.*|[\\[{}\\]].*|\\S*[/\\\\]\\S*|https?://\\S+)$");

    private Prose() {}

    static boolean isTemplate(String info, String literal) {
        String language = info.strip().toLowerCase(Locale.ROOT).replaceFirst("[\\s{].*", "");
        List<String> lines = literal.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            return false;
        }
        if (MARKUP.contains(language)) {
            return true;
        }
        if (!PLAIN.contains(language)) {
            return false;
        }
        long words = lines.stream().mapToLong(line -> line.split("\\s+").length).sum();
        long commands =
                lines.stream().filter(line -> COMMAND.matcher(line).matches()).count();
        return words >= 8
                && commands * 2 < lines.size()
                && lines.stream().anyMatch(line -> line.split("\\s+").length >= 4);
    }
}
