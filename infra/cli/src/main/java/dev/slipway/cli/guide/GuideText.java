package dev.slipway.cli.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An import for people: by heading, each line with what would answer it, then what changed, what was not read, and counts. */
public final class GuideText {
    private static final int TEXT_MAX = 100;
    private static final Map<String, String> PLURALS = Map.of(
            "gate", "gates",
            "duty", "duties",
            "document", "documents",
            "action", "actions",
            "value", "values",
            "nothing", "with nothing to answer",
            "unread", "not read",
            "steps", "steps");

    private GuideText() {}

    public static List<String> lines(GuideView view) {
        List<String> lines = new ArrayList<>();
        List<String> under = List.of();
        for (GuideView.Line line : view.lines()) {
            if (line.shape().equals("heading") && !line.step()) {
                continue; // it stands over the lines below it
            }
            if (!line.headings().equals(under) && !line.headings().isEmpty()) {
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.add(path(line.headings()));
                under = line.headings();
            }
            lines.addAll(line(line));
        }
        changes(view, lines);
        unread(view, lines);
        lines.add("");
        lines.add(counts(view));
        return lines;
    }

    /** What is asked about lines that nothing answers, with what is typed to say it. */
    public static List<String> questions(List<Question> questions, String policy) {
        List<String> lines = new ArrayList<>();
        if (!questions.isEmpty()) {
            lines.add("");
            lines.add("asked: --accept takes what is proposed into %s, --ask asks one by one".formatted(policy));
        }
        for (Question question : questions) {
            lines.addAll(question(question));
            lines.add("       --decide %s=%s"
                    .formatted(question.line(), question.proposed().isEmpty() ? "CLASS:WHAT" : question.proposed()));
        }
        return lines;
    }

    /** One of them with what may be said, each by its number. */
    public static List<String> question(Question question) {
        List<String> lines = new ArrayList<>();
        lines.add("%5d  %s: %s".formatted(question.at(), brief(question.text()), question.asks()));
        for (int i = 0; i < question.choices().size(); i++) {
            Question.Choice choice = question.choices().get(i);
            lines.add("       %d  %-22s  %s%s"
                    .formatted(i + 1, choice.answer(), choice.words(), i == 0 ? "  (proposed)" : ""));
        }
        return lines;
    }

    /** What the policy got beside the guide. */
    public static List<String> added(GuideView.Written written) {
        List<String> lines = new ArrayList<>();
        written.duties().forEach(duty -> lines.add("added  duty %s".formatted(duty)));
        written.contacts().forEach(role -> lines.add("added  contact %s".formatted(role)));
        written.idle()
                .forEach(duty ->
                        lines.add("idle   duty %s answers no line any more, and is still asked: take it out of duties"
                                .formatted(duty)));
        return lines;
    }

    /** The guide's own title stands over all of it, and is not said again and again. */
    private static String path(List<String> headings) {
        return String.join(" / ", headings.size() > 1 ? headings.subList(1, headings.size()) : headings);
    }

    private static List<String> line(GuideView.Line line) {
        List<String> lines = new ArrayList<>();
        String indent = "  ".repeat(Math.min(line.depth(), 4));
        lines.add("%5d  %-8s  %s%s".formatted(line.line(), line.kind(), indent, brief(line.text())));
        String below = " ".repeat(17) + indent;
        if (!line.answer().cover().equals("none")) {
            lines.add(below + answer(line.answer()));
        }
        String facts = facts(line);
        if (!facts.isEmpty()) {
            lines.add(below + facts);
        }
        lines.add(below + (line.decided() ? "" : "because ") + line.reason());
        return lines;
    }

    private static String answer(GuideView.Answered answer) {
        String how = answer.cover().equals("handed-in") ? ", once it is handed in" : "";
        String policy = answer.policy() == null ? "" : "  [" + answer.policy() + "]";
        return "answer: %s%s%s".formatted(answer.words(), how, policy);
    }

    private static String facts(GuideView.Line line) {
        List<String> facts = new ArrayList<>();
        if (line.role() != null) {
            facts.add("%s %s%s"
                    .formatted(
                            line.role().sees() ? "sees to it:" : "who:",
                            line.role().name(),
                            line.role().people() > 1
                                    ? " (%d people)".formatted(line.role().people())
                                    : ""));
        }
        if (!line.when().isEmpty()) {
            facts.add("when: " + String.join(" or ", line.when()));
        }
        if (line.ask() != null) {
            facts.add("asks: " + line.ask());
        }
        line.timing().forEach(one -> facts.add((one.lasts() ? "lasts: " : "due: ") + one.said()));
        if (!line.placeholders().isEmpty()) {
            facts.add("fill: " + String.join(", ", line.placeholders()));
        }
        line.parts().forEach(part -> facts.add("and: %s (%s)".formatted(brief(part.text()), part.kind())));
        return String.join("; ", facts);
    }

    private static void changes(GuideView view, List<String> lines) {
        if (view.changes().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("changed since the last import");
        for (GuideView.Changed one : view.changes()) {
            String was = one.was() == null ? "" : " (was: %s)".formatted(brief(one.was()));
            String decided = one.decided() ? ", its decision is kept" : "";
            String gone = one.decided() && one.change().equals("gone") ? ", and its decision with it" : decided;
            lines.add("%5d  %-8s  %s%s%s".formatted(one.line(), one.change(), brief(one.text()), was, gone));
        }
    }

    private static void unread(GuideView view, List<String> lines) {
        if (!view.unread().isEmpty()) {
            lines.add("");
            lines.add("not read");
            view.unread().forEach(one -> lines.add("%5d  %s".formatted(one.line(), one.why())));
        }
    }

    private static String counts(GuideView view) {
        return "%s: %s"
                .formatted(
                        view.file(),
                        view.counts().entrySet().stream()
                                .map(one -> "%d %s"
                                        .formatted(
                                                one.getValue(),
                                                one.getValue() == 1
                                                                && !one.getKey().equals("steps")
                                                                && !one.getKey().equals("unread")
                                                                && !one.getKey().equals("nothing")
                                                        ? one.getKey()
                                                        : PLURALS.getOrDefault(one.getKey(), one.getKey())))
                                .collect(Collectors.joining(", ")));
    }

    private static String brief(String text) {
        return text.length() <= TEXT_MAX
                ? text
                : text.substring(0, TEXT_MAX - 3).stripTrailing() + "...";
    }
}
