package dev.slipway.testkit;

import dev.slipway.messaging.Letter;
import dev.slipway.messaging.Letters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dead letters in memory. */
public final class MemoryLetters implements Letters {
    private final Map<String, Letter> waiting = new LinkedHashMap<>();
    private final Map<String, Letter> settled = new LinkedHashMap<>();

    @Override
    public synchronized void keep(Letter letter) {
        waiting.putIfAbsent(letter.id(), letter);
    }

    @Override
    public synchronized Optional<Letter> find(String id) {
        return Optional.ofNullable(waiting.get(id)).or(() -> Optional.ofNullable(settled.get(id)));
    }

    @Override
    public synchronized List<Letter> waiting(@Nullable String afterId, int limit) {
        return list(waiting.values(), afterId, limit);
    }

    @Override
    public synchronized List<Letter> settled(@Nullable String afterId, int limit) {
        return list(settled.values(), afterId, limit);
    }

    private static List<Letter> list(Collection<Letter> letters, @Nullable String afterId, int limit) {
        return letters.stream()
                .filter(letter -> afterId == null || letter.id().compareTo(afterId) > 0)
                .sorted(Comparator.comparing(Letter::id))
                .limit(limit)
                .map(Letter::brief)
                .toList();
    }

    @Override
    public synchronized Map<String, Long> waitingByTopic() {
        return waiting.values().stream()
                .collect(Collectors.groupingBy(Letter::topic, TreeMap::new, Collectors.counting()));
    }

    @Override
    public synchronized void triedInVain(Letter letter) {
        waiting.replace(letter.id(), letter);
    }

    @Override
    public synchronized void settle(Letter letter) {
        settled.put(letter.id(), letter);
        waiting.remove(letter.id());
    }

    synchronized List<Letter> all() {
        return new ArrayList<>(waiting.values());
    }
}
