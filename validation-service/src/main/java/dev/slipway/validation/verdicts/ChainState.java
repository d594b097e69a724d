package dev.slipway.validation.verdicts;

import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The end of an application's evidence chain. The journal of the document is the whole of it: each entry holds the
 * record that it appended as {@code last}.
 *
 * @param last the newest record, or null if there is none
 * @param recent which verdicts were recorded lately under which hash, oldest first; not journaled, for duplicates only
 */
public record ChainState(String id, @Nullable VerdictRecord last, List<Recorded> recent) {
    public ChainState {
        recent = List.copyOf(recent);
    }

    /** Hash of a recorded verdict. */
    public record Recorded(String question, String gate, String hash) {}

    /** All records of a chain, from its journal. */
    public static List<VerdictRecord> records(List<JournalEntry> journal) {
        return journal.stream()
                .map(JournalEntry::set)
                .map(changed -> changed.path("last"))
                .filter(JsonNode::isObject)
                .map(last -> MessagingJson.mapper().treeToValue(last, VerdictRecord.class))
                .toList();
    }

    @Nullable
    String hashOf(VerdictDraft draft) {
        return recent.stream()
                .filter(known -> known.question().equals(draft.question())
                        && known.gate().equals(draft.gate().id()))
                .map(Recorded::hash)
                .findFirst()
                .orElse(null);
    }

    ChainState with(VerdictRecord record, int recentMax) {
        List<Recorded> known = new ArrayList<>(recent);
        known.add(new Recorded(
                record.verdict().question(), record.verdict().gate().id(), record.hash()));
        int from = Math.max(0, known.size() - recentMax);
        return new ChainState(id, record, known.subList(from, known.size()));
    }
}
