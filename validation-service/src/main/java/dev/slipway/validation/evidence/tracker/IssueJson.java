package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of issues in JSON: as GitHub's and GitLab's REST interfaces answer them, as {@code gh issue list --json} prints them,
 * and in our own form. Of an issue it has to be said whether it is open, and what it is filed under.
 */
public final class IssueJson {
    private static final int ISSUES_MAX = 50_000;
    private static final int LABEL_CHARACTERS_MAX = 255;
    private static final Set<String> OPEN = Set.of("open", "opened", "reopened");
    private static final Set<String> CLOSED = Set.of("closed", "merged", "locked");
    private static final String CONFIDENTIAL = "(confidential)";
    private static final String UNKNOWN = "unknown";

    private final ReportJson json;
    private final List<TrackedIssue> issues = new ArrayList<>();
    private String form = "";
    private String source = "";
    private boolean closed;
    private boolean requests;

    private IssueJson(ReportJson json) {
        this.json = json;
    }

    /** @throws UnreadableEvidence if it is no such list, or does not say of an issue what has to be known */
    public static TrackerReport read(byte[] report, ReportJson.Limits limits) throws UnreadableEvidence {
        return ReportJson.read(report, limits, json -> new IssueJson(json).report());
    }

    private TrackerReport report() throws UnreadableEvidence {
        return json.isObject() ? own() : list();
    }

    private TrackerReport list() throws UnreadableEvidence {
        boolean[] gitLab = {false};
        json.elements(() -> gitLab[0] |= issue(false));
        return new TrackerReport(
                gitLab[0] ? "GitLab" : "GitHub", true, issues.stream().anyMatch(TrackedIssue::request), issues);
    }

    private TrackerReport own() throws UnreadableEvidence {
        boolean[] listed = {false};
        json.members(member -> {
            switch (member) {
                case "slipway" -> form = json.text();
                case "source" -> source = json.text();
                case "closed" -> closed = json.flag();
                case "requests" -> requests = json.flag();
                case "issues" -> {
                    listed[0] = true;
                    json.elements(() -> issue(true));
                }
                default -> throw json.error("Only slipway, source, closed, requests and issues may stand here");
            }
        });
        if (!form.equals(TrackerReport.FORM) || !listed[0]) {
            throw json.error(
                    "This is no list of issues: it has to begin with [, or to say \"slipway\": \"%s\" and \"issues\""
                            .formatted(TrackerReport.FORM));
        }
        return new TrackerReport(Texts.brief(source, LABEL_CHARACTERS_MAX), closed, requests, issues);
    }

    /** What is said of one issue, while it is read. */
    private static final class Draft {
        private @Nullable String id;
        private @Nullable String number;
        private @Nullable String title;
        private @Nullable String state;
        private @Nullable List<String> labels;
        private final List<String> filed = new ArrayList<>();
        private @Nullable List<String> milestones;
        private boolean request;
        private boolean confidential;
        private boolean gitLab;
    }

    /** @return whether it is one of GitLab's */
    private boolean issue(boolean own) throws UnreadableEvidence {
        if (issues.size() >= ISSUES_MAX) {
            throw json.error("It has more than %,d issues".formatted(ISSUES_MAX));
        }
        Draft draft = new Draft();
        for (String member = json.first(); member != null; member = json.following()) {
            member(draft, member);
        }
        issues.add(issue(draft, own));
        return draft.gitLab;
    }

    private void member(Draft draft, String member) throws UnreadableEvidence {
        switch (member) {
            case "id" -> draft.id = json.isText() ? json.text() : null;
            case "number" -> draft.number = "#" + json.count();
            case "iid" -> {
                draft.number = String.valueOf(json.count());
                draft.gitLab = true;
            }
            case "title" -> draft.title = json.text();
            case "state" -> draft.state = json.text();
            case "labels" -> draft.labels = texts("name");
            case "milestone" -> draft.milestones = milestone();
            case "milestones" -> draft.milestones = texts("title");
            case "pull_request" -> draft.request |= json.isObject();
            case "source_branch" -> draft.request = true;
            case "request" -> draft.request |= json.flag();
            case "confidential" -> draft.confidential = json.flag();
            case "severity" -> severity(draft);
            case "type" -> type(draft);
            default -> {
                // nothing that counts
            }
        }
    }

    /** GitLab says how bad an incident is, and of others that it is unknown. */
    private void severity(Draft draft) throws UnreadableEvidence {
        if (json.isText()) {
            String severity = json.text();
            if (!severity.equalsIgnoreCase(UNKNOWN)) {
                draft.filed.add(label(severity));
            }
        }
    }

    /** GitHub's issue types are objects with a name. */
    private void type(Draft draft) throws UnreadableEvidence {
        if (json.isObject()) {
            json.members(member -> {
                if (member.equals("name") && json.isText()) {
                    draft.filed.add(label(json.text()));
                }
            });
        }
    }

    /** An object with a title, a title, or null. */
    private List<String> milestone() throws UnreadableEvidence {
        List<String> titles = new ArrayList<>(1);
        if (json.isText()) {
            titles.add(json.text());
        } else if (!json.isNull()) {
            for (String member = json.first(); member != null; member = json.following()) {
                if (member.equals("title")) {
                    titles.add(json.text());
                }
            }
        }
        return titles;
    }

    /** Texts, or objects that have one under this name. */
    private List<String> texts(String name) throws UnreadableEvidence {
        List<String> texts = new ArrayList<>();
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            if (texts.size() >= TrackedIssue.LABELS_MAX) {
                throw json.error("An issue has more than %d of these".formatted(TrackedIssue.LABELS_MAX));
            }
            texts.add(label(json.isText() ? json.text() : textIn(name)));
        }
        return texts;
    }

    private String textIn(String name) throws UnreadableEvidence {
        String text = null;
        for (String member = json.first(); member != null; member = json.following()) {
            if (member.equals(name)) {
                text = label(json.text());
            }
        }
        if (text == null) {
            throw json.error("It has no \"%s\"".formatted(name));
        }
        return text;
    }

    private String label(String text) throws UnreadableEvidence {
        if (text.length() > LABEL_CHARACTERS_MAX) {
            throw json.error("A label has more than %d characters".formatted(LABEL_CHARACTERS_MAX));
        }
        return text;
    }

    private TrackedIssue issue(Draft draft, boolean own) throws UnreadableEvidence {
        String id = own ? draft.id : numbered(draft);
        String title = draft.title;
        List<String> labels = draft.labels;
        if (id == null || !TrackedIssue.isId(id)) {
            throw json.error("This issue has no number");
        }
        if (title == null) {
            throw json.error("The issue %s has no \"title\"".formatted(id));
        }
        if (labels == null) {
            throw json.error(
                    "Of the issue %s it is not said what labels it has: ask for them, as in gh issue list --state all --json number,title,state,labels,milestone"
                            .formatted(id));
        }
        return new TrackedIssue(
                id,
                draft.confidential ? CONFIDENTIAL : title,
                isOpen(id, draft.state),
                draft.request,
                draft.filed.isEmpty() && labels.size() < 2
                        ? labels
                        : Stream.concat(labels.stream(), draft.filed.stream())
                                .distinct()
                                .toList(),
                draft.milestones);
    }

    private static @Nullable String numbered(Draft draft) {
        if (draft.number == null || !draft.gitLab) {
            return draft.number;
        }
        return (draft.request ? "!" : "#") + draft.number;
    }

    private boolean isOpen(String id, @Nullable String state) throws UnreadableEvidence {
        String word = state == null ? "" : state.toLowerCase(Locale.ROOT);
        boolean open = OPEN.contains(word);
        if (!open && !CLOSED.contains(word)) {
            throw json.error("Of the issue %s it has to be said whether its \"state\" is open or closed".formatted(id));
        }
        return open;
    }
}
