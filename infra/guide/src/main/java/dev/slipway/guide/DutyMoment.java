package dev.slipway.guide;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a release waits for a person who answers a line, or whether nothing does, and how long they have: by the time that the
 * line says, then by its own words, then by its nearest heading.
 */
public enum DutyMoment {
    /** Anything runs. */
    STAGING,
    /** Users get it. */
    PRODUCTION,
    /** Production keeps it: asked after the watch at full traffic, of what says whether it may be kept. */
    END,
    /** Nothing waits: it is left to do once the release has ended, whether it was kept or taken back. */
    ENDED,
    /** Nothing waits: it is left to do of a release that was kept, such as a merge back or the next version. */
    COMPLETED;

    private static final Pattern LATER = Pattern.compile(
            "(?i).*\\b(after (the |each |every |a )?(release|deploy\\w*|rollout|launch|publication)|post-?(release|deploy\\w*|launch)"
                    + "|once (it is |the release is )?(released|live|out))\\b.*");
    private static final Pattern EARLIER = Pattern.compile(
            "(?i).*\\b(before (the )?(staging|freeze|branch)|feature freeze|code freeze|kick-?off)\\b.*");
    private static final Pattern SHORTLY = Pattern.compile(
            "(?i).*\\b(stag(e|ed|ing)|candidate|criteria|readiness|production|go ?/? ?no-?go|deploy\\w*|roll-?out|roll-?back|contingency|canary)\\b.*");

    /** What is looked at then may send the version back; all else that comes after a release is work that is left. */
    private static final Pattern JUDGES = Pattern.compile(
            "verify|validate|check|double-check|ensure|confirm|test|smoke-test|sanity-check|monitor|watch|observe|decide|determine|approve");

    /** What there is to do only of a version that stays. */
    private static final Pattern OF_KEPT = Pattern.compile(
            "(?i)(merge|back-?merge|backport|publish|announce|post|tweet|promote|advertise|bump|tag|release|upload|deploy|submit|celebrate)\\b.*"
                    + "|.*\\b(merg\\w+ (it )?back|back-?merge|next (\\w+ )?(version|snapshot|milestone|iteration)|(development|dev|snapshot) version"
                    + "|milestones?|latest|announce\\w*|blog|news|website|downloads?|homebrew|conda\\S*|downstream|end.of.life|eol)\\b.*");

    private static final Duration WITHIN_MAX = Duration.ofDays(30);

    /** As policies say it: {@code before: staging}, {@code after: end}. */
    public String words() {
        return switch (this) {
            case STAGING, PRODUCTION, END -> "before: " + name().toLowerCase(Locale.ROOT);
            case ENDED -> "after: end";
            case COMPLETED -> "after: completed";
        };
    }

    /** Whether nothing waits for it. */
    public boolean isLeft() {
        return this == ENDED || this == COMPLETED;
    }

    public static DutyMoment of(Proposal proposal) {
        return of(proposal.line(), proposal.timing());
    }

    static DutyMoment of(GuideLine line, List<Timing> timing) {
        for (Timing one : timing) {
            if (one.anchor().equals("release") && one.offset() != null && !one.lasts()) {
                String offset = one.offset();
                return offset.startsWith("-")
                        ? STAGING
                        : offset.equals("P0D") ? PRODUCTION : offset.startsWith("PT") ? later(line) : left(line);
            }
        }
        if (LATER.matcher(line.text()).matches()) {
            return later(line);
        } else if (EARLIER.matcher(line.text()).matches()) {
            return STAGING;
        }
        return switch (Topic.of(line.headings())) {
            case AFTER -> later(line);
            case IMPROVEMENT -> left(line);
            case ROLLBACK, CRITERIA -> PRODUCTION;
            case REFERENCE, PRINCIPLE, CONTACT, NOTES, UPGRADE, OVERVIEW, TESTING, ACTIVITY, NONE ->
                SHORTLY.matcher(line.heading()).matches()
                                || SHORTLY.matcher(line.text()).matches()
                        ? PRODUCTION
                        : STAGING;
        };
    }

    private static DutyMoment later(GuideLine line) {
        return JUDGES.matcher(Clause.of(line.text()).verb()).matches() ? END : left(line);
    }

    /** A release that was taken back leaves work, too; only what needs its version waits for one that was kept. */
    private static DutyMoment left(GuideLine line) {
        return OF_KEPT.matcher(Clause.of(line.text()).asked()).matches() ? COMPLETED : ENDED;
    }

    /**
     * How long people have from when they are asked, where the line says "within two days", or "a week after the release" of what
     * is left to do then; at most 30 days.
     */
    public static Optional<Duration> within(Proposal proposal) {
        boolean left = of(proposal).isLeft();
        return proposal.timing().stream()
                .filter(one -> one.lasts()
                        ? one.said().toLowerCase(Locale.ROOT).startsWith("within")
                        : left && one.anchor().equals("release"))
                .flatMap(one -> duration(one.offset()).stream())
                .filter(time -> time.compareTo(Duration.ofMinutes(1)) >= 0 && time.compareTo(WITHIN_MAX) <= 0)
                .findFirst();
    }

    private static Optional<Duration> duration(@Nullable String offset) {
        try {
            return offset == null ? Optional.empty() : Optional.of(Duration.parse(offset));
        } catch (DateTimeParseException months) {
            return Optional.empty();
        }
    }
}
