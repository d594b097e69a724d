package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.validation.evidence.supply.Claim.Doubt;
import dev.slipway.validation.evidence.supply.SignedDocument.Envelope;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a gate names, and what they have signed. */
record KeyRing(List<PublicKey> keys) {
    private static final int ED25519_BYTES = 64;
    /** What stands before a SHA-256 in a signature of RSA by PKCS #1 1.5 (RFC 8017, section 9.2, note 1). */
    private static final byte[] SHA256_PREFIX = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    KeyRing {
        keys = List.copyOf(keys);
    }

    /** None where the gate names none: then nothing is signed. */
    static KeyRing of(Gate gate) {
        SignedBy signedBy = gate.signedBy();
        return signedBy == null
                ? new KeyRing(List.of())
                : new KeyRing(signedBy.keys().stream()
                        .map(TrustedKey::publicKey)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Why the signature proves nothing of a file with such a digest, or null where it does. */
    @Nullable
    Doubt overFile(String sha256, byte[] signature) {
        byte[] digest = HexFormat.of().parseHex(sha256);
        if (keys.stream().anyMatch(key -> verifiesDigest(key, digest, signature))) {
            return null;
        }
        boolean mayBe = signature.length == ED25519_BYTES && keys.stream().anyMatch(KeyRing::isEd25519);
        return mayBe
                ? new Doubt.Uncheckable(
                        "a signature of Ed25519 over a file can be checked with the file alone, and here is"
                                + " only its digest; sign with ECDSA or RSA, or sign a statement (cosign attest-blob)")
                : new Doubt.Unsigned("no allowed key has made this signature");
    }

    /** The same of an envelope: one signature by one key is enough. */
    @Nullable
    Doubt over(Envelope envelope) {
        byte[] bytes = envelope.signedBytes();
        return envelope.signed().stream()
                        .anyMatch(signature -> keys.stream().anyMatch(key -> verifies(key, bytes, signature)))
                ? null
                : new Doubt.Unsigned("no allowed key has signed the statement about it");
    }

    private static boolean isEd25519(PublicKey key) {
        return key.getAlgorithm().startsWith("Ed");
    }

    private static boolean verifiesDigest(PublicKey key, byte[] digest, byte[] signature) {
        return switch (key.getAlgorithm()) {
            case "EC" -> verifies("NONEwithECDSA", key, digest, signature);
            case "RSA" -> {
                byte[] info = new byte[SHA256_PREFIX.length + digest.length];
                System.arraycopy(SHA256_PREFIX, 0, info, 0, SHA256_PREFIX.length);
                System.arraycopy(digest, 0, info, SHA256_PREFIX.length, digest.length);
                yield verifies("NONEwithRSA", key, info, signature);
            }
            default -> false;
        };
    }

    private static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
        return switch (key.getAlgorithm()) {
            case "EC" -> verifies("SHA256withECDSA", key, bytes, signature);
            case "RSA" -> verifies("SHA256withRSA", key, bytes, signature) || verifiesPss(key, bytes, signature);
            default -> isEd25519(key) && verifies("Ed25519", key, bytes, signature);
        };
    }

    /** An envelope does not say how an RSA key has signed it; securesystemslib means PSS where cosign means PKCS #1. */
    private static boolean verifiesPss(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance("RSASSA-PSS");
            verifying.setParameter(PSS);
            verifying.initVerify(key);
            verifying.update(bytes);
            return verifying.verify(signature);
        } catch (GeneralSecurityException no) {
            return false; // a signature of another form is none of this key's
        }
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(key);
            verifying.update(bytes);
            return verifying.verify(signature);
        } catch (GeneralSecurityException no) {
            return false; // a signature of another form is none of this key's
        }
    }
}
