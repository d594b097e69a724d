package dev.slipway.metrics;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.metrics.Look.Change;
import dev.slipway.metrics.Standing.Crossed;
import dev.slipway.metrics.Standing.Holds;
import dev.slipway.metrics.Standing.Unsure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule over all looks at a version, and at the one beside it. What is measured (a gauge, bytes, seconds, a mean) has no
 * chance in it that could be known, so it is beyond its limit when {@value #IN_A_ROW} looks in a row were; beside another
 * version, when the least of them is beyond the most of its. What is counted (failures, of all) is subject to chance, and is
 * beyond its limit when that is beyond doubt ({@link Doubt}) and as many looks have spoken against it meanwhile: one lump does not decide.
 */
public final class Course {
    /** So many in a row say something; one alone may have come at a bad moment. */
    public static final int IN_A_ROW = 5;

    private final MetricRule rule;
    private final Levels levels;
    private final Side canary;
    private final Side beside;
    private final Doubt doubt;
    private final String missing;

    private Course(MetricRule rule, Levels levels, Side canary, Side beside, Doubt doubt, String missing) {
        this.rule = rule;
        this.levels = levels;
        this.canary = canary;
        this.beside = beside;
        this.doubt = doubt;
        this.missing = missing;
    }

    public static Course of(MetricRule rule, Levels levels) {
        return new Course(rule, levels, Side.UNSEEN, Side.UNSEEN, Doubt.NONE, "");
    }

    public MetricRule rule() {
        return rule;
    }

    /** After a look in vain. */
    public Course missing(String why) {
        return new Course(rule, levels, canary, beside, doubt, why);
    }

    /** After one look at a version that is compared with no other. */
    public Course after(Look look) {
        return after(look, null);
    }

    /** @param other of the version beside it; null where there is none to compare with */
    public Course after(Look look, @Nullable Look other) {
        Look compared = rule.beside() ? other : null;
        Optional<String> lacking = look.missing(rule);
        if (lacking.isEmpty() && compared != null) {
            lacking = compared.missing(rule).map(why -> "the version beside it: " + why);
        }
        if (lacking.isPresent()) {
            return missing(lacking.get());
        }
        Side next = canary.after(rule, look);
        Side others = compared == null ? beside : beside.after(rule, compared);
        boolean both = !rule.beside() || (compared != null && others.looks() > 1);
        boolean counted = rule.counts() && next.looks() > 1 && both;
        Doubt more = counted ? doubt.after(rule, next.latest(), others.latest(), levels, next.looks()) : doubt;
        return new Course(rule, levels, next, others, more, "");
    }

    /** @param compared whether there is a version beside it; without one what is to be compared holds */
    public Standing standing(boolean compared) {
        String subject = rule.subject();
        if (!missing.isEmpty()) {
            return new Unsure(subject + ": " + missing);
        }
        if (rule.beside() && !compared) {
            return new Holds("no version runs beside it to compare " + subject + " with");
        }
        return rule.counts() ? counted(subject) : measured(subject);
    }

    /** One event or two say nothing of a share, and nothing of a quantile. */
    private Optional<Standing> tooFew(String subject) {
        String counted = rule.of() == null ? rule.name() : rule.of();
        if (canary.whole().of() < rule.eventsMin()) {
            return Optional.of(new Unsure("%s: %.0f of %s counted so far, and nothing is said before there are %d"
                    .formatted(subject, canary.whole().of(), counted, rule.eventsMin())));
        }
        if (rule.beside() && beside.whole().of() < rule.eventsMin()) {
            return Optional.of(new Unsure(
                    "%s: %.0f of %s counted on the version beside it so far, and nothing is said before there are %d"
                            .formatted(subject, beside.whole().of(), counted, rule.eventsMin())));
        }
        return Optional.empty();
    }

    /** What is slower than the last bucket's bound looks as if it were just that, so a limit above it could not be passed. */
    private Optional<Standing> beyondBuckets(String subject) {
        if (rule.as() != MetricRule.As.QUANTILE || rule.beside() || canary.last() == null) {
            return Optional.empty();
        }
        double highest = canary.last().buckets().highest();
        return rule.bound() > highest
                ? Optional.of(new Unsure("%s: its buckets end at %s, so whether it is %s is not known"
                        .formatted(subject, rule.shown(highest), rule.limit())))
                : Optional.empty();
    }

    private Standing measured(String subject) {
        if (canary.values().size() < IN_A_ROW
                || (rule.beside() && beside.values().size() < IN_A_ROW)) {
            return new Unsure(subject + ": too few looks with data so far");
        }
        Optional<Standing> unknown = tooFew(subject).or(() -> beyondBuckets(subject));
        if (unknown.isPresent()) {
            return unknown.get();
        }
        boolean below = rule.sense() == Sense.BELOW;
        double surely = below ? canary.least() : canary.most();
        double limit = rule.beside() ? rule.bound() * (below ? beside.most() : beside.least()) : rule.bound();
        if (rule.beside() && limit < 0) {
            return new Unsure(subject + ": there are no times of what is below 0");
        }
        String now = rule.shown(canary.values().getLast());
        if (beyond(surely, limit)) {
            return new Crossed(
                    "%s was at %s %s in %d looks in a row%s"
                            .formatted(subject, below ? "least" : "most", rule.shown(surely), IN_A_ROW, besides(below)),
                    rule.shown(surely),
                    rule.limit());
        }
        return beyond(canary.values().getLast(), limit)
                ? new Unsure("%s is not within its limit %s, but not for %d looks in a row yet"
                        .formatted(subject, rule.limit(), IN_A_ROW))
                : new Holds(subject + " " + now);
    }

    private String besides(boolean below) {
        return rule.beside()
                ? ", and on the version beside it at %s %s"
                        .formatted(below ? "most" : "least", rule.shown(below ? beside.most() : beside.least()))
                : "";
    }

    /** A limit is one to stay below, or above; what is just like the version beside it is beyond nothing. */
    private boolean beyond(double value, double limit) {
        boolean strictly = rule.beside();
        return rule.sense() == Sense.BELOW
                ? value > limit || (value == limit && !strictly)
                : value < limit || (value == limit && !strictly);
    }

    private Standing counted(String subject) {
        double part = Side.part(rule, canary.whole());
        double others = rule.beside() ? Side.part(rule, beside.whole()) : 1;
        if (canary.looks() < IN_A_ROW) {
            return new Unsure(subject + ": too few looks with data so far");
        }
        if (Double.isNaN(part)) {
            return new Unsure(subject + ": nothing of " + rule.of() + " was counted so far");
        }
        if (Double.isNaN(others)) {
            return new Unsure(subject + ": nothing of " + rule.of() + " was counted on the version beside it so far");
        }
        boolean inAll = beyond(part, rule.bound() * others);
        if (doubt.beyond() >= IN_A_ROW) {
            String observed = inAll ? observed(canary.whole()) : observed(canary.lately()) + " lately";
            String besides = rule.beside()
                    ? ", and %s on the version beside it".formatted(observed(inAll ? beside.whole() : beside.lately()))
                    : "";
            return new Crossed("%s was %s%s".formatted(subject, observed, besides), observed, rule.limit());
        }
        Optional<Standing> few = tooFew(subject);
        if (few.isPresent()) {
            return few.get();
        }
        return inAll
                ? new Unsure("%s is not within its limit %s, which may be chance".formatted(subject, rule.limit()))
                : new Holds(subject + " " + observed(canary.whole()));
    }

    private String observed(Change change) {
        double part = Side.part(rule, change);
        String shown = Double.isNaN(part) ? "nothing" : rule.shown(part);
        return rule.as() == MetricRule.As.RATE
                ? "%s (%.0f in %.0f s)".formatted(shown, change.added(), change.seconds())
                : "%s (%.0f of %.0f)".formatted(shown, change.added(), change.of());
    }
}
