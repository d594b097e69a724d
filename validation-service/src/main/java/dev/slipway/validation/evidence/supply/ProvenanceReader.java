package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.supply.Claim.Doubt;
import dev.slipway.validation.evidence.supply.SignedDocument.Envelope;
import dev.slipway.validation.evidence.supply.Statement.Material;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SLSA provenance (v1 and v0.2) in a signed envelope: it speaks of each released artifact and of nothing else, was signed by
 * a key that the gate names, and, where the gate asks, tells of the expected builder and of the repository at the very
 * commit that is released.
 */
public final class ProvenanceReader extends SignedReader {
    public static final String KIND = "provenance";

    public ProvenanceReader(JUnitReader.Limits limits) {
        super(KIND, limits);
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        Statement statement = provenance(counted(report)).statement();
        return new Reading(
                "SLSA provenance "
                        + statement
                                .predicateType()
                                .substring(statement.predicateType().lastIndexOf('/') + 1),
                new Facts(List.of(
                        Fact.count("provenance.statements", 1), Fact.count("provenance.subjects", statement.count()))),
                List.of());
    }

    private static Envelope provenance(SignedDocument document) throws UnreadableEvidence {
        if (document instanceof Envelope envelope && envelope.statement().isProvenance()) {
            return envelope;
        }
        throw new UnreadableEvidence(
                "It is signed, and is no SLSA provenance of version v1 or v0.2: its predicateType says"
                        + " what it is");
    }

    @Override
    public Compared over(Gate gate, Released released, List<byte[]> reports) throws UnreadableEvidence {
        KeyRing keys = KeyRing.of(gate);
        Claims claims = new Claims(released);
        for (byte[] report : reports) {
            Envelope envelope = provenance(document(report));
            @Nullable Doubt doubt = doubt(gate, released, keys, envelope);
            envelope.statement()
                    .subjects()
                    .forEach(subject -> claims.take(new Claim(subject.sha256(), subject.name(), doubt)));
        }
        return claims.together();
    }

    private static @Nullable Doubt doubt(Gate gate, Released released, KeyRing keys, Envelope envelope) {
        @Nullable Doubt unsigned = keys.over(envelope);
        SignedBy expected = gate.signedBy();
        if (unsigned != null || expected == null) {
            return unsigned;
        }
        Statement statement = envelope.statement();
        String builder = statement.builder();
        if (expected.builder() != null && !expected.builder().equals(builder)) {
            return new Doubt.Otherwise("it was made by %s, expected is %s"
                    .formatted(
                            builder == null || builder.isEmpty() ? "nobody that is named" : brief(builder),
                            expected.builder()));
        }
        return expected.source() == null ? null : elsewhere(expected.source(), released, statement.sources());
    }

    private static @Nullable Doubt elsewhere(String source, Released released, List<Material> materials) {
        String wanted = Repositories.plain(source);
        List<Material> ours = materials.stream()
                .filter(material -> Repositories.plain(material.uri()).equals(wanted))
                .toList();
        if (ours.isEmpty()) {
            return new Doubt.Otherwise("the provenance does not name %s among what it was made of".formatted(wanted));
        }
        String sha = released.sha().value();
        List<String> commits = ours.stream()
                .flatMap(material -> material.commits().stream())
                .distinct()
                .toList();
        return commits.size() == 1 && commits.getFirst().equals(sha)
                ? null
                : new Doubt.Elsewhere("it was made of the commit %s of %s, released is %s"
                        .formatted(
                                commits.isEmpty() ? "that it does not name" : brief(String.join(", ", commits)),
                                wanted,
                                released.sha().brief()));
    }

    private static String brief(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    @Override
    public List<KnownFact> facts() {
        List<KnownFact> facts = new ArrayList<>(Claims.FACTS);
        facts.add(
                KnownFact.neither("provenance.statements", Fact.Unit.COUNT, "statements about how something was made"));
        facts.add(KnownFact.neither("provenance.subjects", Fact.Unit.COUNT, "artifacts that they speak of"));
        return facts;
    }
}
