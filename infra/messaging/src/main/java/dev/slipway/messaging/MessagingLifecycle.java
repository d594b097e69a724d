package dev.slipway.messaging;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the recipe when all beans are there: what is to be done first of all; then indexes, what was left over, timers,
 * tasks, then listeners.
 */
final class MessagingLifecycle implements SmartLifecycle {
    private static final Duration LETTERS_EVERY = Duration.ofSeconds(10);

    private static final Duration LOOPS_END_WITHIN = Duration.ofSeconds(3);

    private final Recipe recipe;
    private final MessageListeners listeners;
    private Loops loops;
    private volatile boolean running;

    MessagingLifecycle(Recipe recipe, MessageListeners listeners) {
        this.recipe = recipe;
        this.listeners = listeners;
        this.loops = new Loops(recipe::met);
    }

    @Override
    public synchronized void start() {
        running = true;
        Loops mine = new Loops(recipe::met);
        loops = mine;
        if (recipe.firsts().isEmpty()) {
            begin(mine);
        } else {
            recipe.begun(false);
            mine.first(Thread.ofPlatform().daemon(), recipe.firsts(), () -> begin(mine));
        }
    }

    /** Jobs have platform threads: virtual ones share a few carriers with all other work. */
    private synchronized void begin(Loops mine) {
        if (!running || mine != loops) {
            return; // it was stopped meanwhile
        }
        recipe.begun(true);
        MessagingSettings settings = recipe.surroundings().settings();
        look("outboxes", settings.sweepEvery(), recipe::sweepOutboxes);
        look("timers", settings.timerEvery(), recipe::fireTimers);
        look("tasks", settings.sweepEvery(), recipe::sweepTasks);
        look("beats", settings.taskLease().dividedBy(3), recipe::beat);
        look("letters", LETTERS_EVERY, recipe::countDeadLetters);
        recipe.jobs().forEach(job -> loops.begin(Thread.ofPlatform().daemon(), job));
        listeners.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        listeners.stop();
        loops.stop(LOOPS_END_WITHIN);
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

    private void look(String name, Duration every, Runnable look) {
        loops.begin(Thread.ofVirtual(), new Recipe.Job("looking for " + name, Duration.ZERO, every, look));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
