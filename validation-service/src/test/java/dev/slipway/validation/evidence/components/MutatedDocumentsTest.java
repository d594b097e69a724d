package dev.slipway.validation.evidence.components;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One wrong byte makes a document unreadable, never shorter. */
final class MutatedDocumentsTest {
    private static final long SEED = 20261128;
    private static final int MUTATIONS = 3_000;

    private static final String JSON = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6",
             "metadata": {"tools": [{"name": "grype"}]},
             "components": [
               {"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:npm/a@1", "licenses": [{"expression": "MIT"}]},
               {"type": "framework", "bom-ref": "b", "name": "b", "purl": "pkg:npm/b@1",
                "components": [{"type": "application", "name": "ü", "purl": "pkg:npm/c@1"}]}],
             "vulnerabilities": [
               {"id": "CVE-1", "ratings": [{"severity": "critical"}], "affects": [{"ref": "a"}]},
               {"id": "CVE-2", "ratings": [{"score": 9.8, "severity": "high"}], "analysis": {"state": "exploitable"}}]}
            """;
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bom xmlns="http://cyclonedx.org/schema/bom/1.6">
              <metadata><tools><tool><name>grype</name></tool></tools></metadata>
              <components>
                <component type="library" bom-ref="a"><name>a</name><purl>pkg:npm/a@1</purl><components>
                  <component type="application"><name>ü</name><purl>pkg:npm/c@1</purl></component></components></component>
              </components>
              <vulnerabilities>
                <vulnerability><id>CVE-1</id><ratings><rating><severity>critical</severity></rating></ratings></vulnerability>
                <vulnerability><id>CVE-2</id><analysis><state>exploitable</state></analysis></vulnerability>
              </vulnerabilities>
            </bom>
            """;
    private static final String VEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
              {"vulnerability": {"name": "CVE-1"}, "products": [{"@id": "pkg:npm/a@1"}], "status": "affected"},
              {"vulnerability": {"name": "CVE-2"}, "products": [{"@id": "pkg:npm/b@1"}], "status": "under_investigation"}]}
            """;
    private static final String SPDX = """
            {"spdxVersion": "SPDX-2.3", "packages": [
              {"SPDXID": "SPDXRef-a", "name": "a", "licenseConcluded": "GPL-3.0-only"},
              {"SPDXID": "SPDXRef-b", "name": "b", "licenseDeclared": "GPL-3.0-only"}]}
            """;

    private static final String SPDX_LINES = """
            SPDXVersion: SPDX-2.3
            SPDXID: SPDXRef-DOCUMENT
            PackageName: a
            SPDXID: SPDXRef-a
            PackageLicenseConcluded: GPL-3.0-only
            PackageCopyrightText: <text>Ü:
            all</text>
            PackageName: b
            SPDXID: SPDXRef-b
            PackageLicenseDeclared: GPL-3.0-only
            Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
            Relationship: SPDXRef-a CONTAINS SPDXRef-b
            """;

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(Read.CYCLONEDX, JSON),
                Arguments.of(Read.CYCLONEDX, XML),
                Arguments.of(Read.OPENVEX, VEX),
                Arguments.of(Read.SPDX, SPDX),
                Arguments.of(Read.SPDX, SPDX_LINES));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void no_byte_that_is_changed_lets_a_document_count_less_and_none_breaks_a_reader(
            EvidenceReader reader, String document) throws UnreadableEvidence {
        byte[] whole = document.getBytes(StandardCharsets.UTF_8);
        Facts original = reader.read(whole, "whole").facts();
        SplittableRandom random = new SplittableRandom(SEED);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(whole, random);
            reader.recognises(mutated);
            reader.somethingElse(mutated);
            try {
                Facts facts = reader.read(mutated, "mutated").facts();
                read++;
                if (isSame(skeleton(mutated), skeleton(whole))) {
                    continue; // a value was hit, and says something else now
                }
                assertThat(missing(original, facts))
                        .as("seed %d, mutation %d: %s", SEED, i, new String(mutated, StandardCharsets.UTF_8))
                        .isLessThanOrEqualTo(0);
            } catch (UnreadableEvidence unreadable) {
                assertThat(unreadable.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isPositive().isLessThan(MUTATIONS);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void what_is_cut_off_is_never_read(EvidenceReader reader, String document) {
        byte[] whole = document.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(isRead(reader, cut)).as("cut at %d", length).isFalse();
            assertThat(reader.isWhole(cut)).as("cut at %d", length).isFalse();
        }
    }

    private static boolean isRead(EvidenceReader reader, byte[] document) {
        try {
            reader.read(document, "cut");
            return true;
        } catch (UnreadableEvidence unreadable) {
            return false;
        }
    }

    /** How many fewer components, vulnerabilities or statements there are. */
    private static int missing(Facts original, Facts now) {
        return Stream.of("vulnerabilities.total", "vex.statements")
                .map(name -> value(original, name).subtract(value(now, name)))
                .mapToInt(BigDecimal::intValueExact)
                .max()
                .orElse(0);
    }

    private static BigDecimal value(Facts facts, String name) {
        return facts.named(name).map(Fact::value).orElse(BigDecimal.ZERO);
    }

    /** Brackets, quotes, commas and colons: how a document is put together. */
    private static byte[] skeleton(byte[] document) {
        byte[] form = new byte[document.length];
        int length = 0;
        for (byte b : document) {
            if ("{}[]<>/\",:=".indexOf(b) >= 0) {
                form[length++] = b;
            }
        }
        return Arrays.copyOf(form, length);
    }

    private static boolean isSame(byte[] one, byte[] two) {
        return Arrays.equals(one, two);
    }

    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        int at = random.nextInt(whole.length);
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                System.arraycopy(whole, at + 1, bytes, at, whole.length - at - 1);
                bytes = Arrays.copyOf(bytes, whole.length - 1);
            }
            default -> {
                bytes = new byte[whole.length + 1];
                System.arraycopy(whole, 0, bytes, 0, at);
                bytes[at] = (byte) random.nextInt(256);
                System.arraycopy(whole, at, bytes, at + 1, whole.length - at);
            }
        }
        return bytes;
    }
}
