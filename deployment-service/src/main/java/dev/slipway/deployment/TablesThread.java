package dev.slipway.deployment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says the traffic tables again and again, from a thread of its own: gateways take an unverified share away when its table
 * is not repeated, so that this must hang on no other work. Spring's scheduler runs all fixed-delay jobs on one thread
 * where virtual threads are on, and a look at a process that hangs would be such a work. Whatever goes wrong in one turn,
 * the next one comes.
 */
final class TablesThread implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TablesThread.class);
    private static final Duration JOIN_MAX = Duration.ofSeconds(3);

    private final Runnable say;
    private final Duration every;
    private volatile boolean running;
    private @Nullable Thread thread;

    TablesThread(Runnable say, Duration every) {
        this.say = say;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("traffic-tables").daemon().start(this::run);
    }

    @Override
    public synchronized void stop() {
        running = false;
        Thread current = thread;
        if (current != null) {
            current.interrupt();
            try {
                current.join(JOIN_MAX);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                say.run();
            } catch (RuntimeException | Error broken) { // an Error too: without tables every canary loses its share
                log.error("Traffic tables were not said and are said again in {}", every, broken);
            }
            try {
                Thread.sleep(every);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }
}
