package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.contracts.Texts;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key that a policy trusts, as it stands there: a public key or a certificate in PEM (ECDSA P-256, Ed25519, RSA of
 * 2,048 bits and more) for what bundles and envelopes are signed with, an SSH public key in one line or an OpenPGP public key
 * block for tags. Of a certificate the key alone counts: nothing proves offline when something was signed, so neither its
 * issuer nor its dates say anything more than that the policy names it.
 *
 * @param text 1 to 20,000 characters, without blanks around it
 */
public record TrustedKey(@JsonValue String text) {
    private static final int CHARACTERS_MAX = 20_000;
    private static final int RSA_BITS_MIN = 2_048;
    private static final int P256_BITS = 256;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\s+(.*?)\\s*-----END \\1-----", Pattern.DOTALL);
    private static final Pattern SSH_LINE =
            Pattern.compile("([a-z0-9@.-]{4,60}) ([A-Za-z0-9+/]{16,}={0,2})(?: [^\\p{Cc}]{1,200})?");
    private static final Set<String> SSH_TYPES = Set.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String OPENPGP = "PGP PUBLIC KEY BLOCK";

    /** How it is written. */
    public enum Form {
        PUBLIC_KEY,
        CERTIFICATE,
        SSH,
        OPENPGP
    }

    @JsonCreator
    public TrustedKey {
        Texts.requirePresent("A trusted key", text);
        text = text.strip();
        if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to %,d characters, this one has %,d".formatted(CHARACTERS_MAX, text.length()));
        }
        if (text.contains("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "this is a private key: it does not belong into a policy; give the public one, and make a new pair,"
                            + " as this one has been shown");
        }
        check(text);
    }

    private static void check(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            requireSsh(text);
            return;
        }
        switch (pem.group(1)) {
            case PUBLIC_KEY, CERTIFICATE -> material(pem.group(1), pem.group(2));
            case OPENPGP -> requireOpenPgp(pem.group(2));
            case "RSA PUBLIC KEY" ->
                throw new IllegalArgumentException(
                        "a key in PKCS #1 is written otherwise: openssl rsa -RSAPublicKey_in -in KEY -pubout gives the form"
                                + " that is read");
            default ->
                throw new IllegalArgumentException("a PEM of a public key or a certificate is read, not "
                        + Texts.shown(pem.group(1).toLowerCase(Locale.ROOT)));
        }
    }

    @JsonIgnore
    public Form form() {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            return Form.SSH;
        }
        return switch (pem.group(1)) {
            case CERTIFICATE -> Form.CERTIFICATE;
            case OPENPGP -> Form.OPENPGP;
            default -> Form.PUBLIC_KEY;
        };
    }

    /** What it verifies with; nothing for keys of SSH and OpenPGP, which git itself uses. */
    @JsonIgnore
    public Optional<PublicKey> publicKey() {
        Matcher pem = PEM.matcher(text);
        return pem.matches() && !pem.group(1).equals(OPENPGP)
                ? Optional.of(material(pem.group(1), pem.group(2)))
                : Optional.empty();
    }

    /** By what people tell it from others: as {@code ssh-keygen -l} says it, else the beginning of the SHA-256 of the key. */
    @JsonIgnore
    public String shown() {
        return switch (form()) {
            case SSH -> "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(sshBlob(text)));
            case OPENPGP -> "OpenPGP key block " + fingerprint(text.getBytes(StandardCharsets.UTF_8));
            case PUBLIC_KEY, CERTIFICATE ->
                publicKey().map(key -> fingerprint(key.getEncoded())).orElse("");
        };
    }

    private static String fingerprint(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(sha256(bytes), 0, 8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    private static PublicKey material(String label, String body) {
        byte[] der = decoded(body);
        PublicKey key = label.equals(CERTIFICATE) ? ofCertificate(der) : ofKey(der);
        return switch (key) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() >= RSA_BITS_MIN -> key;
            case ECPublicKey ec when ec.getParams().getOrder().bitLength() == P256_BITS -> key;
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> key;
            default ->
                throw new IllegalArgumentException(
                        "a key is ECDSA P-256, Ed25519 or RSA of at least %d bits; this one is another %s"
                                .formatted(RSA_BITS_MIN, key.getAlgorithm()));
        };
    }

    private static PublicKey ofKey(byte[] der) {
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException other) {
                // it may be of the next
            }
        }
        throw new IllegalArgumentException("what the PEM holds is no public key of ECDSA P-256, Ed25519 or RSA");
    }

    private static PublicKey ofCertificate(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return ((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der))).getPublicKey();
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException("what the PEM holds is no X.509 certificate", broken);
        }
    }

    private static byte[] decoded(String body) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    "what stands between BEGIN and END, or behind the type, is no Base64: it was cut or changed",
                    broken);
        }
    }

    private static void requireSsh(String text) {
        Matcher line = SSH_LINE.matcher(text);
        if (!line.matches() || !SSH_TYPES.contains(line.group(1))) {
            throw new IllegalArgumentException(
                    "a key is a PEM (-----BEGIN PUBLIC KEY----- or CERTIFICATE), an OpenPGP public key block, or an SSH"
                            + " public key in one line (ssh-ed25519 AAAA...); in YAML write a PEM behind |");
        }
        ByteBuffer blob = ByteBuffer.wrap(sshBlob(text));
        if (!new String(part(blob), StandardCharsets.US_ASCII).equals(line.group(1))) {
            throw new IllegalArgumentException(
                    "the SSH key does not hold what its first word says: it was cut or changed");
        }
        byte[] first = part(blob);
        boolean rsa = line.group(1).equals("ssh-rsa");
        int bits = rsa ? new BigInteger(1, part(blob)).bitLength() : RSA_BITS_MIN;
        if (first.length == 0 || bits < RSA_BITS_MIN) {
            throw new IllegalArgumentException(
                    "an RSA key has at least %d bits, this one has %d".formatted(RSA_BITS_MIN, bits));
        }
    }

    private static byte[] sshBlob(String text) {
        return decoded(text.split(" ", 3)[1]);
    }

    private static byte[] part(ByteBuffer blob) {
        int length = blob.remaining() < Integer.BYTES ? -1 : blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new IllegalArgumentException("the SSH key is cut off");
        }
        byte[] part = new byte[length];
        blob.get(part);
        return part;
    }

    private static void requireOpenPgp(String body) {
        String packets = body.replaceFirst("(?s)^(?:[A-Z][A-Za-z]*: [^\\n]*\\n)*\\s*\\n", "")
                .replaceFirst("\\s*=[A-Za-z0-9+/]{4}\\s*$", "");
        byte[] first = decoded(packets);
        int tag = first.length == 0 ? 0 : first[0] & 0xFF;
        boolean publicKey = (tag & 0xC0) == 0x80 ? (tag >> 2 & 0x0F) == 6 : (tag & 0xC0) == 0xC0 && (tag & 0x3F) == 6;
        if (!publicKey) {
            throw new IllegalArgumentException("the block holds no OpenPGP public key");
        }
    }
}
