package dev.slipway.testkit;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What work costs, whatever else the machine does meanwhile. */
public final class ProcessorTime {
    private ProcessorTime() {}

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Processor time that this thread spends on it; what other threads do for it is not counted. */
    public static Duration of(Work work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    }
}
