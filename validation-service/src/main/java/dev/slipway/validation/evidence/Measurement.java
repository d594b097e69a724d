package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One metric of a benchmark or of a load test, in the form that all tools share.
 *
 * @param benchmark which one: its name with its parameters, or the name of the request, 1 to 300 characters
 * @param metric for example {@code time}, {@code throughput}, {@code latency}, 1 to 60 characters
 * @param unit in which all numbers are, after conversion: {@code s}, {@code 1/s}, {@code B}, or as the tool says
 * @param samples one for each run, in order of time; empty where the tool keeps a summary alone; at most 100,000
 * @param summary by name: {@code mean}, {@code median}, {@code stddev}, {@code min}, {@code max}, {@code p50} to
 *     {@code p99.99}
 * @param requests how many were made, where it is a load test
 * @param successes how many of them were answered well
 */
public record Measurement(
        String benchmark,
        String metric,
        String unit,
        KnownFact.Better better,
        List<Double> samples,
        Map<String, Double> summary,
        OptionalLong requests,
        OptionalLong successes) {
    static final int SAMPLES_MAX = 100_000;

    public Measurement {
        Texts.requireLength("benchmark", benchmark, 1, 300);
        Texts.requireLength("metric", metric, 1, 60);
        Texts.requireLength("unit", unit, 1, 40);
        samples = List.copyOf(samples);
        summary = Map.copyOf(summary);
        if (samples.size() > SAMPLES_MAX) {
            throw new IllegalArgumentException("A measurement has at most " + SAMPLES_MAX + " samples");
        }
    }
}
