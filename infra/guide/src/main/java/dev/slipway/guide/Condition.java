package dev.slipway.guide;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a line holds.
 *
 * @param when kinds of release, one of which it must be; empty for all
 * @param ask what somebody has to decide in each release, in the guide's words; null if nothing
 */
public record Condition(Set<Kind> when, @Nullable String ask) {
    static final Condition ALWAYS = new Condition(Set.of(), null);

    /** Kinds of release, as {@code when:} names them. FINAL is no candidate. */
    public enum Kind {
        MAJOR("majors?|major"),
        MINOR("minors?|feature"),
        PATCH("patch(es)?|point|bug-?fix|maintenance"),
        HOTFIX("hot-?fix(es)?|emergency|security"),
        CANDIDATE("rcs?\\d*|candidates?|pre-?releases?|alphas?|betas?"),
        FIRST("first|initial"),
        FINAL("final|ga|stable|general availability");

        private final Pattern word;

        Kind(String words) {
            word = Pattern.compile("(?i)(^|.*[^\\p{L}])(" + words + ")([^\\p{L}].*|$)");
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern GROUPS = Pattern.compile("[(\\[]([^)\\]]{2,80})[)\\]]");
    private static final Pattern ONLY = Pattern.compile("(?i)\\b(only )?(for|if|when|on|in case"
            + " of|bei|für|wenn)\\b([^.;:]{0,60}?\\b(releases?|versions?|candidates?|hotfix(es)?|rcs?|patch(es)?|bumps?|cuts?|series)\\b)("
            + " only)?");
    private static final Pattern ASKED = Pattern.compile(
            "(?i)\\b(if|when|where) (applicable|necessary|needed|required|possible|appropriate|relevant|any)\\b|\\bas"
                    + " (appropriate|needed|necessary)\\b|\\boptional(ly)?\\b|\\bstrike\\b[^.]*\\b(out|through)\\b|\\bfalls"
                    + " (nötig|erforderlich)\\b|\\bbei bedarf\\b");
    private static final Pattern IF =
            Pattern.compile("(?i)(^|[.(;–-] ?)((only )?(if|unless|falls|wenn)\\b[^.,:;)]{3,100})");
    private static final Pattern HEADING_KIND = Pattern.compile(
            "(?i).*\\b(releases?|versions?|checklist|steps?|only|process|tasks|candidate|hotfix|rc\\d*|ga)\\b.*");

    public Condition {
        when = Set.copyOf(when);
    }

    public boolean always() {
        return when.isEmpty() && ask == null;
    }

    /** As {@code when:} would say it; empty for always. */
    public String expression() {
        return EnumSet.allOf(Kind.class).stream()
                .filter(when::contains)
                .map(Kind::word)
                .collect(Collectors.joining(" or "));
    }

    /** Of a line: its own words and columns, and what all of a heading holds for. */
    static Condition of(GuideLine line) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        List<String> asks = new ArrayList<>();
        own(line.text(), kinds, asks);
        if (line.lead().length() < 120) {
            own(line.lead(), kinds, asks);
        }
        columns(line.marks(), kinds, asks);
        for (int i = line.headings().size() - 1; i >= 0 && kinds.isEmpty(); i--) {
            heading(line.headings().get(i), kinds, asks);
        }
        if (line.shape() == GuideLine.Shape.HEADING) {
            heading(line.text(), kinds, asks);
        }
        return kinds.isEmpty() && asks.isEmpty()
                ? ALWAYS
                : new Condition(kinds, asks.isEmpty() ? null : asks.getFirst());
    }

    private static void own(String text, Set<Kind> kinds, List<String> asks) {
        String words = text.replaceAll("`[^`]*`|\\{[^}]*}|<[^>]*>", "_");
        Matcher groups = GROUPS.matcher(words);
        while (groups.find()) {
            String inside = groups.group(1);
            boolean typed = inside.split("\\s+").length <= 8
                    && !inside.matches("(?i)(e\\.g|i\\.e|see|like|for example|creating).*");
            if (typed && (groups.start() < 3 || inside.matches("(?i).*\\b(only|releases?|for)\\b.*"))) {
                addKinds(inside, kinds);
            }
        }
        Matcher only = ONLY.matcher(words);
        while (only.find()) {
            boolean first = only.start() < 3 || only.group().matches("(?i).*\\bonly\\b.*");
            if (first) {
                addKinds(only.group(3), kinds);
            }
        }
        Matcher asked = ASKED.matcher(text);
        if (asked.find()) {
            asks.add(asked.group());
        }
        Matcher ifs = IF.matcher(text);
        if (ifs.find() && kinds.isEmpty() && asks.isEmpty()) {
            asks.add(ifs.group(2).strip());
        }
    }

    private static void columns(Map<String, String> marks, Set<Kind> kinds, List<String> asks) {
        Set<Kind> typed = EnumSet.noneOf(Kind.class);
        Set<Kind> ticked = EnumSet.noneOf(Kind.class);
        marks.forEach((column, mark) -> {
            if (column.equals("if")) {
                asks.add(mark);
                return;
            }
            for (Kind kind : Kind.values()) {
                if (column.split(" ").length <= 3 && kind.word.matcher(column).matches()) {
                    typed.add(kind);
                    if (mark.matches("(?i).*(x|yes|ja|required|✅|✔|☑|❎|\\[ ?x?"
                                    + " ?]|☐|:white_check_mark:|:heavy_check_mark:).*")
                            && !mark.matches("(?i).*(❌|✖|:x:|n/?a|\\bno\\b).*")) {
                        ticked.add(kind);
                    }
                }
            }
        });
        if (ticked.size() < typed.size()) {
            kinds.addAll(ticked);
        }
    }

    private static void heading(String heading, Set<Kind> kinds, List<String> asks) {
        String words = heading.replaceAll("\\[[^\\]]*]|\\{[^}]*}", "");
        if (words.matches(
                "(?i).*\\b(pre-?release (?!versions?\\b|only\\b|builds?\\b)\\w.*|release candidate criteria.*)")) {
            return; // "pre-release checks" are before every release
        }
        boolean notes = words.matches("(?i).*\\b(first|initial)\\b.*");
        if (words.split("\\s+").length <= 10 && HEADING_KIND.matcher(words).matches()) {
            Set<Kind> found = EnumSet.noneOf(Kind.class);
            addKinds(words, found);
            if (notes) {
                found.remove(Kind.FIRST); // "the first pre-release" is a candidate like others
            }
            kinds.addAll(found);
        }
        Matcher asked = ASKED.matcher(words);
        if (asked.find() && asks.isEmpty()) {
            asks.add(asked.group());
        }
    }

    private static void addKinds(String text, Set<Kind> kinds) {
        boolean release = text.matches("(?i).*\\b(release candidate)s?\\b.*");
        for (Kind kind : Kind.values()) {
            if (kind.word.matcher(text).matches()) {
                kinds.add(kind);
            }
        }
        if (kinds.contains(Kind.CANDIDATE) && !release) {
            kinds.remove(Kind.FIRST); // "initial alpha"
        }
    }
}
