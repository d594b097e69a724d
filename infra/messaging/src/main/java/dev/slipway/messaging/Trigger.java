package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Task;
import dev.slipway.messaging.StoredAggregate.Timer;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An input on its way into an aggregate.
 *
 * @param valid whether the document still waits for it
 * @param timersUsed timers that it uses up, in the same write
 * @param tasksUsed tasks that it uses up, in the same write
 */
record Trigger<I>(
        I input, Cause cause, Predicate<StoredAggregate> valid, Set<String> timersUsed, Set<String> tasksUsed) {
    static <I> Trigger<I> submitted(I input, Cause cause) {
        return new Trigger<>(input, cause, _ -> true, Set.of(), Set.of());
    }

    static <I> Trigger<I> fired(I input, String name, long generation, Lineage from) {
        Predicate<StoredAggregate> running = document -> {
            Timer timer = document.timers().get(name);
            return timer != null && timer.generation() == generation;
        };
        return new Trigger<>(input, Cause.of("timer:" + name, from), running, Set.of(name), Set.of());
    }

    static <I> Trigger<I> performed(I input, String taskId, String kind, long fence, Lineage from) {
        Predicate<StoredAggregate> held = document -> {
            Task task = document.tasks().get(taskId);
            return task != null && task.fence() == fence;
        };
        return new Trigger<>(input, Cause.of("task:" + kind, from), held, Set.of(), Set.of(taskId));
    }

    /** What the journal calls it: inputs may hold what must not be written down. */
    String name() {
        return input.getClass().getSimpleName();
    }
}
