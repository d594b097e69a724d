package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of issues in JSON: as GitHub's and GitLab's REST interfaces answer them, as {@code gh issue list --json} prints them,
 * and in our own form. Of an issue it has to be said whether it is open, and what it is filed under.
 */
public final class IssueJson {
    private static final int ISSUES_MAX = 50_000;
    private static final int LABEL_CHARACTERS_MAX = 255;
    private static final String CONFIDENTIAL = "(confidential)";
    private static final String UNKNOWN = "unknown";

    private final ReportJson json;
    private final List<TrackedIssue> issues = new ArrayList<>();
    private String form = "";
    private String source = "";
    private boolean closed;
    private boolean requests;
    /** Of the issue before, whose neighbours have mostly the same: one list is enough for them. */
    private List<String> labels = List.of();

    private List<String> distinctLabels = List.of();
    private List<String> milestones = List.of();
    private String state = "";
    private final List<String> texts = new ArrayList<>();

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
        boolean gitLab = false;
        boolean requested = false;
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            Draft draft = issue(false);
            gitLab |= draft.gitLab;
            requested |= draft.request;
        }
        return new TrackerReport(gitLab ? "GitLab" : "GitHub", true, requested, issues);
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
        private @Nullable List<String> filed;
        private @Nullable List<String> milestones;
        private boolean request;
        private boolean confidential;
        private boolean gitLab;
    }

    private Draft issue(boolean own) throws UnreadableEvidence {
        if (issues.size() >= ISSUES_MAX) {
            throw json.error("It has more than %,d issues".formatted(ISSUES_MAX));
        }
        Draft draft = new Draft();
        for (String member = json.first(); member != null; member = json.following()) {
            member(draft, member);
        }
        issues.add(issue(draft, own));
        return draft;
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
            case "state" -> draft.state = state = json.text(state);
            case "labels" -> draft.labels = labels();
            case "milestone" -> draft.milestones = milestones = milestone();
            case "milestones" -> draft.milestones = milestones = texts("title", milestones);
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
                file(draft, severity);
            }
        }
    }

    /** GitHub's issue types are objects with a name. */
    private void type(Draft draft) throws UnreadableEvidence {
        if (json.isObject()) {
            json.members(member -> {
                if (member.equals("name") && json.isText()) {
                    file(draft, json.text());
                }
            });
        }
    }

    private void file(Draft draft, String label) throws UnreadableEvidence {
        List<String> filed = draft.filed == null ? new ArrayList<>(1) : draft.filed;
        filed.add(label(label));
        draft.filed = filed;
    }

    private List<String> labels() throws UnreadableEvidence {
        List<String> listed = texts("name", labels);
        if (!listed.equals(labels)) {
            labels = listed;
            distinctLabels = listed.stream().distinct().toList();
        }
        return distinctLabels;
    }

    /** An object with a title, a title, or null. */
    private List<String> milestone() throws UnreadableEvidence {
        if (json.isNull()) {
            return List.of();
        }
        String likely = milestones.isEmpty() ? "" : milestones.getFirst();
        String title = json.isText() ? json.text(likely) : null;
        if (title == null) {
            for (String member = json.first(); member != null; member = json.following()) {
                title = member.equals("title") ? json.text(likely) : title;
            }
        }
        return title == null ? List.of() : title.equals(likely) && milestones.size() == 1 ? milestones : List.of(title);
    }

    /**
     * Texts, or objects that have one under this name.
     *
     * @param before the same of the issue before; where it is equal that very list is returned
     */
    private List<String> texts(String name, List<String> before) throws UnreadableEvidence {
        texts.clear();
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            int place = texts.size();
            if (place >= TrackedIssue.LABELS_MAX) {
                throw json.error("An issue has more than %d of these".formatted(TrackedIssue.LABELS_MAX));
            }
            String likely = place < before.size() ? before.get(place) : "";
            texts.add(json.isText() ? label(json.text(likely)) : textIn(name, likely));
        }
        return texts.equals(before) ? before : List.copyOf(texts);
    }

    private String textIn(String name, String likely) throws UnreadableEvidence {
        String text = null;
        for (String member = json.first(); member != null; member = json.following()) {
            if (member.equals(name)) {
                text = label(json.text(likely));
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
        List<String> filed = draft.filed;
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
                filed == null
                        ? labels
                        : Stream.concat(labels.stream(), filed.stream())
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
        return switch (state == null ? "" : state.toLowerCase(Locale.ROOT)) {
            case "open", "opened", "reopened" -> true;
            case "closed", "merged", "locked" -> false;
            default ->
                throw json.error(
                        "Of the issue %s it has to be said whether its \"state\" is open or closed".formatted(id));
        };
    }
}
