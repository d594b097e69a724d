package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.first.PolicyDraft.Contact;
import dev.slipway.cli.guide.Deciding;
import dev.slipway.cli.guide.PolicyGuide;
import dev.slipway.cli.guide.Question;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.guide.Decisions;
import dev.slipway.guide.Guide;
import dev.slipway.guide.GuideFile;
import dev.slipway.guide.Rerun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The guides of a team's own that README shows in Python, and its neighbour in Go and in Node.js, become policies by {@code init}
 * and their questions as they are proposed, without a line left open.
 */
class OwnGuideTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path OTHERS = Path.of("..", "docs", "first-release.md");
    private static final Pattern GUIDE = Pattern.compile("cat > RELEASE\\.md <<'END'\n(.*?)\nEND\n", Pattern.DOTALL);
    private static final Pattern ANSWERED = Pattern.compile("slipway release duty \\S+@1\\.0\\.0 (\\S+) pass");
    /** What the transcript puts below {@code gates:} of what {@code init} wrote. */
    private static final Pattern ADDED =
            Pattern.compile("sed '/\\^gates:/a\\\\\n(.*?)' slipway\\.yaml", Pattern.DOTALL);

    @TempDir
    Path folder = Path.of("");

    @Test
    void each_line_is_answered_and_people_are_asked_for_what_readme_answers() throws IOException {
        String part = part(README, "own guide");

        Policy policy = imported(guide(part), draft("desk", null).yaml());

        assertThat(Objects.requireNonNull(policy.guide()).lines())
                .hasSize(9)
                .extracting(line -> line.answer().by())
                .containsExactly(By.GATE, By.GATE, By.VALUE, By.DUTY, By.GATE, By.ACTION, By.ACTION, By.DUTY, By.VALUE);
        assertThat(policy.duties()).extracting(Duty::moment).containsExactly("before staging", "after end");
        assertThat(answered(part))
                .as("README answers each of them, in their order")
                .hasSize(2)
                .isEqualTo(policy.duties().stream().map(Duty::id).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"own guide in Go, rota, go-cover", "own guide in Node.js, card, junit"})
    void in_other_languages_too_and_its_tests_are_a_gate_and_no_question_to_people(
            String name, String application, String kind) throws IOException {
        String part = part(OTHERS, name);
        boolean added = ADDED.matcher(part).find();
        String yaml = draft(application, added ? "" : null).yaml();

        Policy policy = imported(
                guide(part), added ? yaml.replace("\ngates:\n", "\ngates:\n" + one(ADDED, part) + "\n") : yaml);

        assertThat(Objects.requireNonNull(policy.guide()).lines())
                .hasSize(7)
                .extracting(line -> line.answer().by())
                .containsExactly(By.GATE, By.VALUE, By.DUTY, By.GATE, By.ACTION, By.ACTION, By.VALUE);
        assertThat(policy.gates().getFirst())
                .returns("unit-tests", Gate::id)
                .returns(kind, Gate::evidence)
                .returns("unit", Gate::suite);
        assertThat(answered(part))
                .as("the transcript answers what people are asked")
                .isEqualTo(policy.duties().stream().map(Duty::id).toList());
    }

    private static String part(Path file, String name) throws IOException {
        return one(
                Pattern.compile("<!-- %1$s: begin -->(.*)<!-- %1$s: end -->".formatted(name), Pattern.DOTALL),
                Files.readString(file));
    }

    private static Guide guide(String part) {
        return GuideFile.parse("RELEASE.md", one(GUIDE, part));
    }

    private static List<String> answered(String part) {
        return ANSWERED.matcher(part).results().map(found -> found.group(1)).toList();
    }

    /** What {@code init} drafts, and each question of the import answered as it is proposed. */
    private Policy imported(Guide guide, String yaml) {
        Path file = folder.resolve("slipway.yaml");
        Policy before = PolicyCheck.of(file, yaml).policy();
        Rerun first = Rerun.of(guide, Decisions.none(guide.file()));
        Decisions decided = first.known();
        for (Question question :
                PolicyGuide.of(guide.file(), first.proposals(), before).questions()) {
            decided = decided.deciding(question.line(), Deciding.of(question.proposed()));
        }
        String whole = PolicyGuide.of(guide.file(), Rerun.of(guide, decided).proposals(), before)
                .in(yaml);
        return PolicyCheck.of(file, whole).policy();
    }

    /** @param suite of JUnit reports; null as it is proposed, empty for none */
    private static PolicyDraft draft(String application, @Nullable String suite) {
        Surroundings around = new Surroundings(
                application, Optional.of("file:."), "main", "released", Optional.empty(), Optional.empty());
        return new Interview(around, Interview.Prompt.NOBODY)
                .draft(new Interview.Given(
                        null,
                        null,
                        null,
                        null,
                        List.of(Contact.parse("technical-lead:Ada:ada@example.test")),
                        null,
                        List.of(),
                        suite,
                        List.of("python3", "{artifact}"),
                        null,
                        "PORT",
                        null,
                        List.of("/greet?name=x"),
                        "probe",
                        "5s",
                        "5s"));
    }

    private static String one(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as(pattern.pattern()).isTrue();
        return found.group(1);
    }
}
