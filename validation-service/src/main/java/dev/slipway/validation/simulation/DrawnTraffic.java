package dev.slipway.validation.simulation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Seconds of answers, drawn: the side of each request, whether it fails, and how long it takes, independent of each other. */
final class DrawnTraffic {
    private static final double MEDIAN_MS = 50;
    private static final int STEPS = 1 << 12;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Scenario scenario;
    private final SplittableRandom random;
    private final SplittableRandom ways;
    private final EnvironmentId environment;
    private final Versions versions;
    private final int[] usual;
    private final int[] slowed;

    /** Keys of the two versions in samples. */
    record Versions(String canary, String baseline) {}

    DrawnTraffic(Scenario scenario, SplittableRandom random, EnvironmentId environment, Versions versions) {
        this.scenario = scenario;
        this.random = random;
        this.ways = random.split(); // the same traffic, by however many gateways it comes
        this.environment = environment;
        this.versions = versions;
        this.usual = latencies(scenario.spread(), 1);
        this.slowed = scenario.latencyTimes() == 1 ? usual : latencies(scenario.spread(), scenario.latencyTimes());
    }

    /**
     * One second, a sample for each gateway.
     *
     * @param percent the canary's share
     * @param faulty whether the canary's fault has begun
     */
    Second second(Instant at, long counter, int percent, boolean faulty) {
        int gateways = scenario.gateways();
        Side[] canary = new Side[gateways];
        Side[] baseline = new Side[gateways];
        for (int gateway = 0; gateway < gateways; gateway++) {
            canary[gateway] = new Side();
            baseline[gateway] = new Side();
        }
        for (int i = 0; i < scenario.perSecond(); i++) {
            int gateway = ways.nextInt(gateways);
            boolean onCanary = random.nextInt(100) < percent;
            boolean bad = onCanary && faulty;
            double fails = bad ? scenario.canary() : scenario.baseline();
            (onCanary ? canary : baseline)
                    [gateway].add(random.nextDouble() < fails, (bad ? slowed : usual)[random.nextInt(STEPS)]);
        }
        List<TrafficSample> samples = new ArrayList<>(gateways);
        long hurt = 0;
        long answers = 0;
        for (int gateway = 0; gateway < gateways; gateway++) {
            hurt += canary[gateway].errors;
            answers += canary[gateway].answers;
            samples.add(new TrafficSample(
                    environment,
                    "gateway-" + (gateway + 1),
                    "boot-1",
                    at,
                    counter,
                    List.of(canary[gateway].counts(versions.canary()), baseline[gateway].counts(versions.baseline()))));
        }
        return new Second(samples, answers, hurt);
    }

    /** @param errors among the canary's {@code answers} */
    record Second(List<TrafficSample> samples, long answers, long errors) {}

    private static final class Side {
        private final long[] latency = new long[LatencyBuckets.COUNT];
        private int answers;
        private int errors;
        private int highest = -1;

        void add(boolean failed, int bucket) {
            answers++;
            errors += failed ? 1 : 0;
            latency[bucket]++;
            highest = Math.max(highest, bucket);
        }

        VersionCounts counts(String key) {
            List<Long> buckets = new ArrayList<>(highest + 1);
            for (int bucket = 0; bucket <= highest; bucket++) {
                buckets.add(latency[bucket]);
            }
            Map<String, Long> kinds = errors == 0
                    ? Map.of("200", (long) answers)
                    : Map.of("200", (long) answers - errors, "500", (long) errors);
            return new VersionCounts(key, new Counts(answers, errors, 0, buckets, kinds), Counts.NONE);
        }
    }

    /** The buckets of so many equally likely latencies. */
    private static int[] latencies(double spread, double times) {
        int[] buckets = new int[STEPS];
        for (int step = 0; step < STEPS; step++) {
            double ms =
                    times * MEDIAN_MS * Math.exp(spread * NORMAL.inverseCumulativeProbability((step + 0.5) / STEPS));
            buckets[step] = LatencyBuckets.bucketOf((long) (ms * 1e6));
        }
        return buckets;
    }
}
