package dev.slipway.validation.evidence.tracker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.slipway.contracts.WireJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues and requests of a tracker.
 *
 * @param source whose way of writing it is, or where it was asked for; for people
 * @param closed whether closed issues are among them, where there are any
 * @param requests whether pull or merge requests are among them, where there are any
 * @param issues in the order in which they came
 */
public record TrackerReport(String source, boolean closed, boolean requests, List<TrackedIssue> issues) {
    /** Which form of our own it is, as {@link #bytes} has it. */
    public static final String FORM = "tracker/1";

    public TrackerReport {
        issues = List.copyOf(issues);
    }

    /** As it is kept. Nothing of it but what counts or names an issue: no texts, no people. */
    @JsonPropertyOrder({"slipway", "source", "closed", "requests", "issues"})
    private record Written(
            String slipway, String source, boolean closed, boolean requests, List<WrittenIssue> issues) {}

    @JsonPropertyOrder({"id", "title", "state", "request", "labels", "milestones"})
    private record WrittenIssue(
            String id,
            String title,
            String state,
            boolean request,
            List<String> labels,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> milestones) {
        static WrittenIssue of(TrackedIssue issue) {
            return new WrittenIssue(
                    issue.id(),
                    issue.title(),
                    issue.open() ? "open" : "closed",
                    issue.request(),
                    issue.labels(),
                    issue.milestones());
        }
    }

    /** In our own form. The same issues in the same order always have the same bytes: nobody's clock is in it. */
    public byte[] bytes() {
        return WireJson.mapper()
                .writeValueAsBytes(new Written(
                        FORM,
                        source,
                        closed,
                        requests,
                        issues.stream().map(WrittenIssue::of).toList()));
    }
}
