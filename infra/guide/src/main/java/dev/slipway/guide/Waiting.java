package dev.slipway.guide;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a line waits on others (ADR 63): a store's review, a mirror, another team. What runs for this release itself, such as its
 * pipeline, is no other: a gate looks at it. How long it takes is for people to say; the guide's own time is proposed to them.
 *
 * @param on who or what is waited for, in the guide's words, 1 to 120 characters
 * @param seen whether it can be looked for over HTTP, so that a poll could end it
 * @param expected how long it usually lasts, 1 min to 10 d
 * @param longest how long it may last, no shorter and at most 30 d
 */
public record Waiting(String on, boolean seen, Duration expected, Duration longest) {
    private static final int ON_MAX = 120;
    private static final Duration EXPECTED = Duration.ofHours(24);
    private static final Duration EXPECTED_MAX = Duration.ofDays(10);
    private static final int LONGEST_TIMES = 3;

    private static final Pattern WAITS = Pattern.compile(
            "(?i)^(?:wait|await|waiting|hold|pause|stop|warte|warten)\\b(?: here)?(?: (?:a (?:bit|while|moment)|patiently))?,?"
                    + "\\s*(?:for|until|till|on|to|auf|bis)?\\s+(?:the |a |an |our |that |die |der |das |den )?(.*)");
    /** What a release's own machinery does. */
    private static final Pattern OWN = Pattern.compile(
            "(?i).*\\b(ci|cd|workflows?|pipelines?|builds?|jobs?|tests?|checks?|actions?|deploy\\w*|roll-?out|images?|scans?|scripts?"
                    + "|commands?|benchmarks?|containers?|pods?|cluster|prs?|pull requests?|merge requests?|commit|branch)\\b.*");
    /** Who is no part of it. */
    private static final Pattern OTHERS = Pattern.compile(
            "(?i).*\\b((app|play|web|chrome|microsoft|snap) ?store|market-?place|apple|google play|stores?|mirrors?|mirroring|syncs?|synced"
                    + "|synchroni[sz]\\w+|propagat\\w+|cdn|dns|upstream|downstream|vendors?|partners?|suppliers?|customers?|distributors?"
                    + "|(other|another|external|third.party) \\w+|[\\w-]+ teams?|legal|press|translators?|packagers?|registry|maven central|npm|pypi"
                    + "|homebrew|conda(-forge)?|nuget|crates\\.io|docker hub|tickets?|issue)\\b.*");
    /** What can be looked at again and again. */
    private static final Pattern SEEN = Pattern.compile(
            "(?i).*\\b(published|available|appears?|listed|live|visible|reachable|online|synced|syncs?|mirrors?|propagat\\w+|updated|closed"
                    + "|store|market-?place|registry|maven central|npm|pypi|homebrew|conda(-forge)?|nuget|crates\\.io|dns|cdn)\\b.*");
    /** The word of our own people, which is an approval. */
    private static final Pattern OURS = Pattern.compile("(?i).*\\b(approv\\w+|lgtm|votes?|sign.?offs?|go-ahead)\\b.*");

    private static final Pattern ONLY_TIME = Pattern.compile(
            "(?i)(at least |about |another )?(\\d+|an?|one|two|three|few|some)\\W+"
                    + "(more |full |working |business )?(minutes?|hours?|days?|weeks?|moments?|bit|while|time)\\b.{0,20}");

    public Waiting {
        if (on.isBlank() || on.length() > ON_MAX || expected.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "a wait says for what in at most %d characters, and may last as long as expected: '%s', %s, %s"
                            .formatted(ON_MAX, on, expected, longest));
        }
    }

    /** Empty where a line waits on nobody, or on what is the release's own. */
    public static Optional<Waiting> of(Proposal proposal) {
        return proposal.kind() == LineClass.DUTY ? of(proposal.line(), proposal.timing()) : Optional.empty();
    }

    static Optional<Waiting> of(GuideLine line, List<Timing> timing) {
        return on(Clause.of(line.text()).asked()).map(on -> {
            Duration expected = timing.stream()
                    .filter(Timing::lasts)
                    .flatMap(one -> duration(one.offset()).stream())
                    .filter(time -> time.compareTo(Duration.ofMinutes(1)) >= 0 && time.compareTo(EXPECTED_MAX) <= 0)
                    .findFirst()
                    .orElse(EXPECTED);
            return new Waiting(on, SEEN.matcher(on).matches(), expected, expected.multipliedBy(LONGEST_TIMES));
        });
    }

    /** Whether a request waits on others. */
    static boolean onOthers(String asked) {
        return on(asked).isPresent();
    }

    private static Optional<String> on(String asked) {
        Matcher waits = WAITS.matcher(asked);
        if (!waits.matches()) {
            return Optional.empty();
        }
        String said = waits.group(1)
                .replaceFirst("[.;,]\\s.*", "")
                .replaceFirst("[.:;,\\s]+$", "")
                .replace("`", "");
        boolean others = OTHERS.matcher(said).matches();
        boolean ours = OURS.matcher(said).matches() || OWN.matcher(said).matches();
        if (said.isBlank() || ONLY_TIME.matcher(said).matches() || (ours && !others)) {
            return Optional.empty();
        }
        boolean known = others || SEEN.matcher(said).matches() || Looking.people(said);
        return known
                ? Optional.of(said.substring(0, Math.min(ON_MAX, said.length())).strip())
                : Optional.empty();
    }

    private static Optional<Duration> duration(@Nullable String offset) {
        try {
            return offset == null ? Optional.empty() : Optional.of(Duration.parse(offset));
        } catch (DateTimeParseException months) {
            return Optional.empty();
        }
    }
}
