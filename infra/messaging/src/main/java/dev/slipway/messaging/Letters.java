package dev.slipway.messaging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a service keeps its dead letters: those that wait for a person, and apart from them those that are settled. */
public interface Letters {
    /** Keeps a letter that waits. One that waits under this id already stays as it is. */
    void keep(Letter waiting);

    /** The letter, waiting or settled, with its bytes. */
    Optional<Letter> find(String id);

    /** Waiting letters in id order after this id, without their bytes. */
    List<Letter> waiting(@Nullable String afterId, int limit);

    /** Settled letters in id order after this id, without their bytes. */
    List<Letter> settled(@Nullable String afterId, int limit);

    /** How many wait, by topic. */
    Map<String, Long> waitingByTopic();

    /** Writes down why a replay failed. */
    void triedInVain(Letter waiting);

    /** Puts a letter among the settled ones, with who did so and why. Once more it is the same. */
    void settle(Letter settled);
}
