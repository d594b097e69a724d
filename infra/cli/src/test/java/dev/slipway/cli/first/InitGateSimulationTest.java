package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the gate over benchmarks that {@code init} writes is wrong, by a seeded simulation, with ten benchmarks in each
 * report: reader, comparison and rule are the service's. Lognormal noise of 5 %, 20 measured iterations each, of which
 * neighbours resemble each other, one in 50 an outlier of one and a half to three times. Alpha is shared by all ten, and how
 * much neighbours resemble each other is told by all ten together, so that a build is as seldom refused for nothing as with
 * one; the price is that less is found.
 */
@Tag("thorough")
class InitGateSimulationTest {
    private static final long SEED = 20_260_101;
    private static final int PAIRS = 1_000;
    private static final int BENCHMARKS = 10;
    private static final double NOISE = 0.05;
    private static final EvidenceReader JMH = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000))
            .of("jmh")
            .orElseThrow();

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"20, 0.0", "20, 0.3", "20, 0.5"})
    void of_100_identical_builds_with_ten_benchmarks_at_most_2_are_refused(int iterations, double carried)
            throws Exception {
        assertThat(refused(iterations, carried, 1)).isLessThanOrEqualTo(2);
    }

    @Test
    void of_100_builds_in_which_one_of_ten_became_10_percent_slower_fewer_are_found_than_with_one() throws Exception {
        assertThat(refused(20, 0, 1.1)).isBetween(92.0, 97.0);
        assertThat(refused(20, 0.2, 1.1)).isBetween(79.0, 85.0);
    }

    @Test
    void a_run_that_failed_does_not_pass_however_fast_it_was() throws Exception {
        Reading report = report(new SplittableRandom(SEED), 20, 0, 1);
        Compared compared = JMH.comparing().orElseThrow().with(List.of(report), List.of(report));

        assertThat(Rules.judge(gate(), report.facts().plus(RunRecord.facts(1)).and(compared.facts())))
                .isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(gate(), report.facts().and(compared.facts()))).isInstanceOf(Ruling.Unknown.class);
    }

    private Gate gate() {
        PolicyDraft draft = new PolicyDraft(
                        "shop",
                        "file:.",
                        "main",
                        "released",
                        List.of(new PolicyDraft.Contact("devops", "Ben", "ben@example.test", null)),
                        1,
                        List.of(),
                        "unit",
                        List.of("java", "-jar", "{artifact}"),
                        "PORT",
                        "/health",
                        List.of(),
                        "probe",
                        "10s",
                        "30s",
                        List.of())
                .asking(List.of("jmh"));
        return PolicyCheck.of(folder.resolve("slipway.yaml"), draft.yaml()).policy().gates().stream()
                .filter(gate -> gate.id().equals("benchmarks"))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Of 100.
     *
     * @param slower how many times as long the first of the benchmarks takes now
     */
    private double refused(int iterations, double carried, double slower) throws UnreadableEvidence {
        Gate gate = gate();
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            Reading before = report(random, iterations, carried, 1);
            Reading now = report(random, iterations, carried, slower);
            Compared compared = JMH.comparing().orElseThrow().with(List.of(now), List.of(before));
            Ruling ruling =
                    Rules.judge(gate, now.facts().plus(RunRecord.facts(0)).and(compared.facts()));
            refused += ruling instanceof Ruling.Holds ? 0 : 1;
        }
        double share = 100.0 * refused / PAIRS;
        System.out.printf(
                "%d benchmarks, %d a side, carried over %.1f, one of them %+.0f %%: %.1f of 100 refused (seed %d)%n",
                BENCHMARKS, iterations, carried, 100 * (slower - 1), share, SEED);
        return share;
    }

    private static Reading report(SplittableRandom random, int iterations, double carried, double slower)
            throws UnreadableEvidence {
        StringJoiner benchmarks = new StringJoiner(",", "[", "]");
        for (int i = 0; i < BENCHMARKS; i++) {
            benchmarks.add("""
                    {"jmhVersion": "1.37", "benchmark": "shop.CartBenchmark.part%d", "mode": "avgt", "threads": 1, "forks": 1,
                     "primaryMetric": {"score": 100, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[%s]]},
                     "secondaryMetrics": {}}""".formatted(i, values(random, iterations, carried, i == 0 ? slower : 1)));
        }
        return JMH.read(benchmarks.toString().getBytes(StandardCharsets.UTF_8), "jmh-result.json");
    }

    private static String values(SplittableRandom random, int iterations, double carried, double factor) {
        double sigma = Math.sqrt(Math.log(1 + NOISE * NOISE));
        StringJoiner values = new StringJoiner(",");
        double deviation = random.nextGaussian();
        for (int i = 0; i < iterations; i++) {
            deviation = carried * deviation + Math.sqrt(1 - carried * carried) * random.nextGaussian();
            double outlier = random.nextInt(50) == 0 ? 1.5 + 1.5 * random.nextDouble() : 1;
            values.add(String.format(Locale.ROOT, "%.6f", 100 * factor * Math.exp(sigma * deviation) * outlier));
        }
        return values.toString();
    }
}
