package dev.slipway.validation.evidence.performance;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Measurement;
import dev.slipway.validation.evidence.Reading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a load test measured.
 *
 * @param name of the request, or of the whole run
 * @param requests that were tried, 1 and above: none at all is no evidence
 * @param errors of them, where the tool can tell all
 * @param perSecond how many a second ended, well or not, where the tool says it
 * @param latency in seconds, by the names of {@link Measurement}
 * @param seconds for how long it went on, above 0, where the report says it
 */
record LoadResult(
        String name,
        long requests,
        OptionalLong errors,
        OptionalDouble perSecond,
        Map<String, Double> latency,
        OptionalDouble seconds) {
    private static final String[] LATENCIES = {"mean", "p50", "p90", "p95", "p99", "max"};
    private static final String[] LATENCY_FACTS = {
        "load.mean", "load.p50", "load.p90", "load.p95", "load.p99", "load.max"
    };
    private static final int FACTS = 16;
    private static final MathContext SHARE = new MathContext(10, RoundingMode.HALF_UP);

    LoadResult {
        Texts.requireLength("name", name, 1, 300);
        Optional<String> unusable = unusable(requests, errors.orElse(0));
        if (unusable.isPresent()) {
            throw new IllegalArgumentException(unusable.get());
        }
        latency = Map.copyOf(latency);
    }

    /** Of which it is not said how long it went on. */
    LoadResult(String name, long requests, OptionalLong errors, OptionalDouble perSecond, Map<String, Double> latency) {
        this(name, requests, errors, perSecond, latency, OptionalDouble.empty());
    }

    /** The same, which went on for so long; what is no time says nothing. */
    LoadResult lasting(OptionalDouble time) {
        return new LoadResult(name, requests, errors, perSecond, latency, said(time));
    }

    /** A time that says something, or nothing. */
    static OptionalDouble said(OptionalDouble time) {
        return time.isPresent() && time.getAsDouble() > 0 ? time : OptionalDouble.empty();
    }

    /** The same of a tool whose rate is that of all requests over the whole time. */
    LoadResult lastingByItsRate() {
        double rate = perSecond.orElse(0);
        return rate > 0 ? lasting(OptionalDouble.of(requests / rate)) : this;
    }

    /** Why nothing can be made of these counts, or nothing. */
    static Optional<String> unusable(long requests, long errors) {
        if (requests < 1) {
            return Optional.of("It tells of no request: nothing was measured, and that is no evidence");
        }
        return errors < 0 || errors > requests
                ? Optional.of("It tells of %d errors among %d requests".formatted(errors, requests))
                : Optional.empty();
    }

    /** Whether something was answered well, and how much was not is known. */
    private boolean isMeasured() {
        return errors.isPresent() && errors.getAsLong() < requests;
    }

    /** What the whole run says. */
    Reading reading(String dialect, List<String> notes) {
        return reading(dialect, notes, List.of(), List.of(measurement()));
    }

    /** @param further facts of this tool */
    Reading reading(String dialect, List<String> notes, List<Fact> further, List<Measurement> measurements) {
        List<Fact> facts = factList();
        facts.addAll(further);
        return new Reading(dialect, new Facts(facts), notes, List.of(), measurements);
    }

    private List<Fact> factList() {
        List<Fact> facts = new ArrayList<>(FACTS);
        facts.add(Fact.count("load.requests", requests));
        if (errors.isPresent()) {
            long failed = errors.getAsLong();
            facts.add(Fact.count("load.errors", failed));
            BigDecimal share = Quantity.shortest(failed * 100.0 / requests).round(SHARE);
            facts.add(new Fact("load.error-rate", share, Fact.Unit.PERCENT));
        }
        if (!isMeasured()) {
            return facts;
        }
        if (perSecond.isPresent()) {
            double good = 1 - errors.orElse(0) / (double) requests;
            double rate = perSecond.getAsDouble() * good;
            facts.add(new Fact("load.rate", Quantity.decimal(rate).round(SHARE), Fact.Unit.RATE));
        }
        for (int i = 0; i < LATENCIES.length; i++) {
            Double waited = latency.get(LATENCIES[i]);
            if (waited != null) {
                facts.add(new Fact(LATENCY_FACTS[i], Quantity.decimal(waited), Fact.Unit.LATENCY));
            }
        }
        if (seconds.isPresent()) {
            BigDecimal time = Quantity.decimal(seconds.getAsDouble()).round(SHARE);
            facts.add(new Fact("load.seconds", time, Fact.Unit.DURATION));
        }
        return facts;
    }

    Measurement measurement() {
        return measurement(List.of());
    }

    Measurement measurement(List<Double> samples) {
        OptionalLong successes =
                errors.isPresent() ? OptionalLong.of(requests - errors.getAsLong()) : OptionalLong.empty();
        return new Measurement(
                name,
                "latency",
                "s",
                KnownFact.Better.LOWER,
                samples,
                isMeasured() ? latency : Map.of(),
                OptionalLong.of(requests),
                successes);
    }

    static List<KnownFact> known() {
        return List.of(
                KnownFact.higher("load.requests", Fact.Unit.COUNT, "how many requests were tried"),
                KnownFact.lower("load.errors", Fact.Unit.COUNT, "how many of them were not answered well"),
                KnownFact.lower("load.error-rate", Fact.Unit.PERCENT, "their share of all requests"),
                KnownFact.higher("load.rate", Fact.Unit.RATE, "how many requests a second were answered well"),
                KnownFact.lower("load.mean", Fact.Unit.LATENCY, "mean latency in seconds"),
                KnownFact.lower("load.p50", Fact.Unit.LATENCY, "median of the latencies in seconds"),
                KnownFact.lower("load.p90", Fact.Unit.LATENCY, "90 of 100 requests took at most so many seconds"),
                KnownFact.lower("load.p95", Fact.Unit.LATENCY, "95 of 100 requests took at most so many seconds"),
                KnownFact.lower("load.p99", Fact.Unit.LATENCY, "99 of 100 requests took at most so many seconds"),
                KnownFact.lower("load.max", Fact.Unit.LATENCY, "the longest latency in seconds"),
                KnownFact.higher(
                        "load.seconds", Fact.Unit.DURATION, "for how many seconds the run went on, by its report"));
    }

    /** Of tools that judge their own run. */
    static List<KnownFact> knownWithAssertions() {
        List<KnownFact> facts = new ArrayList<>(known());
        facts.add(KnownFact.higher("load.assertions", Fact.Unit.COUNT, "limits that the tool itself was given"));
        facts.add(KnownFact.lower("load.assertions-failed", Fact.Unit.COUNT, "those of them that were broken"));
        return List.copyOf(facts);
    }
}
