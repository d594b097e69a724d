package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.bound;
import static dev.slipway.guide.Classed.document;
import static dev.slipway.guide.Classed.duty;
import static dev.slipway.guide.Classed.gate;

import java.util.Optional;
import java.util.regex.Pattern;

/** Requests to look, to wait and to decide: whether a report says it, or a person does. */
final class Looking {
    private static final Pattern ACCESS = Pattern.compile(
            "(?i).*\\b(access|permissions?|credentials?|admin (role|rights)|write access|api key|(gpg|gnupg|pgp|signing|ssh) key|logged (in|into|on to)|log in|token|2fa|account|privileges?|have (time|the|a|at least)|you"
                    + " (are(?! (about|going|releasing))|have|can|need)|installed|install|calendar|passwords?|role\\b|editor\\b|free space|developer"
                    + " on)\\b.*");
    /** What is released is installed to see that it can be; a tool is installed to work with it. */
    private static final Pattern INSTALLS = Pattern.compile(
            "(?i).*(\\b(image|artifact|release|package)s?\\b.*\\bavailable|can be (installed|upgraded|downloaded)|installed (on|in|to) (the|each|every) (\\w+ )?(clusters?|servers?|environments?)|\\binstall(s|ed|ation)?"
                    + " (succeeds?|works?|from|via|with|using|through)\\b).*");

    static final Pattern AUTOMATED = Pattern.compile(
            "(?i).*\\b(tests?(?! plans?\\b)|benchmarks?|scans?|suite|checks?(?! (in|out)\\b)|lint\\w*|verification|validation|dry.?run|govulncheck|e2e|smoke|assessment|audit)\\b.*");

    private static final Pattern JUDGED = Pattern.compile(
            "(?i).*\\b(manual(ly)?|too (long|much|many|big|large|slow)|looks?|correct(ly)?|sense|(is|are|be|as|seems?) appropriate|appropriately|sane|reasonable|everyone|everybody|people|stakeholders?|customers?|sign.?off|approv(al|ed)|consensus|agree(d|ment)|reviewed|review|by"
                    + " hand|accurate|well|risky?|worth|ready|needed|design doc|has been"
                    + " told|aware|feedback|decision|decide|users|notified|informed|owners?|vacation|rota|up.to.date with|updated for)\\b.*");
    private static final Pattern MANUAL_TEST = Pattern.compile("(?i).*\\b(manual(ly)?|by"
            + " hand|device|browser|phone|android|ios|windows|macos|linux|locally|click|exploratory|staging"
            + " environment first|upgrade path|your machine|fresh install|install"
            + " it|ui\\b|chart|app\\b|translations?|guides?|tutorials?)\\b.*");
    /** What has to be so: "that the index lists it", "there is nothing left". */
    private static final Pattern FACT = Pattern.compile(
            "(?i)^(ensure|make sure|be sure|verify|confirm|validate|double-check|check|assert)"
                    + "( to ensure)? (that\\b.*|there (is|are|'s)\\b.*|(?!if\\b|whether\\b|for\\b)[^,;]{2,80}? (is|are|was|were|has|have|isn't|aren't|hasn't|does|doesn't|do not|don't"
                    + "|makes?|generates?|lists?|contains?|exists?|resolves?|loads?|starts?|works?|builds?|runs?|passes|points?|match(es)?|equals|corresponds)\\b.*)");
    /** Of one's own machine, of what users see, of how much: no run says it. */
    private static final Pattern NO_FACT = Pattern.compile(
            "(?i).*\\b(you|your|you've|you're|nicely|smoothly|up[- ]to[- ]date|understand\\w*|too (long|much|many)|enough|adequate|sufficient"
                    + "|odd|strange|unusual|weird|suspicious|surprising|good|bad|fine|nice|great|happy|satisfied|comfortable|safe|sensible|usable|readable|useful|helpful|meaningful|easy|friendly"
                    + "|valid|consistent|user|linux|windows|macos|browser|deprecated|presently|currently|order|documented|clear(ly)?|agree\\w*)\\b.*");
    /** A place that is named after tests tests nothing. */
    private static final Pattern TEST_PLACE = Pattern.compile(
            "(?i)\\btest[. -]?(pypi|flight|net|server|instance|environment|account|user|plan|app|site|project|data)s?\\b");

    private static final Pattern WAITS_FOR_PEOPLE = Pattern.compile(
            "(?i)(?!.*\\b(app|play) store\\b).*\\b(approv\\w+|review|response|reply|feedback|team|people|person|lgtm|votes?|go-ahead|sign.?off|maintainers?|qa|testers?|users?)\\b.*");
    private static final Pattern WATCHES_RUN = Pattern.compile(
            "(?i).*\\b(workflow|pipeline|build|job|ci|action|metrics|dashboards?|errors?|error"
                    + " rates?|performance|logs?|rollout|deployment|crash\\w*|system|alerts?|canary|health|memory|cpu|disk|traffic|latency|grafana|anomal(y|ies)|usage)\\b.*");
    private static final Pattern COMES_UP =
            Pattern.compile("(?i).*\\b(shows? up|appears?|come up|goes? live|gets? published|be published)\\b.*");
    private static final Pattern SECOND_ACT = Pattern.compile(
            "(?i).*\\b(and|then|;)\\s+(then\\s+)?(merge|publish|push|tag|deploy|release|approve and merge)\\b(?!-).*");
    private static final Pattern TEAM_TALK =
            Pattern.compile("(?i)^(contact|ask|request|get|ping|work|talk|reach|coordinate)\\b.*");
    private static final Pattern BUMP_ASKED = Pattern.compile(
            "(?i).*(- |– |; |, |\\. )(if|when)\\b.*\\b(open|create|raise|bump|update|contact|create it)\\b.*"
                    + "|.*\\. (File|Raise|Report|Triage|Open|Create)\\b.*\\b(issues?|bugs?|tickets?|them|it|triage)\\b.*|.*\\band (if|when)\\b.*");
    /** A box on a screen. */
    private static final Pattern TICKS = Pattern.compile(
            "(?i)check (the |off )?[`\"“'](this is|set as|mark)\\b.*|check (the|a|this|that|both|all) ([\\w`'\"-]+ ){0,7}(check-?)?box(es)?\\b.*");

    private static final Pattern THEN_ACTS =
            Pattern.compile("(?i).*[,;]? then\\s+(merge|publish|push|tag|deploy|release|approve and merge)\\b.*");
    /** "Make sure that the list is fresh by running `x`". */
    private static final Pattern MADE_SO =
            Pattern.compile("(?i).*(:|\\bby (running|executing|calling)|\\bclean|\\bdate) `[^`]+`.*");

    private static final Pattern CHECKER = Pattern.compile(
            "(?i).*`[^`]*\\b(grep|diff|show|describe|status|log|list|ls|version|curl|tests?|checks?|lint|verify|audit|whoami|dry-run|cat|info)\\b[^`]*`.*");

    private static final Pattern OWN = Pattern.compile(
            "(?i)(ensure|make sure|be sure|check|verify|confirm)( that)? you(('|’)(ve|re)|( do not| don't)? have| are)\\b.*");

    private static final Pattern AT_HAND = Pattern.compile("(?i).*\\((done )?manual(ly)?\\b.*");
    /** "Check for newer ones". */
    private static final Pattern FINDS = Pattern.compile(
            "(?i)(check|look|scan|search) for (any )?(\\w+ )?(outdated|updates?|newer|new|todos?|deprecat\\w+|stale|missing|unused|typos)\\b.*");

    private static final Pattern AND_ACTS = Pattern.compile(
            "(?i)(check|review|verify|inspect)\\b[^,;.]{2,60}? and (then )?(commit|merge|push|publish|tag) (the|it|them|that|those|your|all)\\b.*");

    private static final Pattern A_TIME = Pattern.compile(
            "(?i).*\\b(time|slots?|days?|rooms?|calendars?|hours?|people|persons?|meetings?|capacity)\\b.*");
    /** A machine that did it "correctly" did it; only a person says whether something looks right. */
    private static final Pattern MACHINE = Pattern.compile(
            "(?i)\\b(builds?|built|runs?|ran|post(?:s|ed)?|publish(?:es|ed)|upload(?:s|ed)?|deploy(?:s|ed)?"
                    + "|complete[sd]?|finish(?:es|ed)?|function(?:s|ing)?|install(?:s|ed)?|start(?:s|ed)?|generate[sd]?|triggered|work(?:s|ed|ing)?)"
                    + "((?: [\\w`]+){0,3}) (?:correctly|properly|well|successfully)\\b");

    private static final Pattern ARRIVAL = Pattern.compile(
            "(?i).*(?<!not |n't )\\b(appears?|published|available|exists?|present|there (is|are)|live|succeeded|succeeds?|builds?|built|compiles?|pass(es|ed|ing)?|updated"
                    + " on|links?|latest|(was|were|been) (\\w+ly )?(sent|created|posted|updated|generated|opened|merged|attached|added))\\b.*");
    private static final Pattern SHOWN = Pattern.compile(
            "(?i).*\\b(drop-?down|buttons?|menu|options?|tab|check-?box(es)?|radio|list box|field)\\b.*");
    /** What a form of a host asks for, among those that are there. */
    private static final Pattern REF =
            Pattern.compile("(?i).*\\b(branch(?! (name|strategy))|base|target|template)\\b.*");

    private static final Pattern CHANNEL =
            Pattern.compile("(?i).*(\\B#\\w|\\b(channel|chat|slack|discord|forum|(mailing )?list|rooms?)\\b).*");
    private static final Pattern COMMITS = Pattern.compile(
            "(?i)^block\\b.*\\b(commits?|pushes|merges|merging|access|branch(es)?|tree|repo|repository)\\b.*");
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?i).*\\s(on|onto|to|into|in) (?!your\\b)([\\w'-]+ ){0,4}(clusters?|servers?|builders?|hosts?|nodes?|accounts?|environments?|staging|production)\\b.*");
    /** What must be so of something: "Have landed in the branch", "Be no larger than that". */
    private static final Pattern HAS_BEEN = Pattern.compile(
            "(?i)^(be (limited|able|no|at|in|free|small|well|clearly|fully|backed|used|self)\\b|have (been |\\p{L}+ed\\b|tests?\\b|at least|no )).*");

    private static final Pattern TRACKED_DONE = Pattern.compile(
            "(?i).*\\b(prs?|pull requests?|merge requests?|issues?|backports?|tickets?)\\b.*\\b(are|is|were|been)\\b.*\\b(merged|closed|resolved)(\\W*$| (prior|before|by|into)\\b.*)");
    private static final Pattern TRACKED = Pattern.compile("(?i).*\\b(milestones?|labels?|project board|tags?)\\b.*");

    private Looking() {}

    /** @param whole with what follows its first sentence */
    static Classed check(GuideLine line, String text, String verb, String whole) {
        if (TICKS.matcher(text).matches()
                || THEN_ACTS.matcher(text).matches()
                || AND_ACTS.matcher(text).matches()) {
            return action("it ends with a change");
        }
        return ofPeople(line, text, verb, whole).orElseGet(() -> ofMachines(line, text, verb));
    }

    /** What only people find out, try or have. */
    private static Optional<Classed> ofPeople(GuideLine line, String text, String verb, String whole) {
        if (text.matches("(?i)[\\w-]+ (which|what|who|whom|how)\\b.*|check (in )?with\\b.*")
                || FINDS.matcher(text).matches()) {
            return Optional.of(duty("somebody finds out and decides"));
        }
        if (BUMP_ASKED.matcher(whole).matches()) {
            return Optional.of(duty("somebody looks, and does something about it if need be"));
        }
        if (verb.equals("test") && tries(text)) {
            return Optional.of(duty("somebody tries it"));
        }
        if (access(text)) {
            return Optional.of(duty("it is about what whoever releases may and has"));
        }
        if (OWN.matcher(text).matches() || text.contains("`~/")) {
            return Optional.of(duty("it is about what whoever releases has done"));
        }
        boolean local =
                line.text().contains("localhost") || line.links().stream().anyMatch(link -> link.contains("localhost"));
        return local || AT_HAND.matcher(line.text()).matches()
                ? Optional.of(duty("somebody looks at it on their own machine"))
                : Optional.empty();
    }

    private static boolean tries(String text) {
        return MANUAL_TEST.matcher(text).matches()
                || !AUTOMATED
                        .matcher(TEST_PLACE
                                .matcher(text.substring("test".length()))
                                .replaceAll(" "))
                        .matches();
    }

    private static Classed ofMachines(GuideLine line, String text, String verb) {
        if (verb.equals("ensure")
                && MADE_SO.matcher(text).matches()
                && !CHECKER.matcher(text).matches()) {
            return action("a command makes it so");
        }
        if (TRACKED_DONE.matcher(text).matches()) {
            return gate(Evidence.BUGS, "the tracker says whether any is left");
        }
        if (line.heading().matches("(?i).*\\b(availab\\w+|arriv\\w+)\\b.*")) {
            return bound(line, text).orElseGet(() -> gate(Evidence.ARRIVED, "what has to be there can be looked for"));
        }
        String said = unjudged(text);
        if (JUDGED.matcher(said).matches()
                || (Texts.spoken(text) && !ARRIVAL.matcher(said).matches())) {
            return duty("somebody looks and judges: '%s' of what no report says".formatted(verb));
        }
        if (FACT.matcher(text).matches() && !NO_FACT.matcher(text).matches()) {
            return bound(line, text)
                    .orElseGet(() -> gate(Evidence.ARRIVED, "it says what has to be so, which can be looked for"));
        }
        return bound(line, text)
                .orElseGet(() -> duty("'%s', but no report is known that would say it".formatted(verb)));
    }

    /** Without words that judge nothing: what a machine did correctly it did, and a correct number is the expected one. */
    private static String unjudged(String text) {
        return MACHINE.matcher(text)
                .replaceAll("$1$2")
                .replaceAll(
                        "(?i)\\b(?:correctly|properly|successfully) (built|published|uploaded|deployed|created|installed|updated|generated|pushed)\\b",
                        "$1")
                .replaceAll("(?i)\\b(if|as|when|where) (needed|required|necessary|appropriate)\\b", "")
                .replaceAll(
                        "(?i)\\b(checksums?|shas?\\w*|hashes|versions?( (codes?|numbers?|strings?|names?))?) (is|are) (set )?correct(ly)?",
                        "$1")
                .replaceAll(
                        "(?i)\\bcorrect((?: [\\w.-]+)? (?:versions?|tags?|checksums?|shas?|branch|commit|manifest|digests?|numbers?))\\b",
                        "expected$1");
    }

    /** Whether it is about what whoever releases may and has; what stands in code is a name. */
    static boolean access(String text) {
        return ACCESS.matcher(text.replaceAll("`[^`]*`", "`x`")).matches()
                && !INSTALLS.matcher(text).matches();
    }

    static boolean isSo(String text) {
        return HAS_BEEN.matcher(text).matches();
    }

    /** Whether it is people that are waited for. */
    static boolean people(String text) {
        return WAITS_FOR_PEOPLE.matcher(text).matches();
    }

    static boolean onChannel(String text) {
        return CHANNEL.matcher(text).matches();
    }

    static Classed person(GuideLine line, String text, String verb, Topic topic) {
        if (text.matches("(?i)install ((all|other|the|any|its|missing) )*(\\w+ )?(deps|dependencies|requirements)\\b.*")
                || text.matches("(?i)get (the )?(latest|newest|current|new)\\b.*")) {
            return action("it fetches something");
        }
        if (verb.equals("reserve") && !A_TIME.matcher(text).matches()) {
            return action("something is taken at a host: 'reserve'");
        }
        if ((verb.matches("review|get") && SECOND_ACT.matcher(text).matches())
                || (verb.matches("get|obtain")
                        && text.matches("(?i).*\\band (make|create|open|commit|update|put|add)\\b.*"))) {
            return action("it ends with a change, after a look");
        }
        if ((verb.matches("choose|pick") && REF.matcher(Texts.head(text)).matches())
                || (verb.matches("choose|pick|find") && SHOWN.matcher(text).matches())
                || (verb.equals("assign") && TRACKED.matcher(text).matches())
                || (verb.equals("have")
                        && text.matches("(?i)have .*\\b(merged|published|deployed|tagged|built|(?<!can )be)\\b.*"))) {
            return action("something is set in a program: '%s'".formatted(verb));
        }
        if (verb.equals("wait") && text.matches("(?i).*\\bthen (run|execute)\\b.*")) {
            return action("it ends with a change, after a wait");
        }
        if (Waiting.onOthers(text)) {
            return duty("it waits on others: somebody sees to it, and no time ends it");
        }
        if (verb.matches("wait|await|warte|warten|pause|expect")
                && !WAITS_FOR_PEOPLE.matcher(text).matches()) {
            return gate(
                    Evidence.of(text + " build").orElse(Evidence.CI),
                    "it waits for what can be looked at again and again");
        }
        boolean watches = verb.matches("monitor|watch|observe|beobachte|beobachten|monitoring")
                || text.matches("(?i)keep an eye (out )?(on|for)\\b.*");
        if (watches && COMES_UP.matcher(text).matches()) {
            return gate(Evidence.ARRIVED, "what is waited for can be looked for");
        }
        if (watches && WATCHES_RUN.matcher(text).matches()) {
            boolean run = text.matches("(?i).*\\b(workflow|pipeline|build|job|ci|action)\\b.*");
            return gate(run ? Evidence.CI : Evidence.MONITORING, "what is watched can be measured");
        }
        boolean tells = verb.matches("remind|communicate") && !text.matches("(?i)\\w+ (yourself|with)\\b.*");
        if (tells || (verb.equals("block") && COMMITS.matcher(text).matches())) {
            return action("it changes or sends something: '%s'".formatted(verb));
        }
        if (verb.matches("install|setup") && ELSEWHERE.matcher(text).matches()) {
            return action("something is installed where it is served or built");
        }
        if (verb.matches("ping|nudge") && text.matches("(?i).*\\bfor (an? )?(final )?(reviews?|approvals?)\\W*")) {
            return duty("people are asked to look");
        }
        if (verb.matches("ping|nudge") && CHANNEL.matcher(text).matches()) {
            return action("something is sent");
        }
        if (verb.equals("resolve") && text.matches("(?i).*conflicts?.*")) {
            return gate(Evidence.CONFLICTS, "a trial merge says whether there are any");
        }
        if (text.matches("(?i)keep .*(snapshot|backup|copy|previous).*")) {
            return action("something is kept ready");
        }
        if (verb.matches("collect|gather|prioriti[sz]e|find|get|obtain")
                && Texts.named(text)
                && topic != Topic.AFTER
                && !TEAM_TALK.matcher(text).matches()) {
            return document("what is gathered becomes a text");
        }
        if (text.matches("(?i)(keep|have) (an? |the )(\\w+ )?(list|log|record|note)s? of\\b.*")) {
            return document("a list is kept");
        }
        return duty("only a person can: '%s'".formatted(verb));
    }
}
