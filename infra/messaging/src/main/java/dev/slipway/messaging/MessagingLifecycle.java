package dev.slipway.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the recipe when all beans are there: indexes, what was left over, timers, tasks, then listeners. */
final class MessagingLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MessagingLifecycle.class);

    private static final Duration LETTERS_EVERY = Duration.ofSeconds(10);

    private final Recipe recipe;
    private final MessageListeners listeners;
    private final List<Thread> loops = new ArrayList<>();
    private volatile boolean running;

    MessagingLifecycle(Recipe recipe, MessageListeners listeners) {
        this.recipe = recipe;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        running = true;
        MessagingSettings settings = recipe.surroundings().settings();
        loop("outboxes", settings.sweepEvery(), recipe::sweepOutboxes);
        loop("timers", settings.timerEvery(), recipe::fireTimers);
        loop("tasks", settings.sweepEvery(), recipe::sweepTasks);
        loop("beats", settings.taskLease().dividedBy(3), recipe::beat);
        loop("letters", LETTERS_EVERY, recipe::countDeadLetters);
        recipe.jobs().forEach(job -> loop(job.name(), job.first(), job.every(), job.work()));
        listeners.start();
    }

    @Override
    public void stop() {
        running = false;
        listeners.stop();
        loops.forEach(Thread::interrupt);
        loops.clear();
        recipe.stop();
        long patience = System.nanoTime()
                + recipe.surroundings().settings().stopWaitMax().toNanos();
        while (!recipe.idle() && System.nanoTime() < patience) {
            pause(Duration.ofMillis(20));
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop(String name, Duration every, Runnable look) {
        loop(name, Duration.ZERO, every, look);
    }

    private void loop(String name, Duration first, Duration every, Runnable look) {
        loops.add(Thread.ofVirtual().name("slipway-" + name).start(() -> {
            pause(first);
            while (running) {
                try {
                    look.run();
                } catch (RuntimeException trouble) {
                    log.warn("Looking for {} failed and is tried again: {}", name, trouble.toString());
                } catch (Error error) {
                    log.error("Looking for {} met an error; this instance is not ready any more", name, error);
                    recipe.met("looking for " + name, error);
                }
                pause(every);
            }
        }));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
