package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Arrived;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stored reports read again, and what they say together, as it was counted when they came: what was sent together is told
 * together, and what came apart is added up. What came at one time was sent together; where nobody wrote down when, a run's
 * record names what was sent with it.
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
     * @param arrival when it came, or null where nobody wrote that down
     */
    record Input(
            Digest digest,
            @Nullable Reading reading,
            @Nullable RunRecord run,
            @Nullable Instant arrival) {
        /** What it says alone. */
        Facts facts() {
            return run != null
                    ? RunRecord.facts(run.exit())
                    : Objects.requireNonNull(reading).facts();
        }
    }

    /** @throws UnreadableEvidence if it is gone, changed, or cannot be read */
    Input read(String kind, Digest digest, @Nullable Instant arrival) throws UnreadableEvidence {
        EvidenceReader reader = readers.of(kind)
                .orElseThrow(() -> new UnreadableEvidence("nothing reads this kind of evidence any more"));
        byte[] kept = kept(digest);
        Optional<RunRecord> run = RunRecord.read(kept);
        if (run.isPresent()) {
            return new Input(digest, null, run.get(), arrival);
        }
        Reading reading = Companions.reader(readers, reader, kept).read(kept, digest.brief());
        return new Input(digest, arrival == null ? reading : reading.arrived(arrival), null, arrival);
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

    Facts of(Gate gate, Arrived inputs) throws UnreadableEvidence {
        List<Input> read = new ArrayList<>();
        for (int i = 0; i < inputs.digests().size(); i++) {
            read.add(read(String.valueOf(gate.evidence()), inputs.digests().get(i), inputs.at(i)));
        }
        return together(read);
    }

    static Facts together(List<Input> inputs) {
        return inputs.stream().allMatch(input -> input.arrival() != null) ? pushed(inputs) : recorded(inputs);
    }

    /** Push by push: the same bytes in two of them are two reports. */
    private static Facts pushed(List<Input> inputs) {
        Facts sum = Facts.NONE;
        List<Input> push = new ArrayList<>();
        for (Input input : inputs) {
            if (!push.isEmpty() && !Objects.equals(push.getFirst().arrival(), input.arrival())) {
                sum = push(sum, push);
                push.clear();
            }
            push.add(input);
        }
        return push(sum, push);
    }

    /** With what one push adds. */
    private static Facts push(Facts before, List<Input> sent) {
        List<Reading> reports = sent.stream()
                .flatMap(input -> Optional.ofNullable(input.reading()).stream())
                .toList();
        Facts sum = before.plus(Facts.together(Coverage.counting(reports)));
        for (Input input : sent) {
            sum = input.run() == null ? sum : sum.plus(input.facts());
        }
        return sum;
    }

    /** By the records of runs: each takes of the same bytes the first that is left, and what is left twice came twice. */
    private static Facts recorded(List<Input> inputs) {
        List<Input> rest = new ArrayList<>(inputs);
        rest.removeIf(input -> input.reading() == null);
        Facts sum = Facts.NONE;
        for (Input input : inputs) {
            RunRecord run = input.run();
            if (run != null) {
                List<Reading> sent = new ArrayList<>();
                run.reports().forEach(report -> taken(report, rest).ifPresent(sent::add));
                sum = sum.plus(Facts.together(Coverage.counting(sent))).plus(RunRecord.facts(run.exit()));
            }
        }
        Map<Digest, Reading> once = new LinkedHashMap<>();
        for (Input input : rest) {
            Reading reading = Objects.requireNonNull(input.reading());
            if (once.putIfAbsent(input.digest(), reading) != null) {
                sum = sum.plus(reading.facts());
            }
        }
        return Facts.together(Coverage.counting(List.copyOf(once.values()))).plus(sum);
    }

    private static Optional<Reading> taken(Digest report, List<Input> rest) {
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).digest().equals(report)) {
                return Optional.ofNullable(rest.remove(i).reading());
            }
        }
        return Optional.empty();
    }
}
