package dev.slipway.validation.evidence.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.TrackerRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which issues count by a rule, and what nobody can say. */
final class TrackerFactsTest {
    private static TrackedIssue issue(int number, boolean open, String milestone, String... labels) {
        return new TrackedIssue("#" + number, "title " + number, open, false, List.of(labels), List.of(milestone));
    }

    private static TrackedIssue request(int number, boolean open, String... labels) {
        return new TrackedIssue("#" + number, "title " + number, open, true, List.of(labels), List.of());
    }

    private static TrackerReport report(TrackedIssue... issues) {
        return new TrackerReport(
                "GitHub", true, List.of(issues).stream().anyMatch(TrackedIssue::request), List.of(issues));
    }

    private static TrackerRule rule(
            @Nullable String milestone, List<String> labels, List<String> high, List<String> backports) {
        return TrackerRule.ofExports(milestone, labels, high, backports);
    }

    private static Map<String, String> facts(TrackerRule rule, TrackerReport... reports) {
        return TrackerFacts.of(rule, List.of(reports)).facts().list().stream()
                .collect(Collectors.toMap(
                        fact -> fact.name(), fact -> fact.value().toPlainString()));
    }

    @Test
    void issues_count_by_milestone_and_all_labels_and_are_high_by_any() {
        TrackerReport report = report(
                issue(1, true, "1.4.0", "bug", "P1"),
                issue(2, true, "1.4.0", "BUG", "critical"),
                issue(3, true, "1.4.0", "bug"),
                issue(4, false, "1.4.0", "bug", "P1"),
                issue(5, true, "1.5.0", "bug", "P1"),
                issue(6, true, "1.4.0", "feature", "P1"),
                request(7, true, "bug", "P1"));

        assertThat(facts(rule("1.4.0", List.of("Bug"), List.of("p1", "Critical"), List.of()), report))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        TrackerRule.ISSUES, "4",
                        TrackerRule.OPEN, "3",
                        TrackerRule.HIGH, "2",
                        TrackerRule.CLOSED, "1",
                        TrackerRule.DONE, "25"));
    }

    @Test
    void without_a_milestone_or_labels_all_count_and_what_high_is_is_not_said() {
        assertThat(facts(rule(null, List.of(), List.of(), List.of()), report(issue(1, true, "a"), issue(2, true, "b"))))
                .containsEntry(TrackerRule.OPEN, "2")
                .doesNotContainKeys(TrackerRule.HIGH, TrackerRule.UNMERGED);
    }

    @Test
    void open_requests_with_a_label_are_not_merged_whatever_their_milestone() {
        TrackerRule rule = rule("1.4.0", List.of(), List.of(), List.of("backport/1.4", "backport/1.3"));

        assertThat(facts(
                        rule,
                        report(
                                request(1, true, "Backport/1.4"),
                                request(2, false, "backport/1.3"),
                                request(3, true, "other"),
                                issue(4, true, "1.4.0", "backport/1.4"))))
                .containsEntry(TrackerRule.UNMERGED, "1");
    }

    @Test
    void what_was_not_handed_in_is_no_fact_and_is_said() {
        TrackerRule rule = rule("1.4.0", List.of(), List.of("P1"), List.of("backport"));
        TrackerFacts told = TrackerFacts.of(
                rule,
                List.of(report(
                        new TrackedIssue("#1", "t", true, false, List.of("P1"), null), issue(2, true, "1.4.0"))));

        assertThat(told.facts().list()).isEmpty();
        assertThat(told.notes())
                .containsExactly(
                        "Of which milestone the issues are was not handed in, so nobody can say which are of 1.4.0",
                        "No pull or merge request was handed in, so nobody can say which of them are not merged");
        assertThat(facts(
                        rule(null, List.of(), List.of("P1"), List.of()),
                        new TrackerReport("x", false, false, List.of(issue(1, true, "a", "P1")))))
                .as("closed ones were not asked for")
                .containsExactlyInAnyOrderEntriesOf(Map.of(TrackerRule.OPEN, "1", TrackerRule.HIGH, "1"));
    }

    @Test
    void an_issue_that_several_pages_tell_counts_once_and_is_open_where_any_of_them_says_so() {
        assertThat(facts(
                        rule(null, List.of(), List.of("P1"), List.of()),
                        report(issue(1, false, "a"), issue(2, false, "a")),
                        report(issue(1, true, "a", "P1"))))
                .containsEntry(TrackerRule.ISSUES, "2")
                .containsEntry(TrackerRule.OPEN, "1")
                .containsEntry(TrackerRule.HIGH, "1");
    }

    @Test
    void no_issue_at_all_is_none_open_and_no_percentage() {
        assertThat(facts(rule("1.4.0", List.of(), List.of(), List.of()), report()))
                .containsEntry(TrackerRule.OPEN, "0")
                .doesNotContainKey(TrackerRule.DONE);
    }

    @Test
    void those_that_count_are_named_the_worst_first_up_to_a_bound() {
        TrackerRule rule = rule(null, List.of(), List.of("P1"), List.of("backport"));
        TrackerFacts told = TrackerFacts.of(
                rule,
                List.of(report(issue(1, true, "a", "bug"), issue(2, true, "a", "P1"), request(3, true, "backport"))));

        assertThat(told.places())
                .containsExactly("high #2 title 2 (P1)", "open #1 title 1 (bug)", "unmerged #3 title 3 (backport)");
        assertThat(told.named(TrackerRule.HIGH::equals)).containsExactly("Open of high severity: #2 title 2");
        assertThat(told.named(TrackerRule.OPEN::equals)).containsExactly("Open: #2 title 2, #1 title 1");

        TrackedIssue[] many = IntStream.range(0, 60)
                .mapToObj(number -> issue(number, true, "a"))
                .toArray(TrackedIssue[]::new);
        TrackerFacts more = TrackerFacts.of(rule, List.of(report(many)));
        assertThat(more.places()).hasSize(51).endsWith("and 10 more");
        assertThat(more.named(TrackerRule.OPEN::equals)).anyMatch(line -> line.endsWith("#4 title 4 and 55 more"));
    }
}
