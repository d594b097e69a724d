package dev.slipway.messaging;

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

    /** Whether the task was dropped or taken over; long work checks it between steps and returns early. */
    boolean dropped();
}
