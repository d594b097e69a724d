package dev.slipway.validation.issues;

import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.tracker.IssueJson;
import dev.slipway.validation.evidence.tracker.TrackedIssue;
import dev.slipway.validation.evidence.tracker.TrackerReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server of GitHub's or GitLab's REST interface says of its issues by a rule. A label or milestone that there is not is said to be
 * that: an empty list would be taken for a good one.
 */
final class IssueServer {
    private static final int DEPTH_MAX = 64;
    private static final int TOKENS_MAX = 5_000_000;
    private static final int TEXT_CHARACTERS_MAX = 2_000_000;
    private static final ReportJson.Limits LIMITS = new ReportJson.Limits(DEPTH_MAX, TOKENS_MAX, TEXT_CHARACTERS_MAX);

    private final TrackerRule rule;
    private final TrackerCalls calls;
    private final TrackerSettings settings;
    private final JsonMapper json;
    private final boolean gitHub;
    private final String project;
    private final long until;

    IssueServer(TrackerRule rule, TrackerCalls calls, TrackerSettings settings, JsonMapper json) {
        this.rule = rule;
        this.calls = calls;
        this.settings = settings;
        this.json = json;
        this.gitHub = rule.server() == Server.GITHUB;
        String name = String.valueOf(rule.project());
        this.until = System.nanoTime() + settings.askWithin().toNanos();
        this.project = gitHub ? "/repos/" + name : "/projects/" + encoded(name);
    }

    /**
     * All that the rule asks for. Closed issues are asked for with a milestone alone.
     *
     * @throws Untold in words for people, if any of it is not answered whole
     */
    TrackerReport report() throws Untold, InterruptedException {
        requireLabels();
        String milestone = rule.milestone();
        String of = milestone == null ? "" : "&milestone=" + encoded(milestone(milestone));
        List<TrackedIssue> all =
                new ArrayList<>(list("/issues", state(milestone != null) + of + labels(rule.labels())));
        all.removeIf(TrackedIssue::request);
        Set<TrackedIssue> requests = new LinkedHashSet<>();
        for (String label : rule.backports()) {
            requests.addAll(requests(label));
        }
        all.addAll(requests);
        return new TrackerReport(
                rule.where(), milestone != null, !rule.backports().isEmpty(), all);
    }

    /**
     * Whether it can be asked at all: labels and one page of open issues, of which nothing is kept.
     *
     * @throws Untold in words for people, if it does not answer so
     */
    void look(List<String> labels) throws Untold, InterruptedException {
        requireLabels(labels);
        issues(page("/issues", state(false), 1).body());
    }

    /** GitHub has pull requests among its issues, GitLab has merge requests apart. */
    private List<TrackedIssue> requests(String label) throws Untold, InterruptedException {
        return list(gitHub ? "/issues" : "/merge_requests", state(false) + labels(List.of(label))).stream()
                .filter(TrackedIssue::request)
                .toList();
    }

    private String state(boolean closed) {
        if (gitHub) {
            return closed ? "state=all" : "state=open";
        }
        return closed ? "scope=all" : "scope=all&state=opened";
    }

    /** Both separate labels by commas, so that one with a comma in it cannot be asked for; whoever counts looks again. */
    private static String labels(List<String> labels) {
        String named = labels.stream()
                .filter(label -> label.indexOf(',') < 0)
                .map(IssueServer::encoded)
                .collect(Collectors.joining(","));
        return named.isEmpty() ? "" : "&labels=" + named;
    }

    private List<TrackedIssue> list(String path, String query) throws Untold, InterruptedException {
        List<TrackedIssue> all = new ArrayList<>();
        for (int page = 1; page <= settings.pagesMax(); page++) {
            TrackerCalls.Answer answer = page(path, query, page);
            List<TrackedIssue> read = issues(answer.body());
            all.addAll(read);
            if (!goesOn(answer, read.size())) {
                return all;
            }
        }
        throw new Untold(
                "%s has more than %,d entries of that kind, too many to be counted: name a milestone, or labels that fewer have"
                        .formatted(rule.project(), settings.pagesMax() * settings.pageSize()));
    }

    private TrackerCalls.Answer get(String path) throws Untold, InterruptedException {
        if (System.nanoTime() - until > 0) {
            throw new Untold("%s did not answer all that is asked within %d s"
                    .formatted(rule.host().orElse("It"), settings.askWithin().toSeconds()));
        }
        return calls.get(rule, path);
    }

    private TrackerCalls.Answer page(String path, String query, int page) throws Untold, InterruptedException {
        TrackerCalls.Answer answer =
                get("%s%s?%s&per_page=%d&page=%d".formatted(project, path, query, settings.pageSize(), page));
        if (!answer.there()) {
            throw new Untold(
                    "There are no issues of %s at %s, or whoever asks may not see them: look at the name, and at the token (slipway.validation.tracker.credentials)"
                            .formatted(rule.project(), rule.host().orElse("")));
        }
        return answer;
    }

    /** A server behind something that drops its headers says it by a page that is full. */
    private boolean goesOn(TrackerCalls.Answer answer, int read) {
        return answer.next() || read >= settings.pageSize();
    }

    private List<TrackedIssue> issues(byte[] body) throws Untold {
        try {
            return IssueJson.read(body, LIMITS).issues();
        } catch (UnreadableEvidence unreadable) {
            throw new Untold("What %s answers is no list of issues: %s"
                    .formatted(rule.host().orElse("it"), unreadable.getMessage()));
        }
    }

    /** A list of what has a label that nobody ever gave is empty, too. */
    private void requireLabels() throws Untold, InterruptedException {
        requireLabels(Stream.of(rule.labels(), rule.high(), rule.backports())
                .flatMap(List::stream)
                .distinct()
                .toList());
    }

    private void requireLabels(List<String> named) throws Untold, InterruptedException {
        for (String label : named) {
            if (!get("%s/labels/%s".formatted(project, encoded(label))).there()) {
                throw new Untold(
                        "There is no label %s in %s, or whoever asks may not see it: write it as it is called there"
                                .formatted(label, rule.project()));
            }
        }
    }

    /** What the list of issues is asked with: GitHub wants the number of a milestone, GitLab its title. */
    private String milestone(String title) throws Untold, InterruptedException {
        if (!gitHub) {
            TrackerCalls.Answer answer =
                    get("%s/milestones?title=%s&include_ancestors=true".formatted(project, encoded(title)));
            if (answer.there() && tree(answer.body()).valueStream().anyMatch(each -> isCalled(each, title))) {
                return title;
            }
            throw none(title);
        }
        for (int page = 1; page <= settings.pagesMax(); page++) {
            TrackerCalls.Answer answer = page("/milestones", "state=all", page);
            JsonNode list = tree(answer.body());
            @Nullable
            String number = list.valueStream()
                    .filter(each -> isCalled(each, title))
                    .map(each -> each.path("number").asString(""))
                    .findFirst()
                    .orElse(null);
            if (number != null && number.matches("[0-9]{1,18}")) {
                return number;
            }
            if (!goesOn(answer, list.size())) {
                break;
            }
        }
        throw none(title);
    }

    private static boolean isCalled(JsonNode milestone, String title) {
        return milestone.path("title").asString("").equals(title);
    }

    private Untold none(String title) {
        return new Untold(
                "There is no milestone %s in %s so far: make it, or write it in the policy as it is called there"
                        .formatted(title, rule.project()));
    }

    private JsonNode tree(byte[] body) throws Untold {
        try {
            JsonNode tree = json.readTree(body);
            if (tree.isArray()) {
                return tree;
            }
        } catch (JacksonException noJson) {
            // said below
        }
        throw new Untold("What %s answers is no list".formatted(rule.host().orElse("it")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
