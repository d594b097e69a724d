package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.stability.Stability;
import dev.slipway.validation.evidence.stability.StabilityRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stored reports of one revision against those of another. The same bytes always give the same. */
public final class BaselineReports {
    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;

    public BaselineReports(EvidenceReaders readers, EvidenceBytes bytes) {
        this.readers = readers;
        this.bytes = bytes;
    }

    /** How the gate's evidence is compared, if its rule asks for that. */
    public Optional<Comparing> asked(Gate gate) {
        return Optional.ofNullable(gate.evidence())
                .flatMap(readers::of)
                .flatMap(EvidenceReader::comparing)
                .filter(comparing -> comparing.askedBy(gate))
                .map(comparing -> comparing.of(gate));
    }

    /**
     * With what the runs before it had measured, where that stands among what it is compared with.
     *
     * @param way as in {@link Comparing}
     * @throws UnreadableEvidence if one of them is gone or cannot be read
     */
    public Compared compare(Gate gate, Comparing comparing, int way, Arrived now, Arrived before)
            throws UnreadableEvidence {
        List<Reading> known = new ArrayList<>();
        List<EarlierRuns.Run> earlier = new ArrayList<>();
        for (int i = 0; i < before.digests().size(); i++) {
            Digest digest = before.digests().get(i);
            byte[] kept = kept(digest);
            Optional<EarlierRuns> runs = EarlierRuns.read(kept);
            runs.ifPresent(found -> earlier.addAll(found.runs()));
            if (runs.isEmpty()) {
                reading(gate, digest, kept, before.at(i)).ifPresent(known::add);
            }
        }
        return comparing.with(gate, way, readings(gate, now), known, earlier);
    }

    /**
     * What is said of the first reports that are recorded.
     *
     * @throws UnreadableEvidence if one of them is gone or cannot be read
     */
    public Compared first(Gate gate, Comparing comparing, Arrived now) throws UnreadableEvidence {
        return comparing.first(gate, readings(gate, now));
    }

    /** What a run had measured, for those after it; nothing where a report of it is gone or cannot be read any more. */
    public List<EarlierRuns.Figure> figures(Gate gate, Comparing comparing, List<Digest> run) {
        try {
            return comparing.figures(readings(gate, Arrived.somewhen(run)));
        } catch (UnreadableEvidence gone) {
            return List.of();
        }
    }

    /**
     * Keeps what the runs before had measured, as a report of this revision.
     *
     * @throws EvidenceFull if there is no room
     */
    public Digest kept(EarlierRuns runs, String revision) {
        byte[] content = runs.bytes();
        Digest digest = Digest.of(content);
        bytes.keep(digest, content, revision);
        return digest;
    }

    /**
     * What was said before, said again.
     *
     * @param way that was written down with the verdict, or {@link Comparing#LATEST}
     * @param now and before as they were written down with the verdict
     * @return no facts where nothing could be compared
     */
    public Facts again(Gate gate, int way, Arrived now, Arrived before) throws UnreadableEvidence {
        if (Stability.askedBy(gate)) {
            return stability(before.digests());
        }
        Optional<Comparing> comparing = asked(gate);
        if (comparing.isEmpty()) {
            return Facts.NONE;
        }
        if (before.digests().isEmpty()) {
            return gate.baseline() == WithoutBaseline.RECORD
                    ? first(gate, comparing.get(), now).facts()
                    : Facts.NONE;
        }
        return compare(gate, comparing.get(), way, now, before).facts();
    }

    /** Over the runs that were written down, whatever came since. */
    private Facts stability(List<Digest> before) throws UnreadableEvidence {
        for (Digest digest : before) {
            Optional<StabilityRecord> record = StabilityRecord.read(kept(digest));
            if (record.isPresent()) {
                return Stability.told(record.get()).facts();
            }
        }
        return Facts.NONE;
    }

    private byte[] kept(Digest digest) throws UnreadableEvidence {
        return bytes.find(digest)
                .filter(found -> Digest.of(found).equals(digest))
                .orElseThrow(() -> new UnreadableEvidence("the report " + digest.brief() + " is gone or changed"));
    }

    private List<Reading> readings(Gate gate, Arrived reports) throws UnreadableEvidence {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < reports.digests().size(); i++) {
            Digest digest = reports.digests().get(i);
            reading(gate, digest, kept(digest), reports.at(i)).ifPresent(readings::add);
        }
        return readings;
    }

    /** Nothing of how a run ended. */
    private Optional<Reading> reading(Gate gate, Digest digest, byte[] kept, @Nullable Instant arrival)
            throws UnreadableEvidence {
        EvidenceReader reader = readers.of(String.valueOf(gate.evidence()))
                .orElseThrow(() -> new UnreadableEvidence("nothing reads this kind of evidence any more"));
        if (RunRecord.read(kept).isPresent()) {
            return Optional.empty();
        }
        Reading reading = Companions.reader(readers, reader, kept).read(kept, digest.brief());
        return Optional.of(arrival == null ? reading : reading.arrived(arrival));
    }
}
