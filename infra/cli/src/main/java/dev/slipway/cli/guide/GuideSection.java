package dev.slipway.cli.guide;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.ReleaseKind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The guide in the text of a policy: written or replaced, and every other line of the text left as it is. */
final class GuideSection {
    private static final String KEY = "guide";
    /** Lines end there for YAML, and for nobody else. */
    private static final Pattern OTHER_BREAKS = Pattern.compile("[\\u0085\\u2028\\u2029]");

    private GuideSection() {}

    /**
     * What it was read from.
     *
     * @param file from the top of the repository, where it lies in one
     * @param sha256 of its text; null where that is not known
     */
    record Source(String file, @Nullable String sha256) {}

    /**
     * The text with this guide in place of the one that it has, or at its end.
     *
     * @param hints what would answer lines that nothing answers, by id; they become comments
     * @throws IllegalArgumentException if its keys do not stand each at the beginning of a line
     */
    static String in(
            String yaml, Source source, List<GuideHeading> headings, List<GuideLine> lines, Map<String, String> hints) {
        String eol = yaml.contains("\r\n") ? "\r\n" : "\n";
        List<String> text = new ArrayList<>(yaml.lines().toList());
        List<String> section = section(source, headings, lines, hints);
        List<NodeTuple> keys = root(yaml).getValue();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals(KEY)) {
                int from = key.getStartMark().getLine();
                int to = i + 1 < keys.size()
                        ? keys.get(i + 1).getKeyNode().getStartMark().getLine()
                        : text.size();
                while (to > from + 1 && isBetween(text.get(to - 1))) {
                    to--;
                }
                text.subList(from, to).clear();
                text.addAll(from, section);
                return String.join(eol, text) + eol;
            }
        }
        text.addAll(section);
        return String.join(eol, text) + eol;
    }

    /** What belongs to no section: blank, or a comment at the beginning of its line. */
    static boolean isBetween(String line) {
        return line.isBlank() || line.startsWith("#") || line.startsWith("...") || line.startsWith("---");
    }

    /** @throws IllegalArgumentException if its keys do not stand each at the beginning of a line */
    static MappingNode root(String yaml) {
        if (OTHER_BREAKS.matcher(yaml).find()) {
            throw new IllegalArgumentException("it has line breaks that editors do not count (U+0085, U+2028, U+2029)");
        }
        try {
            Node root = new Yaml().compose(new StringReader(yaml));
            if (root instanceof MappingNode keys && keys.getFlowStyle() != DumperOptions.FlowStyle.FLOW) {
                return keys;
            }
        } catch (YAMLException broken) {
            throw new IllegalArgumentException("it is no YAML: " + broken.getMessage(), broken);
        }
        throw new IllegalArgumentException("its keys do not stand each at the beginning of a line");
    }

    private static List<String> section(
            Source source, List<GuideHeading> headings, List<GuideLine> lines, Map<String, String> hints) {
        List<String> out = new ArrayList<>(List.of("guide:", "  file: " + quoted(source.file())));
        if (source.sha256() != null) {
            out.add("  sha256: \"%s\"".formatted(source.sha256()));
        }
        if (!headings.isEmpty()) {
            out.add("  headings:");
        }
        for (GuideHeading heading : headings) {
            String where = heading.where();
            out.add("    - under: " + quoted(heading.under()));
            out.add("      when: " + (where == null ? kinds(heading.when()) : quoted(where)));
        }
        out.add("  lines:");
        for (GuideLine line : lines) {
            out.add("    - id: " + quoted(line.id()));
            if (line.line() != null) {
                out.add("      line: " + line.line());
            }
            if (!line.under().isEmpty()) {
                out.add("      under: "
                        + line.under().stream().map(GuideSection::quoted).collect(Collectors.joining(", ", "[", "]")));
            }
            out.add("      text: " + quoted(line.text()));
            if (!line.when().isEmpty()) {
                out.add("      when: " + kinds(line.when()));
            }
            if (line.where() != null) {
                out.add("      when: " + quoted(line.where()));
            }
            GuideAnswer answer = line.answer();
            out.add(
                    answer.by() == By.UNANSWERED
                            ? "      # nothing answers it yet: " + hints.getOrDefault(line.id(), "")
                            : "      %s: %s"
                                    .formatted(answer.by().name().toLowerCase(Locale.ROOT), quoted(answer.name())));
        }
        return out.stream().map(String::stripTrailing).toList();
    }

    private static String kinds(List<ReleaseKind> when) {
        return when.stream().map(ReleaseKind::word).collect(Collectors.joining(", ", "[", "]"));
    }

    /** What is a word stands as it is; JSON's strings are YAML's. */
    static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9._/-]*") && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")
                ? text
                : WireJson.mapper().writeValueAsString(text);
    }

    /** One line of at most so many characters, without what no policy may hold. */
    static String line(String text, int max) {
        return GuideLine.shortened(text, max);
    }
}
