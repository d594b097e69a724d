package dev.slipway.bench;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What evidence costs: a report of every kind, read by the service's readers; gates judged on one thread; a release checked. */
public final class EvidenceBench {
    private static final Duration JUDGING = Duration.ofSeconds(2);
    private static final int AT_ONCE = 1_000;

    private final int rounds;
    private final int tenths;
    private final Duration warmUp;
    private final Consumer<String> tell;

    /** @param quick a tenth of each report, fewer rounds, and hardly warmed up: its figures show that it works */
    public EvidenceBench(boolean quick, Consumer<String> tell) {
        this.rounds = quick ? 2 : 15;
        this.warmUp = quick ? Duration.ofMillis(100) : Duration.ofSeconds(4);
        this.tenths = quick ? 1 : 10;
        this.tell = tell;
    }

    /** @param verify checks a release again and again, as the command line does */
    public EvidenceCost run(Supplier<EvidenceCost.Verifying> verify) {
        List<EvidenceCost.Reading> readings = new ArrayList<>();
        ReadingBench bench = new ReadingBench(rounds, warmUp);
        for (SampleReport sample : SampleReports.ALL) {
            tell.accept(sample.title(tenths));
            readings.add(bench.of(sample, ReadingMain.READERS.of(sample.kind()).orElseThrow(), tenths));
        }
        tell.accept("gates");
        double judged = judged();
        tell.accept("verify");
        return EvidenceCost.of(readings, judged, verify.get(), tenths == 10);
    }

    /** Gates judged a second: thresholds and an expression each, over facts that differ each time. */
    private static double judged() {
        Gate gate = new Gate(
                "tests",
                "",
                Stage.PRE_RELEASE,
                "junit",
                "unit",
                List.of(
                        new Gate.Threshold("run.exit", "0"),
                        new Gate.Threshold("tests.total", ">= 1"),
                        new Gate.Threshold("tests.failed", "0")),
                "tests.failed * 100 <= tests.total && tests.skipped < 50 && (!has(tests.flaky) || tests.flaky == 0)",
                null,
                List.of(),
                Gate.WITHIN_DEFAULT);
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long until = System.nanoTime() + JUDGING.toNanos();
            long from = System.nanoTime();
            long done = 0;
            while (System.nanoTime() < until) {
                for (int i = 0; i < AT_ONCE; i++) {
                    require(gate, facts(i));
                }
                done += AT_ONCE;
            }
            best = Math.max(best, done / ((System.nanoTime() - from) / 1e9));
        }
        return best;
    }

    private static Facts facts(int i) {
        return new Facts(List.of(
                Fact.count("tests.total", 200 + i),
                Fact.count("tests.passed", 199 + i),
                Fact.count("tests.failed", 0),
                Fact.count("tests.skipped", i % 50),
                Fact.count("tests.flaky", 0),
                new Fact("run.exit", java.math.BigDecimal.ZERO, Fact.Unit.STATUS)));
    }

    private static void require(Gate gate, Facts facts) {
        if (!(Rules.judge(gate, facts) instanceof Ruling.Holds)) {
            throw new IllegalStateException("the gate does not hold: " + Rules.judge(gate, facts));
        }
    }
}
