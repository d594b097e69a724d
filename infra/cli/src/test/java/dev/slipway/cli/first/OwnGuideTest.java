package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.first.PolicyDraft.Contact;
import dev.slipway.cli.guide.Deciding;
import dev.slipway.cli.guide.PolicyGuide;
import dev.slipway.cli.guide.Question;
import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Duty;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's guide of a team's own becomes a policy by {@code init} and its questions as they are proposed, without a line left open. */
class OwnGuideTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Pattern PART =
            Pattern.compile("<!-- own guide: begin -->(.*)<!-- own guide: end -->", Pattern.DOTALL);
    private static final Pattern GUIDE = Pattern.compile("cat > RELEASE\\.md <<'END'\n(.*?)\nEND\n", Pattern.DOTALL);
    private static final Pattern ANSWERED = Pattern.compile("slipway release duty desk@1\\.0\\.0 (\\S+) pass");

    @TempDir
    Path folder = Path.of("");

    @Test
    void each_line_is_answered_and_people_are_asked_for_what_readme_answers() throws IOException {
        String part = one(PART, Files.readString(README));

        Policy policy = imported(GuideFile.parse("RELEASE.md", one(GUIDE, part)));

        assertThat(Objects.requireNonNull(policy.guide()).lines())
                .hasSize(9)
                .extracting(line -> line.answer().by())
                .containsExactly(By.GATE, By.GATE, By.VALUE, By.DUTY, By.GATE, By.ACTION, By.ACTION, By.DUTY, By.VALUE);
        assertThat(policy.duties()).extracting(Duty::moment).containsExactly("before staging", "after end");
        assertThat(ANSWERED.matcher(part).results().map(MatchResult::group).toList())
                .as("README answers each of them, in their order")
                .hasSize(2);
        assertThat(ANSWERED.matcher(part).results().map(found -> found.group(1)).toList())
                .isEqualTo(policy.duties().stream().map(Duty::id).toList());
    }

    /** What {@code init} drafts, and each question of the import answered as it is proposed. */
    private Policy imported(Guide guide) {
        Path file = folder.resolve("slipway.yaml");
        String yaml = draft().yaml();
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

    private static PolicyDraft draft() {
        Surroundings around =
                new Surroundings("desk", Optional.of("file:."), "main", "released", Optional.empty(), Optional.empty());
        return new Interview(around, Interview.Prompt.NOBODY)
                .draft(new Interview.Given(
                        null,
                        null,
                        null,
                        null,
                        List.of(Contact.parse("technical-lead:Ada:ada@example.test")),
                        null,
                        List.of(),
                        null,
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
