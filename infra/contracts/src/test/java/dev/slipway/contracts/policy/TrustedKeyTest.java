package dev.slipway.contracts.policy;

import static dev.slipway.contracts.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Refusal;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.TrustedKey.Form;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that a policy may trust, and what is said of others. */
final class TrustedKeyTest {
    private static final TrustedKey ED25519 = new TrustedKey(pem("PUBLIC KEY", made("Ed25519", 0)));
    private static final TrustedKey SSH = new TrustedKey(ssh("ssh-ed25519", new byte[32]) + " ada@example.test");

    private static byte[] made(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
    }

    private static String ssh(String type, byte[]... parts) {
        ByteBuffer blob = ByteBuffer.allocate(2_000);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        blob.putInt(name.length).put(name);
        for (byte[] part : parts) {
            blob.putInt(part.length).put(part);
        }
        byte[] bytes = new byte[blob.position()];
        blob.flip().get(bytes);
        return type + " " + Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void keys_of_every_form_are_known_by_how_they_are_written() {
        assertThat(new TrustedKey(pem("PUBLIC KEY", curve("secp256r1"))).form()).isEqualTo(Form.PUBLIC_KEY);
        assertThat(new TrustedKey(pem("PUBLIC KEY", made("RSA", 2_048))).publicKey())
                .isPresent();
        assertThat(ED25519.publicKey()).isPresent();
        assertThat(ED25519.shown()).matches("sha256:[0-9a-f]{16}");
        assertThat(SSH.form()).isEqualTo(Form.SSH);
        assertThat(SSH.publicKey()).isEmpty();
        assertThat(SSH.shown()).startsWith("SHA256:").doesNotContain("=");
        TrustedKey block = new TrustedKey(pem("PGP PUBLIC KEY BLOCK", new byte[] {(byte) 0x99, 1, 2, 3}));
        assertThat(block.form()).isEqualTo(Form.OPENPGP);
        assertThat(new TrustedKey(
                                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 1\n\nxjMEAA==\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----")
                        .form())
                .isEqualTo(Form.OPENPGP);
    }

    @Test
    void a_key_travels_as_its_text() {
        String json = WireJson.mapper().writeValueAsString(new SignedBy(List.of(ED25519)));

        assertThat(json).startsWith("{\"keys\":[\"-----BEGIN PUBLIC KEY-----").doesNotContain("builder");
        assertThat(WireJson.mapper().readValue(json, SignedBy.class)).isEqualTo(new SignedBy(List.of(ED25519)));
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                refusal(() -> new TrustedKey(" "), "1 to 20,000", "0"),
                refusal(() -> new TrustedKey("x".repeat(20_001)), "1 to 20,000", "20,001"),
                refusal(() -> new TrustedKey("hello"), "a key is a PEM", "in YAML write a PEM behind |"),
                refusal(() -> new TrustedKey(pem("PRIVATE KEY", new byte[40])), "private key", "does not belong"),
                refusal(() -> new TrustedKey(pem("RSA PUBLIC KEY", new byte[40])), "PKCS #1", "-pubout"),
                refusal(() -> new TrustedKey(pem("X509 CRL", new byte[40])), "x509 crl", "certificate"),
                refusal(() -> new TrustedKey(pem("PUBLIC KEY", new byte[40])), "no public key", "P-256"),
                refusal(() -> new TrustedKey(pem("CERTIFICATE", new byte[40])), "no X.509", "certificate"),
                refusal(() -> new TrustedKey(pem("PUBLIC KEY", made("RSA", 1_024))), "2048 bits", "another RSA"),
                refusal(() -> new TrustedKey(pem("PUBLIC KEY", curve("secp384r1"))), "P-256", "another EC"),
                refusal(() -> new TrustedKey(ED25519.text().replace("MC", "!!")), "no Base64", "BEGIN"),
                refusal(() -> new TrustedKey(ssh("ssh-dss", new byte[32])), "SSH public key", "one line"),
                refusal(
                        () -> new TrustedKey(SSH.text().replace("ssh-ed25519 ", "ecdsa-sha2-nistp256 ")),
                        "first word",
                        "cut or changed"),
                refusal(
                        () -> new TrustedKey(ssh("ssh-rsa", new byte[] {3}, new byte[] {1, 2, 3})),
                        "2048 bits",
                        "has 17"),
                refusal(() -> new TrustedKey("ssh-ed25519 AAAA/////////////w=="), "SSH key", "cut off"),
                refusal(
                        () -> new TrustedKey(pem("PGP PUBLIC KEY BLOCK", new byte[] {(byte) 0x95, 1})),
                        "no OpenPGP",
                        "public key"),
                refusal(() -> new SignedBy(List.of()), "is 0", "1 to 20"),
                refusal(() -> new SignedBy(Collections.nCopies(21, SSH)), "is 21", "1 to 20"),
                refusal(() -> new SignedBy(List.of(SSH), "", null, null), "builder", "1 to 500"),
                refusal(() -> new SignedBy(List.of(SSH), null, "x".repeat(501), null), "source", "1 to 500"),
                refusal(() -> new SignedBy(List.of(SSH), null, null, ""), "tag", "1 to 200"),
                refusal(() -> gate("signature", null, null), "gate supply", "needs signedBy"),
                refusal(() -> gate("signature", null, new SignedBy(List.of(SSH))), "in PEM", "not with keys of SSH"),
                refusal(() -> gate(null, "signed-tag", new SignedBy(List.of(ED25519))), "SSH", "not in PEM"),
                refusal(() -> gate(null, "signed-tag", null), "gate supply", "needs signedBy"),
                refusal(() -> gate("checksums", null, new SignedBy(List.of(ED25519))), "signedBy is for", "signature"),
                refusal(
                        () -> gate("signature", null, new SignedBy(List.of(ED25519), "b", null, null)),
                        "signedBy.builder",
                        "for provenance"),
                refusal(
                        () -> gate("signature", null, new SignedBy(List.of(ED25519), null, null, "v1")),
                        "signedBy.tag",
                        "signed-tag"));
    }

    private static Gate gate(@Nullable String evidence, @Nullable String check, @Nullable SignedBy signedBy) {
        return new Gate(
                "supply",
                "",
                Stage.PRE_RELEASE,
                evidence,
                null,
                List.of(),
                null,
                check,
                List.of(),
                Gate.WITHIN_DEFAULT,
                List.of(),
                null,
                null,
                null,
                null,
                signedBy);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_no_key_is_refused_with_words_that_say_what_to_do(Refusal refusal) {
        refusal.check();
    }

    @Test
    void checksums_need_neither_a_rule_nor_a_key_and_say_in_a_line_what_they_ask() {
        assertThat(gate("checksums", null, null).ruleText()).isEqualTo("every released artifact by its digest");
        assertThat(gate("provenance", null, new SignedBy(List.of(ED25519), "https://b", "https://s", null))
                        .ruleText())
                .isEqualTo(
                        "every released artifact by its digest, signed by %s, made by https://b, from https://s at the commit that is released"
                                .formatted(ED25519.shown()));
        assertThat(gate(null, "signed-tag", new SignedBy(List.of(SSH, SSH))).ruleText())
                .isEqualTo("signed-tag signed by one of 2 keys");
    }
}
