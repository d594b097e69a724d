package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.GuideFile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The twelve points: the shipped guide answers all of them, and without a line of it that line's point is open, and named. */
class TwelvePointsTest {
    /** What was ready and had nothing to do does not apply: nothing went back. */
    private static final Set<LineState> ANSWERED =
            Set.of(LineState.PASSED, LineState.VALUE, LineState.NOTHING, LineState.DOES_NOT_APPLY);

    /** Each answers one thing that a point asks for. */
    static Stream<DefaultGuide.Line> lines() {
        return DefaultGuide.lines().stream()
                .filter(line -> !TwelvePoint.of(line).isEmpty());
    }

    /** One of each point is enough where each is imported. */
    static Stream<DefaultGuide.Line> onePerPoint() {
        return lines()
                .collect(
                        Collectors.groupingBy(line -> point(TwelvePoint.of(line).getFirst())))
                .values()
                .stream()
                .map(List::getFirst);
    }

    private static int point(String open) {
        return Integer.parseInt(open.substring(0, open.indexOf(' ')));
    }

    @Test
    void the_shipped_guide_answers_each_of_the_twelve_points_and_only_titles_and_principles_answer_none() {
        assertThat(TwelvePoint.open(DefaultGuide.lines())).isEmpty();
        assertThat(DefaultGuide.lines().stream()
                        .filter(line -> TwelvePoint.of(line).isEmpty()))
                .extracting(DefaultGuide.Line::heading)
                .containsOnly("This release", "Principles", "Merge", "Staging", "Ready for production");
        assertThat(lines())
                .hasSize(54)
                .allSatisfy(
                        line -> assertThat(TwelvePoint.of(line)).as(line.text()).hasSize(1));
        assertThat(onePerPoint()).hasSize(12);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void without_its_line_a_point_is_open_and_named(DefaultGuide.Line line) {
        List<DefaultGuide.Line> others =
                DefaultGuide.lines().stream().filter(each -> !each.equals(line)).toList();

        assertThat(TwelvePoint.open(others)).isEqualTo(TwelvePoint.of(line));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onePerPoint")
    void a_policy_whose_guide_lacks_the_line_leaves_the_point_open(DefaultGuide.Line line) {
        String markdown = DefaultGuide.markdown().replace("- " + line.text() + "\n", "");

        GuidedReleases.Imported imported = GuidedReleases.imported(GuideFile.parse("RELEASE.md", markdown));

        List<String> answered = Objects.requireNonNull(imported.policy().guide()).lines().stream()
                .filter(each -> each.answer().by() != By.UNANSWERED)
                .map(GuideLine::text)
                .toList();
        assertThat(TwelvePoint.open(said(answered))).isEqualTo(TwelvePoint.of(line));
    }

    @Test
    void in_a_release_under_the_shipped_guide_no_point_is_open() {
        GuidedReleases.Imported imported =
                GuidedReleases.imported(GuideFile.parse("RELEASE.md", DefaultGuide.markdown()));

        GuideView view = GuidedReleases.assertShipped(GuidedReleases.shipped(imported.policy()), "1.1.0");

        List<String> answered = view.lines().stream()
                .filter(line -> ANSWERED.contains(line.state()))
                .map(GuideView.Line::text)
                .toList();
        assertThat(TwelvePoint.open(said(answered))).isEmpty();
    }

    private static List<DefaultGuide.Line> said(List<String> texts) {
        return DefaultGuide.lines().stream()
                .filter(line -> texts.contains(line.text()))
                .toList();
    }
}
