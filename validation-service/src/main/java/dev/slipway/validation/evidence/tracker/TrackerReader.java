package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues of a tracker: lists in GitHub's or GitLab's JSON, CSV exports of Jira, and our own form. A report alone says how many there
 * are; which of them count says the gate, {@link TrackerFacts}.
 */
public final class TrackerReader implements EvidenceReader {
    /** How many issues and requests were handed in, whatever counts of them. */
    static final String ROWS = "tracker.rows";

    private static final int MEMBERS_MAX = 200;

    private final ReportJson.Limits limits;

    public TrackerReader(JUnitReader.Limits limits) {
        this.limits = ReportJson.Limits.of(limits);
    }

    @Override
    public String kind() {
        return TrackerRule.EVIDENCE;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        TrackerReport read = report(report);
        return new Reading(
                dialect(report, read),
                new Facts(List.of(Fact.count(ROWS, read.issues().size()))),
                List.of());
    }

    private static String dialect(byte[] report, TrackerReport read) {
        return isJson(report) && first(report) == '{' ? "issues as they were asked for" : read.source() + " issues";
    }

    /** All that is in it. */
    public TrackerReport report(byte[] report) throws UnreadableEvidence {
        return isJson(report) ? IssueJson.read(report, limits) : JiraCsv.read(report);
    }

    private static boolean isJson(byte[] report) {
        byte first = first(report);
        return first == '[' || first == '{';
    }

    /** What stands first that is not white, behind a byte order mark; 0 where nothing does. */
    private static byte first(byte[] report) {
        boolean marked = report.length > 2
                && (report[0] & 0xFF) == 0xEF
                && (report[1] & 0xFF) == 0xBB
                && (report[2] & 0xFF) == 0xBF;
        for (int at = marked ? 3 : 0; at < report.length; at++) {
            byte each = report[at];
            if (each < 0 || each > ' ') {
                return each;
            }
        }
        return 0;
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return null;
    }

    @Override
    public boolean recognises(byte[] report) {
        if (!isJson(report)) {
            return JiraCsv.begins(report);
        }
        Optional<ReportJson.Beginning> beginning = ReportJson.beginning(report, MEMBERS_MAX);
        return beginning.filter(TrackerReader::isOurs).isPresent();
    }

    private static boolean isOurs(ReportJson.Beginning beginning) {
        Set<String> members = beginning.members().keySet();
        boolean gitHub = members.contains("number") && members.contains("title") && members.contains("state");
        boolean gitLab = members.contains("iid") && members.contains("title") && members.contains("state");
        return beginning.list()
                ? (gitHub || gitLab) && members.contains("labels")
                : beginning.members().getOrDefault("slipway", "").startsWith("tracker/");
    }

    @Override
    public List<KnownFact> facts() {
        return List.of(
                KnownFact.neither(
                        ROWS, Fact.Unit.COUNT, "issues and requests that were handed in, whatever counts of them"),
                KnownFact.neither(
                        TrackerRule.ISSUES,
                        Fact.Unit.COUNT,
                        "issues that count by the gate's tracker, open and closed; of a server with a milestone alone"),
                KnownFact.lower(TrackerRule.OPEN, Fact.Unit.COUNT, "open ones of them"),
                KnownFact.lower(TrackerRule.HIGH, Fact.Unit.COUNT, "open ones of them with a label of tracker.high"),
                KnownFact.higher(
                        TrackerRule.CLOSED, Fact.Unit.COUNT, "closed ones of them; of a server with a milestone alone"),
                KnownFact.higher(
                        TrackerRule.DONE,
                        Fact.Unit.PERCENT,
                        "closed ones of them all, where there are any; of a server with a milestone alone"),
                KnownFact.lower(
                        TrackerRule.UNMERGED,
                        Fact.Unit.COUNT,
                        "open pull or merge requests with a label of tracker.backports"));
    }

    @Override
    public boolean isWhole(byte[] report) {
        if (isJson(report)) {
            return ReportJson.isWhole(report, limits);
        }
        try {
            JiraCsv.read(report);
            return true;
        } catch (UnreadableEvidence broken) {
            return false;
        }
    }
}
