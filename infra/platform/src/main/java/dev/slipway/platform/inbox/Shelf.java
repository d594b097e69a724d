package dev.slipway.platform.inbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The latest arrivals of one kind, in the order in which they first came, kept in a {@link Journal}. */
final class Shelf<T extends Arrival> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private final Journal journal;
    private final JsonMapper json;
    private final int max;
    private final Map<String, T> arrivals = new LinkedHashMap<>();

    Shelf(Journal journal, JsonMapper json, Class<T> type, int max) {
        this.journal = journal;
        this.json = json;
        this.max = max;
        for (String line : journal.lines()) {
            try {
                keep(json.readValue(line, type));
            } catch (JacksonException e) { // cut short when the process died; nobody was told that it had arrived
                log.warn("A line of the inbox's {} journal cannot be read and is left out", type.getSimpleName());
            }
        }
    }

    /** Writes it down and shows it, in the place of the one with the same key. */
    synchronized void put(T arrival) {
        journal.add(json.writeValueAsString(arrival));
        keep(arrival);
    }

    synchronized @Nullable T find(String key) {
        return arrivals.get(key);
    }

    synchronized List<T> after(long seq) {
        List<T> newer = new ArrayList<>(arrivals.values());
        newer.removeIf(arrival -> arrival.seq() <= seq);
        return newer;
    }

    synchronized long lastSeq() {
        return arrivals.values().stream().mapToLong(Arrival::seq).max().orElse(0);
    }

    @Override
    public void close() {
        journal.close();
    }

    private void keep(T arrival) {
        arrivals.put(arrival.key(), arrival);
        Iterator<String> oldest = arrivals.keySet().iterator();
        while (arrivals.size() > max) {
            oldest.next();
            oldest.remove();
        }
    }
}
