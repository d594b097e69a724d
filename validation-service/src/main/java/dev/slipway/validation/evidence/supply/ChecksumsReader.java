package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Covering;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.ReportLines;
import dev.slipway.validation.evidence.supply.ChecksumLines.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checksum files: each released artifact has to stand in one of them, by its digest. Another name is told and does not count;
 * the name of a released artifact beside another digest is from another build, of which nobody knows what it says of this one.
 */
public final class ChecksumsReader implements EvidenceReader, Covering {
    public static final String KIND = "checksums";

    private static final int LINES_MAX = 100_000;
    private static final int LINE_BYTES_MAX = 10_000;
    private static final ReportLines.Limits LIMITS = new ReportLines.Limits(LINES_MAX, LINE_BYTES_MAX);

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        int lines = ChecksumLines.read(report, LIMITS).lines().size();
        return new Reading("checksum file", new Facts(List.of(Fact.count("checksum.total", lines))), List.of());
    }

    @Override
    public Compared over(Gate gate, Released released, List<byte[]> reports) throws UnreadableEvidence {
        Claims claims = new Claims(released);
        for (byte[] report : reports) {
            for (Line line : ChecksumLines.read(report, LIMITS).lines()) {
                claims.take(new Claim(line.sha256(), line.name(), null));
                otherwise(released, line)
                        .ifPresent(artifact -> claims.otherDigest(
                                artifact,
                                "it stands there with %s, and is released with %s"
                                        .formatted(
                                                line.sha256().substring(0, 12),
                                                artifact.digest().brief())));
            }
        }
        return claims.together();
    }

    private static Optional<Artifact> otherwise(Released released, Line line) {
        String last = line.name().substring(line.name().lastIndexOf('/') + 1);
        List<Artifact> named = released.artifacts().stream()
                .filter(artifact -> artifact.called().equals(last))
                .toList();
        boolean agrees =
                named.stream().anyMatch(artifact -> artifact.digest().hex().equals(line.sha256()));
        return agrees ? Optional.empty() : named.stream().findFirst();
    }

    @Override
    public Optional<Covering> covering() {
        return Optional.of(this);
    }

    @Override
    public @Nullable String somethingElse(byte[] report) {
        return null;
    }

    @Override
    public boolean recognises(byte[] report) {
        return ChecksumLines.begins(report, LIMITS);
    }

    @Override
    public List<KnownFact> facts() {
        List<KnownFact> facts = new ArrayList<>(Claims.FACTS);
        facts.add(KnownFact.neither("checksum.total", Fact.Unit.COUNT, "lines with a checksum"));
        return facts;
    }

    /** A file that was cut off within a line is none, and one cut off between two lines lists less. */
    @Override
    public boolean isWhole(byte[] report) {
        try {
            ChecksumLines.read(report, LIMITS);
            return true;
        } catch (UnreadableEvidence broken) {
            return false;
        }
    }
}
