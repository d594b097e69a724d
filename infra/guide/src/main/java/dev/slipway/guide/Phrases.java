package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.bound;
import static dev.slipway.guide.Classed.document;
import static dev.slipway.guide.Classed.duty;
import static dev.slipway.guide.Classed.gate;

import java.util.regex.Pattern;

/** What asks without a verb of its own: what must be the case, and names under a heading that asks. */
final class Phrases {
    /** It says something of what it names. */
    private static final Pattern FINITE = Pattern.compile(
            "(?i).*\\b(is|are|was|were|has|have|been|be|pass(es|ed)?|works?|succeeds?|succeeded|exists?)\\b.*");

    /** How a text is, without a verb. */
    private static final Pattern STANDS = Pattern.compile(
            "(?i).*\\b(up[- ]to[- ]date|accurate|correct|current|complete|(looks?|reads?) (good|right|fine|well|correct|ok))\\W*");

    private static final Pattern DRAFTED = Pattern.compile(
            "(?i).*\\b(posts?|announcements?|notifications?|e?-?mails?|messages?|tweets?|drafts?|texts?) (is |are )?ready\\W*");

    private static final Pattern SENT = Pattern.compile(
            "(?i).*\\b(e?-?mails?|announcements?|messages?|posts?|tweets?|notifications?) (is|are|gets?|will be) (then |also )?(sent|posted|published|tweeted)\\b.*");

    private static final Pattern OWN_MACHINE = Pattern.compile(
            "(?i).*\\b(local git|your (local )?(system|machine|laptop|computer|path|shell|workstation|device)|checked out (on|under|at|to))\\b.*");
    /** How a program stands, without a verb. */
    private static final Pattern WORKS = Pattern.compile(
            "(?i)no\\b.{2,60}\\b(is|are|has|have|open|left|remaining|pending)\\b.*|(the )?branch is up[- ]to[- ]date\\b.*|no [\\w/-]+( [\\w/-]+){0,6}\\W*|.*\\b(connectivity|connections?|integrity|integrations?|endpoints?|routing|backups?)"
                    + " (was |were |is |are )?(verified|checked|validated|confirmed)\\W*|.+ (passed|succeeded|working|running|active|healthy|normal|stable|responding|responsive|reachable|connected|valid|passing|online|functional|operational"
                    + "|accessible|within (the )?(normal |expected |acceptable )?(range|limits?|budget|bounds|thresholds?)|starts? (successfully|up|correctly|cleanly))"
                    + "(\\W*$| (in|on|after|for|with) .*)");

    private static final Pattern OF_PERSONS = Pattern.compile(
            "(?i).*\\b(teams?|people|staff|engineers?|support|managers?|owners?|leads?|plans?|channels?|coverage)\\b.*");

    static final String TEXT_JUDGED = "somebody looks whether a text is as it should be";

    private static final Pattern TELLS = Pattern.compile(
            "(?i).+ (\\p{L}+ed|built|sent|made|done|written|told|set|cut|run|available|ready|valid|active|live|green|stable|normal|healthy"
                    + "|accurate|complete|present|passing|working|clean)(\\W*$|,.*| \\(.*| (by|with|to|on|in|into|for|from|of|at|against|as|per) .*)");

    private static final Pattern TROUBLE =
            Pattern.compile("(?i)^(if|when|wenn|falls)\\b.*\\b(fail\\w*|awry|wrong|problems?|regressions?|critical"
                    + " bugs?|fehl\\w*)\\b.*");
    private static final Pattern PROPERTY =
            Pattern.compile("(?i)^(its?|their|they|personnel|number of|alerts|if it)\\b.*|^[\\p{L} /.-]{1,40}:"
                    + " (its?|their|they|if|personnel|\\p{L}+ usage|number of|alerts|point|disk|cpu)\\b.*");
    private static final Pattern AGREED = Pattern.compile(
            "(?i).*\\b(agreed|decided|discussed|informed|notified|told|aware|confirmed (with|by)|(message|announcement|mail|post|tweet)s?"
                    + " (was|were|has|have|is|are))\\b.*");
    private static final Pattern BY_HAND = Pattern.compile(
            "(?i).*\\bdemos?\\b.*\\b(verified|works?|run|tested|rehearsed)\\b.*|.*\\b(manual(ly)?|in the browser|browser console|by hand|visually)\\b.*");
    /** Said of a text as it stands. */
    private static final Pattern PASSIVE = Pattern.compile(
            "(?i).*\\b((is|are|was|were|been) (\\w+ly )?(updated|prepared|created|written"
                    + "|up.to.date|reviewed|finali[sz]ed|present)|covers?|reflects?|describes?|explains?|summari[sz]es?|mentions?|includes?|accurate)\\b.*");

    private static final Pattern SIGNED = Pattern.compile(
            "(?i).*\\b(sign.?off|approv(al|e|es|ed)|lgtm|reviewers?|reviewed|review (is )?(completed?|done)|freigabe)\\b.*");
    /** "Library release", "Mirror upload". */
    private static final Pattern DOES =
            Pattern.compile("(?i)^([\\w-]+ ){1,3}(release|publication|upload|tagging|clean-?up)\\W*$");
    /** "Test lead: everything was tried". */
    private static final Pattern SAYS_SO = Pattern.compile(
            "(?i)^[^:.]{0,40}\\b(leads?|managers?|owners?|coordinators?|captains?|shepherds?|engineers?|maintainers?|officers?"
                    + "|admins?|teams?|champions?|approvers?|stewards?)\\W{0,3}:\\s.*");

    /** What stands in a file, or in a setting that is named. */
    private static final Pattern IN_FILE = Pattern.compile(
            "(?i)^`[^`]+` (is|are|has|have|contains?|equals?|match(es)?|points?)\\b(?!.*\\b(ready|good|fine|clear|reasonable|reviewed|approved)\\b).*");
    /** People whose name is that of what they do. */
    private static final Pattern PEOPLE = Pattern.compile(
            "(?i)^(\\w+-)?(developers?|testers?|users?|stakeholders?|customers?|everyone|everybody|(\\w+ )?staff|engineers?) (\\w+ly )?(test|try|check|review|verify|approve|approval|sign|use)\\b.*"
                    + "|^([\\w-]+ )?(qa|uat)( (test\\w*|check\\w*|review\\w*|round|session))?\\b(?!.*\\b(pass\\w*|green|succe\\w+)\\b).*");

    private static final Pattern WHO_DOES =
            Pattern.compile("(?i).*\\b(must|should|needs?|has to|reviews?|merges|will|can)\\b.*");

    private Phrases() {}

    /** Whether a text only names something, and says nothing of it. */
    static boolean names(String text) {
        return text.split("\\s+").length <= 6 && !says(text);
    }

    /** Whether something was done, or how something stands, without a verb: "Resellers told", "Update available". */
    static boolean tells(String text) {
        return says(text) || TELLS.matcher(text).matches();
    }

    static boolean says(String text) {
        return FINITE.matcher(text).matches();
    }

    /** @param workplace whether its headings speak of what whoever releases has and prepares */
    static Classed of(GuideLine line, String text, Topic topic, boolean workplace) {
        if (TROUBLE.matcher(text).matches()) {
            return duty("it says what somebody does when something goes wrong");
        }
        if (PROPERTY.matcher(text).matches()) {
            return Evidence.of(text)
                    .filter(Phrases::measured)
                    .map(found -> gate(found, "a report can say it"))
                    .orElseGet(() -> duty("a property of the application that no report says: somebody attests it"));
        }
        if (DOES.matcher(text).matches()) {
            return action("it names what is done");
        }
        if (SAYS_SO.matcher(text).matches()) {
            return duty("it names who says so");
        }
        if (AGREED.matcher(text).matches() || BY_HAND.matcher(text).matches()) {
            return duty("people have to agree, to know or to look");
        }
        if (PEOPLE.matcher(text).matches()) {
            return duty("it names who does it");
        }
        if (text.matches("(?i).*\\b(verified|checked|confirmed) (as|to be) \\w+.*")) {
            return duty("somebody looks and judges");
        }
        if (IN_FILE.matcher(text).matches()) {
            return bound(line, text).orElseGet(() -> gate(Evidence.CI, "what a file says can be compared by a run"));
        }
        if (Texts.named(text) && STANDS.matcher(text).matches()) {
            return duty(TEXT_JUDGED);
        }
        if (DRAFTED.matcher(text).matches()) {
            return document("a text is there to be sent");
        }
        if (SENT.matcher(text).matches()) {
            return action("something is sent");
        }
        if (line.text().matches("(?i).*\\((done )?manual(ly)?\\b.*")) {
            return duty("somebody does it by hand");
        }
        if (Texts.named(text)
                && (PASSIVE.matcher(text).matches() || text.matches("(?i).*\\b(reviewed|approved)\\b.*"))) {
            return duty(TEXT_JUDGED);
        }
        if (topic == Topic.CRITERIA && Texts.named(text)) {
            return gate(Evidence.DOCS, "a run can check links and version strings");
        }
        if (text.matches(
                "(?i)(\\p{L}+ ){0,2}(announcements?|notifications?)|((social media|twitter|linkedin|mastodon|slack|reddit|forum) )(posts?|announcements?)\\b.*")) {
            return action("something is sent");
        }
        if (SIGNED.matcher(text).matches()
                || (NamedRole.of(line).isPresent()
                        && !Looking.AUTOMATED.matcher(text).matches()
                        && WHO_DOES.matcher(text).matches())) {
            return duty("it names who does it");
        }
        if (OWN_MACHINE.matcher(text).matches()) {
            return duty("it is about the machine of whoever releases");
        }
        if (WORKS.matcher(text).matches() && !OF_PERSONS.matcher(text).matches()) {
            return gate(Evidence.of(text).orElse(Evidence.MONITORING), "how something runs can be measured");
        }
        if (Looking.access(text)) {
            return duty("it is about what whoever releases may and has");
        }
        if (workplace && !says(text) && !Looking.AUTOMATED.matcher(text).matches()) {
            return duty("whoever releases prepares their own workplace");
        }
        if (topic == Topic.NOTES || topic == Topic.UPGRADE) {
            return document("its heading is that of a text");
        }
        if (topic == Topic.IMPROVEMENT) {
            return duty("its heading asks people");
        }
        if (Texts.named(text) && !text.matches("(?i).*\\b(succeed\\w*|pass\\w*|builds?(?! and\\b)|links)\\b.*")) {
            return document("it names a text");
        }
        return bound(line, text).orElseGet(() -> duty(Classing.NOT_KNOWN + ", so a person does"));
    }

    /** What is measured by tests, and not merely spoken of. */
    private static boolean measured(Evidence evidence) {
        return switch (evidence) {
            case UNIT, INTEGRATION, TESTS, STABILITY, COVERAGE, PERFORMANCE, VULNERABILITIES, SMOKE -> true;
            case SIGNED_TAG,
                    PROVENANCE,
                    SIGNATURE,
                    CHECKSUMS,
                    LICENCES,
                    PARTS,
                    CONFLICTS,
                    WAY_BACK,
                    ISOLATED,
                    SETTINGS,
                    LINT,
                    CONFIGURATION,
                    MONITORING,
                    BUGS,
                    CI,
                    VERSION,
                    DOCS,
                    ARRIVED -> false;
        };
    }
}
