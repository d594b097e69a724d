package dev.slipway.validation.evidence.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issues as trackers write them: what is said of each, and what has to be said of each. */
final class TrackerReaderTest {
    private static final Path SAMPLES = Path.of("src", "test", "resources", "reports", "every");
    private static final TrackerReader READER = new TrackerReader(new JUnitReader.Limits(32, 10_000));

    private static TrackerReport read(String text) throws UnreadableEvidence {
        return READER.report(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TrackedIssue issue(
            String id, String title, boolean open, boolean request, List<String> labels, @Nullable List<String> of) {
        return new TrackedIssue(id, title, open, request, labels, of);
    }

    @Test
    void a_list_of_github_has_issues_and_pull_requests() throws IOException, UnreadableEvidence {
        TrackerReport report = READER.report(Files.readAllBytes(SAMPLES.resolve("tracker.json")));

        assertThat(report.source()).isEqualTo("GitHub");
        assertThat(report.closed()).isTrue();
        assertThat(report.requests()).isTrue();
        assertThat(report.issues())
                .containsExactly(
                        issue(
                                "#12",
                                "Orders are lost when the queue is full",
                                true,
                                false,
                                List.of("bug", "severity/high", "Bug"),
                                List.of("1.4.0")),
                        issue("#15", "Typo on the start page", false, false, List.of("bug"), List.of()),
                        issue("#16", "Invoices are sent twice", true, false, List.of("bug"), List.of()),
                        issue("#17", "Retry with a pause", true, true, List.of("backport/1.4"), List.of()));
    }

    @Test
    void a_list_of_gitlab_has_issues_or_merge_requests_and_keeps_what_is_confidential_to_itself()
            throws UnreadableEvidence {
        TrackerReport report = read("""
                [{"id": 1, "iid": 3, "project_id": 8, "title": "Passwords are shown", "state": "opened", "labels": ["bug"],
                  "milestone": {"id": 1, "title": "1.4"}, "confidential": true, "severity": "HIGH", "type": "ISSUE"},
                 {"id": 2, "iid": 4, "title": "Fix", "state": "merged", "labels": [], "milestone": null,
                  "source_branch": "fix", "confidential": false, "severity": "UNKNOWN"}]""");

        assertThat(report.source()).isEqualTo("GitLab");
        assertThat(report.issues())
                .containsExactly(
                        issue("#3", "(confidential)", true, false, List.of("bug", "HIGH"), List.of("1.4")),
                        issue("!4", "Fix", false, true, List.of(), List.of()));
    }

    @Test
    void what_the_command_line_of_github_prints_is_one_and_may_leave_the_milestone_out() throws UnreadableEvidence {
        assertThat(
                        read("[{\"id\":\"I_1\",\"labels\":[{\"name\":\"bug\"}],\"number\":7,\"state\":\"OPEN\",\"title\":\"t\"}]")
                                .issues())
                .containsExactly(issue("#7", "t", true, false, List.of("bug"), null));
    }

    @Test
    void an_export_of_jira_is_read_by_the_names_of_its_columns() throws IOException, UnreadableEvidence {
        TrackerReport report = READER.report(Files.readAllBytes(SAMPLES.resolve("tracker.csv")));

        assertThat(report.source()).isEqualTo("Jira");
        assertThat(report.requests()).isFalse();
        assertThat(report.issues())
                .containsExactly(
                        issue(
                                "SHOP-1",
                                "Cart, when full, forgets",
                                true,
                                false,
                                List.of("Bug", "Highest", "payment"),
                                List.of("1.4.0", "1.5.0")),
                        issue(
                                "SHOP-2",
                                "It says \"error\" and nothing else",
                                true,
                                false,
                                List.of("Bug", "Low"),
                                List.of("1.4.0")),
                        issue(
                                "SHOP-3",
                                "Pay by invoice",
                                false,
                                false,
                                List.of("Story", "High", "payment", "checkout"),
                                List.of("1.4.0")));
    }

    @Test
    void jira_may_separate_by_semicolons_and_tell_by_the_resolution_alone() throws UnreadableEvidence {
        assertThat(read("Key;Summary;Resolution;Priority\nA-1;one;Unresolved;High\nA-2;two;;Low\nA-3;three;Fixed;Low\n")
                        .issues())
                .extracting(TrackedIssue::open)
                .containsExactly(true, true, false);
    }

    @Test
    void our_own_form_is_read_as_it_is_written() throws UnreadableEvidence {
        TrackerReport report = new TrackerReport(
                "issues of acme/shop at api.github.com",
                false,
                true,
                List.of(
                        issue("#1", "one", true, false, List.of("bug"), List.of("1.4.0")),
                        issue("#2", "two", true, true, List.of(), null)));

        assertThat(READER.report(report.bytes())).isEqualTo(report);
        assertThat(READER.recognises(report.bytes())).isTrue();
        assertThat(report.bytes()).isEqualTo(READER.report(report.bytes()).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"number\":7,\"state\":\"open\",\"title\":\"t\"}]",
                "[{\"number\":7,\"labels\":[],\"title\":\"t\"}]",
                "[{\"number\":7,\"labels\":[],\"title\":\"t\",\"state\":\"limbo\"}]",
                "[{\"number\":7,\"labels\":[],\"state\":\"open\"}]",
                "[{\"labels\":[],\"title\":\"t\",\"state\":\"open\"}]",
                "[{\"number\":7,\"labels\":[{\"color\":\"x\"}],\"title\":\"t\",\"state\":\"open\"}]",
                "{\"message\":\"Not Found\"}",
                "{\"slipway\":\"tracker/1\"}",
                "{\"slipway\":\"tracker/2\",\"issues\":[]}",
                "[{\"number\":7",
                "Issue key,Summary,Status,Priority\nA-1,one,Open,High\n",
                "Issue key,Summary,Resolution\nA-1,one,\n",
                "Issue key,Summary,Resolution,Priority\nA-1,one,,Hi",
                "Issue key,Summary,Resolution,Priority\nA-1,\"one,,High\n",
                "Issue key,Summary,Resolution,Priority\nA-1,one,High\n",
                "Issue key,Summary,Resolution,Priority\n,one,,High\n",
                ""
            })
    void what_does_not_say_what_has_to_be_known_or_was_cut_off_is_refused_in_words(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnreadableEvidence.class)
                .message()
                .isNotBlank();
    }
}
