package dev.slipway.guide;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Slipway does or renders in each release that a line may stand for. Whether it does is for a person to say: these are
 * choices, the likeliest first.
 */
public final class StandsFor {
    private static final Pattern STAGED = Pattern.compile(
            "(?i).*\\bstag(e|ed|ing)\\b.*\\b(deploy\\w*|succe\\w+)\\b.*|.*\\b(deploy\\w*|succe\\w+)\\b.*\\bstag(e|ed|ing)\\b.*");
    private static final Pattern WATCHED = Pattern.compile(
            "(?i).*\\b(monitor\\w*|metrics|gradual\\w*|canary|error rates?|latency|step by step|in small"
                    + " shares|traffic)\\b.*");
    private static final Pattern BACK = Pattern.compile(
            "(?i).*(\\broll-?back\\b|\\bsnapshot\\b|previous (stable )?version|way back|\\brevert\\b).*");
    private static final Pattern MERGED = Pattern.compile("(?i).*\\bmerge[sd]?\\b.*");
    private static final Pattern TAGGED = Pattern.compile("(?i).*\\b(tag|tags|tagged)\\b.*");
    /** By which a policy names the document that its announcements are. */
    public static final String ANNOUNCEMENT = "announcement";

    private static final Pattern ANNOUNCED =
            Pattern.compile("(?i).*\\b(announc\\w+|blog ?posts?|status ?page|newsletter|tweet)\\b.*");
    private static final Pattern TOLD =
            Pattern.compile("(?i).*\\b(notify|notified|tell|told|inform\\w*|announce\\w*|message)\\b.*");
    private static final Pattern DEPLOYED = Pattern.compile("(?i).*\\b(deploy\\w*|roll ?out|ship|promote)\\b.*");
    private static final Pattern LIMITS = Pattern.compile("(?i).*\\b(limitations?|known issues?|caveats?)\\b.*");
    private static final Pattern RUNBOOK = Pattern.compile("(?i).*(run-?book|deployment steps|playbook).*");
    private static final Pattern SHARES =
            Pattern.compile("(?i).*\\b(gradual\\w*|canary|step by step|in small shares)\\b.*");
    private static final Pattern DISRUPTED = Pattern.compile(
            "(?i).*\\b(disrupt\\w*|how many (answers|requests|users|errors)|(metrics|error rates?|latency) before and"
                    + " (after|since))\\b.*");
    private static final Pattern MEASURED = Pattern.compile("(?i).*\\binsights?\\b.*");
    private static final String REPORT = "report";
    private static final Pattern RECORD = Pattern.compile("(?i).*\\b(proof|record|audit|evidence|archive)\\b.*");
    private static final Pattern NOTES = Pattern.compile("(?i).*(change-?log|release[- ]notes?|\\bnotes\\b|features|bug"
            + " ?fix|improvements|upgrade|highlights|compatib|backup|breaking).*");

    private StandsFor() {}

    /** Actions, and the gate over the way back, as {@code --decide} takes them, with what comes of each. */
    public static Map<String, String> actions(Proposal proposal) {
        String text = proposal.line().text();
        Map<String, String> found = new LinkedHashMap<>();
        if (STAGED.matcher(text).matches()) {
            found.put("action:stage", "staging runs and verifies exactly this release");
        }
        if (WATCHED.matcher(text).matches()) {
            found.put(
                    "action:deploy",
                    "each share of users is judged by errors and latency, the watch at full traffic too");
        }
        if (BACK.matcher(text).matches()) {
            found.put("gate:way-back", "the version before is kept, and its way back tried");
            found.put("action:rollback", "production goes back by itself when it is bad");
        }
        if (proposal.kind() == LineClass.ACTION) {
            put(found, MERGED, text, "action:merge", "the release merges after production");
            put(found, TAGGED, text, "action:tag", "the release tags after production");
            put(found, TOLD, text, "action:notify", "each contact is told");
            put(found, DEPLOYED, text, "action:deploy", "production runs it, step by step");
        }
        return found;
    }

    /** Documents by the names that a policy has for them. */
    public static Map<String, String> documents(Proposal proposal) {
        String text = proposal.line().text();
        String all = text + " " + proposal.line().heading();
        Map<String, String> found = new LinkedHashMap<>();
        put(found, RUNBOOK, text, "runbook", "rendered from the plan of exactly this release");
        put(found, LIMITS, all, "known-limitations", "waivers, and what the policy goes without");
        put(found, NOTES, all, "notes", "rendered from the commits of the release");
        found.putAll(announcements(proposal));
        put(found, RECORD, all, "record", "the whole record: slipway evidence export");
        return found;
    }

    /** Whether it asks that users get it share by share, which a canary does. */
    public static boolean inShares(Proposal proposal) {
        return SHARES.matcher(proposal.line().text()).matches();
    }

    /** What was measured says it: what users had of a release that went wrong. */
    public static Map<String, String> disruption(Proposal proposal) {
        return measured(DISRUPTED, proposal);
    }

    /** What was measured says a part of it, and people the rest. */
    public static Map<String, String> insights(Proposal proposal) {
        return measured(MEASURED, proposal);
    }

    private static Map<String, String> measured(Pattern says, Proposal proposal) {
        Map<String, String> found = new LinkedHashMap<>();
        put(
                found,
                says,
                proposal.line().text(),
                REPORT,
                "rendered from what was measured before it and since, and what it cost users");
        return found;
    }

    /** The one of these that is sent to people who use it, whatever kind of line asks for that. */
    public static Map<String, String> announcements(Proposal proposal) {
        Map<String, String> found = new LinkedHashMap<>();
        put(
                found,
                ANNOUNCED,
                proposal.line().text(),
                ANNOUNCEMENT,
                "what is told to those who use it, by the policy's announcements");
        return found;
    }

    private static void put(Map<String, String> found, Pattern says, String text, String name, String words) {
        if (says.matcher(text).matches()) {
            found.putIfAbsent(name, words);
        }
    }
}
