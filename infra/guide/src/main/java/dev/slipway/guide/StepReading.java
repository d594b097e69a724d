package dev.slipway.guide;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a line is something to be done, and why. The line's shape and words decide, and its headings where those say
 * nothing; never its number.
 */
final class StepReading {
    /** @param kind what it is instead, where it is no step */
    record Reading(boolean step, Kind kind, String reason) {}

    enum Kind {
        STEP,
        VALUE,
        CONTACT,
        PRINCIPLE,
        PROHIBITION,
        TITLE,
        NOTE,
        TARGET,
        TEMPLATE,
        DROPPED
    }

    private static final Pattern CHOICE =
            Pattern.compile("(?i)(\\[[ x]?]|[☐☑⬜🔲]|\\( \\))\\s*\\S[^\\[☐☑⬜🔲]*(\\[[ x]?]|[☐☑⬜🔲])\\s*\\S.*");
    private static final Pattern KEY_VALUE =
            Pattern.compile("^([\\p{L}`*][\\p{L}\\p{N}/&'` ().#*_-]{0,45}?)\\s*:(?=\\s|$)\\s*(\\S.*)?$");
    private static final Pattern NOTE = Pattern.compile(
            "(?i)^\\W*(note|notes|nb|n\\.b\\.|tip|hint|info|important|warning|caution|attention|remark|example|e\\.g\\.|hinweis|achtung|beispiel|optional"
                    + " reading|reminder)\\b\\W*[:!.].*|^\\W*note"
                    + " that\\b.*|^\\W*(?-i:NOTE|WARNING|TIP|HINT|IMPORTANT|FIXME|TODO|XXX)\\b(?!\\.\\w).*");
    private static final Pattern FORBIDS =
            Pattern.compile("(?i)^(\\W*)(do not|don't|never|avoid|must not|no one|nobody|nie(mals)?|nicht)\\b.*");
    /** Said of people; what must not fail or differ is a state to be looked at. */
    private static final Pattern NEVER = Pattern.compile(
            "(?i).*\\b(must|should|may|shall) (never|only|not(?! (be \\w+ing|fail|exceed|differ|contain|have|show|drop)\\b))\\b.*");

    private static final Pattern EFFECTS = Pattern.compile(
            "(?i).*\\b(this|it|which|script|workflow|command|action|job|pipeline|tool|bot)\\b[^.]{0,60}(?<!\\b(you|we))\\s(will|does|generates|creates|takes"
                    + " care|should show)\\b[^.]{0,60}[:,]$|.*\\bwill be (created|generated|published)[^.]{0,40}:$|.*\\b(produces|yields|results in|consists of) [^.]*:$");
    private static final Pattern ALTERNATIVES = Pattern.compile(
            "(?i).*\\b(if|when|where) (any|one|either|some)( or more)? of (the following|these)\\b.*|.*\\bin (any|one) of (the following|these) ways\\b.*|.*\\b(keep in mind|note that|be aware|please note|notes?|remember|watch out for)\\W*:$|.*\\b(for"
                    + " example|such as|e\\.g\\.?|examples?|following"
                    + " (people|pool|files?|repositories|table|example)|means|consists of|distinguish between|are as"
                    + " follows)\\b[^.]*:$");
    private static final Pattern MODAL = Pattern.compile(
            "(?i).*\\b(must|should|shall|needs? to|you need|has to|have to|required to|responsible for|is to be|are to"
                    + " be|muss|müssen|soll(en)?)\\b.*");
    private static final Pattern STATE = Pattern.compile(
            "(?i).*\\b(is|are|was|were|has|have|been|be|gets?|ist|sind|wurden?)\\b.*|.*\\b(pass(es|ed|ing)?|succeed(s|ed)?|works?|exists?|contains?|match(es)?|appears?|shows?|meets?|can|up.to.date|green|complete(d)?|ready|available|done|merged|approved|signed|updated|implemented|successful|erfolgreich|aktuell|grün)\\b.*");
    private static final Pattern PERSON_ACTS = Pattern.compile(
            "(?i)^(a|an|the|one|each|any|another|someone|either|members?|all|every)\\b[^.]{0,70}\\b(\\w+s|will|must|should|needs?"
                    + " to|has to|can|may)\\b.*");
    private static final Pattern ROLE = Pattern.compile(
            "(?i).*\\b(manager|shepherd|captain|owner|champion|lead|leader|engineer|developer|reviewer|maintainer|writer|designer|team|admin|admins|approver|member|submitter|pm|qa|officer|coordinator|person|tester|committer|requester|requestor|driver|author|contributor|assignee|operator|administrator)\\b.*");
    private static final Pattern HAS = Pattern.compile(
            "(?i)^you (have (?!to\\b|the (choice|option)|now\\b|just\\b|already\\b|an? (new|choice))|understand\\b|know\\b|are (logged|able|a member|familiar)\\b).*");
    private static final Pattern HANDLES =
            Pattern.compile("^([\\p{L} .]{0,40}[ (\\[])?@[\\w./-]+[)\\]]?([ ,]+@[\\w-]+)*$");
    private static final Pattern COMMAND = Pattern.compile(
            "^`([^`]*\\s[^`]*`[.;]?(\\s*\\([^)]*\\))?|\\./[^`]+`|\\S+\\.sh`|(git|npm|npx|pnpm|yarn|make|docker|helm|kubectl|cargo|go"
                    + "|pip|twine|gh|mvn|gradle|bundle|rake|python3?|node|bash|sh|curl|aws|gcloud|cd|cp|mv|rm) [^`]*`.{0,80})$");
    private static final Pattern CODE_ONLY = Pattern.compile("^`[^`]*`[.;,]?(\\s*\\(.*\\)| (and|or|und|oder))?$");
    private static final Pattern REFERS = Pattern.compile(
            "(?i)^\\W*(see|cf\\.?|compare with|for (more|details|an example|background)\\b.*\\bsee|refer"
                    + " to|details|more( info\\w*| details)?|an example|siehe)\\b.*");
    private static final Pattern DATE =
            Pattern.compile("(?i)^\\W*((\\d{1,2}\\.? )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*"
                    + "\\.?( \\d{1,2}(st|nd|rd|th)?)?,? \\d{4}|\\d{4}-\\d\\d-\\d\\d)\\b\\W*(\\([^)]*\\))?\\W*$");
    private static final Pattern DEFINITION = Pattern.compile(
            "(?i)^(`[^`]+`|\"[^\"]+\"|“[^”]+”) (is|are|means|stands for|refers to)\\b.*|^`[^`\\s]+`\\s*[-–—=→]+>?\\s.*");
    private static final Pattern ONE_WORD = Pattern.compile("\\p{L}[\\p{L}-]*:?");
    private static final Pattern CONTENTS = Pattern.compile(
            "(?i).*\\b((should|must|may|can|has to|have to)( also)?|to) (include|contain|list|mention|cover|state)\\b[^.]*[:,]$");
    /** What is typed into a form, by the names of its fields. */
    private static final Pattern ENTERS = Pattern.compile(
            "(?i).*\\b(enter|fill(ing)?( it| them)? (in|out)|specify|provide|type|use|with|set)\\b[^.:]{0,40}\\b(the following|these)\\b[^.]*[:,]$"
                    + "|.*\\bfill(ing)?( it| them)? (in|out)\\b[^.]*[:,]$|.*\\bfor the (values|inputs|fields|parameters)\\b.*[:,]$");

    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?i)^\\W*(won'?t do|will not do|not (needed|done|required|applicable)|skipped|out of scope|does not apply)\\b[^.]*:$");
    private static final Pattern KEYED = Pattern.compile("^[^:]{1,60}:\\s.*|^[^-–—]{1,40}\\s[-–—]\\s.*");
    private static final Pattern WRAPS_UP = Pattern.compile(
            "(?i)^(finish|wrap|clean|tidy)(ing)?[- ]?up\\W*$|^(final|last|first|next) (steps|things)\\W*$");
    private static final Pattern TARGETS =
            Pattern.compile("(?i).*\\bfollowing (guides|pages|sites|lists|channels|platforms|projects|packages"
                    + "|locations|places|variables|values|labels|fields|options|environments|browsers|devices)\\b[^.]*:$|.*\\b(kinds?|types?|sorts?)"
                    + " of\\b[^.]*:$|where\\W*$");
    private static final Pattern BY_ITSELF = Pattern.compile(
            "(?i).*\\bwill (be (?!needed|required)\\w+ed|automatically|kick in|trigger|start|run|take over)\\b.*");
    private static final Pattern THIS_IS = Pattern.compile(
            "(?i)^(this|these|we('| a)re|it('s| is)|there (is|are)|you('| a)re)\\b.*|^(if|when)\\b[^,]*, (you('| a)re|it('s| is)|there (is|are))\\b.*");
    private static final Pattern PATH_ONLY = Pattern.compile("^[\\w./@-]+\\.\\w{1,8}$|^[#@][\\w-]+$");
    private static final Pattern CASE =
            Pattern.compile("(?i)^(if|when|unless|falls|wenn|on|in|for|at|during|after|before)\\b.*");
    private static final Pattern QUESTION = Pattern.compile(".*\\?\\W*$");
    private static final Pattern OPTION_HEAD =
            Pattern.compile("(?i)^(from|to|source|target|base|head|version|branch|type)$");
    private static final Pattern EFFORT = Pattern.compile(
            "(?i).*\\b(takes?|duration|estimated|dauert)\\b.*\\b(minutes?|hours?|days?|minuten|stunden)\\b.*");

    private StepReading() {}

    static Reading of(GuideLine line, Clause clause, Topic topic, @Nullable GuideLine parent) {
        boolean boxed = line.box() != GuideLine.Box.NONE;
        Reading byShape = shape(line);
        if (byShape != null) {
            return byShape;
        }
        if (boxed || line.shape() == GuideLine.Shape.ROW) {
            return boxed(line, clause, topic);
        }
        Reading notAsked = aside(line, clause, topic);
        return notAsked != null ? notAsked : words(line, clause, topic, parent);
    }

    private static @Nullable Reading shape(GuideLine line) {
        if (line.struck()) {
            return no(Kind.DROPPED, "struck out, or marked as not applicable, in the guide itself");
        }
        return switch (line.shape()) {
            case TEMPLATE -> no(Kind.TEMPLATE, "a text to be sent stands in a block: a document");
            case FIELD -> no(Kind.VALUE, "a field of a form: a value to be given");
            case HEADING -> no(Kind.TITLE, "a heading over other lines");
            case ITEM, NUMBERED, ROW ->
                CHOICE.matcher(line.text()).find()
                        ? no(Kind.VALUE, "boxes beside each other are a choice, not steps")
                        : null;
        };
    }

    private static Reading boxed(GuideLine line, Clause clause, Topic topic) {
        boolean value = KEY_VALUE.matcher(line.text()).matches() && !clause.asks() && shortKey(line.text());
        if (value && (topic == Topic.OVERVIEW || topic == Topic.CONTACT)) {
            return no(Kind.VALUE, "a key with its value");
        }
        if (NOTE.matcher(line.text()).matches()) {
            return no(Kind.NOTE, "a note");
        }
        return yes(line.shape() == GuideLine.Shape.ROW ? "a row of a checklist" : "it has a box to tick");
    }

    private static @Nullable Reading aside(GuideLine line, Clause clause, Topic topic) {
        String text = line.text();
        if (text.isEmpty()) {
            return no(Kind.NOTE, "nothing stands there but code or sub-items");
        }
        if (topic == Topic.REFERENCE) {
            return no(Kind.NOTE, "its heading explains, and asks for nothing");
        }
        if (line.links().size() == 1
                && line.links().getFirst().startsWith("#")
                && (wholeLink(line) || contents(line))) {
            return no(Kind.NOTE, "it only names another section of the guide");
        }
        if (NOTE.matcher(text).matches()) {
            return no(Kind.NOTE, "a note");
        }
        if (REFERS.matcher(text).matches()) {
            return no(Kind.NOTE, "it refers to another place");
        }
        if (HANDLES.matcher(text).matches() && !clause.asks()) {
            return no(Kind.CONTACT, "a person's name");
        }
        String lead = lead(line);
        if (EFFECTS.matcher(lead).matches()) {
            return no(Kind.NOTE, "it says what the step above does by itself");
        }
        if (CONTENTS.matcher(lead).matches()) {
            return no(Kind.NOTE, "what the text above has to say");
        }
        if (LEFT_OUT.matcher(lead).matches()) {
            return no(Kind.DROPPED, "the guide says itself that it is not done");
        }
        if (ENTERS.matcher(lead).matches() && KEYED.matcher(text).matches()) {
            return no(Kind.VALUE, "what is entered into a field");
        }
        if (byItself(line, clause)) {
            return no(Kind.NOTE, "it says what the step above does by itself");
        }
        if (ALTERNATIVES.matcher(lead).matches() || (TARGETS.matcher(lead).matches() && !clause.asks())) {
            return no(Kind.NOTE, "one of the examples or conditions that the sentence above announces");
        }
        if (FORBIDS.matcher(clause.asked()).matches()
                || (!clause.asks() && NEVER.matcher(clause.asked()).matches())) {
            return no(Kind.PROHIBITION, "it forbids, and there is nothing to do");
        }
        if (topic == Topic.CONTACT) {
            return no(Kind.CONTACT, "a contact");
        }
        if (PATH_ONLY.matcher(text).matches()) {
            return no(Kind.TARGET, "the name of a file");
        }
        if (THIS_IS.matcher(text).matches()
                && line.shape() != GuideLine.Shape.NUMBERED
                && !clause.asks()
                && !MODAL.matcher(text.split("\\.\\s")[0]).matches()) {
            return no(Kind.NOTE, "it explains what was said before");
        }
        if (DATE.matcher(text).matches()) {
            return no(Kind.VALUE, "a date");
        }
        if (DEFINITION.matcher(text).matches() && topic != Topic.CRITERIA && topic != Topic.TESTING) {
            return no(Kind.NOTE, "it says what a word means");
        }
        if (line.children() > 0
                && (ONE_WORD.matcher(text).matches()
                        || WRAPS_UP.matcher(text).matches()
                        || (CASE.matcher(text).matches()
                                && !clause.asks()
                                && (text.endsWith(":") || !text.contains(","))))) {
            return no(Kind.TITLE, "a title over its sub-steps");
        }
        if (topic == Topic.PRINCIPLE && !(clause.asks() && line.shape() == GuideLine.Shape.NUMBERED)) {
            return no(Kind.PRINCIPLE, "a principle: its heading states what is believed, not what is done");
        }
        return value(line, clause);
    }

    /** "Rotates the table", below what does that. */
    private static boolean byItself(GuideLine line, Clause clause) {
        String[] words = clause.asked().split("\\s+", 2);
        String verb = Words.ofThird(words[0]);
        return line.depth() > 0
                && line.shape() != GuideLine.Shape.NUMBERED
                && words.length == 2
                && !verb.isEmpty()
                && !Words.noun(verb)
                && Character.isUpperCase(clause.asked().charAt(0))
                && !STATE.matcher(words[1]).matches();
    }

    /** The last sentence before a list announces it. */
    private static String lead(GuideLine line) {
        String[] sentences = line.lead().split("[.!?]\\s+(?=\\p{Lu})");
        return sentences[sentences.length - 1];
    }

    /** An entry of a table of contents: its anchor is made of its own words. */
    private static boolean contents(GuideLine line) {
        String anchor = line.text()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        return line.links().getFirst().replaceFirst("-\\d+$", "").equals("#" + anchor.replaceFirst("-\\d+$", ""));
    }

    /** A name with a link and nothing said of it. */
    private static boolean linked(GuideLine line) {
        return line.links().size() == 1 && line.text().split(" ").length <= 4;
    }

    private static boolean wholeLink(GuideLine line) {
        return line.children() == 0
                && line.text().split(" ").length <= 10
                && line.code().isEmpty();
    }

    private static @Nullable Reading value(GuideLine line, Clause clause) {
        var pair = KEY_VALUE.matcher(line.text());
        if (!pair.matches()
                || Commands.raw(line.text())
                || openBracket(pair.group(1))
                || Phrases.says(pair.group(1))
                || clause.asks()
                || !shortKey(line.text())) {
            return null;
        }
        String value = pair.group(2) == null ? "" : pair.group(2);
        if (line.children() > 0) {
            return COMMAND.matcher(value).matches() ? yes("a command to be run") : null;
        }
        if (value.isEmpty() && Words.verb(pair.group(1)) && !line.code().isEmpty()) {
            return yes("its commands stand below it");
        }
        if (COMMAND.matcher(value).matches()) {
            return yes("a command to be run");
        }
        if (pair.group(1).matches("`[^`]*`")) {
            return no(Kind.VALUE, "a key with its value");
        }
        boolean sentence =
                value.split("\\s+").length > 8 && !Placeholders.in(value).isEmpty();
        boolean long_ = value.split("\\s+").length > 8;
        if (long_ && !sentence && !OPTION_HEAD.matcher(pair.group(1)).matches()) {
            return null;
        }
        if (value.contains("@") || value.matches("(?i).*\\[(name|contact|email|phone).*")) {
            return no(Kind.CONTACT, "a contact");
        }
        return no(Kind.VALUE, "a key with its value");
    }

    /** A colon inside of brackets or of code parts no key from its value. */
    private static boolean openBracket(String key) {
        return key.lastIndexOf('(') > key.lastIndexOf(')')
                || key.chars().filter(c -> c == '`').count() % 2 == 1;
    }

    private static boolean shortKey(String text) {
        return text.substring(0, Math.max(0, text.indexOf(':'))).strip().split("\\s+").length <= 4;
    }

    private static Reading words(GuideLine line, Clause clause, Topic topic, @Nullable GuideLine parent) {
        String text = line.text();
        boolean numbered = line.shape() == GuideLine.Shape.NUMBERED;
        if (COMMAND.matcher(text).matches() || Commands.raw(text)) {
            return yes("a command to be run");
        }
        if (CODE_ONLY.matcher(text).matches()) {
            return no(Kind.TARGET, "what the step above is about");
        }
        if (QUESTION.matcher(text).matches()) {
            return topic.asks() && topic != Topic.ACTIVITY
                    ? yes("a question that somebody answers")
                    : no(Kind.NOTE, "a question");
        }
        if (EFFORT.matcher(text).matches() && !clause.asks()) {
            return no(Kind.NOTE, "it says how long something takes");
        }
        if (clause.asks()) {
            return yes("it begins with the verb '%s'".formatted(clause.verb()));
        }
        if (parent == null && HAS.matcher(text).matches()) {
            return yes("it says what whoever releases has to have");
        }
        boolean how = parent != null && !numbered && !ROLE.matcher(text).matches();
        if (how && MODAL.matcher(clause.asked()).matches()) {
            return no(Kind.TARGET, "how the step above is done");
        }
        if (MODAL.matcher(clause.asked()).matches()) {
            return yes("it says what must be");
        }
        if (ROLE.matcher(text).matches() && PERSON_ACTS.matcher(text).matches()) {
            return yes("it says what somebody does");
        }
        return phrase(line, clause, topic, parent, numbered);
    }

    private static Reading phrase(
            GuideLine line, Clause clause, Topic topic, @Nullable GuideLine parent, boolean numbered) {
        if (BY_ITSELF.matcher(clause.asked()).matches()) {
            return no(Kind.NOTE, "it says what happens by itself");
        }
        int words = clause.asked().split("\\s+").length;
        boolean state = STATE.matcher(clause.asked()).matches();
        boolean expects = Words.CHECK.contains(Clause.of(line.heading()).verb())
                || lead(line)
                        .matches("(?i).*\\b(ensure|make sure|verify|check|confirm|conditions|requirements|following"
                                + " (steps|tasks|criteria)|sign-off|need|must|do not proceed)\\b.*");
        if (line.children() > 0 && words <= 5 && !state) {
            return no(Kind.TITLE, "a title over its sub-steps");
        }
        if (expects && !state && linked(line)) {
            return no(Kind.TARGET, "where to look, or at what");
        }
        if (expects) {
            return yes("the sentence above asks for what is listed");
        }
        if (state && (topic == Topic.CRITERIA || topic == Topic.TESTING)) {
            return yes("it says what must be the case, under a heading that asks for it");
        }
        if (line.depth() > 0 && parent != null && topic != Topic.TESTING) {
            return no(Kind.TARGET, "what the step above is about, or how");
        }
        if (topic.asks() && words <= 9 && (!state || topic != Topic.ACTIVITY)) {
            return yes("its heading asks for it");
        }
        if (numbered && state && words <= 25 && topic.asks()) {
            return yes("a numbered line under a heading that asks for something");
        }
        return no(Kind.NOTE, "it neither asks for something nor stands under a heading that does");
    }

    private static Reading yes(String reason) {
        return new Reading(true, Kind.STEP, reason);
    }

    private static Reading no(Kind kind, String reason) {
        return new Reading(false, kind, reason);
    }
}
