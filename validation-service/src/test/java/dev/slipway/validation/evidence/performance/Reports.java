package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads reports of our own making, as the service does. */
final class Reports {
    private Reports() {}

    static EvidenceReader reader(String kind) {
        return PerformanceReaders.all(new JUnitReader.Limits(32, 500_000)).stream()
                .filter(reader -> reader.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    static Reading read(String kind, String report) throws UnreadableEvidence {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        assertThat(reader(kind).recognises(bytes)).as("known by its content").isTrue();
        assertThat(reader(kind).isWhole(bytes)).isTrue();
        return reader(kind).read(bytes, "report");
    }

    /** Each fact as people see it. */
    static Map<String, String> facts(String kind, String report) throws UnreadableEvidence {
        Map<String, String> facts = new TreeMap<>();
        for (Fact fact : read(kind, report).facts().list()) {
            facts.put(fact.name(), fact.value().toPlainString());
        }
        return facts;
    }

    /** Why the report is refused. */
    static String refusal(String kind, String report) {
        UnreadableEvidence refused = catchThrowableOfType(
                UnreadableEvidence.class, () -> reader(kind).read(report.getBytes(StandardCharsets.UTF_8), "report"));
        assertThat(refused).as("it is refused").isNotNull();
        return String.valueOf(refused.getMessage());
    }
}
