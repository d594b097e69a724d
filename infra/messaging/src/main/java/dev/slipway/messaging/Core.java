package dev.slipway.messaging;

import java.time.Instant;
import java.util.Set;

/**
 * The pure decisions of one kind of aggregate: no clock, no random source, no I/O.
 *
 * @param <S> state, a record or sealed interface that Jackson can write and read; one document
 * @param <I> input: everything that may happen to the aggregate, one sealed type
 */
public interface Core<S, I> {
    /** The state of an aggregate that has never been heard of; never stored as such. */
    S initial(String id);

    /**
     * Decides what an input means.
     *
     * @param state the present state; {@link #initial} if the aggregate does not exist
     * @param now the time of the decision; the only clock that the core sees
     * @return the new state with its effects, or the same state
     */
    Decision<S> decide(S state, I input, Instant now);

    /**
     * Whether the aggregate is at its end and everyone who must know that has said so; then, once its outbox and tasks
     * are empty, it moves to the finished documents. A finished aggregate still decides, but can only send, and take
     * what its kind is amended by ({@link Recipe.Builder#amends}).
     */
    boolean finished(S state);

    /**
     * Names of top-level state fields that tick (cumulative counts): a change of these alone is saved but leaves no
     * journal entry.
     */
    default Set<String> unjournaled() {
        return Set.of();
    }

    /**
     * Names of top-level state fields that are lists which only grow: a journal entry holds what was added to them, and the
     * whole list only where it changed in another way.
     */
    default Set<String> growing() {
        return Set.of();
    }
}
