package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.bound;
import static dev.slipway.guide.Classed.document;
import static dev.slipway.guide.Classed.duty;
import static dev.slipway.guide.Classed.gate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What would answer a step, and why. The verb decides between looking ({@link Looking}), changing, writing ({@link Texts})
 * and a person's own; the object decides whether a report can say it. A line becomes a gate only with {@link Evidence}; a
 * check without any is a duty. Only the first sentence counts, and nothing in brackets: the rest explains.
 */
final class Classing {
    /** What is said of a check that only a person is left for. */
    static final String NOT_KNOWN = "no report is known that would say it";

    private static final Pattern REFLECTS = Pattern.compile(
            "(?i).*\\b(lessons learned|improvements? (that|to)|retrospectives?|retro|post-?mortem|insights|strategies)\\b.*");
    private static final Pattern ADVICE =
            Pattern.compile("(?i)^(upgrade|migration|update) (recommendations|advice|notes|hints)$");
    private static final Pattern SETUP =
            Pattern.compile("(?i).*\\b(prerequisites?|pre-requisites?|tool setup|set ?up|initial"
                    + " configuration|tooling|access|voraussetzungen)\\b.*");
    private static final Pattern MESSAGE =
            Pattern.compile("(?i)\\w+ (an? |the )?(\\w+ )?(messages?|e?-?mails?|comments?|tweets?|toots?)\\b.*");
    /** "Check and update it": who looks then does the second. */
    private static final Pattern BOTH = Pattern.compile("^[\\p{L}-]+ (?:and|&) ([\\p{L}-]+)(\\s.*)");

    /** "Find the commit and tag it", "Go to the page and wait for the image": the first only leads to the second. */
    private static final Pattern LEADS = Pattern.compile(
            "(?i)^(go|navigate|visit|head|browse|return|log-?in|login|connect|switch|find|locate|grep|search|pick|choose|select|click|take)\\b[^.]*?(?:,| and|, and|;)(?: then)?\\s(\\p{L}+)(?: that| the| a| an| it| its| them| for| on| whether|:)\\b.*");

    private static final Pattern GOES =
            Pattern.compile("go|navigate|visit|head|browse|return|log-?in|login|connect|switch");

    private static final Pattern FOREWORD =
            Pattern.compile("(?i)^prepare [^.,:]{1,40} for (?:the )?(?:\\w+ )?release\\.\\s+(\\S.*)");
    private static final Pattern OWN_ACCOUNT = Pattern.compile(
            "(?i)^\\w+ (an? |the |your |own ){0,3}(\\w+ ){0,2}(accounts?|(gpg|pgp|ssh|api|signing|access) (keys?|tokens?)|credentials)\\b.*");
    private static final Pattern OTHER_TEXT = Pattern.compile(
            "(?i).*\\b(guide|docs?|documentation|instructions|steps|process|page|section|procedure)\\b.*");
    private static final Pattern CHECKLIST = Pattern.compile(
            "(?i)(complete|fill|work through|go through)\\b[^.,]*\\b(checklists?|questionnaires?|assessments?)\\b.*");
    private static final Pattern ANNOUNCES =
            Pattern.compile("(?i)(make|do|give) (an? |the |our )?(\\w+ ){0,2}announcements?\\b.*");
    /** "Creation and upload of the archive", "Update of the version". */
    private static final Pattern NOMINAL =
            Pattern.compile("(?i)^(\\p{L}+)(?: (?:and|&) \\p{L}+)? of (?=(the|an?|all|our|new|each|\\p{L}+s?)\\b)(.*)");
    /** "Once it is signed off, the candidate is pushed": what follows something else is done then. */
    private static final Pattern THEN_IS = Pattern.compile(
            "(?i)^(?:once|after|as soon as)\\b[^,]{3,140}, (?:then )?(.{2,80}?) (?:is|are) (?:then |also |\\p{L}+ly )?(\\p{L}+ed|cut|built|sent|put)\\b(.*)");

    private static final Pattern DETERMINED =
            Pattern.compile("(?i)(`|(the|an?|all|any|each|our|your|new|unused|old)\\b).*");
    /** What users make, and what is taken away again, is made to see whether it works. */
    private static final Pattern TRIES = Pattern.compile(
            "(?i)(create|add|make|register) (an? )?(new |test |dummy |sample ){1,2}(users?|accounts?|resources?|orders?|projects?|posts?|items?)\\b.*"
                    + "|(create|add|make|start)\\b.*(,| and) (then )?(delete|remove|destroy) (it|them|the|this|new|that)\\b.*");
    /** "Send the draft around for review". */
    private static final Pattern FOR_REVIEW = Pattern.compile(
            "(?i)(send|share|circulate|submit|pass)\\b.*\\bfor (a |final |another |their )?(review|feedback|comments?|approval|sign-?off|verification|testing|editing)( and \\w+)?\\W*");

    private static final Pattern LOOKS_THROUGH = Pattern.compile(
            "(?i)go (through|over) .*\\b(commits?|history|prs?|pull requests?|issues?|tickets?|lists?|changes|diffs?|logs?|changelog|notes|docs|documentation)\\b.*");
    private static final Pattern FAILS = Pattern.compile(
            "(?i)^(if|when|should|wenn|falls)\\b.*(\\bfail(s|ed|ing|ures?)?\\b|"
                    + "\\b(does|do|did|has|have) not (pass|succeed|work)|n't (pass|succeed|work)|\\b(wrong|awry|broken)\\b).*");
    /** "Test the installer manually": what stands below is what a person does to try it. */
    private static final Pattern BY_HAND = Pattern.compile(
            "(?i).*\\b(manual(ly)?|by hand)\\b.*\\b(test\\w*|qa|check\\w*|verif\\w+|acceptance)\\b.*|.*\\b(test\\w*|try|check\\w*)\\b.*\\b(manually|by hand)\\b.*");

    private static final Pattern FETCHES =
            Pattern.compile("download|get|fetch|build|deploy|upload|publish|merge|push|tag");
    /** "Make a last check that": the verb says nothing of what is asked. */
    private static final Pattern MAKES_CHECK =
            Pattern.compile("(?i)^(?:make|do|perform|give it|have) (?:a|one) (?:\\w+ ){0,2}(check|test|review)\\b(.*)");
    /** A file or a text in front of a colon. */
    private static final Pattern PLACE =
            Pattern.compile("(?i)(?!(if|for|once|when|after|before|in|on|at|as|by|until|with)\\b)\\S+( \\S+){0,3}");

    /** "Go through the open ones and move them": it ends with a change. */
    private static final Pattern THROUGH_TO = Pattern.compile(
            "(?i)^(?:go|look|read|walk|scroll|comb) (?:through|over|at)\\b[^.]*?\\band (?:then )?"
                    + "(merge|push|publish|tag|remove|delete|update|close|mark|label|add|move|fix|edit|bump|rename|backport|cherry-pick)\\b(.*)");

    private static final Pattern FETCHED_TO_LOOK = Pattern.compile(
            "(?i)^(?:download|fetch|pull|install|get|grab|extract|unpack)\\b[^.]*?(?:,| and)(?: then)? (verify|check|validate|test|confirm|compare|inspect)\\b(.*)");

    private static final Pattern SOAKS =
            Pattern.compile("(?i)^(let|leave)\\b.{1,60}?\\b(run|soak|bake|settle)(ning|ing)?\\b.*");
    private static final Pattern LEFT_AS_IS =
            Pattern.compile("(?i)^leave\\b.*\\b(blank|empty|as (it )?is|unchecked|checked|default|unset|alone)\\b.*");

    private static final Pattern SENTENCE =
            Pattern.compile("(?<!\\b(e\\.g|i\\.e|etc|vs|min|max|approx|incl|no))[.!?]\\s+(?=\\p{Lu})");
    private static final Pattern ASIDE = Pattern.compile("\\s*\\([^()]*\\)");

    private Classing() {}

    static Classed of(GuideLine line, Clause clause, Topic topic) {
        Classed found = found(line, clause, topic);
        boolean machine = found.kind() == LineClass.GATE || found.kind() == LineClass.ACTION;
        return machine && tried(line) && !FETCHES.matcher(clause.verb()).matches()
                ? duty("its heading says that somebody tries it by hand")
                : found;
    }

    private static boolean tried(GuideLine line) {
        return line.headings().stream()
                .anyMatch(heading -> BY_HAND.matcher(heading).matches());
    }

    private static Classed found(GuideLine line, Clause clause, Topic topic) {
        String text = decided(clause.asked());
        String verb = clause.verb();
        if (REFLECTS.matcher(text).matches() && !verb.matches("publish|share|post|send")) {
            return duty("people are asked what they have learned");
        }
        if (ADVICE.matcher(line.heading()).matches() && line.box() == GuideLine.Box.NONE) {
            return document("advice to whoever upgrades: a part of the notes");
        }
        if (!verb.isEmpty()
                && ownWorkplace(line)
                && !(Texts.within(text, verb) ? text : Texts.head(text))
                        .matches("(?i).*\\b(ci|release|branch|tag|publish|change-?log|version|notes|commit|merge)\\b.*")
                && !text.contains("./")) {
            return duty("whoever releases prepares their own workplace");
        }
        if (clause.before().stream().anyMatch(before -> FAILS.matcher(before).matches())) {
            return duty("it says what somebody does when something goes wrong");
        }
        if (Looking.isSo(text)) {
            return duty("somebody judges whether what it speaks of is so");
        }
        if (looked(line) && NOMINAL.matcher(text).matches()) {
            return bound(line, text)
                    .orElseGet(
                            () -> gate(Evidence.ARRIVED, "what stands under a heading that checks can be looked for"));
        }
        if (clause.before().stream().anyMatch(before -> before.matches("(?i)manually\\W*"))
                && verb.matches("perform|test|run|do|install|verify|check|try|validate|execute")) {
            return duty("somebody does it by hand");
        }
        Optional<Clause> last = decisive(line, clause);
        if (last.isPresent()) {
            return of(line, last.get(), topic);
        }
        if (verb.isEmpty() && text.endsWith(":") && Texts.titled(text)) {
            return document("it names a text");
        }
        if (verb.isEmpty()) {
            return Commands.stated(line, text)
                    .or(() -> Reported.of(line, text))
                    .orElseGet(() -> Phrases.of(line, text, topic, ownWorkplace(line)));
        }
        if (Words.CHECK.contains(verb)) {
            return Looking.check(line, text, verb, clause.asked());
        }
        if (Words.WRITE.contains(verb)) {
            return write(text, verb);
        }
        if (Words.PERSON.contains(verb)) {
            return Looking.person(line, text, verb, topic);
        }
        boolean ofText = clause.before().stream()
                .anyMatch(before -> (PLACE.matcher(before).matches() && Texts.text(before)) || Texts.inside(before));
        Classed does = act(line, text, verb);
        return does.kind() == LineClass.ACTION && ofText && Texts.within(text, verb)
                ? document("it changes the text that is named in front of it")
                : does;
    }

    /** The first sentence, without what stands in brackets. */
    static String decided(String asked) {
        String first = SENTENCE.split(asked, 2)[0];
        String without = ASIDE.matcher(first)
                .replaceAll("")
                .replaceAll("(?i)\\bend[ -](2|to)[ -]end\\b", "end-to-end")
                .strip();
        return without.isEmpty() ? first : without;
    }

    private static boolean ownWorkplace(GuideLine line) {
        return line.headings().stream()
                .anyMatch(heading -> SETUP.matcher(heading).matches());
    }

    private static Classed write(String text, String verb) {
        boolean said = verb.matches("mention|note") && Looking.onChannel(text);
        boolean release = verb.equals("draft") && Texts.head(text).matches("(?i)\\w+ (\\w+ ){0,3}release\\W*");
        boolean edits = verb.matches("finali[sz]e|edit|polish|annotate") && !Texts.object(text, verb);
        boolean message = verb.equals("write") && MESSAGE.matcher(text).matches();
        return said || release || edits || message
                ? action("it changes something: '%s'".formatted(verb))
                : document("it writes something: '%s'".formatted(verb));
    }

    private static Classed act(GuideLine line, String text, String verb) {
        if (text.matches("(?i)follow[- ]up\\b.*")) {
            return duty("only a person can: 'follow up'");
        }
        if (verb.matches("follow|read|refer|continue")
                && OTHER_TEXT.matcher(text).matches()) {
            return duty("it refers to another text, which a person follows");
        }
        if (text.matches("(?i)take (an?|one|another) (\\w+ )?(look|scan|glance|break|note)\\b.*")) {
            return duty("somebody looks");
        }
        if (CHECKLIST.matcher(text).matches()) {
            return duty("somebody goes through another list");
        }
        if (TRIES.matcher(text).matches()) {
            return duty("somebody tries it");
        }
        if (FOR_REVIEW.matcher(text).matches()) {
            return duty("people are asked to look");
        }
        if (ANNOUNCES.matcher(text).matches()) {
            return action("something is sent");
        }
        if (LOOKS_THROUGH.matcher(text).matches()) {
            return duty("somebody looks through it");
        }
        Optional<Classed> run = Commands.run(line, text, verb);
        if (run.isPresent()) {
            return run.get();
        }
        if (verb.matches("create|generate|register")
                && OWN_ACCOUNT.matcher(text).matches()) {
            return duty("it is about what whoever releases may and has");
        }
        if (verb.matches("prepare|maintain|enable|configure")
                && Evidence.WAY_BACK == Evidence.of(text).orElse(null)) {
            return gate(Evidence.WAY_BACK, "whether there is a way back can be looked at");
        }
        if (Texts.changed(text, verb)) {
            return document("it makes or changes a text: '%s'".formatted(verb));
        }
        if (verb.equals("include") && !Commands.ships(text)) {
            return document("it says what a text has to have");
        }
        if (SOAKS.matcher(text).matches()) {
            return bound(line, text).orElseGet(() -> gate(Evidence.MONITORING, "it runs for a time, and is looked at"));
        }
        if (verb.equals("leave") && LEFT_AS_IS.matcher(text).matches()) {
            return action("something is set in a program: '%s'".formatted(verb));
        }
        if (verb.matches("let|leave|put-off|respect") && !text.matches("(?i)let .{1,60} (know|when)\\b.*")) {
            return duty("only a person can: '%s'".formatted(verb));
        }
        return action("it changes something: '%s'".formatted(verb));
    }

    /** What it asks for, however it says that. */
    static Clause told(GuideLine line, Clause clause) {
        return decisive(line, clause).orElse(clause);
    }

    /** Whether its heading asks to look. */
    private static boolean looked(GuideLine line) {
        return Words.CHECK.contains(Clause.of(line.heading()).verb());
    }

    /** "Renaming the header", "Update of the header", "once it is seen, the header is renamed": the same as a request. */
    private static Optional<Clause> asTold(GuideLine line, Clause clause) {
        String asked = clause.asked();
        var then = THEN_IS.matcher(asked);
        if (then.matches() && !FAILS.matcher(asked).matches()) {
            String verb = Words.ofPast(then.group(2));
            return Words.ACT.contains(verb)
                    ? Optional.of(new Clause(verb + " " + then.group(1) + then.group(3), verb, clause.before()))
                    : Optional.empty();
        }
        String[] words = asked.split("\\s+", 2);
        if (line.box() == GuideLine.Box.NONE || words.length < 2) {
            return Optional.empty();
        }
        var nominal = NOMINAL.matcher(asked);
        if (nominal.matches()) {
            String verb = Words.ofNominal(nominal.group(1));
            return verb.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Clause(verb + " " + nominal.group(3), verb, clause.before()));
        }
        String verb = DETERMINED.matcher(words[1]).matches() ? Words.ofGerund(words[0]) : "";
        return verb.isEmpty()
                ? Optional.empty()
                : Optional.of(new Clause(verb + " " + words[1], verb, clause.before()));
    }

    /** The request that counts, where the first word only leads to it, or tells that it was done. */
    private static Optional<Clause> decisive(GuideLine line, Clause clause) {
        String asked = clause.asked();
        var both = BOTH.matcher(asked);
        boolean looks = Words.CHECK.contains(clause.verb()) || Words.PERSON.contains(clause.verb());
        if (looks && both.matches() && !clause.verb().matches("identify|investigate|triage|analy[sz]e")) {
            String said = both.group(1).toLowerCase(Locale.ROOT);
            String second = Words.verb(said) ? said : Words.ofPast(said);
            if (Words.ACT.contains(second) || Words.WRITE.contains(second)) {
                return Optional.of(new Clause(second + both.group(2), second, clause.before()));
            }
        }
        var check = MAKES_CHECK.matcher(asked);
        if (check.matches()) {
            String verb = check.group(1).toLowerCase(Locale.ROOT);
            return Optional.of(new Clause(verb + check.group(2), verb, clause.before()));
        }
        var leads = LEADS.matcher(decided(asked));
        if (leads.matches()) {
            String second = leads.group(2).toLowerCase(Locale.ROOT);
            boolean counts = GOES.matcher(clause.verb()).matches()
                    ? Words.CHECK.contains(second) || Words.WRITE.contains(second) || second.equals("wait")
                    : Words.CHECK.contains(second)
                            || (Words.PERSON.contains(clause.verb()) && Words.ACT.contains(second));
            if (counts) {
                return Optional.of(new Clause(decided(asked).substring(leads.start(2)), second, clause.before()));
            }
        }
        for (Pattern ends : List.of(THROUGH_TO, FETCHED_TO_LOOK)) {
            var end = ends.matcher(asked);
            if (end.matches()) {
                String second = end.group(1).toLowerCase(Locale.ROOT);
                return Optional.of(new Clause(second + end.group(2), second, clause.before()));
            }
        }
        var foreword = FOREWORD.matcher(asked);
        if (foreword.matches()) {
            return Optional.of(Clause.of(foreword.group(1))).filter(Clause::asks);
        }
        if (clause.verb().isEmpty() || NOMINAL.matcher(asked).matches()) {
            Optional<Clause> told = asTold(line, clause);
            if (told.isPresent()) {
                return told;
            }
        }
        if (clause.verb().isEmpty()) {
            String alone = asked.replaceFirst(":$", "").toLowerCase(Locale.ROOT);
            if (asked.endsWith(":") && Words.verb(alone)) {
                return Optional.of(new Clause(alone, alone, clause.before()));
            }
            String[] words = asked.split("\\s+", 2);
            String done = Words.ofPast(words[0]);
            if (line.box() != GuideLine.Box.NONE && !done.isEmpty() && words.length == 2 && !Phrases.says(asked)) {
                return Optional.of(new Clause(done + " " + words[1], done, clause.before()));
            }
        }
        return Optional.empty();
    }
}
