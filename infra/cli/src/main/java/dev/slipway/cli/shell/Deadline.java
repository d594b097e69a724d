package dev.slipway.cli.shell;

import dev.slipway.platform.Pace;
import java.time.Duration;

/** The end of a wait. Every wait of a command has one, and an interrupt ends it at once. */
public final class Deadline {
    private final long startNanos = System.nanoTime();
    private final Duration limit;
    private final boolean patient;

    private Deadline(Duration limit, boolean patient) {
        this.limit = limit;
        this.patient = patient;
    }

    /** A limit of patience: on a busy machine it is stretched by its {@link Pace}, as that is when the limit is reached. */
    public static Deadline in(Duration limit) {
        return new Deadline(limit, true);
    }

    /** A limit that somebody named, to the letter. */
    public static Deadline exactlyIn(Duration limit) {
        return new Deadline(limit, false);
    }

    public boolean passed() {
        long waited = System.nanoTime() - startNanos;
        return waited >= limit.toNanos()
                && (!patient || waited >= Pace.patience(limit).toNanos());
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
