package dev.slipway.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;

/**
 * A signed text in the form of DSSE, version 1: https://github.com/secure-systems-lab/dsse. Names are those of its JSON.
 *
 * @param payload base64
 */
public record Envelope(String payload, String payloadType, List<Signature> signatures) {
    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** @param sig base64, over {@link #signedBytes} */
    public record Signature(String keyid, String sig) {}

    /** Signs with the key of now. */
    public static Envelope signed(String payloadType, byte[] payload, KeyFolder keys) throws IOException {
        KeyFolder.Signed signed = keys.sign(signedBytes(payloadType, payload));
        return new Envelope(
                Base64.getEncoder().encodeToString(payload),
                payloadType,
                List.of(new Signature(signed.key(), signed.signature())));
    }

    /** What is in it; empty where that is no base64. */
    public byte[] content() {
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
    }

    /** Whether one of these keys has signed it. */
    public boolean isSignedBy(ProofKeys keys) {
        byte[] signed = signedBytes(payloadType, content());
        return signatures.stream().anyMatch(each -> {
            PublicKey key = keys.byId().get(each.keyid());
            return key != null && ProofKeys.verifies(key, signed, each.sig());
        });
    }

    /** The pre-authentication encoding. */
    private static byte[] signedBytes(String type, byte[] body) {
        int typeBytes = type.getBytes(StandardCharsets.UTF_8).length;
        String head = "DSSEv1 %d %s %d ".formatted(typeBytes, type, body.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
