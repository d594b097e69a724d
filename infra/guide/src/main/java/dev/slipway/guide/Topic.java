package dev.slipway.guide;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a heading says of the lines below it: noun phrases get their meaning from there. The nearest that says anything counts. */
enum Topic {
    REFERENCE("contents|table of contents|troubleshoot\\w*|known issues|faqs?|frequently"
            + " asked|background|introduction|glossary|terminolog\\w+|resources|references?|further reading|see"
            + " also|useful"
            + " links|links|examples?|problem:.*|history|definitions|schedule|calendar|roadmap|supported"
            + " (\\w+ )?versions|cadence|rationale|what is .*|how it works|release types?|types of releases?|general"
            + " notes|tools|about|motivation|appendix"),
    PRINCIPLE(
            "philosophy|(\\w+ )?polic(y|ies)|branch management|compatibility guarantees|(api )?stability|notes? on .*|principles?|versioning( strategy| scheme| policy)?|branching"
                    + " (strategy|model)|values|goals|ground rules|versionierung|grundsätze"),
    CONTACT("contacts?|contact and support|contact information|on-?call contacts|kontakte?|ansprechpartner"),
    NOTES("release notes?( highlights)?|change ?log|known limitations|what'?s new|new features|improvements|bug"
            + " ?fixes|breaking changes|highlights"),
    UPGRADE("upgrade (recommendations|notes|instructions|guide)|migration (notes|guide)"),
    OVERVIEW("(release )?overview|release (info|information|details|data|summary)|summary|metadata|übersicht"),
    TESTING("test(s|ing)?|qa|quality|verification|validation|benchmarks?|checks|security|performance|smoke"
            + " tests?|tests? phase|qualität|prüfung"),
    CRITERIA(
            "criteria|exit criteria|definition of done|go ?/?"
                    + " ?no-?go|readiness|acceptance|checklist|prerequisites|pre[- ]?requisites|requirements|pre[- ]?flight|before"
                    + " (you"
                    + " )?(start|begin)\\w*|conditions|voraussetzungen|checkliste|kriterien|maintainability|observability|reliability|accessibility"),
    ROLLBACK("roll[- ]?back|contingency|back[- ]?out|recovery|way back|disaster|notfall|rückfall"),
    AFTER(
            "post[- ]?(release|deploy\\w*|launch|mortem)|after\\b.*|follow[- ]?ups?|wrap(ping)?[- ]?up|clean[- ]?up|monitor\\w*|next"
                    + " release|aftercare|nacharbeiten|danach"),
    IMPROVEMENT("(continuous )?improvements?|retrospectives?|lessons( learned)?|feedback"),
    ACTIVITY(
            "deploy\\w*|staging|production|merg\\w+|pull request("
                    + " process)?|review|prepar\\w+|prep\\b.*|before|during|steps?|process|procedure|publish\\w*|announc\\w+|communicat\\w+|tasks?|to-?dos?|releas\\w+|phase|workflow|kick-?"
                    + " ?off|final\\w*|rollout|launch|candidate|branch\\w*|build\\w*|tag\\w*|cut\\w*|configuration"
                    + "|docs|documentation|day|week|rc\\d?|ga|patch|minor|major|hotfix|veröffentlich\\w*|vorbereit\\w*|auslieferung|freigabe"),
    NONE("");

    private final Pattern words;

    Topic(String words) {
        this.words = Pattern.compile("(?i)(^|.*\\b)(" + words + ")(\\b.*|$)");
    }

    /** Nothing below these is asked in each release, whatever their own headings say. */
    private static final Pattern NEVER = Pattern.compile(
            "(?i)\\W*(troubleshoot\\w*|faqs?|appendix|glossary|known issues)\\b.*|\\W*(notes?|additional information)\\W*");

    private static final List<Topic> WHOLE = List.of(REFERENCE, PRINCIPLE, CONTACT, NOTES, UPGRADE, OVERVIEW);

    /** Of one heading, by its last words first: a "testing checklist" is a checklist about testing. */
    static Topic of(String heading) {
        String plain = LineIds.plain(heading).replaceFirst("^\\d+ ", "").toLowerCase(Locale.ROOT);
        if (plain.isEmpty()) {
            return NONE;
        }
        for (Topic topic : values()) {
            if (topic == NONE) {
                break;
            }
            boolean fits = WHOLE.contains(topic)
                    ? plain.matches("(?i)((the|our|release|project|general|some|other|new|this|current) ){0,4}("
                                    + topic.body() + ")( .*)?")
                            && (plain.startsWith("release ") || !Words.startsWithVerb(heading))
                    : topic.words.matcher(plain).matches();
            if (fits) {
                return topic;
            }
        }
        return NONE;
    }

    private String body() {
        String pattern = words.pattern();
        return pattern.substring("(?i)(^|.*\\b)(".length(), pattern.length() - ")(\\b.*|$)".length());
    }

    static Topic of(List<String> headings) {
        if (headings.stream().anyMatch(heading -> NEVER.matcher(heading).matches())) {
            return REFERENCE;
        }
        Topic found = NONE;
        for (int i = headings.size() - 1; i >= 0 && found == NONE; i--) {
            found = of(headings.get(i));
        }
        return found;
    }

    /** Whether a noun phrase below it is something to be done. */
    boolean asks() {
        return switch (this) {
            case TESTING, CRITERIA, ROLLBACK, AFTER, IMPROVEMENT, ACTIVITY, UPGRADE, NOTES -> true;
            case REFERENCE, PRINCIPLE, CONTACT, OVERVIEW, NONE -> false;
        };
    }
}
