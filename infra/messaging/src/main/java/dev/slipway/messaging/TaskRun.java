package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/** One performance of a task by one worker. */
public interface TaskRun {
    /** The aggregate that the task belongs to. */
    String aggregateId();

    /** The task's id within its aggregate. */
    String taskId();

    /** Rises with each claim; a target refuses a lower fence than it has seen. */
    long fence();

    /** Idempotency key for remote parties: the same for every performance of this task. */
    default String idempotencyKey() {
        return aggregateId() + "/" + taskId();
    }

    /** W3C trace context of this performance, to be sent as header {@code traceparent} to whom it calls; null without one. */
    default @Nullable String traceparent() {
        return null;
    }

    /**
     * Whether somebody claimed this task before and brought no outcome: then the work may have been done already, and a
     * handler whose work cannot simply be done twice looks first.
     */
    default boolean claimedBefore() {
        return false;
    }

    /** Whether the task was dropped or taken over; long work checks it between steps and returns early. */
    boolean dropped();
}
