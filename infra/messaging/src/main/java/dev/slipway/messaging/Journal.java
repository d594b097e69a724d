package dev.slipway.messaging;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reading journals: entries hold resulting changes, so any prefix folds to the state of its time. */
public final class Journal {
    /** Versions per chunk; chunks end at multiples of it, so two writers cut the same. */
    static final int CHUNK_VERSIONS = 64;

    private Journal() {}

    /** The state after these entries, but for fields that the core does not journal. */
    public static ObjectNode fold(List<JournalEntry> entries) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        for (JournalEntry entry : entries) {
            entry.set().properties().forEach(field -> state.set(field.getKey(), field.getValue()));
            state.remove(entry.unset());
        }
        return state;
    }

    static String chunkId(String id, long lastVersion) {
        return String.format(Locale.ROOT, "%s/%08d", id, lastVersion);
    }

    /** The version at which the chunk of this version ends. */
    static long chunkEnd(long version) {
        return Math.ceilDiv(version, CHUNK_VERSIONS) * CHUNK_VERSIONS;
    }
}
