package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What tools write in the cases where one would guess wrong, each as a small report of our own in {@code
 * reports/dialects/*.txt}: the tool's exit status, what is to be read, and the verdict of the gate that {@code init} writes.
 * Facts that are not listed are 0. A run that its tool calls bad never passes, and one that it calls good passes, but where
 * the row says {@code though} and why.
 */
final class JUnitDialectsTest {
    private static final Path ROWS = Path.of("src/test/resources/reports/dialects");
    private static final Gate INIT = new Gate(
            "unit-tests",
            "",
            Stage.PRE_RELEASE,
            "junit",
            "unit",
            List.of(
                    new Threshold("run.exit", "0"),
                    new Threshold("tests.passed", ">= 1"),
                    new Threshold("tests.failed", "0")),
            null,
            null,
            List.of(),
            Duration.ofMinutes(30));

    private final JUnitReader reader = new JUnitReader(new JUnitReader.Limits(32, 10_000));

    private record Row(String name, Map<String, String> says, String report) {
        String says(String key, String otherwise) {
            return says.getOrDefault(key, otherwise);
        }

        long exit() {
            return Long.parseLong(says("exit", "0"));
        }
    }

    @TestFactory
    Stream<DynamicTest> dialects() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(117);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private void check(Row row) throws UnreadableEvidence {
        if (row.says().containsKey("refused")) {
            assertThatThrownBy(() -> read(row))
                    .isInstanceOf(UnreadableEvidence.class)
                    .hasMessageContaining(row.says("refused", ""));
            return;
        }
        Reading reading = read(row);
        assertThat(counts(reading.facts())).isEqualTo(expected(row.says("facts", "")));
        if (row.says().containsKey("says")) {
            assertThat(reading.notes()).anySatisfy(note -> assertThat(note).contains(row.says("says", "")));
        }
        if (row.says().containsKey("seconds")) {
            assertThat(reading.facts().named("tests.seconds").orElseThrow().value())
                    .isEqualByComparingTo(row.says("seconds", ""));
        }
        String verdict = verdict(reading.facts().plus(RunRecord.facts(row.exit())));
        assertThat(verdict).isEqualTo(row.says("verdict", ""));
        boolean agreed = (row.exit() == 0) == verdict.equals("PASSED");
        assertThat(agreed || row.says().containsKey("though"))
                .as("the gate says what the tool says, or the row says why not")
                .isTrue();
        assertThat(row.exit() == 0 || !verdict.equals("PASSED")).isTrue();
        assertThat(Rules.judge(INIT, reading.facts()))
                .as("without an exit status it passes never")
                .isNotInstanceOf(Ruling.Holds.class);
    }

    private Reading read(Row row) throws UnreadableEvidence {
        return reader.read(row.report().getBytes(StandardCharsets.UTF_8), "report.xml");
    }

    private static String verdict(Facts facts) {
        return switch (Rules.judge(INIT, facts)) {
            case Ruling.Holds _ -> "PASSED";
            case Ruling.Breaks broken -> broken.mendable() ? "NOT_YET" : "FAILED";
            case Ruling.Unknown _ -> "UNKNOWN";
        };
    }

    private static Map<String, Long> counts(Facts facts) {
        return facts.list().stream()
                .filter(fact -> fact.unit() == Fact.Unit.COUNT && fact.value().signum() != 0)
                .collect(Collectors.toMap(
                        fact -> fact.name().replace("tests.", ""),
                        fact -> fact.value().longValueExact()));
    }

    private static Map<String, Long> expected(String facts) {
        return Stream.of(facts.split(",\\s*"))
                .map(fact -> fact.split(" "))
                .filter(fact -> !fact[1].equals("0"))
                .collect(Collectors.toMap(fact -> fact[0], fact -> Long.parseLong(fact[1])));
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROWS).sorted()) {
            for (Path file : files.toList()) {
                for (String row : Files.readString(file).split("(?m)^== ")) {
                    if (!row.isBlank()) {
                        rows.add(row(row));
                    }
                }
            }
        }
        return rows;
    }

    /** A name, lines of {@code key: value}, then the report. */
    private static Row row(String text) {
        List<String> lines = text.lines().toList();
        Map<String, String> says = new LinkedHashMap<>();
        int line = 1;
        for (; line < lines.size() && lines.get(line).matches("[a-z]+: .*"); line++) {
            String[] parts = lines.get(line).split(": ", 2);
            says.put(parts[0], parts[1]);
        }
        return new Row(
                lines.getFirst(),
                says,
                String.join("\n", lines.subList(line, lines.size())).strip());
    }
}
