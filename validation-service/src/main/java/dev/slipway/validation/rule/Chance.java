package dev.slipway.validation.rule;

import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What chance does to a change in percent, beside the rule that limits the change: the facts {@code baseline.noise},
 * {@code baseline.runs} and {@code baseline.beyond} say it of {@code baseline.change}.
 *
 * @param percent how far a run differs from the one before it though nothing changed
 * @param runs of how many of the last runs that is known
 * @param beyond the largest change for the worse that chance does not explain; 0 where it explains all
 */
record Chance(BigDecimal percent, long runs, BigDecimal beyond) {
    private static final String CHANGE = "baseline.change";

    /** Nothing for facts that are no change, and where nobody knows how far runs differ. */
    static Optional<Chance> of(String fact, Facts facts) {
        if (!fact.equals(CHANGE)) {
            return Optional.empty();
        }
        Optional<BigDecimal> noise = facts.named("baseline.noise").map(Fact::value);
        Optional<BigDecimal> runs = facts.named("baseline.runs").map(Fact::value);
        Optional<BigDecimal> beyond = facts.named("baseline.beyond").map(Fact::value);
        return noise.isEmpty()
                        || beyond.isEmpty()
                        || runs.filter(some -> some.signum() > 0).isEmpty()
                ? Optional.empty()
                : Optional.of(new Chance(noise.get(), runs.get().longValue(), beyond.get()));
    }

    /** Of a change that the rule allows: whether it could have told one from chance at all. */
    String beside(BigDecimal limit, String rule) {
        return limit.compareTo(percent) <= 0
                ? "the limit, %s, lies within %s: it tells no change of that size from chance".formatted(rule, noise())
                : "beside " + noise();
    }

    /** Of a change that is more than the rule allows, and that chance explains. */
    String doubting(Fact observed, String rule) {
        return "%s, expected %s, but what is above the limit is within %s: whether it is a change nobody can say. Measure again, or longer"
                .formatted(observed, rule, noise());
    }

    /** Of a change that is more than the rule allows, and that chance does not explain. */
    String exceeded(Fact observed) {
        return observed.value().compareTo(beyond) == 0
                ? ", beyond " + noise()
                : ", and %s%% are beyond %s".formatted(beyond.toPlainString(), noise());
    }

    private String noise() {
        return "the noise of the last %d runs (±%s %%)".formatted(runs, percent.toPlainString());
    }
}
