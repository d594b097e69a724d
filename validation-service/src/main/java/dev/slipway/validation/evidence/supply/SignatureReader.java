package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.KnownFact;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.supply.SignedDocument.Envelope;
import dev.slipway.validation.evidence.supply.SignedDocument.OverFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Signatures: bundles of sigstore and cosign, envelopes of DSSE around any statement of in-toto. Each released artifact has
 * to be signed by a key that the gate names, and nothing else may be. No transparency log is asked.
 */
public final class SignatureReader extends SignedReader {
    public static final String KIND = "signature";

    public SignatureReader(JUnitReader.Limits limits) {
        super(KIND, limits);
    }

    @Override
    public Reading read(byte[] report, String name) throws UnreadableEvidence {
        SignedDocument document = counted(report);
        return new Reading(
                document.dialect(),
                new Facts(List.of(Fact.count("signature.total", document.signatures()))),
                List.of());
    }

    @Override
    public Compared over(Gate gate, Released released, List<byte[]> reports) throws UnreadableEvidence {
        KeyRing keys = KeyRing.of(gate);
        Claims claims = new Claims(released);
        for (byte[] report : reports) {
            claims(document(report), keys, released).forEach(claims::take);
        }
        return claims.together();
    }

    private static List<Claim> claims(SignedDocument document, KeyRing keys, Released released) {
        return switch (document) {
            case OverFile file -> List.of(file(file, keys, released));
            case Envelope envelope ->
                envelope.statement().subjects().stream()
                        .map(subject -> new Claim(subject.sha256(), subject.name(), keys.over(envelope)))
                        .toList();
        };
    }

    /** Where no digest stands beside the signature, it is of the artifact that it fits. */
    private static Claim file(OverFile file, KeyRing keys, Released released) {
        String said = file.sha256();
        if (said != null) {
            return new Claim(said, "", keys.overFile(said, file.signature()));
        }
        List<Claim> tried = new ArrayList<>();
        for (Artifact artifact : released.artifacts()) {
            String hex = artifact.digest().hex();
            tried.add(new Claim(hex, "", keys.overFile(hex, file.signature())));
        }
        return tried.stream()
                .filter(claim -> claim.doubt() == null)
                .findFirst()
                .or(() -> tried.stream().findFirst())
                .orElse(new Claim(null, "a signature", null));
    }

    @Override
    public List<KnownFact> facts() {
        List<KnownFact> facts = new ArrayList<>(Claims.FACTS);
        facts.add(KnownFact.neither("signature.total", Fact.Unit.COUNT, "signatures, whoever made them"));
        return facts;
    }
}
