package dev.slipway.platform;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many times slower than a quiet one this machine is at present. Limits of patience (how long a command, a start-up or
 * a test waits before it gives up) are stretched by it, so that a busy machine changes nothing but the time. What a policy
 * or a contract promises is never stretched.
 *
 * <p>The factor is what {@value #SETTING} (a system property) or {@value #VARIABLE} (an environment variable) says; else
 * it is measured: the larger of the load of the last minute per processor, and of the time that a short computation
 * takes by the clock compared with the processor time that it needs.
 */
public final class Pace {
    public static final String SETTING = "slipway.pace";
    public static final String VARIABLE = "SLIPWAY_PACE";

    /** Nothing waits longer than so many times its limit. */
    static final double MAX = 20;

    private static final Duration MEASURED_EVERY = Duration.ofSeconds(15);
    private static final long SAMPLE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long SAMPLE_WALL_NANOS_MAX = Duration.ofMillis(500).toNanos();
    private static final Pace OF_THIS_MACHINE = new Pace(System.getProperty(SETTING), System.getenv());

    private final double configured;
    private double measured = 1;
    private long measuredAtNanos;
    private boolean known;

    Pace(@Nullable String property, Map<String, String> environment) {
        String said = property != null ? property : environment.getOrDefault(VARIABLE, "");
        this.configured = said.isBlank() ? 0 : parse(said.strip());
    }

    /** The factor at present, 1 to 20. */
    public static double now() {
        return OF_THIS_MACHINE.factor();
    }

    /** A limit of patience for this machine as it is at present; what is asked for on a quiet one. */
    public static Duration patience(Duration quiet) {
        return stretched(quiet, now());
    }

    /** The same in seconds. */
    public static long seconds(long quiet) {
        return patience(Duration.ofSeconds(quiet)).toSeconds();
    }

    /** @throws IllegalArgumentException if that is no number from 1 to 20 */
    private static double parse(String said) {
        try {
            double factor = Double.parseDouble(said);
            if (factor >= 1 && factor <= MAX) {
                return factor;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException("%s (or the property %s) must be a number from 1 to %.0f, is %s"
                .formatted(VARIABLE, SETTING, MAX, said));
    }

    synchronized double factor() {
        if (configured > 0) {
            return configured;
        }
        long now = System.nanoTime();
        if (!known || now - measuredAtNanos >= MEASURED_EVERY.toNanos()) {
            measured = Math.clamp(Math.max(loadPerProcessor(), crowding()), 1, MAX);
            measuredAtNanos = now;
            known = true;
        }
        return measured;
    }

    static Duration stretched(Duration quiet, double factor) {
        return Duration.ofNanos((long) Math.min(Long.MAX_VALUE / 2.0, quiet.toNanos() * factor));
    }

    /** Negative where the system does not tell. */
    private static double loadPerProcessor() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system.getSystemLoadAverage() / system.getAvailableProcessors();
    }

    /** Time by the clock over processor time of a short computation: 4 where four threads want each processor. */
    private static double crowding() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported() || Thread.currentThread().isVirtual()) {
            return 1;
        }
        long began = System.nanoTime();
        long busyFrom = threads.getCurrentThreadCpuTime();
        long busy;
        long passed;
        do {
            busy = threads.getCurrentThreadCpuTime() - busyFrom;
            passed = System.nanoTime() - began;
        } while (busy < SAMPLE_NANOS && passed < SAMPLE_WALL_NANOS_MAX);
        return (double) passed / Math.max(1, busy);
    }
}
