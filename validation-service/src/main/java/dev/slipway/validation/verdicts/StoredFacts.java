package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Companions;
import dev.slipway.validation.evidence.Coverage;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stored reports read again, and what they say together, as it was counted when they came: what was sent together is told
 * together, and what came apart is added up. A run's record names what was sent with it.
 */
final class StoredFacts {
    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;

    StoredFacts(EvidenceReaders readers, EvidenceBytes bytes) {
        this.readers = readers;
        this.bytes = bytes;
    }

    /**
     * One input: a report or the record of a run.
     *
     * @param reading null for the record of a run
     * @param run null for a report
     */
    record Input(
            Digest digest,
            @Nullable Reading reading,
            @Nullable RunRecord run) {
        /** What it says alone. */
        Facts facts() {
            return run != null
                    ? RunRecord.facts(run.exit())
                    : Objects.requireNonNull(reading).facts();
        }
    }

    /** @throws UnreadableEvidence if it is gone, changed, or cannot be read */
    Input read(Gate gate, Digest digest) throws UnreadableEvidence {
        EvidenceReader reader = readers.of(String.valueOf(gate.evidence()))
                .orElseThrow(() -> new UnreadableEvidence("nothing reads this kind of evidence any more"));
        byte[] kept = kept(digest);
        Optional<RunRecord> run = RunRecord.read(kept);
        return run.isPresent()
                ? new Input(digest, null, run.get())
                : new Input(digest, Companions.reader(readers, reader, kept).read(kept, digest.brief()), null);
    }

    /**
     * What in an input may count against its gate, for people; nothing of the record of a run.
     *
     * @param all that the gate looked at, as one may state something of another
     */
    List<String> places(Gate gate, Input input, List<Input> all) throws UnreadableEvidence {
        Reading reading = input.reading();
        Optional<EvidenceReader> reader = readers.of(String.valueOf(gate.evidence()));
        if (reading == null || reader.isEmpty()) {
            return List.of();
        }
        byte[] kept = kept(input.digest());
        List<Inventory> stating = all.stream().map(one -> one.facts().parts()).toList();
        return Places.of(gate, reading, stating, Companions.reader(readers, reader.get(), kept), kept);
    }

    private byte[] kept(Digest digest) throws UnreadableEvidence {
        return bytes.find(digest)
                .filter(found -> Digest.of(found).equals(digest))
                .orElseThrow(() -> new UnreadableEvidence(bytes.goneOf(digest)
                        .map(GoneReport::text)
                        .orElse("the report " + digest.brief() + " is gone or changed")));
    }

    Facts of(Gate gate, List<Digest> inputs) throws UnreadableEvidence {
        List<Input> read = new ArrayList<>();
        for (Digest digest : inputs) {
            read.add(read(gate, digest));
        }
        return together(read);
    }

    static Facts together(List<Input> inputs) {
        Map<Digest, Reading> rest = new LinkedHashMap<>();
        for (Input input : inputs) {
            if (input.reading() != null) {
                rest.put(input.digest(), input.reading());
            }
        }
        Facts sum = Facts.NONE;
        for (Input input : inputs) {
            RunRecord run = input.run();
            if (run != null) {
                List<Reading> sent = new ArrayList<>();
                for (Digest report : run.reports()) {
                    Reading reading = rest.remove(report);
                    if (reading != null) {
                        sent.add(reading);
                    }
                }
                sum = sum.plus(Facts.together(Coverage.counting(sent))).plus(RunRecord.facts(run.exit()));
            }
        }
        return Facts.together(Coverage.counting(List.copyOf(rest.values()))).plus(sum);
    }
}
