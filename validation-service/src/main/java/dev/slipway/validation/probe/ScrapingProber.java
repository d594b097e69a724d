package dev.slipway.validation.probe;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Course;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Levels;
import dev.slipway.metrics.Look;
import dev.slipway.metrics.Standing;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.metrics.client.MetricsClient.Answer;
import dev.slipway.validation.assessment.MetricsProber;
import dev.slipway.validation.assessment.ProbeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Asks the version under test for its metrics each second, for as long as a gate says. As the version has no users yet, what
 * is counted is counted of what the gates ask it.
 */
public final class ScrapingProber implements MetricsProber, AutoCloseable {
    /** The chance that a version which keeps its limits is refused; gates have no other word for it. */
    private static final double ALPHA = 0.01;

    private static final double NANOS = 1e9;

    private final MetricsClient client;
    private final Duration every;
    private final InstantSource clock;

    /**
     * @param every pause from look to look
     * @param clock by which what a program tells is fresh or not
     */
    public ScrapingProber(MetricsClient client, Duration every, InstantSource clock) {
        this.client = client;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public List<ProbeAnswer> watch(Watching watching, BooleanSupplier dropped) throws InterruptedException {
        long looks = Math.max(1, watching.watch().dividedBy(every));
        Levels levels = new Levels(ALPHA, watching.rules().size(), looks);
        List<Course> courses =
                watching.rules().stream().map(rule -> Course.of(rule, levels)).toList();
        Set<String> names = new HashSet<>();
        for (MetricRule rule : watching.rules()) {
            names.add(rule.series());
            Optional.ofNullable(rule.of()).ifPresent(names::add);
        }
        for (long look = 0; look <= looks && !dropped.getAsBoolean() && !broken(courses); look++) {
            if (look > 0) {
                Thread.sleep(every);
            }
            Answer answer = client.ask(watching.address(), watching.http2(), names);
            double seconds = System.nanoTime() / NANOS;
            Instant now = clock.instant();
            courses = courses.stream()
                    .map(course -> after(course, answer, seconds, now))
                    .toList();
        }
        return courses.stream().map(ScrapingProber::answer).toList();
    }

    private static Course after(Course course, Answer answer, double seconds, Instant now) {
        return switch (answer.fresh(course.rule(), now)) {
            case Answer.Untold(String why) -> course.missing(why);
            case Answer.Told(List<Sample> samples) -> course.after(Look.of(course.rule(), samples, seconds));
        };
    }

    private static boolean broken(List<Course> courses) {
        return courses.stream().anyMatch(course -> course.standing(false) instanceof Standing.Crossed);
    }

    private static ProbeAnswer answer(Course course) {
        String subject = course.rule().subject();
        return switch (course.standing(false)) {
            case Standing.Crossed(String text, String observed, String limit) ->
                new ProbeAnswer.Wrong(subject + " " + observed, text + ", and has to be " + limit);
            case Standing.Unsure(String why) -> new ProbeAnswer.Unanswered(subject + " unknown", why);
            case Standing.Holds(String observed) -> new ProbeAnswer.AsExpected(observed);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
