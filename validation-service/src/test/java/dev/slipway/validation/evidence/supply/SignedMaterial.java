package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.validation.evidence.Released;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Keys, artifacts, and what the keys sign, made by the JDK as sigstore's formats have it. */
public final class SignedMaterial {
    public static final Sha SHA = new Sha("c0ffee".repeat(6) + "c0ff");
    public static final String BUILDER = "https://ci.example.test/builder";
    public static final String SOURCE = "https://git.example.test/team/app";

    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private SignedMaterial() {}

    public static KeyPair ecdsa() {
        return pair("EC", 256);
    }

    public static KeyPair rsa() {
        return pair("RSA", 2_048);
    }

    public static KeyPair ed25519() {
        return pair("Ed25519", 255);
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.startsWith("Ed")) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static TrustedKey trusted(KeyPair pair) {
        return new TrustedKey("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
    }

    public static SignedBy by(KeyPair... pairs) {
        return new SignedBy(Stream.of(pairs).map(SignedMaterial::trusted).toList());
    }

    public static Gate gate(String kind, @Nullable SignedBy signedBy, Threshold... rule) {
        return new Gate(
                "supply",
                "",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(rule),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                null,
                signedBy);
    }

    /** An artifact that holds nothing but its name. */
    public static Artifact artifact(String name) {
        return new Artifact(URI.create("https://files.example.test/" + name), Digest.of(name));
    }

    public static Released released(String... names) {
        return new Released(
                SHA, Arrays.stream(names).map(SignedMaterial::artifact).toList());
    }

    /** As {@code cosign sign-blob} in the format of bundles writes it. */
    public static byte[] bundle(KeyPair pair, String name) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        return bundle(Digest.of(name), sign(pair, content));
    }

    public static byte[] bundle(Digest digest, byte[] signature) {
        return JSON.writeValueAsBytes(Map.of(
                "mediaType",
                "application/vnd.dev.sigstore.bundle.v0.3+json",
                "verificationMaterial",
                Map.of("publicKey", Map.of("hint", "any"), "tlogEntries", List.of()),
                "messageSignature",
                Map.of(
                        "messageDigest",
                        Map.of(
                                "algorithm",
                                "SHA2_256",
                                "digest",
                                base64(HexFormat.of().parseHex(digest.hex()))),
                        "signature",
                        base64(signature))));
    }

    /** As cosign 2 writes it unless it is told otherwise. */
    public static byte[] oldBundle(KeyPair pair, String name) {
        return JSON.writeValueAsBytes(
                Map.of("base64Signature", base64(sign(pair, name.getBytes(StandardCharsets.UTF_8))), "cert", ""));
    }

    /** As cosign 2 writes an attestation unless it is told otherwise: the envelope stands where a signature does. */
    public static byte[] oldAttestation(String statement, KeyPair... pairs) {
        return JSON.writeValueAsBytes(Map.of("base64Signature", base64(envelope(statement, pairs))));
    }

    public static byte[] envelope(String statement, KeyPair... pairs) {
        return JSON.writeValueAsBytes(enveloped(statement, pairs));
    }

    public static byte[] bundled(String statement, KeyPair... pairs) {
        return JSON.writeValueAsBytes(Map.of(
                "mediaType",
                "application/vnd.dev.sigstore.bundle+json;version=0.2",
                "dsseEnvelope",
                enveloped(statement, pairs)));
    }

    private static Map<String, Object> enveloped(String statement, KeyPair... pairs) {
        byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
        String head = "DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " " + payload.length + " ";
        byte[] signed = (head + statement).getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "payloadType",
                IN_TOTO,
                "payload",
                base64(payload),
                "signatures",
                Stream.of(pairs)
                        .map(pair -> Map.of("keyid", "", "sig", base64(sign(pair, signed))))
                        .toList());
    }

    public static String statement(String predicateType, String predicate, String... names) {
        String subjects = Stream.of(names)
                .map(name -> "{\"name\":\"%s\",\"digest\":{\"sha256\":\"%s\"}}"
                        .formatted(name, Digest.of(name).hex()))
                .collect(Collectors.joining(","));
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[%s],\"predicateType\":\"%s\",\"predicate\":%s}"
                .formatted(subjects, predicateType, predicate);
    }

    /** SLSA provenance v1. */
    public static String provenance(String builder, String source, String commit, String... names) {
        return statement(
                "https://slsa.dev/provenance/v1", """
                {"buildDefinition":{"buildType":"https://ci.example.test/v1","externalParameters":{},
                 "resolvedDependencies":[{"uri":"git+%s@refs/heads/main","digest":{"gitCommit":"%s"}},
                  {"uri":"pkg:maven/a/b@1","digest":{"sha256":"%s"}}]},
                 "runDetails":{"builder":{"id":"%s"}}}""".formatted(source, commit, "b".repeat(64), builder), names);
    }

    public static byte[] sign(KeyPair pair, byte[] content) {
        PrivateKey key = pair.getPrivate();
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> "Ed25519";
                    });
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
