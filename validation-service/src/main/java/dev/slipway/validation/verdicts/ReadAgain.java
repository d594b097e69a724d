package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Companions;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.ReaderChange;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads again, before gates look at it, what an older version of the readers took in, so that no reader that was wrong decides
 * after it was mended (ADR 83). What is not kept any more counts as it was read then, which the gate says.
 */
public final class ReadAgain {
    private final StoredFacts stored;
    private final EvidenceBytes bytes;

    public ReadAgain(EvidenceReaders readers, EvidenceBytes bytes) {
        this.stored = new StoredFacts(readers, bytes);
        this.bytes = bytes;
    }

    /** All of them; those that one of the gates looks at as they are read now. */
    public List<SuiteFacts> of(List<Gate> gates, List<SuiteFacts> suites) {
        return suites.stream()
                .map(suite -> suite.reader() < EvidenceReaders.VERSION
                                && !suite.digests().isEmpty()
                                && gates.stream().anyMatch(gate -> looksAt(gate, suite))
                        ? again(suite)
                        : suite)
                .toList();
    }

    private static boolean looksAt(Gate gate, SuiteFacts suite) {
        String kind = gate.evidence();
        return kind != null
                && (kind.equals(suite.kind()) || Companions.of(kind).contains(suite.kind()))
                && Objects.equals(gate.suite(), suite.suite());
    }

    private SuiteFacts again(SuiteFacts suite) {
        Arrived arrived = suite.arrived();
        List<StoredFacts.Input> read = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        @Nullable String why = suite.unreadable();
        for (int i = 0; i < arrived.digests().size(); i++) {
            Digest digest = arrived.digests().get(i);
            try {
                StoredFacts.Input input = stored.read(suite.kind(), digest, arrived.at(i));
                read.add(input);
                notes.addAll(notes(input));
            } catch (UnreadableEvidence refused) {
                if (bytes.find(digest).isEmpty()) {
                    return gone(suite, digest);
                }
                why = refused.getMessage();
            }
        }
        return suite.read(
                StoredFacts.together(read),
                why,
                notes.subList(0, Math.min(notes.size(), Evidence.NOTES_MAX)),
                EvidenceReaders.VERSION);
    }

    private List<String> notes(StoredFacts.Input input) {
        Reading reading = input.reading();
        String file = bytes.nameOf(input.digest()).orElse(input.digest().brief());
        return reading == null
                ? List.of()
                : reading.notes().stream().map(note -> file + ": " + note).toList();
    }

    private static SuiteFacts gone(SuiteFacts suite, Digest digest) {
        List<String> notes = new ArrayList<>(suite.notes());
        notes.addFirst("%s is not kept any more and counts as %s read it"
                .formatted(digest.brief(), ReaderChange.reader(suite.reader())));
        return suite.read(suite.facts(), suite.unreadable(), notes, suite.reader());
    }
}
