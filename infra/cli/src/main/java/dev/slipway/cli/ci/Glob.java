package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths, as shells, Ant and CI servers mean it: {@code **}{@code /} matches any number of folders, none too.
 * Java's own wants one there, which leaves out silently what lies in the folder itself. Letters are as somebody wrote them;
 * where nobody did, as for all reports of a folder, capital and small ones are the same.
 */
final class Glob {
    private static final String ANY_FOLDERS = "**/";
    private static final int ANY_FOLDERS_MAX = 6;

    private final Path from;
    private final String pattern;
    private final boolean anyCase;
    private final List<PathMatcher> matchers = new ArrayList<>();

    /** @param from the folder that it is looked for in */
    Glob(Path from, String pattern) {
        this(from, pattern, false);
    }

    private Glob(Path from, String pattern, boolean anyCase) {
        this.from = from;
        this.pattern = anyCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
        this.anyCase = anyCase;
        try {
            for (String each : withAndWithout(this.pattern)) {
                matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + each));
            }
        } catch (PatternSyntaxException wrong) {
            throw new CommandFailed(
                    ExitCode.USAGE, "'%s' is no pattern: %s".formatted(pattern, wrong.getDescription()), wrong);
        }
    }

    /** A pattern of ours, whatever the case of the names: some tools write {@code RESULT.XML}. */
    static Glob anyCase(Path from, String pattern) {
        return new Glob(from, pattern, true);
    }

    /** Splits where the first wildcard begins. */
    static Glob of(String argument, Path folder) {
        int wildcard = 0;
        while (wildcard < argument.length() && "*?[{".indexOf(argument.charAt(wildcard)) < 0) {
            wildcard++;
        }
        if (wildcard == argument.length()) {
            Path path = folder.resolve(argument).normalize();
            return new Glob(path.resolveSibling("."), "");
        }
        int split = argument.lastIndexOf('/', wildcard) + 1;
        return new Glob(folder.resolve(argument.substring(0, split)).normalize(), argument.substring(split));
    }

    private static List<String> withAndWithout(String pattern) {
        List<String> patterns = new ArrayList<>(List.of(""));
        String rest = pattern;
        for (int at = rest.indexOf(ANY_FOLDERS); at >= 0; at = rest.indexOf(ANY_FOLDERS)) {
            if (patterns.size() > 1 << ANY_FOLDERS_MAX) {
                throw new CommandFailed(
                        ExitCode.USAGE, "'%s' has more than %d times **/".formatted(pattern, ANY_FOLDERS_MAX));
            }
            String before = rest.substring(0, at);
            List<String> next = new ArrayList<>();
            patterns.forEach(begun -> next.addAll(List.of(begun + before + ANY_FOLDERS, begun + before)));
            patterns = next;
            rest = rest.substring(at + ANY_FOLDERS.length());
        }
        String end = rest;
        return patterns.stream().map(begun -> begun + end).distinct().toList();
    }

    Path from() {
        return from;
    }

    /** Whether there is a wildcard in it. */
    boolean wild() {
        return !pattern.isEmpty();
    }

    boolean matches(Path file) {
        Path inside = from.relativize(file);
        Path relative = anyCase ? Path.of(inside.toString().toLowerCase(Locale.ROOT)) : inside;
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
