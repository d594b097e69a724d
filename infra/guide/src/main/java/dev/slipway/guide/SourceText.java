package dev.slipway.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A Markdown file with what is not Markdown taken out, line by line, so that numbers stay: front matter, template logic
 * (ERB, Jinja), admonition fences ({@code :::info}) and MDX imports. {@code #.} numbers and check-mark characters in
 * front of a line become what they mean in Markdown.
 *
 * @param guarded condition of the template logic around a line, by line
 * @param aside lines inside of admonitions, which explain and do not ask
 */
record SourceText(
        String text,
        Map<String, String> front,
        Map<Integer, String> guarded,
        List<Integer> aside,
        List<Guide.Unread> unread) {
    private static final Pattern FENCE = Pattern.compile("^[\\s>]*(```+|~~~+).*");
    private static final Pattern LOGIC = Pattern.compile("^\\s*(<%[-=]?|\\{%-?)\\s*(.*?)\\s*(-?%>|-?%})\\s*$");
    private static final Pattern ADMONITION = Pattern.compile("^\\s*:::+\\s*\\w*.*$");
    private static final Pattern MDX = Pattern.compile("^(import|export)\\s.+(from\\s+['\"].+['\"]|=).*;?\\s*$");
    private static final Pattern HASH_NUMBER = Pattern.compile("^(\\s*)#\\.(\\s+)");
    private static final Pattern MARK =
            Pattern.compile("^(\\s*)(?:([-*+]|\\d+[.)])\\s+)?([☐⬜🔲▢]|[☑✅✔🗹]\\uFE0F?)\\s+(?=\\S)");
    private static final Pattern CHOICE_BOX = Pattern.compile("[☐⬜🔲▢☑✅✔]");

    static SourceText of(String raw) {
        return new Pass(raw.lines().toList()).run();
    }

    private static final class Pass {
        private final List<String> lines;
        private final List<String> out = new ArrayList<>();
        private final Map<Integer, String> guarded = new HashMap<>();
        private final List<Integer> aside = new ArrayList<>();
        private final List<Guide.Unread> unread = new ArrayList<>();
        private final List<String> conditions = new ArrayList<>();
        private Map<String, String> front = Map.of();
        private Optional<String> fence = Optional.empty();
        private boolean admonition;

        Pass(List<String> lines) {
            this.lines = lines;
        }

        SourceText run() {
            int from = frontMatter();
            for (int i = from; i < lines.size(); i++) {
                out.add(line(lines.get(i), i + 1));
            }
            fence.ifPresent(open -> unread.add(
                    new Guide.Unread(lines.size(), "a code block is never closed: all below it was read as code")));
            return new SourceText(String.join("\n", out), front, guarded, aside, unread);
        }

        private int frontMatter() {
            if (lines.isEmpty() || !lines.getFirst().strip().equals("---")) {
                return 0;
            }
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i).strip().equals("---")) {
                    front = values(String.join("\n", lines.subList(1, i)));
                    for (int blank = 0; blank <= i; blank++) {
                        out.add("");
                    }
                    return i + 1;
                }
            }
            return 0;
        }

        private Map<String, String> values(String yaml) {
            Map<String, String> values = new HashMap<>();
            try {
                Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
                if (read instanceof Map<?, ?> map) {
                    map.forEach((key, value) -> values.put(String.valueOf(key), value == null ? "" : value.toString()));
                }
            } catch (YAMLException unreadable) {
                unread.add(new Guide.Unread(1, "the front matter is no YAML"));
            }
            return values;
        }

        private String line(String line, int number) {
            Matcher fenced = FENCE.matcher(line);
            if (fenced.matches()) {
                String marks = fenced.group(1);
                if (fence.isEmpty()) {
                    fence = Optional.of(marks);
                } else if (marks.startsWith(fence.get())) {
                    fence = Optional.empty();
                }
                return line;
            }
            if (fence.isPresent()) {
                return line;
            }
            if (admonition) {
                aside.add(number);
            }
            if (!conditions.isEmpty()) {
                guarded.put(number, conditions.getLast());
            }
            return outside(line, number);
        }

        private String outside(String line, int number) {
            Matcher logic = LOGIC.matcher(line);
            if (logic.matches()) {
                logic(logic.group(2), number);
                return "";
            }
            if (ADMONITION.matcher(line).matches()) {
                admonition = !admonition;
                return "";
            }
            if (MDX.matcher(line).matches()) {
                unread.add(new Guide.Unread(number, "an import of MDX is no text"));
                return "";
            }
            String numbered = HASH_NUMBER.matcher(line).replaceFirst("$11.$2");
            return marked(numbered);
        }

        private static String marked(String line) {
            Matcher mark = MARK.matcher(line);
            if (!mark.find() || CHOICE_BOX.matcher(line.substring(mark.end())).find()) {
                return line;
            }
            boolean open = "☐⬜🔲▢".contains(mark.group(3));
            String bullet = mark.group(2) == null ? "-" : mark.group(2);
            return mark.group(1) + bullet + (open ? " [ ] " : " [x] ") + line.substring(mark.end());
        }

        private void logic(String statement, int number) {
            String first = statement.replaceFirst("\\W.*", "");
            switch (first) {
                case "if", "unless", "for", "each" -> conditions.add(statement.replaceFirst("\\s+do$", ""));
                case "else", "elsif", "elif" -> {
                    if (!conditions.isEmpty()) {
                        conditions.add("not: " + conditions.removeLast());
                    }
                }
                case "end", "endif", "endfor" -> {
                    if (!conditions.isEmpty()) {
                        conditions.removeLast();
                    }
                }
                default -> {
                    // said below
                }
            }
            unread.add(new Guide.Unread(
                    number, "template logic is not run; the lines inside of it ask whether they apply"));
        }
    }
}
