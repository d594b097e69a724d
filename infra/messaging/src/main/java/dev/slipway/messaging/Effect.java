package dev.slipway.messaging;

import java.time.Instant;

/** What a decision wants done. Written in the same update as the state, performed after it. */
public sealed interface Effect {
    /** Publish a message, at least once, after the messages that this aggregate wrote before. */
    record Send(Message message) implements Effect {}

    /** Start a timer, or start it again with a new due time. When due it becomes an input, once. */
    record StartTimer(String name, Instant due) implements Effect {}

    /** Stop a timer; nothing happens if it does not run. */
    record StopTimer(String name) implements Effect {}

    /**
     * Have a worker perform something outside a listener, at least once, under a rising fence; its outcome is an input.
     *
     * @param id unique within the aggregate while it runs, and the idempotency key together with the aggregate's id
     * @param kind names the {@link TaskHandler}
     * @param body what to do, written as JSON
     */
    record StartTask(String id, String kind, Object body) implements Effect {}

    /** Forget a task: a worker that holds it is told by {@link TaskRun#dropped()}, and its outcome is not applied. */
    record DropTask(String id) implements Effect {}

    static Effect send(Message message) {
        return new Send(message);
    }

    static Effect startTimer(String name, Instant due) {
        return new StartTimer(name, due);
    }

    static Effect stopTimer(String name) {
        return new StopTimer(name);
    }
}
