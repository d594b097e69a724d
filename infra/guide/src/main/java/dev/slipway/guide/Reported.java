package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.document;
import static dev.slipway.guide.Classed.duty;
import static dev.slipway.guide.Classed.gate;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checklist in the past tense: "Notes drafted", "The branch was cut", "Resellers have been told". Somebody did it, so what was
 * done says of which class it is. How something stands ("the notes are up to date") is none of these, and what a machine can
 * look for is left to {@link Evidence}.
 */
final class Reported {
    private static final String DONE = "((?:(?:re-)?\\p{L}+ed|built|sent|made|done|written|taken|told)"
            + "(?:(?:,| and| or| &|/) ?(?:\\p{L}+ed|built|sent|made|written|told))*)";
    private static final Pattern WAS = Pattern.compile(
            "(?i)^(.{2,120}?) (?:was|were|has been|have been|had been|got) (?:\\p{L}+ly )?" + DONE + "(?=\\W|$)(.*)");
    private static final Pattern BARE = Pattern.compile("(?i)^((?:[^\\s;:]+(?::\\S+)?,? ){1,9}?)" + DONE
            + "(\\W*$|,.*| \\(.*| (?:with|by|to|into|onto|via|using|without|on|in|for|from|of|at|as|per|before|after|against|across|successfully"
            + "|when|if|until|and)\\b.*)");
    private static final Pattern AND = Pattern.compile("(?:,| and| or| &|/) ?");
    private static final Pattern TO_BE = Pattern.compile("(?i).*\\b(be|being|is|are|not|to)");
    /** Of all of them something holds, or does not: that is looked at. */
    private static final Pattern ALL = Pattern.compile("(?i)^(all|every|each|no|any|none)\\b.*");

    private static final Pattern BY_SOMEBODY = Pattern.compile(
            "(?i).*\\bby (the |an? |our )?([\\p{L}/-]+ ){0,3}(teams?|leads?|owners?|managers?|coordinators?"
                    + "|stewards?|stakeholders?|officers?|maintainers?|engineers?|reviewers?|testers?|legal|security|qa|pms?"
                    + "|users?|customers?|people)\\b.*");
    private static final Pattern OF_PEOPLE = Pattern.compile(
            "(?i).*\\b(decisions?|assessments?|analys[ie]s|reviews?|retrospectives?|retros?|meetings?|calls?"
                    + "|post-?mortems?|trainings?|briefings?|approvals?|sign-?offs?|plans?|metrics|lessons?|feedback|owners?"
                    + "|coordinators?|captains?|managers?)\\W*");
    private static final Pattern JUDGED =
            Pattern.compile("(?i).*\\b(impact|risk|privacy|business|change) (assessments?|analys[ie]s)\\W*");
    private static final Pattern PAGE =
            Pattern.compile("(?i).*\\b(pages?|web-?sites?|wiki|advisor(y|ies)|tables?|matrix)\\b.*");
    private static final Pattern MESSAGE =
            Pattern.compile("(?i).*\\b(messages?|e?-?mails?|posts?|tweets?|toots?|announcements?"
                    + "|notifications?|notes|pages?|docs|documentation|articles?|changelog)\\W*");
    /** Whether it is right no machine knows. */
    private static final Pattern PLAN =
            Pattern.compile("(?i).*\\b(plans?|environments?|scope|requirements|timing|ownership)\\W*");
    /** What a release makes beside its artifacts. */
    private static final Pattern MADE = Pattern.compile(
            "(?i)(?!(all|every|each|no|any|none)\\b).*\\b(tags?|releases?|drafts?|branch(es)?|milestones?|issues?|tickets?|prs?|pull requests?)\\W*");

    /** What shows by itself that it was made. */
    private static final Pattern EVIDENT = Pattern.compile(
            "(?i).*\\b(tests?|testing|scans?|audits?|checks?|builds?|benchmarks?|suites?|coverage|training|migrations? (validated|tested)|sboms?|bills? of materials|check-?sums?|hashes|provenance|attestations?|signatures?)\\W*");

    private static final Pattern KEPT = Pattern.compile("(?i).*\\b(backups?|snapshots?|freeze)\\W*");

    private static final Pattern MAKES =
            Pattern.compile("prepare|create|update|add|generate|change|revise|amend|append|make|compile");
    /** What others merge. */
    private static final Pattern REQUEST = Pattern.compile("(?i).*\\b(merge requests?|pull requests?|prs?|mrs?)\\W*");
    /** Beside something else that was done, a look at it is what counts. */
    private static final Pattern LOOKED = Pattern.compile("(?i).*\\b(scanned|verified|validated|audited)\\b.*");

    private static final Pattern WRITES =
            Pattern.compile("document|draft|write|highlight|credit|note|mention|describe|summari[sz]e|outline|explain");
    /** What is written down before it is done. */
    private static final Pattern PLANNED = Pattern.compile(
            "(?i).*\\b(roll-?back|back-?out|recovery|deployment|release|communication|test) (plans?|procedures?|instructions)\\W*");

    private static final Pattern SENDS =
            Pattern.compile("publish|post|send|share|announce|tweet|submit|upload|push|deploy|distribute|circulate");
    private static final Pattern TELLS =
            Pattern.compile("notify|inform|tell|announce|email|mail|message|warn|communicate");
    private static final Pattern LOOKS = Pattern.compile(
            "test|verify|validate|check|confirm|ensure|inspect|compare|audit|resolve|monitor|watch|track");
    private static final Pattern DOES = Pattern.compile(
            "start|stop|trigger|begin|launch|initiate|execute|update|bump|change|increment|raise|remove|delete|add|move|copy"
                    + "|rename|replace|cut|branch|freeze|lock|unlock|disable|rotate|submit|file|open|close|archive|clean|switch"
                    + "|promote|make|take|send|post|rebase|backport|sync|regenerate|generate|register|revert|unpublish|deprecate");

    private static final Pattern CHANGES = Pattern.compile(
            "publish|upload|push|merge|build|release|fork|ship|submit|distribute|re-?sync|sync|set|create|trigger|enable");

    private Reported() {}

    /** Empty where it does not say that something was done, or where a report may say it. */
    static Optional<Classed> of(GuideLine line, String text) {
        Matcher was = WAS.matcher(text);
        if (was.matches()) {
            return done(was.group(1), was.group(2), was.group(3), false);
        }
        Matcher bare = BARE.matcher(text);
        return line.shape() != GuideLine.Shape.HEADING && bare.matches()
                ? done(
                        bare.group(1).strip(),
                        bare.group(2),
                        bare.group(3),
                        !Words.CHECK.contains(Clause.of(line.heading()).verb()))
                : Optional.empty();
    }

    /** @param bare whether it says nothing but what was done, under a heading that does not ask to look */
    private static Optional<Classed> done(String subject, String participles, String rest, boolean bare) {
        if (TO_BE.matcher(subject).matches()) {
            return Optional.empty();
        }
        if (BY_SOMEBODY.matcher(rest).matches()) {
            return Optional.of(duty("it names who does it"));
        }
        Optional<String> first = Arrays.stream(AND.split(participles))
                .map(Words::ofPast)
                .filter(verb -> !verb.isEmpty())
                .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String verb = first.get();
        if (TELLS.matcher(verb).matches()) {
            return Optional.of(action("somebody was told"));
        }
        if (rest.matches("(?i)\\s*successfully\\b.*") && !LOOKS.matcher(verb).matches()) {
            return Optional.of(gate(Evidence.ARRIVED, "what came of it can be looked for"));
        }
        if (Texts.text(subject) || PAGE.matcher(subject).matches() || subject.matches("https?://\\S+")) {
            return ofText(subject, verb);
        }
        if (JUDGED.matcher(subject).matches()) {
            return Optional.of(duty("people did it: '%s'".formatted(verb)));
        }
        if (WRITES.matcher(verb).matches()
                || (PLANNED.matcher(subject).matches() && MAKES.matcher(verb).matches())) {
            return Optional.of(document("a text was made: '%s'".formatted(verb)));
        }
        if (LOOKED.matcher(participles).matches()) {
            return Optional.empty();
        }
        if (bare && verb.equals("test") && tried(subject)) {
            return Optional.of(duty("somebody tried it"));
        }
        if (Looking.AUTOMATED.matcher(subject).matches()) {
            return Optional.empty();
        }
        boolean changed = bare
                && CHANGES.matcher(verb).matches()
                && Stream.of(REQUEST, ALL, EVIDENT)
                        .noneMatch(other -> other.matcher(subject).matches());
        return ofThing(subject, verb, rest)
                .or(() -> changed ? Optional.of(action("something was done: '%s'".formatted(verb))) : Optional.empty());
    }

    /** Whether no report is known that would say what came of trying it. */
    private static boolean tried(String subject) {
        return !subject.matches("(?i).*\\bmigrations?\\b.*")
                && Evidence.of(subject + " tested").filter(Reported::reported).isEmpty();
    }

    private static boolean reported(Evidence evidence) {
        return switch (evidence) {
            case LINT, ARRIVED, DOCS, PARTS, VERSION, CONFIGURATION, SETTINGS, LICENCES -> false;
            default -> true;
        };
    }

    private static Optional<Classed> ofText(String subject, String verb) {
        if (Words.WRITE.contains(verb) || MAKES.matcher(verb).matches()) {
            return Optional.of(document("a text was made or changed: '%s'".formatted(verb)));
        }
        return SENDS.matcher(verb).matches() && MESSAGE.matcher(subject).matches()
                ? Optional.of(action("something was sent: '%s'".formatted(verb)))
                : Optional.empty();
    }

    private static Optional<Classed> ofThing(String subject, String verb, String rest) {
        if (SENDS.matcher(verb).matches() && MESSAGE.matcher(subject).matches()) {
            return Optional.of(action("something was sent: '%s'".formatted(verb)));
        }
        if (EVIDENT.matcher(subject).matches()) {
            return Optional.empty();
        }
        if (PLAN.matcher(subject).matches() && LOOKS.matcher(verb).matches()) {
            return Optional.of(duty("people have to agree: '%s'".formatted(verb)));
        }
        if (LOOKS.matcher(verb).matches()) {
            return Optional.empty();
        }
        if (verb.matches("document|draft|write")) {
            return Optional.of(document("a text was made: '%s'".formatted(verb)));
        }
        if (Words.PERSON.contains(verb) || OF_PEOPLE.matcher(subject).matches()) {
            return Optional.of(duty("people did it: '%s'".formatted(verb)));
        }
        boolean kept = KEPT.matcher(subject).matches()
                || verb.matches("tag|deploy")
                || (verb.equals("merge") && rest.matches("(?i)\\s+back\\b.*"))
                || (verb.matches("create|push|publish|release")
                        && MADE.matcher(subject).matches());
        return kept || (DOES.matcher(verb).matches() && !ALL.matcher(subject).matches())
                ? Optional.of(action("something was done: '%s'".formatted(verb)))
                : Optional.empty();
    }
}
