package dev.slipway.cli.shell;

import java.time.Duration;

/** The end of a wait. Every wait of a command has one, and an interrupt ends it at once. */
public final class Deadline {
    private final long startNanos = System.nanoTime();
    private final long limitNanos;

    private Deadline(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    public static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    public boolean passed() {
        return System.nanoTime() - startNanos >= limitNanos;
    }

    public Duration waited() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** How much of the time that it usually takes is over, 0 to just below 1. */
    public double shareOf(Duration usual) {
        return Math.min(0.95, (double) (System.nanoTime() - startNanos) / usual.toNanos());
    }

    /** Pauses between two looks. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted", interrupted);
        }
    }
}
