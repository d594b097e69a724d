package dev.slipway.guide;

import static dev.slipway.guide.Classed.action;
import static dev.slipway.guide.Classed.bound;
import static dev.slipway.guide.Classed.document;
import static dev.slipway.guide.Classed.duty;
import static dev.slipway.guide.Classed.gate;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command, a script or a run stands for: one that only looks says yes or no, one that writes a text makes that text, and all
 * others change something. What it is run for counts before what it is called.
 */
final class Commands {
    private static final Pattern COMMAND = Pattern.compile(
            "^`[^`]*(`\\W*$|\\s[^`]*`.*)|^[^:`]{1,40}: `[^`]*`\\W*$|^(git|gh|npm|yarn|docker|helm|kubectl|make|cargo|twine|mvn|gradle)"
                    + " (?!shows|lists|has|reports|contains|installed|published|updated|configured|available)[a-z][a-z-]+"
                    + "( (?!(is|are|was|were|has|have)\\b)\\S+){0,40}$");
    private static final Pattern RAW = Pattern.compile(
            "^(git|gh|npm|npx|yarn|make|docker|cargo|mvn|pip|twine|echo|cd|curl|gpg|svn|hg|sed) \\S.*(\\s(&&|>|\\|)\\s|\\s--?[a-z]).*");
    private static final Pattern SAYS = Pattern.compile(
            "(?i)^`[^`]+` (successfully )?(reports?|succeeds?|passes|prints?|shows?|exits?|returns?|outputs?|works|runs (successfully|cleanly|without))\\b.*");
    /** "The tour runs clean: `tour --fast`", "No import of it: `grep x` returns nothing". */
    private static final Pattern STATED = Pattern.compile(
            "(?i)^(?=[^`]*\\b(pass(es|ed|ing)?|runs?|works?|holds?|clean|validated|verified|checked|succeeds?|ok|green|is|are)\\b)[^:`]+: `[^`]*`.*"
                    + "|[^`]*`[^`]*`[^`]*\\b(returns?|yields|holds|prints?|shows|exits|succeeds|passes)\\b.*|[^`]+\\bholds\\b.*`.*"
                    + "|[^`]*\\b(path|mode|option|flag|call|endpoint)s? (works?|holds?)\\b.*`.*");

    private static final Pattern TRIES = Pattern.compile("(?i).*\\b(click|play|poke) (around|with)\\b.*");

    /** Programs, scripts and their commands that only look. */
    private static final Pattern LOOKS = Pattern.compile("(?i)(\\w+ )?`(?!(cd|git|cp|mv|mkdir|rm|ls|scp|rsync|ssh) )"
            + "([^`]*(?<!\\p{L})(tests?|checks?|pytest|tox|nox|rspec|phpunit|ctest|lint|linters?|e2e|smoke|verify|vet|audit|validate"
            + "|flake8|ruff|mypy|pylint|eslint|clippy|rubocop|shellcheck|hadolint|yamllint|markdownlint|typos|codespell|spell-?check"
            + "|golangci-lint|staticcheck|govulncheck|gorelease|semver-checks|dry-run)(?!\\p{L})[^`]*)`.*");
    /** What is run for what it writes. */
    private static final Pattern TO_CHANGE = Pattern.compile(
            "(?i).*\\b(to|so( that)?)\\b.*\\b(updated?|created?|generated?|writes?|written|builds?|built|makes?|made|refresh(es|ed)?|fix(es|ed)?)\\b.*"
                    + "|.*`[^`]*\\b(commit|push|tag|publish|deploy|upload|install|checkout|add|branch|clone|new)\\b(?![^`]*dry-run)[^`]*`.*");

    private static final Pattern TO_REFRESH =
            Pattern.compile("(?i).*\\b(to|and) (ensure|make sure)\\b.*\\bup[ -]to[ -]date\\b.*");
    /** "Run `x` to make the changelog". */
    private static final Pattern FOR_TEXT = Pattern.compile(
            "(?i)^(?:run|use|execute|call)\\b.{1,140}?\\b(?:to|which will) (create|generate|update|write|collect|prepare|assemble|draft|build)\\b(.*)");

    private static final Pattern SENT_ON = Pattern.compile("(?i).*\\band (publish|post|push|send|upload)\\b.*");

    private static final Pattern BY_MEANS = Pattern.compile(
            "(?i)^(use|run|execute|call)\\b.{1,80}?\\b(?:(?:to|and) (?:await|wait|verify|check(?! (?:in|out)\\b)|ensure"
                    + "|validate|confirm|test|verified|checked|confirmed)|to (?:make sure|see (?:if|whether|that)))\\b.*");
    private static final Pattern BY_MEANS_AND = Pattern.compile("(?i)^(run|execute)\\b[^,]{1,120}\\band\\b.*");
    /** What is changed when it is run, whatever is looked at then. */
    private static final Pattern CHANGES = Pattern.compile(
            "(?i)(?!.*\\b(workflows?|scripts?|jobs?|pipelines?|tests?|ci|checks?|commands?|suites?)\\b)"
                    + "[^`]*\\b(upgrades?|updates?|deploy(ments?)?|migrations?|releases?|installations?|roll-?(out|back)s?)\\b.*");
    /** "Let the workflow publish it": a run does it, and says whether it did. */
    private static final Pattern BY_RUN = Pattern.compile(
            "(?i)^(let|allow|leave it to)\\b.{0,40}?(\\b(workflow|pipeline|action|ci|cd|bot|job|automation|robot)s?\\b|`[^`]+\\.ya?ml`).*");

    private static final Pattern RUNS =
            Pattern.compile("run|perform|conduct|execute|complete|do|führe|ausführen|rerun|re-run|repeat");
    private static final Pattern CHECKS =
            Pattern.compile("(?i).*\\b(checks?(?! (in|out)\\b)|validation|verification|scan|audit|suite|matrix)\\b.*");
    private static final Pattern OF_PEOPLE = Pattern.compile(
            "(?i).*\\b(browsers? of (your|the) choice|on a (clean|fresh|new) (machine|vm|system|profile|laptop)|review|meeting|retro\\w*|functional test\\w*|exploratory|tutorials?"
                    + "|(tutorial|usage) examples?|walk-?throughs?|manual (\\w+ )?(qa|tests?|testing|checks?|verification|acceptance))\\b.*");
    /** Where the thing that is run ends. */
    private static final Pattern RUN_END = Pattern.compile(
            "\\s(in|on|with|by|from|using|at|without|against|to|for|via|and)\\s|[,;(]|\\.\\s|\\s[-–—]\\s");
    /** A script that is called a test, and run for nothing else. */
    private static final Pattern TESTS = Pattern.compile(
            "(?i)^\\w+ `[^`]*(?<!\\p{L})(tests?|checks?|pytest|tox|rspec|lint|e2e|smoke)(?!\\p{L})[^`]*`(?!.*\\bto (update|create|generate|write|build|make)\\b).*");

    private static final Pattern TESTING = Pattern.compile(
            "(?i).*\\b(security|core|regression|load|stress|performance|integration|system|automated) testing( of\\b.*)?\\W*");
    /** A run that says yes or no may be started in many words. */
    private static final Pattern STARTS_RUN = Pattern.compile(
            "(?i)^(kick|start|trigger|launch|initiate)\\b.*\\b(tests?|suites?|benchmarks?|scans?|dry.?run)\\b(?! (branch|plan|image|package|release|server|environment|vm|machine)).*");

    private static final Pattern BUILT_AND_TESTED = Pattern.compile(
            "(?i)^(build|compile|run)( it| everything| all)?,? (and|&) (run )?(the )?(tests?|verify|checks?|lint)\\b.*");
    private static final Pattern BUILDS = Pattern.compile("(?i)^(build|compile)\\b.*|run .*\\bbuild\\b.*");
    private static final Pattern TO_SHIP = Pattern.compile(
            "(?i).*\\b(artifacts?|binar(y|ies)|packages?|images?|wheels?|installers?|distributions?|candidate|archives?|tarballs?|gem|jar|zip)\\b.*");
    private static final Pattern VERIFIES =
            Pattern.compile("(?i).*\\b(validat\\w+|verif\\w+|pre-?flight|sanity|quality|checks)\\b.*");

    private Commands() {}

    /** One word in code is a name: of a file, of a branch. */
    static boolean command(String text) {
        return COMMAND.matcher(text).matches() && !text.matches("`\\S+`\\W*");
    }

    /** A command that stands there without marks of code. */
    static boolean raw(String text) {
        return RAW.matcher(text).matches();
    }

    /** What is put into a package, rather than into a text. */
    static boolean ships(String text) {
        return TO_SHIP.matcher(text).matches();
    }

    /** A line without a verb that is a command, or says what one prints. */
    static Optional<Classed> stated(GuideLine line, String text) {
        if (SAYS.matcher(text).matches()) {
            return Optional.of(
                    bound(line, text).orElseGet(() -> gate(Evidence.CI, "what a command reports says yes or no")));
        }
        if (STATED.matcher(text).matches()) {
            return Optional.of(saysSo(text, "what a command says shows it"));
        }
        boolean command = raw(text)
                || COMMAND.matcher(line.text()).matches()
                || COMMAND.matcher(text).matches();
        if (!command) {
            return Optional.empty();
        }
        if (LOOKS.matcher(text).matches() && !TO_CHANGE.matcher(text).matches()) {
            return Optional.of(saysSo(text, "what is run says yes or no"));
        }
        return Optional.of(TRIES.matcher(text).matches() ? duty("somebody tries it") : action("a command is run"));
    }

    /** A request to run something, or to let it run; empty where it is none, or where what is run is changed by it. */
    static Optional<Classed> run(GuideLine line, String text, String verb) {
        if (BY_RUN.matcher(text).matches()) {
            return Optional.of(gate(Evidence.CI, "a run does it, and says whether it did"));
        }
        if (BUILT_AND_TESTED.matcher(text).matches() || onlyBuilt(line, text)) {
            return Optional.of(gate(Evidence.CI, "what is run says yes or no"));
        }
        if (forText(text)) {
            return Optional.of(document("what is run makes a text"));
        }
        boolean changes = BY_MEANS_AND.matcher(text).matches()
                && CHANGES.matcher(ran(text)).matches();
        if (BY_MEANS.matcher(text).matches()
                && !changes
                && !TO_REFRESH.matcher(text).matches()) {
            return Optional.of(bound(line, text).orElseGet(() -> action("a command is run")));
        }
        boolean runs = RUNS.matcher(verb).matches();
        if (OF_PEOPLE.matcher(text).matches()
                && (runs || verb.matches("start|set|schedule-post|put|launch|open|install"))) {
            return Optional.of(duty("a review, a meeting or a test by hand is of people"));
        }
        return (runs && tests(text)) || STARTS_RUN.matcher(text).matches()
                ? Optional.of(tested(line, text))
                : Optional.empty();
    }

    private static boolean onlyBuilt(GuideLine line, String text) {
        return BUILDS.matcher(text).matches()
                && VERIFIES.matcher(line.heading()).matches()
                && !ships(text);
    }

    private static boolean forText(String text) {
        Matcher purpose = FOR_TEXT.matcher(text);
        return purpose.matches()
                && !SENT_ON.matcher(purpose.group(2)).matches()
                && Texts.object(
                        purpose.group(1) + purpose.group(2), purpose.group(1).toLowerCase(Locale.ROOT));
    }

    private static boolean tests(String text) {
        String ran = ran(text);
        return checks(text)
                || TESTING.matcher(ran).matches()
                || Looking.AUTOMATED.matcher(ran.replaceAll("`[^`]*`", "` `")).matches();
    }

    /** Whether what is run is called after what it looks at, and changes nothing. */
    private static boolean checks(String text) {
        return (TESTS.matcher(text).matches() || LOOKS.matcher(text).matches())
                && !TO_CHANGE.matcher(text).matches();
    }

    private static Classed tested(GuideLine line, String text) {
        if (checks(text)) {
            return gate(Evidence.TESTS, "what is run says yes or no");
        }
        boolean named = text.matches("(?i)^\\w+ `.*");
        Optional<Classed> gate = named ? Optional.empty() : bound(line, text);
        boolean checks =
                CHECKS.matcher(text).matches() || TESTING.matcher(ran(text)).matches();
        return gate.orElseGet(
                () -> checks ? gate(Evidence.CI, "what is run says yes or no") : action("a command is run"));
    }

    private static Classed saysSo(String text, String reason) {
        return gate(Evidence.of(text).filter(Commands::ofTests).orElse(Evidence.CI), reason);
    }

    private static boolean ofTests(Evidence found) {
        return switch (found) {
            case TESTS, UNIT, INTEGRATION, SMOKE, LINT, VULNERABILITIES, PERFORMANCE, COVERAGE -> true;
            default -> false;
        };
    }

    /** What is run, with the verb. */
    private static String ran(String text) {
        return RUN_END.split(text)[0];
    }
}
