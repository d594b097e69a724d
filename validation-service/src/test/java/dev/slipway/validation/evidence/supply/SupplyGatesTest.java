package dev.slipway.validation.evidence.supply;

import static dev.slipway.validation.evidence.supply.Said.said;
import static dev.slipway.validation.evidence.supply.SignedMaterial.BUILDER;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SHA;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SOURCE;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundle;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundled;
import static dev.slipway.validation.evidence.supply.SignedMaterial.by;
import static dev.slipway.validation.evidence.supply.SignedMaterial.envelope;
import static dev.slipway.validation.evidence.supply.SignedMaterial.gate;
import static dev.slipway.validation.evidence.supply.SignedMaterial.provenance;
import static dev.slipway.validation.evidence.supply.SignedMaterial.released;
import static dev.slipway.validation.evidence.supply.SignedMaterial.sign;
import static dev.slipway.validation.evidence.supply.SignedMaterial.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.rule.Ruling;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What gates over checksums, signatures and provenance make of real signatures: only what covers every released artifact, by
 * a key that the policy names, passes.
 */
final class SupplyGatesTest {
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair RSA = SignedMaterial.rsa();
    private static final KeyPair EDWARDS = SignedMaterial.ed25519();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();
    private static final Gate SIGNED = gate("signature", by(OURS));
    private static final Gate MADE = gate("provenance", by(OURS));
    private static final Gate LISTED = gate("checksums", null);
    private static final Released TWO = released("app.jar", "app-sources.jar");
    private static final long SEED = 42;
    private static final ReportJson.Limits LIMITS = ReportJson.Limits.of(new JUnitReader.Limits(32, 10_000));

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String name) {
        return Digest.of(name).hex() + "  " + name + "\n";
    }

    private static Stream<KeyPair> ofFiles() {
        return Stream.of(OURS, RSA);
    }

    private static Stream<KeyPair> ofStatements() {
        return Stream.of(OURS, RSA, EDWARDS);
    }

    @ParameterizedTest
    @MethodSource("ofFiles")
    void a_bundle_over_each_released_file_passes_by_the_key_that_made_it_and_by_no_other(KeyPair pair)
            throws Exception {
        byte[][] bundles = {bundle(pair, "app.jar"), bundle(pair, "app-sources.jar")};

        assertThat(said(gate("signature", by(FOREIGN, pair)), TWO, bundles).words())
                .isEqualTo("passes");
        assertThat(said(gate("signature", by(FOREIGN)), TWO, bundles).words())
                .startsWith("fails: Of 2 artifacts it says something that no allowed key has signed");
    }

    @ParameterizedTest
    @MethodSource("ofStatements")
    void an_envelope_passes_by_the_key_that_signed_it_and_by_no_other(KeyPair pair) throws Exception {
        String statement = statement("https://example.test/release/v1", "{}", "app.jar", "app-sources.jar");

        for (byte[] signed : List.of(envelope(statement, FOREIGN, pair), bundled(statement, pair))) {
            assertThat(said(gate("signature", by(pair)), TWO, signed).words()).isEqualTo("passes");
            assertThat(said(gate("signature", by(SignedMaterial.ecdsa())), TWO, signed)
                            .words())
                    .startsWith("fails: ");
        }
    }

    @Test
    void a_certificate_counts_by_its_key() throws Exception {
        Path folder = Path.of("src", "test", "resources", "reports");
        byte[] bundle = Files.readAllBytes(folder.resolve("every/signature.json"));
        Released hello = new Released(
                SHA, List.of(new Artifact(URI.create("https://files.example.test/app.jar"), Digest.of("hello"))));

        for (String pem : List.of("certificate.pem", "public-key.pem")) {
            TrustedKey key =
                    new TrustedKey(Files.readString(folder.resolve("supply").resolve(pem)));
            assertThat(said(gate("signature", new SignedBy(List.of(key))), hello, bundle)
                            .words())
                    .as(pem)
                    .isEqualTo("passes");
        }
    }

    @Test
    void ed25519_over_a_file_cannot_be_checked_by_its_digest_and_says_what_to_do() throws Exception {
        Said said = said(gate("signature", by(EDWARDS, OURS)), released("app.jar"), bundle(EDWARDS, "app.jar"));

        assertThat(said.words()).isEqualTo("unknown: The signature of 1 artifact cannot be checked");
        assertThat(said.notes()).anyMatch(note -> note.contains("sign with ECDSA or RSA, or sign a statement"));
    }

    @Test
    void what_is_signed_in_part_or_beyond_does_not_pass_and_is_named() throws Exception {
        Said part = said(SIGNED, TWO, bundle(OURS, "app.jar"));
        assertThat(part.words()).isEqualTo("fails at the deadline: 1 artifact of 2 that are released is not covered");
        assertThat(part.notes()).containsExactly("without: app-sources.jar");

        Said beyond = said(SIGNED, released("app.jar"), bundle(OURS, "app.jar"), bundle(OURS, "other.jar"));
        assertThat(beyond.words()).isEqualTo("fails: It speaks of 1 artifact that is not released");
        assertThat(said(SIGNED, new Released(SHA, List.of()), bundle(OURS, "app.jar"))
                        .words())
                .startsWith("unknown: The release names no artifact");
    }

    /** As when a commit was built twice: it speaks of the other build, and one on this may still come. */
    @Test
    void what_is_of_another_digest_alone_is_inconclusive() throws Exception {
        Released app = released("app.jar");
        String other =
                "unknown: It speaks of 1 artifact that is not released, and not of 1 artifact: it is from another build";

        assertThat(said(SIGNED, app, bundle(OURS, "other.jar")).words()).isEqualTo(other);
        assertThat(said(MADE, app, envelope(provenance(BUILDER, SOURCE, SHA.value(), "other.jar"), OURS))
                        .words())
                .isEqualTo(other);
        assertThat(said(SIGNED, app, bundle(OURS, "other.jar"), bundle(FOREIGN, "app.jar"))
                        .words())
                .as("beside one of this artifact by nobody allowed")
                .startsWith("fails: ");
    }

    @Test
    void a_digest_that_the_signature_was_not_made_over_does_not_pass() throws Exception {
        byte[] exchanged = bundle(Digest.of("app.jar"), sign(OURS, text("other.jar")));

        assertThat(said(SIGNED, released("app.jar"), exchanged).words()).startsWith("fails: ");
    }

    @Test
    void one_signature_by_an_allowed_key_is_enough_beside_one_of_somebody_else() throws Exception {
        assertThat(said(SIGNED, released("app.jar"), bundle(FOREIGN, "app.jar"), bundle(OURS, "app.jar"))
                        .words())
                .isEqualTo("passes");
    }

    @Test
    void provenance_speaks_of_exactly_what_is_released() throws Exception {
        byte[] both = envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar", "app-sources.jar"), OURS);
        byte[] one = bundled(provenance(BUILDER, SOURCE, SHA.value(), "app.jar"), OURS);

        assertThat(said(MADE, TWO, both).words()).isEqualTo("passes");
        assertThat(said(MADE, TWO, one).words()).startsWith("fails at the deadline: 1 artifact of 2");
        assertThat(said(MADE, released("app.jar"), both).words())
                .isEqualTo("fails: It speaks of 1 artifact that is not released");
        assertThat(said(gate("provenance", by(FOREIGN)), TWO, both).words()).startsWith("fails: ");
        assertThat(said(SIGNED, TWO, both).words()).as("it is a signature, too").isEqualTo("passes");
    }

    @Test
    void provenance_is_of_the_expected_builder_and_repository_at_the_commit_that_is_released() throws Exception {
        List<TrustedKey> keys = by(OURS).keys();
        Gate strict = gate("provenance", new SignedBy(keys, BUILDER, SOURCE + ".git", null));
        Released app = released("app.jar");
        String old = """
                {"builder":{"id":"%s"},"buildType":"x","invocation":{"configSource":{"uri":"git+%s@refs/heads/main",
                 "digest":{"sha1":"%s"}}},"materials":[{"uri":"git+%s@refs/heads/main","digest":{"sha1":"%s"}}]}""".formatted(BUILDER, SOURCE, SHA, SOURCE, SHA);

        assertThat(said(strict, app, envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar"), OURS))
                        .words())
                .isEqualTo("passes");
        assertThat(said(strict, app, envelope(statement("https://slsa.dev/provenance/v0.2", old, "app.jar"), OURS))
                        .words())
                .isEqualTo("passes");

        Said builder =
                said(strict, app, envelope(provenance("https://evil.test", SOURCE, SHA.value(), "app.jar"), OURS));
        assertThat(builder.words()).startsWith("fails: ");
        assertThat(builder.notes().toString()).contains("made by https://evil.test, expected is " + BUILDER);
        Said source = said(strict, app, envelope(provenance(BUILDER, SOURCE + "-fork", SHA.value(), "app.jar"), OURS));
        assertThat(source.words()).startsWith("fails: ");
        assertThat(source.notes().toString()).contains("does not name " + SOURCE);
        Said commit = said(strict, app, envelope(provenance(BUILDER, SOURCE, "d".repeat(40), "app.jar"), OURS));
        assertThat(commit.words())
                .isEqualTo("unknown: Of 1 artifact it has another commit than the one that is released: it is from"
                        + " another build");
        assertThat(commit.notes().toString())
                .contains("made of the commit dddd")
                .contains(SHA.brief());
        assertThat(said(strict, app, envelope(statement("https://slsa.dev/provenance/v1", "{}", "app.jar"), OURS))
                        .words())
                .as("a predicate that says nothing")
                .startsWith("fails: ");
    }

    @Test
    void two_statements_of_trusted_builders_that_contradict_each_other_do_not_pass() throws Exception {
        Gate strict = gate("provenance", new SignedBy(by(OURS).keys(), BUILDER, null, null));
        byte[] right = envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar"), OURS);
        byte[] wrong = envelope(provenance("https://evil.test", SOURCE, SHA.value(), "app.jar"), OURS);

        assertThat(said(strict, released("app.jar"), right, wrong).words()).startsWith("fails: ");
    }

    @Test
    void an_address_is_one_repository_however_it_is_written_and_no_other() {
        assertThat(Stream.of(
                                SOURCE,
                                SOURCE + "/",
                                SOURCE + ".git",
                                "git+" + SOURCE + "@refs/tags/v1",
                                "git+https://GIT.example.test/team/app#refs/heads/main")
                        .map(Repositories::plain))
                .containsOnly(SOURCE);
        assertThat(Stream.of(
                                SOURCE + "-fork",
                                "https://git.example.test@evil.test/team/app",
                                "http://git.example.test/team/app")
                        .map(Repositories::plain))
                .doesNotContain(SOURCE);
    }

    @Test
    void a_checksum_file_lists_every_artifact_in_either_form_and_may_list_more() throws Exception {
        String bsd = "SHA256 (dist/app-sources.jar) = "
                + Digest.of("app-sources.jar").hex() + "\r\n";

        assertThat(said(LISTED, TWO, text(line("app.jar") + bsd + line("readme.txt")))
                        .words())
                .isEqualTo("passes");
        assertThat(said(
                                LISTED,
                                TWO,
                                text(line("app.jar")),
                                text("\n" + bsd.toUpperCase(Locale.ROOT).replace("SHA256", "SHA2-256")))
                        .words())
                .isEqualTo("passes");
        Said part = said(LISTED, TWO, text(line("app.jar")));
        assertThat(part.words()).isEqualTo("fails at the deadline: 1 artifact of 2 that are released is not covered");
    }

    @Test
    void another_name_is_told_and_another_checksum_beside_a_released_name_is_inconclusive() throws Exception {
        Said renamed =
                said(LISTED, released("app.jar"), text(Digest.of("app.jar").hex() + " *build/libs/app-1.0.jar\n"));
        assertThat(renamed.words()).isEqualTo("passes");
        assertThat(renamed.notes()).containsExactly("app.jar is called build/libs/app-1.0.jar there");

        Said other = said(
                LISTED,
                released("app.jar"),
                text(line("app.jar").replace("app.jar", "copy.jar")
                        + Digest.of("x").hex() + "  app.jar\n"));
        assertThat(other.words())
                .isEqualTo("unknown: Of 1 artifact it has another checksum than the one that is released: it is from"
                        + " another build");
        assertThat(other.notes().toString())
                .contains("app.jar: it stands there with " + Digest.of("x").brief());
    }

    @Test
    void what_is_no_checksum_file_is_refused_with_its_place() {
        assertRefused(
                "checksums",
                line("app.jar") + "d41d8cd98f00b204e9800998ecf8427e  a\n",
                "another kind than SHA-256",
                "line 2");
        assertRefused("checksums", line("app.jar") + "SHA512 (a) = 00\n", "another kind than SHA-256", "line 2");
        assertRefused("checksums", line("app.jar") + "hello\n", "no line of sha256sum", "line 2");
        assertRefused("checksums", "\n\n", "lists no checksum");
        assertRefused("checksums", line("a") + line("b").replace("  b", "  a"), "twice with different checksums");
        assertRefused("checksums", "\\" + Digest.of("a").hex() + "  a\\tb\n", "backslash");
    }

    @Test
    void what_is_not_signed_is_refused_with_words() {
        String statement = provenance(BUILDER, SOURCE, SHA.value(), "app.jar");
        assertRefused(
                "signature", "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}", "nothing is signed");
        assertRefused("provenance", statement, "nothing is signed");
        String unsigned = new String(envelope(statement), StandardCharsets.UTF_8);
        assertRefused("provenance", unsigned, "at least one signature");
        String bundle = new String(bundle(OURS, "app.jar"), StandardCharsets.UTF_8);
        assertRefused("signature", bundle.replace("SHA2_256", "SHA2_512"), "SHA2_256");
        assertRefused("signature", bundle.replace("dev.sigstore.bundle", "dev.other"), "mediaType");
        assertRefused(
                "signature", bundle.replaceFirst("\"signature\":\"..", "\"signature\":\"!!"), "no Base64", "line 1");
        assertRefused("provenance", bundle, "no SLSA provenance");
        String other = statement("https://example.test/other", "{}", "app.jar").replace("Statement/v1", "Statement/v9");
        assertRefused(
                "signature", new String(envelope(other, OURS), StandardCharsets.UTF_8), "In its payload", "_type");
    }

    private static void assertRefused(String kind, String report, String... words) {
        assertThatThrownBy(() -> Said.READERS.of(kind).orElseThrow().read(text(report), "report"))
                .isInstanceOf(UnreadableEvidence.class)
                .message()
                .contains(words);
    }

    @Test
    void no_change_of_a_byte_makes_a_pass_of_what_does_not_pass() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] foreign = bundle(FOREIGN, "app.jar");
        byte[] other = bundle(OURS, "other.jar");
        byte[] made = envelope(provenance("https://evil.test", SOURCE, SHA.value(), "app.jar"), OURS);
        byte[] part = envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar"), OURS);
        Gate strict = gate("provenance", new SignedBy(by(OURS).keys(), BUILDER, SOURCE, null));
        for (int i = 0; i < 4_000; i++) {
            neverPasses(SIGNED, released("app.jar"), changed(foreign, random));
            neverPasses(SIGNED, released("app.jar"), changed(other, random));
            neverPasses(strict, released("app.jar"), changed(made, random));
            neverPasses(strict, TWO, changed(part, random));
        }
    }

    private static void neverPasses(Gate gate, Released released, byte[] report) {
        try {
            assertThat(said(gate, released, report).ruling())
                    .as("seed %d: %s", SEED, new String(report, StandardCharsets.ISO_8859_1))
                    .isNotInstanceOf(Ruling.Holds.class);
        } catch (UnreadableEvidence refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void what_still_passes_after_a_change_of_a_byte_was_changed_where_nothing_is_signed() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Gate strict = gate("provenance", new SignedBy(by(OURS).keys(), BUILDER, SOURCE, null));
        byte[] good = envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar", "app-sources.jar"), OURS);
        SignedDocument.Envelope before = read(good);
        int passed = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = changed(good, random);
            try {
                if (said(strict, TWO, changed).ruling() instanceof Ruling.Holds) {
                    passed++;
                    assertThat(read(changed).payload()).isEqualTo(before.payload());
                }
            } catch (UnreadableEvidence refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(passed).as("some hit a key id or a blank").isBetween(1, 500);
    }

    @Test
    void what_is_only_counted_is_held_to_the_same() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] good = envelope(provenance(BUILDER, SOURCE, SHA.value(), "app.jar", "app-sources.jar"), OURS);
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = changed(good, random);
            String counted;
            try {
                counted = SignedDocument.counted(changed, LIMITS) instanceof SignedDocument.Envelope envelope
                        ? String.valueOf(envelope.statement().count())
                        : "a file";
            } catch (UnreadableEvidence refused) {
                counted = String.valueOf(refused.getMessage());
            }
            String named;
            try {
                named = SignedDocument.read(changed, LIMITS) instanceof SignedDocument.Envelope envelope
                        ? String.valueOf(envelope.statement().subjects().size())
                        : "a file";
            } catch (UnreadableEvidence refused) {
                named = String.valueOf(refused.getMessage());
            }
            assertThat(counted).isEqualTo(named);
        }
    }

    private static SignedDocument.Envelope read(byte[] report) throws UnreadableEvidence {
        return (SignedDocument.Envelope) SignedDocument.read(report, LIMITS);
    }

    private static byte[] changed(byte[] report, SplittableRandom random) {
        byte[] changed = report.clone();
        int at = random.nextInt(report.length);
        changed[at] =
                random.nextBoolean() ? (byte) (report[at] ^ 1 << random.nextInt(8)) : (byte) (32 + random.nextInt(95));
        return changed;
    }

    @Test
    void a_key_that_the_gate_does_not_name_is_no_key() {
        assertThat(KeyRing.of(LISTED).keys()).isEmpty();
        assertThat(KeyRing.of(LISTED).overFile(Digest.of("a").hex(), new byte[70]))
                .isNotNull();
    }
}
