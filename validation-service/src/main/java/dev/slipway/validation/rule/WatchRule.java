package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Course;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Freshness;
import dev.slipway.metrics.Levels;
import dev.slipway.metrics.Look;
import dev.slipway.metrics.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rules of a gate on a program's own metrics, look by look. The same looks always say the same, while the program is
 * watched and whenever somebody judges it again.
 *
 * @param courses one for each rule, in order
 */
public record WatchRule(List<Course> courses) {
    /** The chance that a version which keeps its limits is refused; gates have no other word for it. */
    private static final double ALPHA = 0.01;

    public WatchRule {
        courses = List.copyOf(courses);
    }

    /** Before the first look. */
    public static WatchRule of(List<MetricRule> rules, Duration watch, Duration every) {
        Levels levels = new Levels(ALPHA, rules.size(), pauses(watch, every));
        return new WatchRule(rules.stream().map(rule -> Course.of(rule, levels)).toList());
    }

    /** How many there are between looks, unless a rule is broken before. */
    public static long pauses(Duration watch, Duration every) {
        return Math.max(1, watch.dividedBy(every));
    }

    /** After a look in vain. */
    public WatchRule untold(String why) {
        return new WatchRule(courses.stream().map(course -> course.missing(why)).toList());
    }

    /** After a look at which the program told these. What is older than a rule lets it be is no data. */
    public WatchRule told(double seconds, Instant at, List<Sample> samples) {
        return new WatchRule(courses.stream()
                .map(course -> Freshness.stale(course.rule(), samples, at)
                        .map(course::missing)
                        .orElseGet(() -> course.after(Look.of(course.rule(), samples, seconds))))
                .toList());
    }

    /** How the version stands with each rule. */
    public List<Standing> standings() {
        return courses.stream().map(course -> course.standing(false)).toList();
    }

    /** Whether one of them is broken for sure. */
    public boolean isBroken() {
        return standings().stream().anyMatch(Standing.Crossed.class::isInstance);
    }

    /** What a gate says of what was watched. Who stopped watching before time knows nothing, unless a rule was broken. */
    public static Ruling judge(Gate gate, Watched watched) {
        Duration watch = Objects.requireNonNull(gate.watch(), "a gate on metrics says how long it watches");
        WatchRule rules = of(gate.metrics(), watch, watched.every());
        for (Watched.Look look : watched.looks()) {
            rules = look.untold() != null
                    ? rules.untold(look.untold())
                    : rules.told(look.seconds(), look.at(), watched.samples(look));
        }
        List<Ruling> all = new ArrayList<>();
        if (watched.looks().size() <= pauses(watch, watched.every())) {
            all.add(new Ruling.Unknown("It was not watched for as long as the gate says"));
        }
        rules.standings().stream().map(WatchRule::ruling).forEach(all::add);
        return Ruling.all(all);
    }

    private static Ruling ruling(Standing standing) {
        return switch (standing) {
            case Standing.Crossed(String text, String _, String limit) ->
                new Ruling.Breaks(text + ", and has to be " + limit, false);
            case Standing.Unsure(String why) -> new Ruling.Unknown(why);
            case Standing.Holds _ -> new Ruling.Holds();
        };
    }
}
