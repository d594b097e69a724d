package dev.slipway.messaging;

/**
 * Performs one kind of task. May be called again for the same task after a crash, with a higher fence: it first looks
 * at what is there and adopts it.
 *
 * @param <B> the task's body
 * @param <I> the aggregate's input type
 */
@FunctionalInterface
public interface TaskHandler<B, I> {
    /**
     * Does the work and says what came out of it, as the aggregate's next input. Expected failures are such inputs too;
     * an exception means that our machinery broke, and the task is performed again after a pause.
     */
    I perform(TaskRun run, B body) throws Exception;
}
