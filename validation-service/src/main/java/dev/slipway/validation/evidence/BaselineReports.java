package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.stability.Stability;
import dev.slipway.validation.evidence.stability.StabilityRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    public Compared compare(Gate gate, Comparing comparing, int way, List<Digest> now, List<Digest> before)
            throws UnreadableEvidence {
        List<Reading> known = new ArrayList<>();
        List<EarlierRuns.Run> earlier = new ArrayList<>();
        for (Digest digest : before) {
            byte[] kept = kept(digest);
            Optional<EarlierRuns> runs = EarlierRuns.read(kept);
            runs.ifPresent(found -> earlier.addAll(found.runs()));
            if (runs.isEmpty()) {
                reading(gate, digest, kept).ifPresent(known::add);
            }
        }
        return comparing.with(gate, way, readings(gate, now), known, earlier);
    }

    /**
     * What is said of the first reports that are recorded.
     *
     * @throws UnreadableEvidence if one of them is gone or cannot be read
     */
    public Compared first(Gate gate, Comparing comparing, List<Digest> now) throws UnreadableEvidence {
        return comparing.first(gate, readings(gate, now));
    }

    /** What a run had measured, for those after it; nothing where a report of it is gone or cannot be read any more. */
    public List<EarlierRuns.Figure> figures(Gate gate, Comparing comparing, List<Digest> run) {
        try {
            return comparing.figures(readings(gate, run));
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
     * @param way that was written down with the verdict, or {@link Comparing#BY_PLACE}
     * @param before digests that were written down beside the verdict
     * @return no facts where nothing could be compared
     */
    public Facts again(Gate gate, int way, List<Digest> now, List<Digest> before) throws UnreadableEvidence {
        if (Stability.askedBy(gate)) {
            return stability(before);
        }
        Optional<Comparing> comparing = asked(gate);
        if (comparing.isEmpty()) {
            return Facts.NONE;
        }
        if (before.isEmpty()) {
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

    private List<Reading> readings(Gate gate, List<Digest> digests) throws UnreadableEvidence {
        List<Reading> readings = new ArrayList<>();
        for (Digest digest : digests) {
            reading(gate, digest, kept(digest)).ifPresent(readings::add);
        }
        return readings;
    }

    /** Nothing of how a run ended. */
    private Optional<Reading> reading(Gate gate, Digest digest, byte[] kept) throws UnreadableEvidence {
        EvidenceReader reader = readers.of(String.valueOf(gate.evidence()))
                .orElseThrow(() -> new UnreadableEvidence("nothing reads this kind of evidence any more"));
        return RunRecord.read(kept).isPresent()
                ? Optional.empty()
                : Optional.of(Companions.reader(readers, reader, kept).read(kept, digest.brief()));
    }
}
