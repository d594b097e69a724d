package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.release.PolicyCheck;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.demo.DemoPolicy;
import dev.slipway.validation.evidence.Comparing;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark's gate of the demo's policy, with the reader, the comparison and the rule of the service: builds that are
 * alike pass, whatever else the machine does meanwhile, and one that is several times slower does not.
 */
class DemoGatesTest {
    private static final int PAIRS = 50;
    private static final int SHOTS = 100;
    private static final EvidenceReader JMH = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000))
            .of("jmh")
            .orElseThrow();

    @TempDir
    Path folder;

    @Test
    void fifty_pairs_of_builds_that_are_alike_pass_on_a_machine_that_is_busy_for_one_of_them() throws Exception {
        Gate gate = gate();
        SplittableRandom random = new SplittableRandom(20_261_129);
        int passed = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            // Once in two the machine is slower for one of both, by up to nine tenths.
            double busy = random.nextBoolean() ? 1 : 1 + 0.9 * random.nextDouble();
            passed += judged(gate, report(random, 900 * busy), report(random, 900)) instanceof Ruling.Holds ? 1 : 0;
        }

        assertThat(passed).isEqualTo(PAIRS);
    }

    @Test
    void a_build_that_is_four_times_slower_is_found_each_time() throws Exception {
        Gate gate = gate();
        SplittableRandom random = new SplittableRandom(7);
        for (int pair = 0; pair < PAIRS; pair++) {
            assertThat(judged(gate, report(random, 3_600), report(random, 900))).isInstanceOf(Ruling.Breaks.class);
        }
    }

    @Test
    void a_benchmark_that_is_measured_no_more_is_missed() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        Reading before = report(random, 900);
        Reading another = read(random, "example.hello.OtherBenchmark.greet", 900);

        assertThat(judged(gate(), another, before)).isNotInstanceOf(Ruling.Holds.class);
    }

    private Gate gate() {
        return PolicyCheck.of(folder.resolve("slipway.yaml"), DemoPolicy.yaml(folder, 1)).policy().gates().stream()
                .filter(gate -> gate.id().equals("benchmark"))
                .findFirst()
                .orElseThrow();
    }

    private static Ruling judged(Gate gate, Reading now, Reading before) {
        Comparing.Compared compared = JMH.comparing().orElseThrow().with(List.of(now), List.of(before));
        return Rules.judge(gate, now.facts().plus(RunRecord.facts(0)).and(compared.facts()));
    }

    private static Reading report(SplittableRandom random, double median) throws UnreadableEvidence {
        return read(random, "example.hello.GreetingBenchmark.greet", median);
    }

    /** Shots of a lognormal spread of a fifth, each resembling the one before it, one in 50 interrupted by others for long. */
    private static Reading read(SplittableRandom random, String benchmark, double median) throws UnreadableEvidence {
        StringJoiner shots = new StringJoiner(",");
        double carried = random.nextGaussian();
        for (int i = 0; i < SHOTS; i++) {
            carried = 0.5 * carried + Math.sqrt(0.75) * random.nextGaussian();
            double interrupted = random.nextInt(50) == 0 ? 1 + 10 * random.nextDouble() : 1;
            shots.add(String.format(Locale.ROOT, "%.3f", median * Math.exp(0.2 * carried) * interrupted));
        }
        String json = """
                [{"jmhVersion": "1.37", "benchmark": "%s", "mode": "ss", "threads": 1, "forks": 1,
                  "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "us/op", "rawData": [[%s]]},
                  "secondaryMetrics": {}}]""".formatted(benchmark, median, shots);
        return JMH.read(json.getBytes(StandardCharsets.UTF_8), "jmh-result.json");
    }
}
