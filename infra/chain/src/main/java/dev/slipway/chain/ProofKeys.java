package dev.slipway.chain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The public keys that checkpoints are believed by: those of now, and those of before the last change of keys.
 *
 * @param byId the id is the first 16 hexadecimal digits of the SHA-256 of the key's DER form (SubjectPublicKeyInfo)
 */
public record ProofKeys(Map<String, PublicKey> byId) {
    private static final String TYPE = "slipway-checkpoint-v1";
    private static final int ID_DIGITS = 16;
    private static final int PEM_LINE = 64;

    public ProofKeys {
        byId = Map.copyOf(byId);
    }

    /**
     * Reads keys, each in PEM.
     *
     * @throws IllegalArgumentException if one is no Ed25519 public key
     */
    public static ProofKeys of(Collection<String> pems) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String pem : pems) {
            PublicKey key = read(pem);
            keys.put(id(key), key);
        }
        return new ProofKeys(keys);
    }

    /** The ids of all. */
    public Set<String> ids() {
        return byId.keySet();
    }

    /** The id of a key. */
    public static String id(PublicKey key) {
        return CanonicalJson.sha256(key.getEncoded()).substring(0, ID_DIGITS);
    }

    /** A key in PEM. */
    public static String pem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
    }

    private static PublicKey read(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----[A-Z ]+-----", "").getBytes(StandardCharsets.US_ASCII));
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new IllegalArgumentException("no Ed25519 public key in PEM", broken);
        }
    }

    /** Whether a key that is known here has signed that the chain ends in this record. */
    boolean believe(String chain, Seal last, Checkpoint said) {
        PublicKey key = byId.get(said.key());
        return key != null && verifies(key, statement(chain, last, said.at(), said.key()), said.signature());
    }

    /** Whether the key made this signature, base64, over these bytes. */
    public static boolean verifies(PublicKey key, byte[] signed, String signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return false;
        }
    }

    static String sign(PrivateKey key, byte[] bytes) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(bytes);
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the key does not sign", broken);
        }
    }

    /** What a checkpoint signs. */
    static byte[] statement(String chain, Seal last, Instant at, String key) {
        return CanonicalJson.of(JsonNodeFactory.instance
                .objectNode()
                .put("type", TYPE)
                .put("chain", chain)
                .put("records", last.number())
                .put("hash", last.hash())
                .put("at", at.toString())
                .put("key", key));
    }
}
