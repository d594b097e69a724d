package dev.slipway.bench;

import dev.slipway.bench.EvidenceCost.Reading;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What reading one report costs: what is allocated, which is the same on every machine; the thread's processor time beside
 * the bare pull parser over the same bytes, in turns in one process; and the memory of one reading in a process of its own.
 */
final class ReadingBench {
    /** Its heap is bounded as that of a service of one machine is, whose memory is what counts. */
    private static final List<String> AS_THE_SERVICE = List.of(
            "-Xms32m",
            "-XX:MaxNewSize=16m",
            "-XX:MinHeapFreeRatio=15",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:TieredStopAtLevel=1");

    private static final double MEGABYTE = 1 << 20;
    /** A report that is smaller is read so often in a round that the clock can tell. */
    private static final int ROUND_BYTES = 1 << 20;

    private final int rounds;
    private final Duration warmUp;

    ReadingBench(int rounds, Duration warmUp) {
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /** @param tenths of its full size, 1 to 10 */
    Reading of(SampleReport sample, EvidenceReader reader, int tenths) {
        byte[] report = sample.bytes(tenths);
        int times = Math.max(1, ROUND_BYTES / report.length);
        long read = Long.MAX_VALUE;
        long bare = Long.MAX_VALUE;
        long allocated = Long.MAX_VALUE;
        long pulled = 0;
        long begun = System.nanoTime();
        for (int counted = 0; counted < rounds; ) { // what is read before all is compiled tells of the compiler
            long from = processor();
            for (int i = 0; i < times; i++) {
                pulled += BareParser.pull(sample.form(), report);
            }
            long between = processor();
            long before = allocated();
            for (int i = 0; i < times; i++) {
                read(reader, report);
            }
            long took = allocated() - before;
            long to = processor();
            if (System.nanoTime() - begun >= warmUp.toNanos()) {
                bare = Math.min(bare, between - from);
                read = Math.min(read, to - between);
                allocated = Math.min(allocated, took);
                counted++;
            }
        }
        if (pulled == 0) {
            throw new IllegalStateException("the bare parser has seen nothing");
        }
        Alone alone = alone(sample, report);
        return new Reading(
                sample.kind(),
                sample.title(tenths),
                report.length,
                (double) allocated / times / report.length,
                read / 1e9 / times,
                bare / 1e9 / times,
                alone.seconds(),
                alone.bytes() == null ? null : alone.bytes() / MEGABYTE);
    }

    /** Of this thread, in nanoseconds: what else the machine does is none of the reader's. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** By this thread, in bytes. */
    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }

    private static void read(EvidenceReader reader, byte[] report) {
        try {
            var reading = reader.read(report, "bench");
            if (reading.facts().list().isEmpty() && reading.measurements().isEmpty()) {
                throw new IllegalStateException("the reader has seen nothing");
            }
        } catch (UnreadableEvidence unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The first reading of a process, with all that it loads and compiles, and what memory rose by. */
    private record Alone(double seconds, @Nullable Double bytes) {}

    private static Alone alone(SampleReport sample, byte[] report) {
        try {
            Path file = Files.createTempFile("slipway-bench", "." + sample.kind());
            try (Child child = Child.start(ReadingMain.class, AS_THE_SERVICE)) {
                Files.write(file, report);
                OptionalLong idle = ProcessFigures.residentBytes(child.pid());
                child.say(sample.kind() + " " + file);
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
}
