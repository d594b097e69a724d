package dev.slipway.release.api;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aggregates that were put here and are live, for whoever only looks at them. */
public final class Kept<S, I> implements Aggregates<S, I> {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");

    public final Map<String, S> states = new HashMap<>();

    @Override
    public Outcome<S> submit(String id, I input, Cause cause) {
        throw new UnsupportedOperationException("It is only looked at");
    }

    @Override
    public Optional<Snapshot<S>> find(String id) {
        return Optional.ofNullable(states.get(id)).map(state -> new Snapshot<>(id, state, 1, AT, AT, false));
    }

    @Override
    public List<Snapshot<S>> live(@Nullable String afterId, int limit) {
        return states.keySet().stream()
                .sorted()
                .filter(id -> afterId == null || id.compareTo(afterId) > 0)
                .limit(limit)
                .flatMap(id -> find(id).stream())
                .toList();
    }

    @Override
    public List<Snapshot<S>> between(String above, String below, int limit) {
        throw new UnsupportedOperationException("One is looked at, by its id");
    }

    @Override
    public List<Snapshot<S>> finished(@Nullable String afterId, int limit) {
        throw new UnsupportedOperationException("One is looked at, by its id");
    }

    @Override
    public List<JournalEntry> journal(String id) {
        return List.of();
    }

    @Override
    public Chained chained(String id) {
        throw new UnsupportedOperationException("Its proof is not looked at");
    }
}
