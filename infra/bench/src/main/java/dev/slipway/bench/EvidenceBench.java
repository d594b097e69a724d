package dev.slipway.bench;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What evidence costs: large reports by the service's readers beside the bare pull parser over the same bytes, in turns in
 * one process; the memory of one reading in a process of its own; gates judged on one thread; and a release that is checked.
 */
public final class EvidenceBench {
    private static final Duration JUDGING = Duration.ofSeconds(2);
    private static final int AT_ONCE = 1_000;
    /** Its heap is bounded as that of a service of one machine is, whose memory is what counts. */
    private static final List<String> AS_THE_SERVICE = List.of(
            "-Xms32m",
            "-XX:MaxNewSize=16m",
            "-XX:MinHeapFreeRatio=15",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:TieredStopAtLevel=1");

    private static final double MEGABYTE = 1 << 20;

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
        for (SampleReports sample : SampleReports.values()) {
            Optional<EvidenceReader> reader = ReadingMain.READERS.of(sample.kind);
            if (reader.isPresent()) {
                tell.accept(sample.title(tenths));
                readings.add(reading(sample, reader.get()));
            }
        }
        tell.accept("gates");
        double judged = judged();
        tell.accept("verify");
        return EvidenceCost.of(readings, judged, verify.get(), tenths == 10);
    }

    private EvidenceCost.Reading reading(SampleReports sample, EvidenceReader reader) {
        byte[] report = sample.bytes(tenths);
        long read = Long.MAX_VALUE;
        long bare = Long.MAX_VALUE;
        long pulled = 0;
        long begun = System.nanoTime();
        for (int counted = 0; counted < rounds; ) { // what is read before all is compiled tells of the compiler
            long from = processor();
            pulled += BareParser.pull(sample.form, report);
            long between = processor();
            read(reader, report);
            long to = processor();
            if (System.nanoTime() - begun >= warmUp.toNanos()) {
                bare = Math.min(bare, between - from);
                read = Math.min(read, to - between);
                counted++;
            }
        }
        if (pulled == 0) {
            throw new IllegalStateException("the bare parser has seen nothing");
        }
        Alone alone = alone(sample, report);
        return new EvidenceCost.Reading(
                sample.title(tenths),
                report.length,
                read / 1e9,
                bare / 1e9,
                alone.seconds(),
                alone.bytes() == null ? null : alone.bytes() / MEGABYTE);
    }

    /** Of this thread, in nanoseconds: what else the machine does is none of the reader's. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void read(EvidenceReader reader, byte[] report) {
        try {
            if (reader.read(report, "bench").facts().list().isEmpty()) {
                throw new IllegalStateException("the reader has seen nothing");
            }
        } catch (UnreadableEvidence unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The first reading of a process, with all that it loads and compiles, and what memory rose by. */
    private record Alone(double seconds, @Nullable Double bytes) {}

    private static Alone alone(SampleReports sample, byte[] report) {
        try {
            Path file = Files.createTempFile("slipway-bench", "." + sample.kind);
            try (Child child = Child.start(ReadingMain.class, AS_THE_SERVICE)) {
                Files.write(file, report);
                OptionalLong idle = ProcessFigures.residentBytes(child.pid());
                child.say(sample.kind + " " + file);
                double seconds = Long.parseLong(child.hear()) / 1e9;
                OptionalLong peak = ProcessFigures.peakBytes(child.pid());
                return new Alone(
                        seconds,
                        idle.isPresent() && peak.isPresent() ? (double) (peak.getAsLong() - idle.getAsLong()) : null);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
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
