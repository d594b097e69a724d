package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Stop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a program is ended: the policy's signal to the program alone, as it knows best what of its own ends how; then, where
 * the grace is over, KILL. What it started and left behind gets the same signal and the rest of the grace, then KILL, and is
 * told.
 */
final class Ending {
    private static final Duration KILL_WITHIN = Duration.ofSeconds(5);
    private static final Duration SIGNAL_WITHIN = Duration.ofSeconds(5);

    private final Duration pause;
    private final InstantSource clock;

    /** @param pause between two looks */
    Ending(Duration pause, InstantSource clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * What was noteworthy of an end.
     *
     * @param killed whether the program did not end by itself within its grace
     * @param outlived pid and name of each process that it left behind
     * @param killedToo how many of these did not end by themselves either
     */
    record Ended(boolean killed, List<String> outlived, int killedToo) {
        Ended {
            outlived = List.copyOf(outlived);
        }

        /** In words for a person; empty where it ended as it should. */
        String text(Stop how) {
            String itself = killed
                    ? "It did not end within %d s after %s and was killed. "
                            .formatted(how.grace().toSeconds(), how.signal())
                    : "";
            String left = outlived.isEmpty()
                    ? ""
                    : "%d of the processes that it started outlived it (%s): %s."
                            .formatted(outlived.size(), String.join(", ", outlived), fate(how));
            return (itself + left).strip();
        }

        private String fate(Stop how) {
            return killedToo == 0
                    ? "they were ended by " + how.signal()
                    : killedToo == outlived.size()
                            ? "they were killed"
                            : "%d were killed, the others ended by %s".formatted(killedToo, how.signal());
        }
    }

    /** @param how signal and grace */
    Ended end(ProcessHandle program, Stop how) throws InterruptedException {
        Instant until = clock.instant().plus(how.grace());
        Instant start = program.info().startInstant().orElse(Instant.EPOCH);
        String birth = ProcessTable.birth(program.pid());
        Session session = Session.of(program);
        signal(program, how.signal());
        boolean killed = !gone(program, start, birth, until);
        if (killed) {
            program.destroyForcibly();
            if (!gone(program, start, birth, clock.instant().plus(KILL_WITHIN))) {
                throw new IllegalStateException("Process " + program.pid() + " does not end");
            }
        }
        return endOthers(session, killed, how.signal(), killed ? clock.instant() : until);
    }

    /** Ends what a program left behind that is gone already; there is nothing to wait for. */
    Ended endLeft(long program) throws InterruptedException {
        return endOthers(Session.ofGone(program), false, Stop.Signal.TERM, clock.instant());
    }

    private Ended endOthers(Session session, boolean killed, Stop.Signal signal, Instant until)
            throws InterruptedException {
        List<ProcessHandle> others = session.others();
        List<String> outlived = others.stream().map(Session::shown).collect(Collectors.toList());
        if (!killed && clock.instant().isBefore(until)) {
            for (ProcessHandle other : others) {
                signal(other, signal);
            }
            while (!session.others().isEmpty() && clock.instant().isBefore(until)) {
                Thread.sleep(pause);
            }
        }
        List<ProcessHandle> last = session.others();
        last.forEach(ProcessHandle::destroyForcibly); // a handle knows its start instant, so it hits no other
        return new Ended(killed, outlived, Math.min(last.size(), outlived.size()));
    }

    /** Java itself sends TERM and KILL alone. */
    private void signal(ProcessHandle process, Stop.Signal signal) throws InterruptedException {
        if (signal == Stop.Signal.TERM) {
            process.destroy();
            return;
        }
        try {
            Process kill = new ProcessBuilder(
                            "/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SIGNAL_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException noShell) {
            process.destroy(); // what every program knows is better than nothing
        }
    }

    /** Looks for itself beside waiting: an adopted process may stay behind as a zombie that nobody reaps. */
    private boolean gone(ProcessHandle process, Instant start, @Nullable String birth, Instant until)
            throws InterruptedException {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        do {
            try {
                exit.get(pause.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException notYet) {
                if (ProcessTable.find(process.pid(), start, birth).isEmpty()) {
                    return true;
                }
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("Waiting for a process failed", impossible);
            }
        } while (clock.instant().isBefore(until));
        return false;
    }
}
