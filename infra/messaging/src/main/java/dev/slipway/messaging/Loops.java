package dev.slipway.messaging;

import dev.slipway.messaging.Recipe.Job;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done over and over, each on a thread of its own, so that none hangs on another. Whatever goes wrong in one turn,
 * the next one comes; an error is told, because nobody knows what it has left behind.
 */
final class Loops {
    private static final Logger log = LoggerFactory.getLogger(Loops.class);

    private final BiConsumer<String, Error> met;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;

    /** @param met hears where an error was met */
    Loops(BiConsumer<String, Error> met) {
        this.met = met;
    }

    /** Does each once, one after the other, and again only where it meets what passes; then what comes after them. */
    void first(Thread.Builder on, List<Job> jobs, Runnable then) {
        threads.add(on.name("slipway-first").start(() -> {
            if (jobs.stream().allMatch(this::done)) {
                then.run();
            }
        }));
    }

    /** Whether what comes after it may begin: not if it was stopped before. */
    private boolean done(Job job) {
        while (running) {
            try {
                job.work().run();
                return true;
            } catch (RuntimeException trouble) {
                if (!Transience.passes(trouble)) {
                    log.error("{}: failed, and the rest begins without it", job.name(), trouble);
                    return true;
                }
                log.warn("{}: failed and is tried again in {}: {}", job.name(), job.every(), trouble.toString());
            } catch (Error error) {
                log.error("{}: met an error; this instance is not ready any more", job.name(), error);
                met.accept(job.name(), error);
                return true;
            }
            pause(job.every());
        }
        return false;
    }

    void begin(Thread.Builder on, Job job) {
        threads.add(on.name("slipway-" + job.name().replace(' ', '-')).start(() -> run(job)));
    }

    private void run(Job job) {
        pause(job.first());
        while (running) {
            try {
                job.work().run();
            } catch (RuntimeException trouble) {
                log.warn("{}: failed and is tried again in {}: {}", job.name(), job.every(), trouble.toString());
            } catch (Error error) {
                log.error("{}: met an error; this instance is not ready any more", job.name(), error);
                met.accept(job.name(), error);
            }
            pause(job.every());
        }
    }

    /** No turn begins after this; one that is under way is interrupted, and waited for. */
    void stop(Duration most) {
        running = false;
        threads.forEach(Thread::interrupt);
        long patience = System.nanoTime() + most.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, patience - System.nanoTime())));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
