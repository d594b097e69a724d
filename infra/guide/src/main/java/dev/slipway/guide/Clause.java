package dev.slipway.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line's own request, without what stands in front of it: emoji, "[Optional]", "(final release only)", "QA:", "If it is
 * a patch release,", "please then".
 *
 * @param asked from its first word on that counts
 * @param verb its imperative in lower case; empty if there is none
 * @param before what was taken off, in order
 */
record Clause(String asked, String verb, List<String> before) {
    private static final Pattern NO_LETTER = Pattern.compile("^[^\\p{L}\\p{N}`\\[(<{@#$]+");
    private static final Pattern SHORTCODE = Pattern.compile("^:[a-z0-9_+-]+:\\s*");
    private static final Pattern NUMBER = Pattern.compile(
            "(?i)^(\\(?(\\d+(\\.\\d+)*|[a-z])[.)]\\s+|\\d{1,2}(\\.\\d{1,2}){1,2}\\s+(?=(?-i:\\p{Lu}))|(step|schritt|phase|part)\\s+\\d+\\s*[:.)–-]?\\s*)");
    private static final Pattern BRACKETS = Pattern.compile("^(\\([^)]{1,120}\\)|\\[[^\\]]{0,60}])\\s*[:.,–-]?\\s*");
    private static final Pattern PREFIX = Pattern.compile(
            "^([@#]?[\\p{L}\\p{N}][\\p{L}\\p{N}&/ ._@-]{0,40}|`[^`\\s]{1,100}`(, `[^`\\s]{1,100}`){0,4}( \\p{L}+)?)\\s?:\\s+");
    private static final Pattern LEAD = Pattern.compile(
            "(?i)^((if|for|once|when|whenever|after|before|at|on|in|by|as|to|until|during|with|while|unless|assuming|from|within|per|about|around|since|given|using|based on|according to|depending on|following|no"
                    + " later"
                    + " than|immediately|shortly|optional(ly)?|alternatively|falls|wenn|sobald|nach|vor|für|bei|am|\\d+\\s*(h|hours?|days?|weeks?|wks?|wk|months?|minutes?|tage?|wochen?)|t\\s?[-+]\\s?\\d+\\w*|([a-z]+|a few|a couple of)"
                    + " (hours?|days?|weeks?|months?))\\b(?:[^,:]|[,:](?!\\s)){0,140}[,:])\\s+");
    /** What happens by itself; what is asked stands in the sentence behind it. */
    private static final Pattern BY_ITSELF = Pattern.compile("(?i)\\b(will|automatically)\\b");

    private static final Pattern SENTENCE = Pattern.compile("\\.\\s+(?=\\p{Lu})");
    private static final Pattern QUESTION = Pattern.compile("^[^.?!]{2,60}\\?\\s+");
    /** The same without a comma: "once it is merged tag it". */
    private static final Pattern BARE_LEAD = Pattern.compile(
            "(?i)^(once|after|when|if|as soon as|sobald|wenn)\\b[^,.;:]{0,60}?"
                    + "\\b(done|completed?|merged|pass(es|ed|ing)?|finished|published|released|approved|green|ready|verification|approval"
                    + "|deployment|successful|fail(s|ed)?)\\s+|^(if|when|once|after)\\b[^,.;:]{0,100}?\\bthen\\s+|^(in|for|on|under)"
                    + " (?!(order|case|addition) )(the )?(\\S+ ){1,5}?"
                    + "(?=(paste|choose|select|click|enter|type|change|edit|add|set|update|replace|remove|rename|run|bump)\\b)");
    /** "If it is a major release (1.0) check that ...", without a comma. */
    private static final Pattern BARE_CASE = Pattern.compile(
            "(?i)^(if|when|once|after|before|for)\\b(?:[^,.;:]|\\.(?=\\S)){3,100}?\\s(?=(check|verify|ensure|confirm|make sure)\\s(if|that|whether|the|all|each|there)\\b)");
    /** What is to be done, behind what has changed or why: "the list has grown, so you must also update the page". */
    private static final Pattern YOU_MUST = Pattern.compile(
            "(?i)^(?:[^.]|\\.(?=\\S)){3,160}?[,;:]\\s+(?:so |then |and )?(?:please|(?:you|we)( will)? (must|should|shall|need to|have to|want to))( also| then)?\\s+");
    /** What is clicked, behind what is seen: "the next page asks for it, click on it". */
    private static final Pattern CLICKS = Pattern.compile("(?i)[,;]\\s+(then )?(?=(click|select|press|tick|enter)\\b)");

    private static final Pattern COMMA = Pattern.compile("[,:]\\s+|\\s[-–—]\\s");
    private static final int LEAD_MAX = 200;
    private static final Pattern TIMED = Pattern.compile(
            "(?i)^((\\d+|one|two|three|a|the)\\s*(h|hours?|days?|weeks?|wks?|months?|tage?)\\s+(prior|before|after|vor|nach)(\\s+to)?\\s+((the|a|der|die|dem)\\s+)?((feature|code|string)\\s+freeze|release|rc\\d?|ga|launch|cut)(\\s+(date|day))?)\\s+");
    private static final Pattern ADVERB = Pattern.compile(
            "(?i)^(please|then|finally|firstly?|secondly|next|now|also|lastly|optionally|manually|again|still|carefully|quickly|locally|immediately|and|or|just|let's|let us|alternatively|otherwise|afterwards|last but not least|first of all|make sure to|don't"
                    + " forget to|do not forget to|remember to|be (sure|certain) to|always|(need|needs|have|has) to|must|should|it is (now )?time to|time to|start by|you('ll|"
                    + " will)? (should|must|can|may|need to|want to|have to)( also)?|you (will|'ll) (also"
                    + " )?(need|want|have) to|we (then |now |also )?(should|must|need to|can|will|have to)|you('ll)? (also"
                    + " )?need to|bitte|dann|danach|anschließend|zuletzt)\\b[,:]?\\s+");
    /** How it is done, or with which tool: "privately send it", "gpg sign the archives". */
    private static final Pattern MANNER =
            Pattern.compile("(?i)^(\\p{L}{3,}ly\\s+|(gpg|pgp|git|npm|docker|helm|cargo|twine|make)"
                    + "\\s+(?=\\p{L}+ (the|an?|all|each|every|any|your|our|this|these)\\b))");

    private static final Pattern TWO_WORDS =
            Pattern.compile("(?i)^(cherry|double|fast|force|check) (pick|check|forward|push|out|in)\\b");
    /** "`git merge` the changes": a program does it. */
    private static final Pattern COMMANDS = Pattern.compile("`(git|gh|npm|make|docker|cargo|mvn|hg|svn) [^`]+`.*");

    private static final Pattern CUT_AND_PASTE = Pattern.compile("(?i)^(cut|copy)( and |/| ?& ?)paste\\b");
    private static final String ROLE =
            "(manager|shepherd|captain|owner|champion|lead|leader|engineer|developer|reviewer|maintainer|writer|designer|team|admins?|approver|members?|submitter|pm|qa|officer|coordinator|person|tester|committer|requester|requestor|driver|author|contributor|assignee|operator|administrator)s?";
    private static final Pattern SOMEBODY_MUST = Pattern.compile("(?i)^[^.,:;`(]{0,60}\\b" + ROLE
            + "\\b[^.,:;]{0,40}?\\b(will|must|should( try to)?|shall|has to|have to|needs? to|can|may)( then| also)? ");
    private static final Pattern SOMEBODY_DOES = Pattern.compile(
            "(?i)^((?:the|an?|one|each|our)\\s[^.,:;`]{0,40}?\\b" + ROLE + "|(?:\\p{L}+ )?(?:management|" + ROLE
                    + "))(?: \\([^)]{0,80}\\))?\\s(?:\\p{L}+ly\\s)?(\\p{L}+s)\\b(?=(\\s\\S+)?)");
    private static final Pattern OF_IT = Pattern.compile("(?i)\\s(the|an?|all|it|this|that|these|up|to|on|out)");
    /** Its groups: what somebody does, and the word after it. */
    private static final int DOES = 4;

    private static final int OBJECT = 5;
    private static final Pattern GERUND = Pattern.compile("^(\\p{L}{3,}ing)\\b.*");
    private static final Pattern SURE =
            Pattern.compile("(?i)^(make|be) (sure|certain)\\b.*|^see to it\\b.*|^stelle? sicher\\b.*");

    Clause {
        before = List.copyOf(before);
    }

    static Clause of(String text) {
        List<String> before = new ArrayList<>();
        String rest = bare(text);
        for (int turns = 0; turns < 6; turns++) {
            String shorter = shorter(rest, before);
            if (shorter.equals(rest) || shorter.isBlank()) {
                break;
            }
            rest = shorter;
        }
        String[] sentences = SENTENCE.split(rest, 2);
        if (verb(rest).isEmpty()
                && sentences.length == 2
                && BY_ITSELF.matcher(sentences[0]).find()) {
            rest = verb(sentences[1]).isEmpty() ? rest : sentences[1];
        }
        if (verb(rest).isEmpty()) {
            rest = ofSomebody(rest, before);
        }
        return new Clause(rest, verb(rest), before);
    }

    /** "The release manager reviews the pull requests" asks for a review. */
    private static String ofSomebody(String text, List<String> before) {
        Matcher modal = SOMEBODY_MUST.matcher(text);
        if (modal.find() && !verb(text.substring(modal.end())).matches("|be|have|keep|remain|stay")) {
            before.add(modal.group().strip());
            return text.substring(modal.end());
        }
        Matcher acts = SOMEBODY_DOES.matcher(text);
        String verb = acts.find() ? does(acts) : "";
        if (!verb.isEmpty()) {
            before.add(acts.group(1).strip());
            return verb + text.substring(acts.end(DOES));
        }
        return text;
    }

    /** "The shepherd cuts the branch" cuts; without an article a word that is a noun as well needs an object. */
    private static String does(Matcher acts) {
        String verb = Words.ofThird(acts.group(DOES));
        String next = acts.group(OBJECT) == null ? "" : acts.group(OBJECT);
        boolean article = acts.group(1).matches("(?i)(the|an?|one|each|our)\\s.*");
        return !article && Words.noun(verb) && !OF_IT.matcher(next).matches() ? "" : verb;
    }

    /** Without emoji, bullets and numbers in front. */
    static String bare(String text) {
        String rest = text.strip();
        for (int turns = 0; turns < 4; turns++) {
            String before = rest;
            rest = SHORTCODE.matcher(NO_LETTER.matcher(rest).replaceFirst("")).replaceFirst("");
            rest = NUMBER.matcher(rest).replaceFirst("");
            rest = TWO_WORDS.matcher(rest).replaceFirst("$1-$2");
            rest = CUT_AND_PASTE.matcher(rest).replaceFirst("Paste");
            if (rest.equals(before)) {
                break;
            }
        }
        return rest;
    }

    private static String shorter(String text, List<String> before) {
        for (Pattern always : List.of(BRACKETS, ADVERB, TIMED)) {
            Matcher found = always.matcher(text);
            if (found.find() && found.end() < text.length()) {
                before.add(found.group().strip());
                return bare(text.substring(found.end()));
            }
        }
        Matcher question = QUESTION.matcher(text);
        if (question.find() && asks(text.substring(question.end()))) {
            before.add(question.group().strip());
            return bare(text.substring(question.end()));
        }
        if (verb(text).isEmpty()) {
            Matcher manner = MANNER.matcher(text);
            if (manner.find() && !verb(text.substring(manner.end())).isEmpty()) {
                before.add(manner.group().strip());
                return text.substring(manner.end());
            }
            Matcher prefix = PREFIX.matcher(text);
            if (prefix.find() && asks(text.substring(prefix.end()))) {
                before.add(prefix.group(1).strip());
                return bare(text.substring(prefix.end()));
            }
            String rest = text;
            Matcher bareCase = BARE_CASE.matcher(text);
            if (bareCase.find() && asks(text.substring(bareCase.end()))) {
                before.add(bareCase.group().strip());
                rest = bare(text.substring(bareCase.end()));
            } else if (LEAD.matcher(text).find()) {
                rest = afterLead(text, before);
            }
            for (Pattern lead : List.of(BARE_LEAD, CLICKS, YOU_MUST)) {
                Matcher found = lead.matcher(text);
                if (rest.equals(text) && found.find() && asks(text.substring(found.end()))) {
                    before.add(text.substring(0, found.end()).strip());
                    rest = bare(text.substring(found.end()));
                }
            }
            return rest;
        }
        return text;
    }

    /** "If it was changed, as in a hotfix, merge it back": the request follows one of the commas. */
    private static String afterLead(String text, List<String> before) {
        Matcher comma = COMMA.matcher(text);
        while (comma.find() && comma.start() < LEAD_MAX) {
            String rest = text.substring(comma.end());
            if (asks(rest) || somebodyDoes(rest) || COMMANDS.matcher(rest).matches()) {
                before.add(text.substring(0, comma.start()).strip());
                return bare(rest);
            }
        }
        return text;
    }

    /** What follows a prefix must ask for something itself, else the prefix is a key with its value. */
    private static boolean asks(String rest) {
        String bare = BRACKETS.matcher(bare(rest)).replaceFirst("");
        return !verb(bare).isEmpty()
                || asksBehind(bare)
                || LEAD.matcher(bare).find()
                || bare.matches("(?i)^(you|we|the \\w+( \\w+)?) (should|must|need|will|can|has to|have to).*");
    }

    private static boolean somebodyDoes(String text) {
        Matcher acts = SOMEBODY_DOES.matcher(bare(text));
        return acts.find() && !does(acts).isEmpty();
    }

    private static boolean asksBehind(String text) {
        Matcher adverb = ADVERB.matcher(text);
        return adverb.find() && adverb.end() < text.length() && asks(text.substring(adverb.end()));
    }

    private static String verb(String text) {
        if (SURE.matcher(text).matches()) {
            return "ensure";
        }
        if (!Words.startsWithVerb(text)) {
            return "";
        }
        return Words.first(text);
    }

    boolean asks() {
        return !verb.isEmpty();
    }

    boolean gerund() {
        return GERUND.matcher(asked).matches();
    }
}
