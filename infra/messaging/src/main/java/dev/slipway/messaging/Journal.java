package dev.slipway.messaging;

import dev.slipway.chain.Link;
import dev.slipway.chain.Seal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
            if (entry.added() != null) {
                entry.added()
                        .properties()
                        .forEach(field ->
                                state.set(field.getKey(), together(state.path(field.getKey()), field.getValue())));
            }
        }
        return state;
    }

    private static ArrayNode together(JsonNode before, JsonNode added) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        before.forEach(all::add);
        added.forEach(all::add);
        return all;
    }

    /** What was added to the end of a list; null where it changed in another way. */
    static @Nullable ArrayNode added(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (!(after instanceof ArrayNode grown) || (before != null && !(before instanceof ArrayNode))) {
            return null;
        }
        JsonNode former = before == null ? JsonNodeFactory.instance.arrayNode() : before;
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < grown.size(); i++) {
            if (i >= former.size()) {
                added.add(grown.get(i));
            } else if (!grown.get(i).equals(former.get(i))) {
                return null;
            }
        }
        return grown.size() > former.size() ? added : null;
    }

    /** The next entry of a chain that ended in this one, closed by nobody. */
    public static JournalEntry sealed(String chain, @Nullable Seal last, JournalEntry entry) {
        return entry.with(Seal.after(last, chain, record(entry)));
    }

    /** Entries as anybody can check them. */
    public static List<Link> links(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> new Link(record(entry), entry.seal()))
                .toList();
    }

    /** What of an entry is hashed: all but its place. What is absent is not named, so that entries may grow. */
    private static ObjectNode record(JournalEntry entry) {
        return MessagingJson.mapper().valueToTree(entry.with(null));
    }

    static String chunkId(String id, long lastVersion) {
        return String.format(Locale.ROOT, "%s/%08d", id, lastVersion);
    }

    /** The version at which the chunk of this version ends. */
    static long chunkEnd(long version) {
        return Math.ceilDiv(version, CHUNK_VERSIONS) * CHUNK_VERSIONS;
    }
}
