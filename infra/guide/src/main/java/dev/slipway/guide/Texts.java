package dev.slipway.guide;

import java.util.regex.Pattern;

/** Whether a request makes or changes a text: by what its object is called, by its file, and by where it stands. */
final class Texts {
    private static final Pattern NAMED = Pattern.compile("(?i).*(?<![\\p{L}])("
            + "change[- ]?log\\S*|release[- ]notes?|\\bnotes?\\b|\\bdocs?\\b|\\bdocumentation|blog"
            + " ?post|\\bblog\\b|announcements?|run-?books?|read-?me|\\bnews\\b|(upgrade|user|install\\w*|admin\\w*|migration|style|quick-?start) guides?|\\bguides\\b|known"
            + " (limitations|issues)|wiki|status page|release"
            + " (text|description|body)|faq|upgrading|tutorial|\\bcomms\\b|news-?letter|press|playbook|lessons|man"
            + " ?pages?|sections?|chapters?|road-?map|handbook|(contributors?|authors?) list|list of (all )?"
            + "(contributors|authors)|acknowledge?ments|credits|diary|\\bsummary|\\btexts?\\b|\\bdocument\\b|doc-?strings?|java-?docs?|(the|this|our) (book|file|checklist|guide|manual|template|process)\\W*$|\\bbook\\W*$|(?<!commit |git )\\bhistory (entry|entries|file|document)|(issue|release|checklist|pr|pull request) templates?|(release|testing|install\\w*|build) instructions|copyright|(detailed|short|long|full) descriptions?|(help|description) (/ \\w+ )?(files?|pages?|texts?)|(design|decision|deployment|risk) (log|register)|(mod|app|store|workshop|package|repository|project|plugin) description|(support|compatibility) (matrix|table)|security policy|änderungsprotokoll|dokumentation|versionshinweise|limitations|highlights|compatibility"
            + " notes).*");
    /** What a text in a repository is called. */
    private static final Pattern FILE = Pattern.compile(
            "(?i).*(?<![\\w:/.])(?!https?:)([\\w./-]+\\.(md|mdx|rst|adoc|asciidoc|html?)|(read-?me|changelog|changes|news|history|upgrading|release[-_]?notes)\\.txt)\\b.*");
    /** A "tutorial submodule" is a submodule: the last word is the thing. */
    private static final Pattern THING = Pattern.compile(
            "(?i).*\\b(submodules?|repos?|repositor(y|ies)|branch(es)?|tags?|labels?|workflows?|jobs?|remotes?"
                    + "|scripts?|packages?|dependenc(y|ies)|builds?|buttons?|channels?|milestones?|themes?|tools?|servers?|configurations?|settings)\\W*");

    /** In code, with a folder. */
    private static final Pattern PATH = Pattern.compile("`[^`\\s]*/[^`\\s]*`");

    private static final Pattern PAGE = Pattern.compile("(?i).*\\b(pages?|web-?sites?|site|wiki)\\W*");
    /** Where a site is changed: "on the start page". A page of a release at a host takes files, not words. */
    private static final Pattern ON_PAGE = Pattern.compile(
            "(?i).*\\s(?:on|to|in|from|into) (?:the |our |a |an )?(?:(?!release )[\\w'-]+ ){0,4}(?:pages?|web-?sites?|sites?|home-?page|wiki)\\b.*");

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\W*https?://[^\\s`]+[^\\s`\\w]*|(www\\.)?[a-z][\\w-]+\\.(com|org|net|io|dev)\\W*");
    private static final Pattern POST =
            Pattern.compile("(?i)((an?|the|our|new) )*(\\w+ ){0,2}(post|article|devblog)\\W*");
    /** Which of a text's parts is made or changed. */
    private static final Pattern LIST = Pattern.compile(
            "(?i)\\w+ (an? |the )?(new )?list of (all )?(the )?(new )?(contributors|authors|people|commits|changes|pull requests|prs)\\b.*");

    private static final Pattern ON_BLOG = Pattern.compile("(?i).*\\b(\\w*blog|journal|web-?site|site|news)\\b.*");
    private static final Pattern EDITS = Pattern.compile(
            "update|add|edit|paste|copy|include|mention|change|remove|delete|combine|group|regroup|categori[sz]e|re-categori[sz]e|reword|improve|move|drop|strip|trim|reorder|adjust|replace|insert|put|fix|sort|rearrange|append|correct|match|clean|fill|rename|set");
    private static final Pattern SENDS = Pattern.compile(
            "publish|republish|issue|submit|redeploy|post|send|merge|push|upload|close|share|announce|tweet|promote|broadcast|copy|paste|sync|email|mail|advertise"
                    + "|notify|tell|deploy|link|attach|take|unpin|pin|click|run|execute|trigger|tick|select|go|backport|cherry-pick|rebase|commit|stage|fetch|pull|checkout|check-out|clone|install");
    private static final Pattern VERSION = Pattern.compile(
            "(?i)(bump|increment)\\b.*|.*\\bversions?( (number|string|variable|label|used|file|\\(.*\\))s?)?\\W*");
    private static final Pattern OTHER_FILE = Pattern.compile(
            "(?i).*\\w\\.(sh|py|js|ts|go|rs|toml|ya?ml|json|xml|lock|props|cfg|ini|dat|csv|sig|gradle|rb|java|kt|cs|cpp|c|h|pom|spec|(?<!(readme|changelog|changes|news|history|notes)\\.)txt)\\b.*");
    private static final Pattern PLACE = Pattern.compile("(?i)\\s(?:to|into|in) ((?:[^\\s]+\\s*){1,7})");
    private static final Pattern BODY = Pattern.compile("(?i)(the )?([\\w']+ ){0,3}(body|description)\\b.*");
    /** Which part of a text, where the text itself is named behind it. */
    private static final Pattern PART =
            Pattern.compile("(?i)\\S+ .*\\b(entry|entries|headers?|headings?|sections?|paragraphs?|bullets?)\\W*");
    /** Another place, or what is done there: what is copied to a console in a section is in no text. */
    private static final Pattern PLACE_END = Pattern.compile("\\s(in|on|at|from|\\w+ing)\\s");

    /** "Add or update the entry": of two verbs with one object the last stands beside it. */
    private static final Pattern TWO_VERBS = Pattern.compile(
            "(?i)^(?:add|create|update|edit|review|write|generate|amend|revise|copy|cut|make|finali[sz]e) (?:and|or|&)"
                    + " (?=(?:add|create|update|edit|write|amend|revise|change|fix|paste|finali[sz]e|publish) )");

    private static final Pattern SECOND = Pattern.compile("\\s(?:and|&|or)\\s+(?:then\\s+)?(\\p{L}+)");
    private static final Pattern END = Pattern.compile(
            "\\s(for|to|of|in|on|with|by|from|using|that|at|into|which|as|about|when|if|so)\\s|[,;(]|\\.\\s|\\s[-–—]\\s");
    private static final Pattern CLAUSE_END = Pattern.compile("[,;(]|\\.\\s|\\s[-–—]\\s");

    private Texts() {}

    /** Whether it speaks of a text anywhere. */
    static boolean named(String text) {
        return NAMED.matcher(text).matches();
    }

    /** The same, but for the folders of files that are none. */
    static boolean spoken(String text) {
        return named(
                PATH.matcher(text).replaceAll(path -> FILE.matcher(path.group()).matches() ? "`docs`" : " "));
    }

    /** Whether something is a text, by its name or by its file. */
    static boolean text(String named) {
        return (named(named) || FILE.matcher(named).matches())
                && !THING.matcher(named).matches();
    }

    /** "In the description", in front of what is written there. */
    static boolean inside(String before) {
        var place = PLACE.matcher(" " + before);
        return place.find()
                && (text(place.group(1)) || BODY.matcher(place.group(1)).matches());
    }

    /** Whether a request that stands below a text changes that text, and no other thing. */
    static boolean within(String text, String verb) {
        return !version(text) && edits(text, verb);
    }

    /** The same of what stands below nothing but the text's name: a number in it is a part of it, too. */
    static boolean edits(String text, String verb) {
        String object = head(text);
        boolean code = object.matches("\\S+ (the |a )?`[^`]*`\\W*")
                && !FILE.matcher(object).matches();
        return !code
                && EDITS.matcher(verb).matches()
                && !THING.matcher(object).matches()
                && !OTHER_FILE.matcher(CLAUSE_END.split(text)[0]).matches();
    }

    /** Whether a heading, a title or a sentence before a list names a text, and says little else. */
    static boolean titled(String title) {
        String plain = title.replaceFirst("\\s*:\\s*$", "").strip();
        return plain.split("\\s+").length <= 5
                && !plain.matches("(?i).*\\b(instructions|process|guide|checklist|procedure|manual)")
                && text(plain)
                && !plain.matches("(?i).*\\b(and|or)\\b.*");
    }

    private static boolean version(String text) {
        String head =
                head(text.replaceAll("https?://\\S+|[\"“][^\"”]*[\"”]", " ")).replace("`", "");
        return VERSION.matcher(head).matches() && !(head.contains(" and ") && named(head));
    }

    /** Whether what is made or changed is a text, rather than sent, or a number in a text. */
    static boolean changed(String text, String verb) {
        return !version(text)
                && (placed(text, verb)
                        || (verb.matches("copy|paste")
                                && object(text, verb)
                                && !PLACE.matcher(text).find())
                        || (EDITS.matcher(verb).matches()
                                && PART.matcher(head(text)).matches()
                                && named(CLAUSE_END.split(text)[0]))
                        || (!SENDS.matcher(verb).matches() && (object(text, verb) || onPage(text, verb))));
    }

    /** Whether the verb's object is a text. */
    static boolean object(String text, String verb) {
        String object = head(text).replaceFirst("^\\S+\\s*", "");
        boolean page = PAGE.matcher(object.replaceFirst("(?i) and .*", "")).matches()
                || (ADDRESS.matcher(object).matches()
                        && !OTHER_FILE.matcher(object).matches());
        boolean post = POST.matcher(object).matches();
        if ((verb.matches("update|edit|revise") && page)
                || (verb.equals("prepare") && post)
                || (verb.matches("create|make") && post && ON_BLOG.matcher(text).matches())
                || (verb.matches("create|make|generate|prepare|add|edit|update")
                        && LIST.matcher(text).matches())) {
            return true;
        }
        if (FILE.matcher(object).matches()
                || (EDITS.matcher(verb).matches()
                        && FILE.matcher(CLAUSE_END.split(text)[0]).matches())) {
            return true;
        }
        String words = object.replaceAll("`[^`]*`", "");
        String said = words.matches("(?i)\\W*(the|a|an|your|our)?\\W*") ? object : words;
        return named(said) && !THING.matcher(said).matches();
    }

    /** "Add a link to the downloads page": a site is a text. */
    private static boolean onPage(String text, String verb) {
        String first = CLAUSE_END.split(text)[0];
        return verb.matches("update|add|remove|edit|change|adjust|replace")
                && ON_PAGE.matcher(first.replaceAll("`[^`]*`", " ")).matches()
                && !OTHER_FILE.matcher(first).matches();
    }

    /** "Add an entry to the changelog", "Correct the date in the news": where it stands is the text. */
    private static boolean placed(String text, String verb) {
        String first = CLAUSE_END.split(text)[0];
        var place = PLACE.matcher(first);
        boolean brings = verb.matches("add|append|insert|put|introduce|copy|paste|move|merge");
        return (brings || EDITS.matcher(verb).matches())
                && place.find()
                && (brings || place.group().strip().startsWith("in"))
                && (text(PLACE_END.split(place.group(1))[0])
                        || BODY.matcher(place.group(1)).matches())
                && !OTHER_FILE.matcher(first).matches();
    }

    /** The object stands near the verb; what comes far behind it explains. */
    static String head(String text) {
        String whole = TWO_VERBS
                .matcher(text)
                .replaceFirst("")
                .replaceFirst("(?i)\\b(an? |the )?(first )?(draft|outline|summary|section|copy) of ", "");
        var end = END.matcher(whole);
        String near = end.find() ? whole.substring(0, end.start()) : whole;
        var second = SECOND.matcher(near);
        return second.find() && Words.verb(second.group(1)) && !named(second.group(1))
                ? near.substring(0, second.start())
                : near;
    }
}
