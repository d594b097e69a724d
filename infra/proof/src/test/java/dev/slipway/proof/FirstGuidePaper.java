package dev.slipway.proof;

import dev.slipway.cli.guide.Question;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.guide.GuideLine;
import dev.slipway.guide.Proposal;
import dev.slipway.guide.Rerun;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of each line of the guide that this project began with, by number: its text is its own. */
final class FirstGuidePaper {
    private static final String HEAD = """
            # The first guide, from its Markdown to a release
            Slipway began with a release guide of 62 lines. Written by `FirstGuideTest`, which holds it in every build where that guide is (anew with `mvn verify -Dtest=FirstGuideTest -Dslipway.guide.rewrite=true`). Lines are named by their numbers.

            ```sh
            slipway demo --print > hello.yaml
            slipway guide import ../shared/vectors/guides/first-guide.md --policy hello.yaml --accept
            slipway demo --policy hello.yaml
            slipway guide show hello --release hello@1.0.0 --strict
            ```

            The import binds what the policy answers without doubt and asks about the rest; each question is answered here as it is proposed (`--ask` asks one by one). Then two releases ship on the cores of all services, with gates that pass, people who answer what they are asked, and users; the states are those of the second. `FirstGuideIT` types the commands above on the whole stack.
            """;

    private FirstGuidePaper() {}

    static String of(Rerun rerun, List<Question> questions, GuideView view, Policy policy) {
        Map<String, Question> asked = questions.stream().collect(Collectors.toMap(Question::line, Function.identity()));
        Map<String, GuideView.Line> lines =
                view.lines().stream().collect(Collectors.toMap(GuideView.Line::id, Function.identity()));
        StringBuilder paper = new StringBuilder(HEAD);
        paper.append("\n%d lines: %d bound without a question, %d asked. In the release: %s; %d open.\n"
                .formatted(
                        view.lines().size(),
                        view.lines().size() - questions.size(),
                        questions.size(),
                        states(view),
                        view.tally().open()));
        paper.append(
                "\n| line | asked, and proposed | other choices | answered by | in the release |\n|---|---|---|---|---|\n");
        for (Proposal proposal : rerun.proposals()) {
            GuideLine read = proposal.line();
            GuideView.Line line = lines.get(read.id());
            if (line != null) {
                paper.append(row(read.source().line(), asked.get(read.id()), line, policy));
            }
        }
        return paper.toString();
    }

    private static String row(int at, @Nullable Question question, GuideView.Line line, Policy policy) {
        List<String> choices = question == null
                ? List.of()
                : question.choices().stream().map(Question.Choice::answer).toList();
        return "| %d | %s | %s | %s | %s |\n"
                .formatted(
                        at,
                        question == null ? "" : question.proposed(),
                        choices.size() < 2 ? "" : String.join(", ", choices.subList(1, choices.size())),
                        answer(line, policy),
                        word(line.state()));
    }

    private static String answer(GuideView.Line line, Policy policy) {
        String by = line.answer().by().name().toLowerCase(Locale.ROOT);
        return policy.duty(line.answer().name())
                .filter(_ -> line.answer().by() == GuideAnswer.By.DUTY)
                .map(duty -> "a duty of %s, %s".formatted(duty.by(), duty.moment()))
                .orElseGet(() -> (by + " " + line.answer().name()).replace("|", "&#124;"));
    }

    private static String states(GuideView view) {
        return view.lines().stream()
                .collect(Collectors.groupingBy(GuideView.Line::state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + word(each.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String word(LineState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
