package dev.slipway.validation.evidence.components;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert;

/** Documents of these kinds, read with the limits that ship. */
final class Read {
    static final JUnitReader.Limits LIMITS = new JUnitReader.Limits(32, 500_000);
    static final EvidenceReader CYCLONEDX = new CycloneDxReader(LIMITS);
    static final EvidenceReader OPENVEX = new OpenVexReader(LIMITS);
    static final EvidenceReader SPDX = new SpdxReader(LIMITS);

    private Read() {}

    static Reading cyclonedx(String document) {
        return read(CYCLONEDX, document);
    }

    static Reading openvex(String document) {
        return read(OPENVEX, document);
    }

    static Reading spdx(String document) {
        return read(SPDX, document);
    }

    private static Reading read(EvidenceReader reader, String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try {
            Reading reading = reader.read(bytes, "report");
            assertThat(reader.recognises(bytes)).isTrue();
            assertThat(reader.somethingElse(bytes)).isNull();
            assertThat(reader.isWhole(bytes)).isTrue();
            assertThat(reader.facts())
                    .extracting("name")
                    .containsAll(reading.facts().list().stream().map(Fact::name).toList());
            return reading;
        } catch (UnreadableEvidence unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static ThrowableAssert.ThrowingCallable reading(EvidenceReader reader, String document) {
        return () -> reader.read(document.getBytes(StandardCharsets.UTF_8), "report");
    }

    static Map<String, Integer> numbers(Facts facts) {
        Map<String, Integer> numbers = new TreeMap<>();
        facts.list().forEach(fact -> numbers.put(fact.name(), fact.value().intValueExact()));
        return numbers;
    }

    static Map<String, Integer> vulnerabilities(Facts facts) {
        Map<String, Integer> numbers = numbers(facts);
        numbers.keySet().removeIf(name -> !name.startsWith("vulnerabilities."));
        numbers.values().removeIf(value -> value == 0);
        return numbers;
    }
}
