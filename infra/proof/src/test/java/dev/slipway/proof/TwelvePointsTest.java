package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.guide.GuideFile;
import dev.slipway.release.saga.Dossier;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The twelve points: the shipped guide answers all of them, and without a line of it that line's point is open, and named; and
 * each thing that a point asks for is there because something sees to it: under the demo's policy, as the service's own reader
 * reads it, a release that lacks it does not go on, or its line stays open where it is done afterwards, and one that has it does.
 */
class TwelvePointsTest {
    /** What the cores alone cannot show, with the test of the whole stack that does. */
    private static final Map<Class<?>, List<String>> ON_THE_WHOLE_STACK = Map.of(
            DemoIT.class,
            List.of(
                    "staging_was_compared_with_production",
                    "each_gate_over_evidence_is_explained_down_to_the_report_which_can_be_read",
                    "each_line_of_the_guide_is_answered_and_duties_by_the_people_whom_they_ask",
                    "the_page_shows_each_line_of_the_whole_guide_with_its_state_and_why",
                    "the_version_that_was_taken_back_says_what_users_had_of_it_and_what_was_measured_before_and_since"),
            FirstGuideIT.class,
            List.of("the_first_guide_is_imported_and_a_release_ships_without_a_line_open"),
            GuideMeansIT.class,
            List.of(
                    "what_scanners_find_and_a_test_that_is_flaky_refuse_a_release_and_are_named",
                    "what_a_program_tells_of_itself_in_staging_refuses_a_release",
                    "a_release_that_may_only_go_forward_is_held_where_it_is_worse_and_its_notes_are_a_page"));

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable PointRuns runs;

    @BeforeAll
    static void ship() {
        runs = new PointRuns(folder);
    }

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

    static Stream<TwelvePoint.Item> items() {
        return TwelvePoint.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("items")
    void what_it_asks_for_is_seen_to_by_code_so_that_a_release_without_it_does_not_go_on(TwelvePoint.Item item) {
        switch (item.lack()) {
            case Lack.Said said -> {
                assertThat(DemoPolicy.shipped()).contains(said.text());
                assertThatThrownBy(() ->
                                GuidedReleases.policy(DemoPolicy.shipped().replace(said.text(), said.otherwise())))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("Refused");
                assertThat(line(runs().whole(), item).state()).isEqualTo(LineState.VALUE);
            }
            case Lack.Decided decided -> {
                assertThat(decided.there().getAsBoolean()).isTrue();
                assertThat(decided.lacking().getAsBoolean()).isFalse();
            }
            case Lack.Gate _, Lack.Duty _, Lack.Yes _, Lack.Users _, Lack.Program _, Lack.WayBack _ -> {
                Dossier without = runs().without(item.lack());
                assertThat(line(without, item).state())
                        .as("without it, in %s: %s", without.state().phase(), line(without, item))
                        .isNotIn(LineState.PASSED, LineState.DOES_NOT_APPLY, LineState.NOTHING, LineState.VALUE);
                assertThat(without.state().phase() == ReleasePhase.COMPLETED)
                        .as("it goes on without what is owed afterwards alone")
                        .isEqualTo(isAfterwards(item.lack()));
                assertThat(line(runs().whole(), item).state())
                        .as("with it: %s", line(runs().whole(), item))
                        .isEqualTo(LineState.PASSED);
            }
        }
    }

    @Test
    void a_release_that_lacks_nothing_goes_on_to_its_end() {
        assertThat(runs().whole().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    /** So that a test that is renamed or taken away is missed here. */
    @Test
    void what_only_a_running_system_shows_is_shown_there() {
        for (Map.Entry<Class<?>, List<String>> shown : ON_THE_WHOLE_STACK.entrySet()) {
            assertThat(shown.getKey().getDeclaredMethods())
                    .filteredOn(method -> method.isAnnotationPresent(Test.class))
                    .extracting(Method::getName)
                    .containsAll(shown.getValue());
        }
    }

    private static boolean isAfterwards(Lack lack) {
        return lack instanceof Lack.Duty(String id)
                && GuidedReleases.policy(DemoPolicy.shipped())
                        .duty(id)
                        .orElseThrow()
                        .isAfterWork();
    }

    private static GuideView.Line line(Dossier release, TwelvePoint.Item item) {
        return PointRuns.line(release, item.line());
    }

    private static PointRuns runs() {
        return Objects.requireNonNull(runs);
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
