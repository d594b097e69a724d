package dev.slipway.guide;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What would answer a step, and why. The verb decides between looking, changing, writing and a person's own; the object
 * decides whether a report can say it. A line becomes a gate only with {@link Evidence}; a check without any is a duty.
 */
final class Classing {
    record Classed(LineClass kind, Optional<Evidence> evidence, String reason) {}

    private static final String DOCS =
            "change-?log\\S*|release[- ]notes?|\\bnotes?\\b|\\bdocs?\\b|\\bdocumentation|blog"
                    + " ?post|\\bblog\\b|announcements?|run-?books?|read-?me|\\bnews\\b|upgrade guide|known"
                    + " (limitations|issues)|wiki|status page|release"
                    + " (text|description)|faq|upgrading|tutorial|\\bcomms\\b|news-?letter|press|playbook|lessons|änderungsprotokoll|dokumentation|versionshinweise|limitations|highlights|compatibility"
                    + " notes";
    private static final Pattern DOCUMENT = Pattern.compile("(?i).*(?<![\\p{L}])(" + DOCS + ").*");
    private static final Pattern ACCESS = Pattern.compile(
            "(?i).*\\b(access|permissions?|credentials?|admin (role|rights)|write access|api key|gpg key|signing"
                    + " key|ssh key|logged in|log in|token|2fa|account|privileges?|have (time|the|a|at least)|you"
                    + " (are|have|can|need)|installed|install|calendar|passwords?|role\\b|editor\\b|free space|developer"
                    + " on)\\b.*");
    private static final Pattern JUDGED = Pattern.compile(
            "(?i).*\\b(manual(ly)?|looks?|correct(ly)?|sense|appropriate|sane|reasonable|everyone|everybody|people|stakeholders?|customers?|sign.?off|approv(al|ed)|consensus|agree(d|ment)|reviewed|review|by"
                    + " hand|accurate|well|risky?|worth|ready|needed|design doc|has been"
                    + " told|aware|feedback|decision|owners?|vacation|rota)\\b.*");
    private static final Pattern MANUAL_TEST = Pattern.compile("(?i).*\\b(manual(ly)?|by"
            + " hand|device|browser|phone|android|ios|windows|macos|linux|locally|click|exploratory|staging"
            + " environment first|upgrade path|your machine|fresh install|install"
            + " it|ui\\b|chart|app\\b|translations?)\\b.*");
    private static final Pattern AUTOMATED = Pattern.compile(
            "(?i).*\\b(tests?|benchmarks?|scans?|suite|checks?|lint\\w*|verification|validation|dry.?run|govulncheck|e2e|smoke|assessment|audit)\\b.*");
    private static final Pattern WAITS_FOR_PEOPLE = Pattern.compile(
            "(?i).*\\b(approv\\w+|review|response|reply|feedback|team|people|person|lgtm|votes?|go-ahead|sign.?off|maintainers?)\\b.*");
    private static final Pattern WATCHES_RUN =
            Pattern.compile("(?i).*\\b(workflow|pipeline|build|job|ci|action|metrics|dashboards?|errors?|error"
                    + " rates?|performance|logs?|rollout|deployment|crash\\w*|system|alerts?|canary|health)\\b.*");
    private static final Pattern SECOND_ACT = Pattern.compile(
            "(?i).*\\b(and|then|;)\\s+(then\\s+)?(merge|publish|push|tag|deploy|release|approve and merge)\\b.*");
    private static final Pattern SENDS = Pattern.compile(
            "(?i)^(publish|post|send|merge|push|upload|close|share|announce|tweet|promote|broadcast|copy|paste|sync|email|mail|advertise|notify|tell|deploy|link|attach|take|unpin|pin|click|run|trigger|tick|select)\\b.*");
    private static final Pattern TEAM_TALK =
            Pattern.compile("(?i)^(contact|ask|request|get|ping|work|talk|reach|coordinate)\\b.*");
    private static final Pattern BUMP_ASKED = Pattern.compile(
            "(?i).*(- |– |; |, |\\. )(if|when)\\b.*\\b(open|create|raise|bump|update|contact|create it)\\b.*");
    private static final Pattern VERSION_EDIT =
            Pattern.compile("(?i).*\\b(bump|version (number|in|of|to|variable|label)|increment)\\b.*");

    private static final Pattern REFLECTS =
            Pattern.compile("(?i).*\\b(lessons learned|retrospectives?|retro|post-?mortem|insights|strategies)\\b.*");
    private static final Pattern ADVICE =
            Pattern.compile("(?i)^(upgrade|migration|update) (recommendations|advice|notes|hints)$");
    private static final Pattern SETUP =
            Pattern.compile("(?i).*\\b(prerequisites?|pre-requisites?|tool setup|set ?up|initial"
                    + " configuration|tooling|access|voraussetzungen)\\b.*");
    private static final Pattern BY_MEANS = Pattern.compile(
            "(?i)^(use|run|execute|call)\\b.{1,80}?\\bto (await|wait|verify|check|ensure|confirm|test)\\b.*");
    private static final Pattern TROUBLE =
            Pattern.compile("(?i)^(if|when|wenn|falls)\\b.*\\b(fail\\w*|awry|wrong|problems?|regressions?|critical"
                    + " bugs?|fehl\\w*)\\b.*");
    private static final Pattern PROPERTY =
            Pattern.compile("(?i)^(its?|their|they|all|personnel|number of|alerts|if it)\\b.*|^[\\p{L} /.-]{1,40}:"
                    + " (its?|their|they|if|personnel|\\p{L}+ usage|number of|alerts|point|disk|cpu)\\b.*");
    private static final Pattern OBJECT_END = Pattern.compile(
            "\\s(for|to|of|in|on|with|by|from|using|that|at|into|which|as|about|when|if|so)\\s|[,;(]|\\.\\s");

    private Classing() {}

    static Classed of(GuideLine line, Clause clause, Topic topic) {
        String text = clause.asked();
        String verb = clause.verb();
        if (REFLECTS.matcher(text).matches() && !verb.matches("publish|share|post|send")) {
            return duty("people are asked what they have learned");
        }
        if (ADVICE.matcher(line.heading()).matches() && line.box() == GuideLine.Box.NONE) {
            return document("advice to whoever upgrades: a part of the notes");
        }
        if (!verb.isEmpty() && ownWorkplace(line) && !text.matches("(?i).*\\b(ci|release|branch|tag|publish)\\b.*")) {
            return duty("whoever releases prepares their own workplace");
        }
        if (verb.isEmpty()) {
            return line.text().startsWith("`")
                    ? new Classed(LineClass.ACTION, Optional.empty(), "a command is run")
                    : phrase(line, text, topic);
        }
        if (Words.CHECK.contains(verb)) {
            return check(line, text, verb);
        }
        if (verb.matches("finali[sz]e|edit|polish|annotate")
                && !DOCUMENT.matcher(head(text)).matches()) {
            return action("it changes something: '%s'".formatted(verb));
        }
        if (Words.WRITE.contains(verb)) {
            return verb.matches("draft|prepare") && head(text).matches("(?i)\\w+ (the |a )?(new |next )?release")
                    ? action("it changes something: '%s'".formatted(verb))
                    : document("it writes something: '%s'".formatted(verb));
        }
        if (Words.PERSON.contains(verb)) {
            return person(text, verb, topic);
        }
        return act(line, text, verb);
    }

    private static boolean ownWorkplace(GuideLine line) {
        return line.headings().stream()
                .anyMatch(heading -> SETUP.matcher(heading).matches());
    }

    private static Classed check(GuideLine line, String text, String verb) {
        if (BUMP_ASKED.matcher(text).matches()) {
            return duty("somebody looks, and does something about it if need be");
        }
        if (verb.equals("test")
                && (MANUAL_TEST.matcher(text).matches()
                        || !AUTOMATED.matcher(text.substring(4)).matches())) {
            return duty("somebody tries it");
        }
        if (ACCESS.matcher(text).matches()
                && !text.matches("(?i).*\\b(image|artifact|release|package)s?\\b.*\\bavailable.*")) {
            return duty("it is about what whoever releases may and has");
        }
        boolean arrival = text.matches(
                "(?i).*\\b(appears?|published|available|live|succeeded|succeeds?|build|pass(es|ed|ing)?|updated"
                        + " on|links?)\\b.*");
        if (JUDGED.matcher(text).matches() || (DOCUMENT.matcher(text).matches() && !arrival)) {
            return duty("somebody looks and judges: '%s' of what no report says".formatted(verb));
        }
        return bound(line, text)
                .orElseGet(() -> duty("'%s', but no report is known that would say it".formatted(verb)));
    }

    private static Optional<Classed> bound(GuideLine line, String text) {
        Optional<Evidence> evidence = Evidence.of(text)
                .or(() -> line.links().stream()
                        .filter(link -> link.matches(
                                "(?i).*(/actions|/workflows|ci\\.|jenkins|testgrid|/pipelines|cloud-build|/_build).*"))
                        .findFirst()
                        .map(link -> Evidence.CI));
        return evidence.map(found -> new Classed(
                LineClass.GATE,
                evidence,
                "a report can say it: it speaks of what %s shows"
                        .formatted(found.answer("it").words().replaceFirst("a gate over ", ""))));
    }

    private static Classed person(String text, String verb, Topic topic) {
        if ((verb.equals("review") || verb.equals("get"))
                && SECOND_ACT.matcher(text).matches()) {
            return action("it ends with a change, after a look");
        }
        if (verb.matches("wait|await|warte|warten|pause|expect")
                && !WAITS_FOR_PEOPLE.matcher(text).matches()) {
            return Evidence.of(text + " build")
                    .map(found -> new Classed(
                            LineClass.GATE, Optional.of(found), "it waits for what can be looked at again and again"))
                    .orElseThrow();
        }
        if (verb.matches("monitor|watch|observe|beobachte|beobachten|monitoring")
                && WATCHES_RUN.matcher(text).matches()) {
            Evidence watched = text.matches("(?i).*\\b(workflow|pipeline|build|job|ci|action)\\b.*")
                    ? Evidence.CI
                    : Evidence.MONITORING;
            return new Classed(LineClass.GATE, Optional.of(watched), "what is watched can be measured");
        }
        if (verb.equals("resolve") && text.matches("(?i).*conflicts?.*")) {
            return new Classed(
                    LineClass.GATE, Optional.of(Evidence.CONFLICTS), "a trial merge says whether there are any");
        }
        if (verb.matches("communicate|support|setup|install|login|log|authenticate|have|keep|be")
                && text.matches("(?i)keep .*(snapshot|backup|copy|previous).*")) {
            return action("something is kept ready");
        }
        if (verb.matches("collect|gather|prioriti[sz]e|find|get|obtain")
                && DOCUMENT.matcher(text).matches()
                && topic != Topic.AFTER
                && !TEAM_TALK.matcher(text).matches()) {
            return document("what is gathered becomes a text");
        }
        return duty("only a person can: '%s'".formatted(verb));
    }

    private static Classed act(GuideLine line, String text, String verb) {
        if (BY_MEANS.matcher(text).matches()) {
            return bound(line, text).orElseGet(() -> action("a command is run"));
        }
        if (verb.matches("run|perform|conduct|execute|complete|do|führe|ausführen|rerun|re-run|repeat")
                && AUTOMATED.matcher(text).matches()) {
            if (text.matches("(?i).*\\b(review|manual|meeting|retro\\w*)\\b.*")) {
                return duty("a review is a person's");
            }
            Optional<Classed> gate = text.matches("(?i)^\\w+ `.*") ? Optional.empty() : bound(line, text);
            return gate.orElseGet(() -> action("a command is run"));
        }
        if (text.matches("(?i).*\\b(review|meeting|retro\\w*|call|walk-?through)\\b.*")
                && verb.matches("perform|conduct|do|complete|start|set|schedule-post|put")) {
            return duty("a review or a meeting is of people");
        }
        if (verb.matches("prepare|maintain|enable|configure")
                && Evidence.WAY_BACK == Evidence.of(text).orElse(null)) {
            return new Classed(
                    LineClass.GATE, Optional.of(Evidence.WAY_BACK), "whether there is a way back can be looked at");
        }
        boolean version = VERSION_EDIT.matcher(text).matches() && !text.matches("(?i).*(changelog|release notes).*");
        if (DOCUMENT.matcher(head(text)).matches() && !SENDS.matcher(text).matches() && !version) {
            return document("it makes or changes a text: '%s'".formatted(verb));
        }
        if (verb.matches("follow|go|read|refer")
                && text.matches(
                        "(?i).*\\b(guide|docs?|documentation|instructions|steps|process|page|section|procedure)\\b.*")) {
            return duty("it refers to another text, which a person follows");
        }
        if (verb.matches("let|leave|put-off|respect")) {
            return duty("only a person can: '%s'".formatted(verb));
        }
        return action("it changes something: '%s'".formatted(verb));
    }

    /** The object stands near the verb; what comes far behind it explains. */
    private static String head(String text) {
        var end = OBJECT_END.matcher(text);
        return end.find() ? text.substring(0, end.start()) : text;
    }

    private static Classed phrase(GuideLine line, String text, Topic topic) {
        if (TROUBLE.matcher(text).matches()) {
            return duty("it says what somebody does when something goes wrong");
        }
        if (PROPERTY.matcher(text).matches()) {
            return Evidence.of(text)
                    .filter(Classing::strong)
                    .map(found -> new Classed(LineClass.GATE, Optional.of(found), "a report can say it"))
                    .orElseGet(() -> duty("a property of the application that no report says: somebody attests it"));
        }
        if (topic == Topic.CRITERIA && DOCUMENT.matcher(text).matches()) {
            return new Classed(LineClass.GATE, Optional.of(Evidence.DOCS), "a run can check links and version strings");
        }
        if (text.matches("(?i).*\\b(sign.?off|approv(al|e|es|ed)|lgtm|reviewers?|reviewed|freigabe)\\b.*")
                || (NamedRole.of(line).isPresent()
                        && !AUTOMATED.matcher(text).matches()
                        && text.matches("(?i).*\\b(must|should|needs?|has to|reviews?|merges?|will|can)\\b.*"))) {
            return duty("it names who does it");
        }
        if (ACCESS.matcher(text).matches()) {
            return duty("it is about what whoever releases may and has");
        }
        if (topic == Topic.NOTES || topic == Topic.UPGRADE) {
            return document("its heading is that of a text");
        }
        if (topic == Topic.IMPROVEMENT) {
            return duty("its heading asks people");
        }
        if (DOCUMENT.matcher(text).matches() && !text.matches("(?i).*\\b(succeed\\w*|pass\\w*|build|links)\\b.*")) {
            return document("it names a text");
        }
        if (topic == Topic.ROLLBACK) {
            return bound(line, text).orElseGet(() -> duty("no report is known that would say it"));
        }
        return bound(line, text).orElseGet(() -> duty("no report is known that would say it, so a person does"));
    }

    /** What is measured by tests, and not merely spoken of. */
    private static boolean strong(Evidence evidence) {
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
                    LINT,
                    MONITORING,
                    BUGS,
                    CI,
                    VERSION,
                    DOCS,
                    ARRIVED -> false;
        };
    }

    private static Classed duty(String reason) {
        return new Classed(LineClass.DUTY, Optional.empty(), reason);
    }

    private static Classed action(String reason) {
        return new Classed(LineClass.ACTION, Optional.empty(), reason);
    }

    private static Classed document(String reason) {
        return new Classed(LineClass.DOCUMENT, Optional.empty(), reason);
    }
}
